// Settings of gateways as the store keeps them: sealed.
#pragma once

#include "app/ports/gateway.hpp"
#include "app/ports/secret_box.hpp"
#include "app/refusal.hpp"

namespace sluice::app {

std::string seal(SecretBox& box, const GatewaySettings& settings);
GatewaySettings unseal(SecretBox& box, std::string_view sealed);

// Settings that the gateway does not know, or, for a method that is to be enabled, that are missing or wrong.
std::optional<Refusal> refuse_settings(const Gateway& gateway, const GatewaySettings& settings, bool is_enabled,
                                       bool test_mode);

// What may be shown of a secret: "…4242".
std::string masked(std::string_view secret);

}  // namespace sluice::app
