#include "app/prepare_checkout.hpp"

#include "app/settle_checkout.hpp"

namespace sluice::app {
namespace {

// A page that is about to close is not handed out again.
constexpr std::chrono::minutes still_worth_going{5};

bool is_same_wish(const Checkout& one, const Checkout& other) {
    return one.kind == other.kind && one.method == other.method && one.document == other.document &&
           one.quote.total == other.quote.total && one.saves_method == other.saves_method;
}

class Preparation {
public:
    Preparation(Books& books, const PayWish& wish, Instant now)
        : books_(books), store_(books.store), wish_(wish), now_(now) {}

    using Choose = std::function<std::optional<Refusal>(const customers::Subscriber&, CheckoutStart&)>;
    CheckoutStart prepare(CheckoutKind kind, bool saves_method, const Choose& choose) {
        CheckoutStart start;
        prepare_into(start, kind, saves_method, choose);
        return start;
    }

private:
    void prepare_into(CheckoutStart& start, CheckoutKind kind, bool saves_method, const Choose& choose) {
        const auto& op = books_.commands.op();
        store_.hold(op.id, wish_.subscriber);
        const auto subscriber = store_.find_subscriber(op.id, wish_.subscriber);
        if (!subscriber) {
            start.refusal = unknown_thing(RefusalCode::unknown_subscriber, "subscriber", wish_.subscriber);
            return;
        }
        if (wish_.request_key) start.known = store_.find_checkout_by_key(subscriber->id, *wish_.request_key);
        if (start.known || (start.refusal = choose(*subscriber, start))) return;
        CheckoutRow row{
            .checkout = {.id = books_.ids.next<CheckoutId>(),
                         .subscriber = subscriber->id,
                         .op = op.id,
                         .method = start.method->id,
                         .kind = kind,
                         .quote = {Money::zero(op.currency), Money::zero(op.currency), Money::zero(op.currency)},
                         .saves_method = saves_method,
                         .request_key = wish_.request_key,
                         .created_at = now_,
                         .expires_at = now_ + page_is_open},
            .subscriber_code = subscriber->code,
            .method_code = start.method->code,
            .document_number = wish_.document.value_or("")};
        auto& checkout = row.checkout;
        if ((start.refusal = set_amount(checkout, *subscriber, *start.method))) return;
        if (checkout.document) {
            if (auto other = store_.open_checkout_of(subscriber->id, *checkout.document)) {
                const bool can_be_paid = !other->checkout.url.empty() &&
                                         other->checkout.state == CheckoutState::pending &&
                                         other->checkout.expires_at > now_ + still_worth_going;
                (can_be_paid && is_same_wish(other->checkout, checkout) ? start.known : start.in_the_way) =
                    std::move(other);
                return;
            }
        }
        checkout.next_query_at = next_query(checkout, now_);
        store_.add_checkout(checkout);
        store_.add_event(op.id, {EventType::checkout_begun, subscriber->id, checkout.id.value()});
        start.description = description_of(row, op);
        start.made = std::move(row);
    }

    std::optional<Refusal> set_amount(Checkout& checkout, const customers::Subscriber& subscriber,
                                      const PaymentMethod& method) {
        const auto& op = books_.commands.op();
        auto amount = wish_.amount.value_or(Money::zero(op.currency));
        if (wish_.document) {
            const auto found = store_.find_document(op.id, *wish_.document);
            if (!found || found->document.subscriber != subscriber.id)
                return unknown_thing(RefusalCode::unknown_document, "document of " + subscriber.code, *wish_.document);
            amount = found->document.total - found->paid;
            if (!amount.is_positive() || found->document.type != invoicing::DocumentType::invoice)
                return Refusal{RefusalCode::nothing_to_pay, "nothing of " + *wish_.document + " is open any more"};
            checkout.document = found->document.id;
        } else if (checkout.kind == CheckoutKind::setup) {
            return std::nullopt;
        } else if (!amount.is_positive()) {
            return Refusal{RefusalCode::amount_not_allowed,
                           "an amount of " + amount.text() + "; it must be above zero"};
        }
        if (const auto refusal = payments::refuse(method.terms, subscriber, amount))
            return Refusal{RefusalCode::payment_method_not_usable,
                           "\"" + method.code + "\" " + std::string(payments::message(*refusal))};
        checkout.quote = payments::quote(amount, method.terms.commission, op.rounding);
        return std::nullopt;
    }

    Books& books_;
    Store& store_;
    const PayWish& wish_;
    Instant now_;
};

}  // namespace

CheckoutStart prepare_checkout(
    Books& books, const PayWish& wish, CheckoutKind kind, bool saves_method, Instant now,
    const std::function<std::optional<Refusal>(const customers::Subscriber&, CheckoutStart&)>& choose) {
    return Preparation(books, wish, now).prepare(kind, saves_method, choose);
}

std::string description_of(const CheckoutRow& row, const customers::Operator& op) {
    return row.document_number.empty() ? op.name + ", payment in advance" : op.name + ", " + row.document_number;
}

Refusal unknown_thing(RefusalCode code, const std::string& what, const std::string& name) {
    return {code, "there is no " + what + " \"" + name + "\""};
}

}  // namespace sluice::app
