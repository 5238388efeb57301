// Percent-encoding and the query part of a URL.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::serve::api {

enum class Plus { is_plus, is_space };

// Nothing when a % stands without two hexadecimal digits. What comes out need be neither UTF-8 nor printable.
std::optional<std::string> percent_decode(std::string_view text, Plus plus);

// All but letters, digits and - . _ ~ become %XX.
std::string percent_encode(std::string_view text);

struct QueryParameter {
    std::string name;
    std::string value;
    // What is wrong with how it is written, as in "has no value; write limit=…"; empty when nothing is.
    std::string fault = {};
};

// "a=1&b=x%20y" in order; a + is a space; nothing between two & is passed over.
std::vector<QueryParameter> split_query(std::string_view query);

}  // namespace sluice::serve::api
