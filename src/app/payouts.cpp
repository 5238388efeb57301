#include "app/payouts.hpp"

#include <algorithm>

#include "app/gateway_settings.hpp"
#include "app/prepare_checkout.hpp"

namespace sluice::app {
namespace {

// Gateways know an id for a day at least.
constexpr std::int64_t most_queries = 12;

Instant next_look(const Payout& payout, Instant now) {
    return now + std::chrono::seconds(15) * (std::int64_t{1} << std::min<std::int64_t>(payout.queries, 8));
}

Refused<Refusal> refuse(RefusalCode code, std::string message) { return {Refusal{code, std::move(message)}}; }

const PaymentMethod* method_of(const std::vector<PaymentMethod>& methods, PaymentMethodId id) {
    const auto found = std::find_if(methods.begin(), methods.end(), [&](const auto& one) { return one.id == id; });
    return found == methods.end() ? nullptr : &*found;
}

// How the payment came in, when a gateway that gives back has brought it.
std::optional<CheckoutRow> checkout_of(Store& store, const Gateways& gateways, customers::OperatorId op,
                                       const payments::Payment& payment, bool in_part) {
    for (const auto& method : store.payment_methods(op)) {
        if (method.code != payment.method || payment.reference.empty()) continue;
        const auto* gateway = find_gateway(gateways, method.gateway);
        if (!gateway || !can(*gateway, in_part ? Capability::partial_refund : Capability::refund)) continue;
        auto row = store.find_checkout(method.id, payment.reference);
        if (row && row->checkout.payment == payment.id) return row;
    }
    return std::nullopt;
}

PayoutRow saved(Books& books, PayoutRow row) {
    books.store.payouts().update(row.payout);
    return row;
}

void finish(Books& books, Payout& payout, PayoutState state, Instant now) {
    payout.state = state;
    payout.done_at = now;
    payout.next_query_at.reset();
    books.store.add_event(payout.op, {state == PayoutState::paid ? EventType::payout_paid : EventType::payout_cancelled,
                                      payout.subscriber, payout.id.value()});
}

// The gateway does not: somebody has to.
void become_manual(Books& books, Payout& payout, const std::string& why) {
    payout.through = PayoutThrough::manual;
    payout.state = PayoutState::open;
    payout.message = why;
    payout.next_query_at.reset();
    books.store.add_event(payout.op, {EventType::payout_opened, payout.subscriber, payout.id.value()});
}

// Held, as it stands then.
Result<PayoutRow, Refusal> hold(Books& books, PayoutId id) {
    const auto op = books.commands.op().id;
    const auto seen = books.store.payouts().find(op, id);
    if (!seen) return Refused{unknown_thing(RefusalCode::unknown_payout, "payout", id.text())};
    books.store.hold(op, seen->subscriber_code);
    return *books.store.payouts().find(op, id);
}

Refused<Refusal> settled(const Payout& payout) {
    return refuse(RefusalCode::payout_settled,
                  payout.state == PayoutState::under_way
                      ? payout.id.text() + " is under way at the gateway; ask it how it stands"
                      : payout.id.text() + " is " + std::string(name_of(payout.state)) + " already");
}

}  // namespace

Result<PayoutRow, Refusal> refund_through(Books& books, const Gateways& gateways, const RefundRequest& request,
                                          PayoutThrough through, Date date, Instant now) {
    auto& store = books.store;
    const auto& op = books.commands.op();
    const auto before = store.find_payment(op.id, request.payment);
    if (!before) return Refused{unknown_thing(RefusalCode::unknown_payment, "payment", request.payment.text())};
    std::optional<CheckoutRow> checkout;
    if (through == PayoutThrough::gateway) {
        const bool in_part = request.amount && *request.amount < before->payment.amount;
        checkout = checkout_of(store, gateways, op.id, before->payment, in_part);
        if (!checkout)
            return refuse(RefusalCode::payment_method_not_usable,
                          request.payment.text() + " came by no gateway that gives back; refund it through: manual");
    }
    const auto id = books.ids.next<PayoutId>();
    auto booked = request;
    if (booked.reference.empty()) booked.reference = id.text();
    const auto refunded = books.commands.corrections().refund(date, booked);
    if (!refunded) return Refused{refunded.refusal()};
    const auto after = store.find_payment(op.id, request.payment);
    const auto refund = std::find_if(after->refunds.begin(), after->refunds.end(),
                                     [&](const auto& one) { return one.id == refunded.value(); });
    check(refund != after->refunds.end(), "a refund that was booked is there");
    const bool by_gateway = checkout.has_value();
    const Payout payout{.id = id,
                        .subscriber = before->payment.subscriber,
                        .op = op.id,
                        .payment = request.payment,
                        .refund = refund->id,
                        .through = through,
                        .state = by_gateway ? PayoutState::under_way : PayoutState::open,
                        .amount = refund->amount - refund->fee,
                        .checkout = by_gateway ? std::optional(checkout->checkout.id) : std::nullopt,
                        .created_at = now,
                        .next_query_at = by_gateway ? std::optional(now) : std::nullopt};
    store.payouts().add(payout);
    if (!by_gateway) store.add_event(op.id, {EventType::payout_opened, payout.subscriber, payout.id.value()});
    return *store.payouts().find(op.id, id);
}

Result<PayoutRow, Refusal> pay_payout(Books& books, PayoutId id, const std::string& reference, Instant now) {
    const auto held = hold(books, id);
    if (!held) return held;
    auto row = *held;
    auto& payout = row.payout;
    const bool is_stuck = payout.state == PayoutState::under_way && !payout.next_query_at;
    if (payout.state != PayoutState::open && !is_stuck) return settled(payout);
    if (!reference.empty()) payout.reference = reference;
    finish(books, payout, PayoutState::paid, now);
    return saved(books, std::move(row));
}

Result<PayoutRow, Refusal> cancel_payout(Books& books, PayoutId id, Date today, Instant now) {
    const auto held = hold(books, id);
    if (!held) return held;
    auto row = *held;
    auto& payout = row.payout;
    if (payout.state != PayoutState::open) return settled(payout);
    const auto again =
        books.commands.record_payment(today, row.subscriber_code, payout.amount, "payout_cancelled", id.text());
    if (!again) return Refused{again.refusal()};
    finish(books, payout, PayoutState::cancelled, now);
    return saved(books, std::move(row));
}

Result<PayoutRow, Refusal> query_payout(const CheckoutTools& tools, PayoutId id) {
    std::optional<PayoutRow> row;
    std::optional<CheckoutRow> checkout;
    std::optional<PaymentMethod> method;
    tools.in_books([&](Books& books) {
        const auto op = books.commands.op().id;
        row = books.store.payouts().find(op, id);
        if (!row || !row->payout.checkout) return;
        checkout = books.store.find_checkout(op, *row->payout.checkout);
        const auto methods = books.store.payment_methods(op);
        if (const auto* found = method_of(methods, checkout->checkout.method)) method = *found;
    });
    if (!row) return Refused{unknown_thing(RefusalCode::unknown_payout, "payout", id.text())};
    if (row->payout.state != PayoutState::under_way || !method) return *row;
    std::optional<RefundOutcome> outcome;
    std::string why;
    bool is_refused = false;
    try {
        const auto* gateway = find_gateway(tools.gateways, method->gateway);
        check(gateway != nullptr, "a payment method's gateway is there");
        const auto settings = unseal(tools.secrets, method->sealed_settings);
        outcome = gateway->refund(
            {settings, tools.http},
            {.refund = id.text(), .payment = checkout->checkout.gateway_payment, .amount = row->payout.amount});
    } catch (const GatewayRefused& refused) {
        is_refused = true;
        why = refused.what();
    } catch (const GatewayFailure& failure) {
        why = failure.what();
    } catch (const SecretsUnavailable& missing) {
        why = missing.what();
    }
    tools.in_books([&](Books& books) {
        auto latest = *hold(books, id);
        auto& payout = latest.payout;
        row = latest;
        if (payout.state != PayoutState::under_way) return;  // its webhook was faster
        ++payout.queries;
        if (outcome && !outcome->reference.empty()) payout.reference = outcome->reference;
        if (outcome && outcome->state == RefundOutcome::State::succeeded)
            finish(books, payout, PayoutState::paid, tools.now);
        else if (is_refused || (outcome && outcome->state == RefundOutcome::State::failed))
            become_manual(books, payout, is_refused ? why : "the gateway could not give it back");
        else {
            payout.message = outcome ? "the gateway is at it, and tells when it is done" : why;
            payout.next_query_at =
                payout.queries < most_queries ? std::optional(next_look(payout, tools.now)) : std::nullopt;
        }
        row = saved(books, latest);
    });
    return *row;
}

std::optional<PayoutRow> payout_of(Books& books, const PaymentMethod& method, const GatewayEvent& event) {
    using About = GatewayEvent::About;
    const bool is_refund = event.about == About::refund || event.about == About::refund_failed;
    const auto id = is_refund ? PayoutId::parse(event.refund) : std::nullopt;
    if (!id) return std::nullopt;
    auto row = books.store.payouts().find(method.op, *id);
    if (!row || row->method != method.code || row->payout.state == PayoutState::cancelled) return std::nullopt;
    return row;
}

void note_told(Books& books, const PayoutRow& seen, const GatewayEvent& event, Instant now) {
    auto row = *hold(books, seen.payout.id);
    auto& payout = row.payout;
    const bool is_by_gateway = payout.through == PayoutThrough::gateway;
    if (event.about == GatewayEvent::About::refund_failed) {
        if (!is_by_gateway) return;
        payout.reference = event.reference;
        payout.done_at.reset();
        become_manual(
            books, payout,
            "the gateway could not give it back" + (event.outcome.message.empty() ? "" : ": " + event.outcome.message));
    } else {
        // The last word of a refund is that it failed: what comes behind it is late.
        const bool has_failed = !is_by_gateway && payout.reference == event.reference;
        if (payout.state == PayoutState::paid || has_failed) return;
        payout.through = PayoutThrough::gateway;
        payout.reference = event.reference;
        payout.message.clear();
        finish(books, payout, PayoutState::paid, now);
    }
    books.store.payouts().update(payout);
}

}  // namespace sluice::app
