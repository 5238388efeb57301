#include "serve/http/message.hpp"

#include "serve/http/text.hpp"

namespace sluice::serve::http {

std::string_view Request::header(std::string_view name) const {
    for (const auto& [its_name, value] : headers)
        if (equal_ignoring_case(its_name, name)) return value;
    return {};
}

}  // namespace sluice::serve::http
