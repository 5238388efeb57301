#include "connect/gateways/by_hand/by_hand.hpp"

namespace sluice::connect::by_hand {
namespace {

// It has no capability, so that it is asked for nothing.
class ByHand final : public app::Gateway {
public:
    ByHand(std::string code, std::string name)
        : description_{.code = std::move(code), .name = std::move(name), .capabilities = {}, .settings = {}} {}

    const app::GatewayDescription& description() const override { return description_; }
    std::optional<std::string> fault_in(const app::GatewaySettings&, bool) const override { return std::nullopt; }
    app::CheckoutPage begin_checkout(const app::GatewayAccess&, const app::CheckoutWish&) const override { refuse(); }
    app::Outcome end_checkout(const app::GatewayAccess&, const std::string&) const override { refuse(); }
    app::Outcome status(const app::GatewayAccess&, const std::string&, Currency) const override { refuse(); }
    app::Outcome charge(const app::GatewayAccess&, const app::ChargeWish&,
                        const std::function<bool(const std::string&)>&) const override {
        refuse();
    }
    app::RefundOutcome refund(const app::GatewayAccess&, const app::RefundWish&) const override { refuse(); }
    void forget(const app::GatewayAccess&, const std::string&) const override {}
    Result<app::GatewayEvent, app::WebhookRefusal> read_webhook(
        const app::GatewaySettings&, const std::function<std::string_view(std::string_view)>&, std::string_view,
        Instant) const override {
        return Refused{app::WebhookRefusal::signature_wrong};
    }

private:
    [[noreturn]] void refuse() const { throw app::GatewayRefused(description_.name + " is taken by hand"); }

    app::GatewayDescription description_;
};

}  // namespace

std::shared_ptr<const app::Gateway> gateway(std::string code, std::string name) {
    return std::make_shared<ByHand>(std::move(code), std::move(name));
}

}  // namespace sluice::connect::by_hand
