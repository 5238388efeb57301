// A gateway of saved cards that is nowhere: it answers what it was told to.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "app/ports/gateway.hpp"

namespace sluice::serve {

// What it says to a charge. `silent`: it takes the money, and says so only when it is asked; `unreachable`: it does not
// answer, and takes nothing.
enum class Answer { succeeded, declined, declined_for_good, authentication_required, silent, unreachable };

class SimulatedGateway final : public app::Gateway {
public:
    // To the next charges of that card; then, and of one that it was told nothing of, it takes the money.
    void will_answer(const std::string& token, const std::vector<Answer>& answers);

    const app::GatewayDescription& description() const override;
    std::optional<std::string> fault_in(const app::GatewaySettings&, bool) const override { return std::nullopt; }
    app::CheckoutPage begin_checkout(const app::GatewayAccess&, const app::CheckoutWish&) const override;
    app::Outcome end_checkout(const app::GatewayAccess&, const std::string& reference) const override;
    app::Outcome status(const app::GatewayAccess&, const std::string& reference, Currency) const override;
    app::Outcome charge(const app::GatewayAccess&, const app::ChargeWish& wish,
                        const std::function<bool(const std::string&)>& money_may_move) const override;
    app::RefundOutcome refund(const app::GatewayAccess&, const app::RefundWish&) const override;
    void forget(const app::GatewayAccess&, const std::string&) const override {}
    Result<app::GatewayEvent, app::WebhookRefusal> read_webhook(
        const app::GatewaySettings&, const std::function<std::string_view(std::string_view)>&, std::string_view,
        Instant) const override;

private:
    Answer next_answer(const std::string& token) const;

    // Its side of the world, which changes although it has no state in the eyes of those who ask it.
    mutable std::map<std::string, std::deque<Answer>> answers_;  // by token
    mutable std::map<std::string, app::Outcome> outcomes_;       // by reference
};

}  // namespace sluice::serve
