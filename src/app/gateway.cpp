#include "app/ports/gateway.hpp"

#include <algorithm>
#include <array>

namespace sluice::app {
namespace {

constexpr std::array<std::string_view, 7> capability_names{"hosted_checkout", "saved_methods", "charge_saved", "refund",
                                                           "partial_refund",  "webhooks",      "test_mode"};
constexpr std::array<std::string_view, 6> reason_names{
    "", "declined", "declined_for_good", "authentication_required", "abandoned", "other"};

}  // namespace

std::string_view name_of(Capability capability) { return capability_names[static_cast<std::size_t>(capability)]; }
std::string_view name_of(FailureReason reason) { return reason_names[static_cast<std::size_t>(reason)]; }

std::string_view message(WebhookRefusal refusal) {
    switch (refusal) {
        case WebhookRefusal::not_signed:
            return "the request bears no signature of the gateway";
        case WebhookRefusal::signature_wrong:
            return "the signature is not the gateway's; is the webhook secret of the payment method the right one?";
        case WebhookRefusal::too_old:
            return "the signature is older than five minutes; is the clock of this machine right?";
        case WebhookRefusal::malformed:
            return "the body is none that the gateway sends";
    }
    return {};
}

bool can(const Gateway& gateway, Capability capability) {
    const auto& all = gateway.description().capabilities;
    return std::find(all.begin(), all.end(), capability) != all.end();
}

const Gateway* find_gateway(const Gateways& gateways, std::string_view code) {
    const auto found = std::find_if(gateways.begin(), gateways.end(),
                                    [&](const auto& gateway) { return gateway->description().code == code; });
    return found == gateways.end() ? nullptr : found->get();
}

}  // namespace sluice::app
