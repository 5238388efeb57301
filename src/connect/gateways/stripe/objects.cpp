#include "connect/gateways/stripe/objects.hpp"

#include <array>

#include "connect/gateways/stripe/request.hpp"

namespace sluice::connect::stripe {
namespace {

namespace json = boost::json;
using app::GatewayEvent;
using app::Outcome;
using app::OutcomeState;

std::optional<app::SavedCard> card_in(const json::object& intent) {
    const auto* method = object_in(intent, "payment_method");
    const auto* card = method ? object_in(*method, "card") : nullptr;
    if (!card) return std::nullopt;
    return app::SavedCard{.token = text_in(*method, "id"),
                          .customer = id_in(*method, "customer"),
                          .brand = text_in(*card, "brand"),
                          .last4 = text_in(*card, "last4"),
                          .expires_month = static_cast<int>(number_in(*card, "exp_month")),
                          .expires_year = static_cast<int>(number_in(*card, "exp_year"))};
}

std::string attempt_in(const json::object& object) {
    const auto* metadata = object_in(object, "metadata");
    return metadata ? text_in(*metadata, attempt_key) : std::string();
}

GatewayEvent about_checkout(const json::object& object, Outcome outcome) {
    GatewayEvent event;
    event.about = GatewayEvent::About::checkout;
    event.attempt = attempt_in(object);
    event.reference = text_in(object, "id");
    event.payment = outcome.payment;
    event.outcome = std::move(outcome);
    return event;
}

GatewayEvent about_session(const json::object& session, std::string_view type) {
    auto outcome = outcome_of_session(session);
    if (type == "checkout.session.async_payment_failed") {
        outcome.state = OutcomeState::failed;
        outcome.reason = app::FailureReason::declined;
        outcome.message = "the payment was begun and did not come about";
    }
    return about_checkout(session, std::move(outcome));
}

// A payment that fails on Stripe's page leaves the checkout open for another card: only the session can end it.
GatewayEvent about_intent(const json::object& intent) { return about_checkout(intent, outcome_of_intent(intent)); }

GatewayEvent about_money_back(GatewayEvent::About about, const json::object& object) {
    GatewayEvent event;
    event.about = about;
    event.attempt = attempt_in(object);
    event.reference = text_in(object, "id");
    event.payment = id_in(object, "payment_intent");
    event.amount = amount_in(object, "amount");
    if (const auto* metadata = object_in(object, "metadata")) event.refund = text_in(*metadata, "sluice_refund");
    return event;
}

// One that has succeeded may still fail: the payer's bank has sent it back.
GatewayEvent about_refund(const json::object& refund) {
    const auto status = text_in(refund, "status");
    if (status == "succeeded") return about_money_back(GatewayEvent::About::refund, refund);
    if (status != "failed" && status != "canceled") return about_money_back(GatewayEvent::About::other, refund);
    auto event = about_money_back(GatewayEvent::About::refund_failed, refund);
    event.outcome.message = text_in(refund, "failure_reason");
    return event;
}

GatewayEvent event_of(std::string_view type, const json::object& object) {
    if (type.starts_with("checkout.session.")) return about_session(object, type);
    if (type == "payment_intent.succeeded") return about_intent(object);
    if (type.starts_with("refund.") || type == "charge.refund.updated") return about_refund(object);
    // An inquiry is a dispute that moves no money: only these two say that some did.
    if (type == "charge.dispute.funds_withdrawn")
        return about_money_back(GatewayEvent::About::dispute_withdrew, object);
    if (type == "charge.dispute.funds_reinstated")
        return about_money_back(GatewayEvent::About::dispute_returned, object);
    return {};
}

}  // namespace

Outcome outcome_of_session(const json::object& session) {
    const auto status = text_in(session, "status");
    const bool is_setup = text_in(session, "mode") == "setup";
    Outcome outcome{.state = OutcomeState::pending, .payment = id_in(session, "payment_intent")};
    if (const auto* intent = object_in(session, is_setup ? "setup_intent" : "payment_intent"))
        outcome.card = card_in(*intent);
    if (status == "expired") {
        outcome.state = OutcomeState::expired;
    } else if (status == "complete" && (is_setup || text_in(session, "payment_status") == "paid")) {
        outcome.state = OutcomeState::succeeded;
        if (!is_setup) outcome.paid = amount_in(session, "amount_total");
    }
    return outcome;
}

Outcome outcome_of_intent(const json::object& intent) {
    const auto status = text_in(intent, "status");
    Outcome outcome{.state = OutcomeState::pending, .payment = text_in(intent, "id"), .card = card_in(intent)};
    if (status == "succeeded") {
        outcome.state = OutcomeState::succeeded;
        outcome.paid = amount_in(intent, "amount_received");
    } else if (status == "requires_payment_method" || status == "canceled") {
        outcome.state = OutcomeState::failed;
        const auto* error = object_in(intent, "last_payment_error");
        outcome.reason = app::FailureReason::abandoned;
        outcome.message = "nothing was charged";
        if (error) {
            const auto declined = read_card_error(*error);
            outcome.reason = declined.reason;
            outcome.message = declined.message;
        }
    }
    return outcome;
}

std::optional<GatewayEvent> read_event(std::string_view body) {
    boost::system::error_code error;
    const auto value = json::parse(body, error);
    const auto* whole = error ? nullptr : value.if_object();
    if (!whole || text_in(*whole, "object") != "event") return std::nullopt;
    const auto id = text_in(*whole, "id");
    const auto type = text_in(*whole, "type");
    const auto* data = object_in(*whole, "data");
    const auto* object = data ? object_in(*data, "object") : nullptr;
    constexpr std::size_t longest = 200;
    if (id.empty() || id.size() > longest || type.empty() || type.size() > longest || !object) return std::nullopt;
    auto event = event_of(type, *object);
    event.id = id;
    event.type = type;
    return event;
}

}  // namespace sluice::connect::stripe
