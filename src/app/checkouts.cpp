#include "app/checkouts.hpp"

#include <algorithm>

#include "app/automatic_payments.hpp"
#include "app/book_money_back.hpp"
#include "app/gateway_settings.hpp"
#include "app/payouts.hpp"
#include "app/prepare_checkout.hpp"
#include "app/settle_checkout.hpp"

namespace sluice::app {
namespace {

std::optional<PaymentMethod> find_method(Store& store, customers::OperatorId op,
                                         const std::function<bool(const PaymentMethod&)>& is_it) {
    for (auto& method : store.payment_methods(op))
        if (is_it(method)) return std::move(method);
    return std::nullopt;
}

// Settings in the open for as long as a request lasts.
class Account {
public:
    Account(const CheckoutTools& tools, const PaymentMethod& method)
        : gateway_(find_gateway(tools.gateways, method.gateway)),
          settings_(unseal(tools.secrets, method.sealed_settings)),
          access_{settings_, tools.http} {
        check(gateway_ != nullptr, "a payment method's gateway is there");
    }
    Account(const Account&) = delete;
    Account& operator=(const Account&) = delete;
    const Gateway* operator->() const { return gateway_; }
    const GatewayAccess& access() const { return access_; }

private:
    const Gateway* gateway_;
    GatewaySettings settings_;
    GatewayAccess access_;
};

// `needed`: what its gateway must be able to do.
std::optional<Refusal> refuse_unusable(const CheckoutTools& tools, const std::optional<PaymentMethod>& method,
                                       const std::string& name, std::initializer_list<Capability> needed) {
    if (!method) return unknown_thing(RefusalCode::unknown_payment_method, "payment method", name);
    if (!method->is_enabled)
        return Refusal{RefusalCode::payment_method_not_usable, "\"" + method->code + "\" is not enabled"};
    const auto* gateway = find_gateway(tools.gateways, method->gateway);
    for (const auto capability : needed)
        if (!gateway || !can(*gateway, capability))
            return Refusal{RefusalCode::payment_method_not_usable,
                           "the gateway of \"" + method->code + "\" has no " + std::string(name_of(capability))};
    return std::nullopt;
}

}  // namespace

// GIVES: a row that is new, or one that is known. What is in the way is ended first, twice at most: somebody else may
// begin one at the same moment.
Result<CheckoutStart, Refusal> Checkouts::start(const std::function<CheckoutStart(Books&)>& prepare) {
    CheckoutStart start;
    for (int round = 0; round < 3; ++round) {
        tools_.in_books([&](Books& books) {
            start = prepare(books);
            if (start.in_the_way)
                start.method = find_method(books.store, books.commands.op().id, [&](const PaymentMethod& method) {
                    return method.id == start.in_the_way->checkout.method;
                });
        });
        if (start.refusal) return Refused{*start.refusal};
        if (!start.in_the_way) return start;
        try {
            end_what_is_in_the_way(*start.in_the_way, *start.method);
        } catch (const GatewayFailure&) {
            break;
        }
    }
    return Refused{Refusal{RefusalCode::settlement_under_way,
                           "a payment of " + start.in_the_way->document_number + " is under way (" +
                               start.in_the_way->checkout.id.text() + "); wait until it is known how it ends"}};
}

void Checkouts::end_what_is_in_the_way(const CheckoutRow& row, const PaymentMethod& method) {
    const Account account(tools_, method);
    const auto& checkout = row.checkout;
    Outcome outcome{
        .state = OutcomeState::failed, .reason = FailureReason::abandoned, .message = "nobody was sent to pay it"};
    if (!checkout.reference.empty())
        outcome = checkout.kind == CheckoutKind::saved
                      ? account->status(account.access(), checkout.reference, checkout.quote.total.currency())
                      : account->end_checkout(account.access(), checkout.reference);
    else if (tools_.now - checkout.created_at < std::chrono::minutes(2))
        throw GatewayFailure("it is being begun at this moment");
    settle(row, outcome, true);
}

CheckoutRow Checkouts::settle(const CheckoutRow& row, const Outcome& outcome, bool was_asked) {
    auto settled = row;
    tools_.in_books(
        [&](Books& books) { settled = settle_checkout(books, row, outcome, tools_.now, tools_.today, was_asked); });
    return settled;
}

Result<CheckoutRow, Refusal> Checkouts::fail(const CheckoutRow& row, RefusalCode code, const std::string& message) {
    settle(row, {.state = OutcomeState::failed, .reason = FailureReason::other, .message = message}, true);
    return Refused{Refusal{code, message}};
}

Result<CheckoutRow, Refusal> Checkouts::begin(const BeginCheckout& wish) {
    const bool only_saves = !wish.what.document && !wish.what.amount;
    const bool saves = wish.save_method || only_saves;
    const auto opened = start([&](Books& books) {
        const auto choose = [&](const customers::Subscriber& subscriber, CheckoutStart& start) {
            start.method = find_method(books.store, books.commands.op().id,
                                       [&](const PaymentMethod& method) { return method.code == wish.method; });
            auto refusal = refuse_unusable(tools_, start.method, wish.method, {Capability::hosted_checkout});
            if (!refusal && saves)
                refusal = refuse_unusable(tools_, start.method, wish.method, {Capability::saved_methods});
            if (refusal) return refusal;
            for (const auto& saved : books.store.saved_methods(subscriber.id))
                if (saved.method == start.method->id) start.customer = saved.customer;
            return refusal;
        };
        const auto kind = only_saves ? CheckoutKind::setup : CheckoutKind::hosted;
        return prepare_checkout(books, wish.what, kind, saves, tools_.now, choose);
    });
    if (!opened) return Refused{opened.refusal()};
    if (opened->known) return *opened->known;
    const auto& row = *opened->made;
    CheckoutPage page;
    try {
        const Account account(tools_, *opened->method);
        page = account->begin_checkout(account.access(), {.attempt = row.checkout.id.text(),
                                                          .total = row.checkout.quote.total,
                                                          .description = opened->description,
                                                          .return_url = wish.return_url,
                                                          .cancel_url = wish.cancel_url,
                                                          .expires_at = row.checkout.expires_at,
                                                          .customer = opened->customer,
                                                          .save_method = row.checkout.saves_method});
    } catch (const GatewayRefused& refused) {
        return fail(row, RefusalCode::gateway_refused, refused.what());
    } catch (const GatewayFailure& failure) {
        // Whether it made the page or not: nobody knows where that is, so nobody pays on it.
        return fail(row, RefusalCode::gateway_unavailable, failure.what());
    } catch (const SecretsUnavailable& missing) {
        return fail(row, RefusalCode::gateway_unavailable, missing.what());
    }
    auto begun = row;
    tools_.in_books([&](Books& books) {
        books.store.hold(row.checkout.op, row.subscriber_code);
        begun = *books.store.find_checkout(row.checkout.op, row.checkout.id);  // its webhook may have been faster
        begun.checkout.reference = page.reference;
        begun.checkout.url = page.url;
        begun.checkout.form = page.fields;
        books.store.update_checkout(begun.checkout);
    });
    return begun;
}

Result<CheckoutRow, Refusal> Checkouts::charge(const ChargeSaved& wish) {
    const auto opened = start([&](Books& books) {
        const auto choose = [&](const customers::Subscriber& subscriber,
                                CheckoutStart& start) -> std::optional<Refusal> {
            const auto all = books.store.saved_methods(subscriber.id);
            const auto saved =
                std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.id == wish.saved; });
            if (saved == all.end())
                return unknown_thing(RefusalCode::unknown_saved_method, "saved method of " + subscriber.code,
                                     wish.saved.text());
            start.token = saved->token;
            start.customer = saved->customer;
            start.method = find_method(books.store, books.commands.op().id,
                                       [&](const PaymentMethod& method) { return method.id == saved->method; });
            return refuse_unusable(tools_, start.method, "", {Capability::charge_saved});
        };
        return prepare_checkout(books, wish.what, CheckoutKind::saved, false, tools_.now, choose);
    });
    if (!opened) return Refused{opened.refusal()};
    if (opened->known) return *opened->known;
    return carry_out(*opened);
}

Result<CheckoutRow, Refusal> Checkouts::carry_out(const CheckoutStart& opened, const std::function<bool(int)>& again) {
    const auto& row = *opened.made;
    bool may_have_moved = false;
    // The last look: the document is still open, nobody has ended the checkout, and from here on the outcome is unknown
    // until the gateway has told it.
    const auto money_may_move = [&](const std::string& reference) {
        tools_.in_books([&](Books& books) {
            books.store.hold(row.checkout.op, row.subscriber_code);
            auto latest = *books.store.find_checkout(row.checkout.op, row.checkout.id);
            may_have_moved = latest.checkout.state == CheckoutState::pending;
            if (may_have_moved && row.checkout.document) {
                const auto document = books.store.find_document(row.checkout.op, *row.checkout.document);
                may_have_moved = document && document->document.total - document->paid >= row.checkout.quote.amount;
            }
            latest.checkout.reference = reference;
            if (may_have_moved) latest.checkout.state = CheckoutState::unknown;
            books.store.update_checkout(latest.checkout);
        });
        return may_have_moved;
    };
    for (int failures = 1;; ++failures) {
        try {
            const Account account(tools_, *opened.method);
            const auto outcome = account->charge(account.access(),
                                                 {.attempt = row.checkout.id.text(),
                                                  .total = row.checkout.quote.total,
                                                  .description = opened.description,
                                                  .token = opened.token,
                                                  .customer = opened.customer},
                                                 money_may_move);
            return settle(row, outcome, true);
        } catch (const GatewayRefused& refused) {
            return fail(row, RefusalCode::gateway_refused, refused.what());
        } catch (const GatewayFailure& failure) {
            if (may_have_moved) return settle(row, {.state = OutcomeState::unknown}, false);
            // It was made at most, which a repetition does not do again.
            if (!again || !again(failures)) return fail(row, RefusalCode::gateway_unavailable, failure.what());
        } catch (const SecretsUnavailable& missing) {
            return fail(row, RefusalCode::gateway_unavailable, missing.what());
        }
    }
}

Result<CheckoutRow, Refusal> Checkouts::not_told(const CheckoutRow& row, const std::string& why) {
    settle(row, {.state = OutcomeState::unknown}, true);
    return Refused{Refusal{RefusalCode::gateway_unavailable, why}};
}

Result<CheckoutRow, Refusal> Checkouts::query(CheckoutId id) {
    std::optional<CheckoutRow> row;
    std::optional<PaymentMethod> method;
    tools_.in_books([&](Books& books) {
        const auto op = books.commands.op().id;
        row = books.store.find_checkout(op, id);
        if (row) method = find_method(books.store, op, [&](const auto& one) { return one.id == row->checkout.method; });
    });
    if (!row) return Refused{unknown_thing(RefusalCode::unknown_checkout, "checkout", id.text())};
    const auto& checkout = row->checkout;
    if (checkout.reference.empty()) {
        if (checkout.state != CheckoutState::pending) return *row;
        const bool is_over = tools_.now - checkout.created_at >= page_is_open;
        return settle(*row, {.state = is_over ? OutcomeState::expired : OutcomeState::unknown}, true);
    }
    try {
        const Account account(tools_, *method);
        return settle(*row, account->status(account.access(), checkout.reference, checkout.quote.total.currency()),
                      true);
    } catch (const GatewayFailure& failure) {
        return not_told(*row, failure.what());
    } catch (const SecretsUnavailable& failure) {
        return not_told(*row, failure.what());
    }
}

void Checkouts::receive(const PaymentMethod& method, const GatewayEvent& event) {
    using About = GatewayEvent::About;
    using State = StoredGatewayEvent::State;
    tools_.in_books([&](Books& books) {
        const auto attempt = CheckoutId::parse(event.attempt);
        auto row = attempt ? books.store.find_checkout(method.op, *attempt) : std::nullopt;
        if (!row && !event.payment.empty()) row = books.store.find_checkout(method.id, event.payment);
        if (row && row->checkout.method != method.id) row.reset();
        if (row) books.store.hold(method.op, row->subscriber_code);
        const bool is_money_back = event.about != About::other && event.about != About::checkout;
        auto state = row && event.about == About::checkout ? State::done : State::ignored;
        const auto payout = payout_of(books, method, event);
        if (payout)
            state = State::done;  // in the books since it was asked for
        else if (is_money_back)
            state = row && book_money_back(books, *row, event, tools_.today) ? State::done : State::to_be_booked;
        const bool is_new =
            books.store.add_gateway_event({.method = method.id,
                                           .op = method.op,
                                           .event = event.id,
                                           .type = event.type,
                                           .state = state,
                                           .payment = event.payment,
                                           .reference = event.reference,
                                           .checkout = row ? std::optional(row->checkout.id) : std::nullopt,
                                           .amount = event.amount,
                                           .received_at = tools_.now});
        if (is_new && payout) note_told(books, *payout, event, tools_.now);
        if (is_new && row && event.about == About::checkout)
            settle_checkout(books, *row, event.outcome, tools_.now, tools_.today, false);
    });
}

Result<Done, Refusal> Checkouts::forget(const std::string& subscriber, SavedMethodId id) {
    std::optional<Refusal> refusal;
    std::optional<SavedMethod> saved;
    std::optional<PaymentMethod> method;
    tools_.in_books([&](Books& books) {
        refusal.reset();
        saved.reset();
        const auto op = books.commands.op().id;
        books.store.hold(op, subscriber);
        const auto owner = books.store.find_subscriber(op, subscriber);
        if (!owner) {
            refusal = unknown_thing(RefusalCode::unknown_subscriber, "subscriber", subscriber);
            return;
        }
        for (const auto& one : books.store.saved_methods(owner->id))
            if (one.id == id) saved = one;
        if (!saved) {
            refusal = unknown_thing(RefusalCode::unknown_saved_method, "saved method of " + subscriber, id.text());
            return;
        }
        method = find_method(books.store, op, [&](const auto& one) { return one.id == saved->method; });
        end_automatic_of(books.store, op, owner->id, id, books.commands.op().currency);
        books.store.remove_saved_method(owner->id, id);
        books.store.add_event(op, {EventType::saved_method_removed, owner->id, id.value()});
    });
    if (refusal) return Refused{*refusal};
    try {
        const Account account(tools_, *method);
        account->forget(account.access(), saved->token);
    } catch (const GatewayFailure&) {
        // Here it is gone, so that nothing charges it; there it is of no use to anybody else.
    }
    return Done{};
}

}  // namespace sluice::app
