// The signature of a webhook: "t=1492774577,v1=5257a8…". Source: docs.stripe.com/webhooks, "Verify manually".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/ports/gateway.hpp"

namespace sluice::connect::stripe {

constexpr std::int64_t tolerance_seconds = 300;

// Good when one of the v1 signatures was made with one of the secrets (there are several while one is replaced by
// another) not more than the tolerance ago. Nothing when it is.
std::optional<app::WebhookRefusal> check_signature(std::string_view header, std::string_view body,
                                                   const std::vector<std::string>& secrets, Instant now);

// HMAC-SHA256, in hexadecimal digits.
std::string hmac(std::string_view secret, std::string_view text);

}  // namespace sluice::connect::stripe
