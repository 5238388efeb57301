// Base64 with the alphabet of addresses and without padding (RFC 7515), as tokens and keys are written.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sluice::connect::oidc {

std::string base64url(std::string_view bytes);
// Nothing for what is not exactly what base64url() would have written.
std::optional<std::string> from_base64url(std::string_view text);

}  // namespace sluice::connect::oidc
