#include "serve/scenario/simulated_gateway.hpp"

namespace sluice::serve {
namespace {

[[noreturn]] void refuse(const std::string& what) { throw app::GatewayRefused("a scenario's gateway has no " + what); }

app::Outcome outcome_of(Answer answer, const app::ChargeWish& wish, const std::string& reference) {
    using app::FailureReason;
    const auto failed = [](FailureReason reason) {
        return app::Outcome{.state = app::OutcomeState::failed, .reason = reason};
    };
    switch (answer) {
        case Answer::declined:
            return failed(FailureReason::declined);
        case Answer::declined_for_good:
            return failed(FailureReason::declined_for_good);
        case Answer::authentication_required:
            return failed(FailureReason::authentication_required);
        case Answer::succeeded:
        case Answer::silent:
        case Answer::unreachable:
            break;
    }
    return {.state = app::OutcomeState::succeeded, .paid = wish.total, .payment = reference};
}

}  // namespace

void SimulatedGateway::will_answer(const std::string& token, const std::vector<Answer>& answers) {
    answers_[token] = {answers.begin(), answers.end()};
}

const app::GatewayDescription& SimulatedGateway::description() const {
    static const app::GatewayDescription description{
        .code = "simulated",
        .name = "Simulated",
        .capabilities = {app::Capability::saved_methods, app::Capability::charge_saved},
        .settings = {}};
    return description;
}

Answer SimulatedGateway::next_answer(const std::string& token) const {
    auto& answers = answers_[token];
    if (answers.empty()) return Answer::succeeded;
    const auto answer = answers.front();
    answers.pop_front();
    return answer;
}

app::Outcome SimulatedGateway::charge(const app::GatewayAccess&, const app::ChargeWish& wish,
                                      const std::function<bool(const std::string&)>& money_may_move) const {
    const auto reference = "charge of " + wish.attempt;
    const auto answer = next_answer(wish.token);
    if (answer == Answer::unreachable) throw app::GatewayFailure("the gateway does not answer");
    if (!money_may_move(reference))
        return {.state = app::OutcomeState::failed, .reason = app::FailureReason::abandoned};
    const auto outcome = outcomes_.emplace(reference, outcome_of(answer, wish, reference)).first->second;
    if (answer == Answer::silent) throw app::GatewayFailure("the gateway does not answer");
    return outcome;
}

app::Outcome SimulatedGateway::status(const app::GatewayAccess&, const std::string& reference, Currency) const {
    const auto found = outcomes_.find(reference);
    return found == outcomes_.end() ? app::Outcome{.state = app::OutcomeState::failed} : found->second;
}

app::CheckoutPage SimulatedGateway::begin_checkout(const app::GatewayAccess&, const app::CheckoutWish&) const {
    refuse("page to pay on");
}
app::Outcome SimulatedGateway::end_checkout(const app::GatewayAccess&, const std::string&) const {
    refuse("page to pay on");
}
app::RefundOutcome SimulatedGateway::refund(const app::GatewayAccess&, const app::RefundWish&) const {
    refuse("refunds");
}
Result<app::GatewayEvent, app::WebhookRefusal> SimulatedGateway::read_webhook(
    const app::GatewaySettings&, const std::function<std::string_view(std::string_view)>&, std::string_view,
    Instant) const {
    return Refused{app::WebhookRefusal::signature_wrong};
}

}  // namespace sluice::serve
