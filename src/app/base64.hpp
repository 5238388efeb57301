// Base64 (RFC 4648, with padding), for signatures and e-mail.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sluice::app {

std::string base64(std::string_view bytes);
std::optional<std::string> parse_base64(std::string_view text);

}  // namespace sluice::app
