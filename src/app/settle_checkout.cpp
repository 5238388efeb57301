#include "app/settle_checkout.hpp"

#include <algorithm>

#include "app/automatic_payments.hpp"

namespace sluice::app {
namespace {

bool is_open(const Checkout& checkout) {
    return checkout.state == CheckoutState::pending || checkout.state == CheckoutState::unknown;
}

class Settling {
public:
    Settling(Books& books, CheckoutRow row, Instant now, Date today)
        : books_(books), row_(std::move(row)), checkout_(row_.checkout), now_(now), today_(today) {}

    CheckoutRow settle(const Outcome& outcome, bool was_asked) {
        switch (outcome.state) {
            case OutcomeState::succeeded:
                succeed(outcome, was_asked);
                break;
            case OutcomeState::failed:
                end(CheckoutState::failed, EventType::checkout_failed, outcome);
                break;
            case OutcomeState::expired:
                end(CheckoutState::expired, EventType::checkout_expired, outcome);
                break;
            case OutcomeState::pending:
            case OutcomeState::unknown:
                ask_again(was_asked);
                break;
        }
        return row_;
    }

private:
    void succeed(const Outcome& outcome, bool was_asked) {
        if (checkout_.state == CheckoutState::succeeded)
            pay_again(outcome);
        else if (checkout_.kind == CheckoutKind::setup || pay(outcome))
            become_succeeded(outcome);
        else
            return;
        if (outcome.card && checkout_.saves_method && !checkout_.saved_method) save(*outcome.card);
        const bool misses_card = checkout_.saves_method && !checkout_.saved_method && !was_asked;
        checkout_.next_query_at = misses_card ? std::optional(now_) : std::nullopt;
        books_.store.update_checkout(checkout_);
    }

    void become_succeeded(const Outcome& outcome) {
        checkout_.state = CheckoutState::succeeded;
        checkout_.gateway_payment = outcome.payment;
        checkout_.reason.clear();
        checkout_.message.clear();
        event(EventType::checkout_succeeded);
        if (checkout_.automatic) note_outcome(books_, row_, today_);
    }

    // False when the money is none that the books can take.
    bool pay(const Outcome& outcome) {
        if (is_recorded(outcome.payment)) {
            ask_again(true);  // it is in the books for another checkout: what of this one?
            return false;
        }
        const auto paid = outcome.paid.value_or(checkout_.quote.total);
        if (paid.currency() != checkout_.quote.total.currency() || !paid.is_positive()) {
            checkout_.state = CheckoutState::unknown;
            checkout_.reason = name_of(FailureReason::other);
            checkout_.message = "the gateway says that " + paid.text() + " " + std::string(paid.currency().code()) +
                                " were paid; look there, and record what came in";
            checkout_.next_query_at.reset();
            books_.store.update_checkout(checkout_);
            return false;
        }
        // Whatever else than what was asked for came in is theirs as a whole.
        const auto credited = paid == checkout_.quote.total ? checkout_.quote.amount : paid;
        checkout_.payment = record(credited, outcome.payment);
        return true;
    }

    payments::PaymentId record(Money amount, const std::string& reference) {
        auto recorded =
            books_.commands.record_payment(today_, row_.subscriber_code, amount, row_.method_code, reference);
        check(recorded.ok(), "a payment of a subscriber who is there is recorded");
        return *recorded;
    }

    // The gateway took the money once more: the second payment is a checkout of its own, and credit.
    void pay_again(const Outcome& outcome) {
        if (checkout_.kind == CheckoutKind::setup || outcome.payment.empty() || is_recorded(outcome.payment)) return;
        auto again = checkout_;
        again.id = books_.ids.next<CheckoutId>();
        again.request_key.reset();
        again.gateway_payment = outcome.payment;
        again.automatic_run.reset();
        again.message = "paid once more for " + checkout_.id.text();
        again.next_query_at.reset();
        const auto paid = outcome.paid.value_or(checkout_.quote.total);
        again.payment = record(paid, outcome.payment);
        books_.store.add_checkout(again);
        event(EventType::checkout_succeeded, again.id);
    }

    bool is_recorded(const std::string& payment) {
        if (payment.empty()) return false;
        const auto other = books_.store.find_checkout(checkout_.method, payment);
        return other && other->checkout.state == CheckoutState::succeeded;
    }

    void end(CheckoutState state, EventType type, const Outcome& outcome) {
        if (!is_open(checkout_)) return;
        checkout_.state = state;
        if (!outcome.payment.empty()) checkout_.gateway_payment = outcome.payment;
        checkout_.reason = name_of(outcome.reason);
        checkout_.message = outcome.message;
        checkout_.next_query_at.reset();
        books_.store.update_checkout(checkout_);
        event(type);
        if (checkout_.automatic) note_outcome(books_, row_, today_);
    }

    void ask_again(bool was_asked) {
        if (!is_open(checkout_)) {
            if (!was_asked || !checkout_.next_query_at) return;
            checkout_.next_query_at.reset();
        } else {
            if (was_asked) ++checkout_.queries;
            checkout_.next_query_at = next_query(checkout_, now_);
        }
        books_.store.update_checkout(checkout_);
    }

    void save(const SavedCard& card) {
        const SavedMethod saved{.id = books_.ids.next<SavedMethodId>(),
                                .subscriber = checkout_.subscriber,
                                .op = checkout_.op,
                                .method = checkout_.method,
                                .token = card.token,
                                .customer = card.customer,
                                .brand = card.brand,
                                .last4 = card.last4,
                                .expires_month = card.expires_month,
                                .expires_year = card.expires_year,
                                .created_at = now_};
        checkout_.saved_method = books_.store.add_saved_method(saved);
        if (*checkout_.saved_method == saved.id)
            books_.store.add_event(checkout_.op,
                                   {EventType::saved_method_added, checkout_.subscriber, saved.id.value()});
    }

    void event(EventType type) { event(type, checkout_.id); }
    void event(EventType type, CheckoutId of) {
        books_.store.add_event(checkout_.op, {type, checkout_.subscriber, of.value()});
    }

    Books& books_;
    CheckoutRow row_;
    Checkout& checkout_;
    Instant now_;
    Date today_;
};

}  // namespace

// A page is paid when its webhook says so: then asking is a second look, which has time. An outcome that is not known
// has none.
Instant next_query(const Checkout& checkout, Instant now) {
    using std::chrono::seconds;
    const bool is_page = checkout.kind != CheckoutKind::saved;
    const auto doublings = std::min<std::int64_t>(checkout.queries, is_page ? 5 : 8);
    return now + seconds(is_page ? 120 : 15) * (std::int64_t{1} << doublings);
}

CheckoutRow settle_checkout(Books& books, const CheckoutRow& row, const Outcome& outcome, Instant now, Date today,
                            bool was_asked) {
    books.store.hold(row.checkout.op, row.subscriber_code);
    auto latest = books.store.find_checkout(row.checkout.op, row.checkout.id);
    check(latest.has_value(), "a checkout that was made is there");
    return Settling(books, std::move(*latest), now, today).settle(outcome, was_asked);
}

}  // namespace sluice::app
