// Wordings with placeholders, as {{due_date}}: nothing else in them is special, and what is put in is never read again.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sluice::app {

// What is wrong with a wording, in words; only these placeholders may be in it.
std::optional<std::string> fault_in_template(std::string_view text, std::span<const std::string_view> placeholders);

using PlaceholderValues = std::map<std::string, std::string, std::less<>>;
// A placeholder without a value stands for nothing.
std::string fill_in(std::string_view text, const PlaceholderValues& values);

}  // namespace sluice::app
