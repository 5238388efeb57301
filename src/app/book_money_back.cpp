#include "app/book_money_back.hpp"

#include <algorithm>

namespace sluice::app {
namespace {

class MoneyBack {
public:
    MoneyBack(Books& books, const CheckoutRow& row, PaymentRow paid, const GatewayEvent& event, Date today)
        : books_(books), row_(row), paid_(std::move(paid)), event_(event), today_(today) {}

    bool book() {
        if (event_.amount && event_.amount->currency() != paid_.payment.amount.currency()) return false;
        if (event_.about == GatewayEvent::About::refund_failed) return !known() || come_again();
        return event_.about == GatewayEvent::About::dispute_returned ? come_again() : go_back();
    }

private:
    const payments::Refund* known() const {
        const auto found = std::find_if(paid_.refunds.begin(), paid_.refunds.end(),
                                        [&](const auto& refund) { return refund.reference == event_.reference; });
        return found == paid_.refunds.end() ? nullptr : &*found;
    }

    // The payer's commission goes back too, but was never in the books.
    bool go_back() {
        if (known()) return true;
        Money left = paid_.payment.amount;
        for (const auto& refund : paid_.refunds) left -= refund.amount;
        const Money amount = std::min(event_.amount.value_or(left), left);
        if (!amount.is_positive()) return false;
        auto corrections = books_.commands.corrections();
        if (event_.about == GatewayEvent::About::refund && corrections
                                                               .refund(today_, {.payment = paid_.payment.id,
                                                                                .amount = amount,
                                                                                .fee = Money::zero(amount.currency()),
                                                                                .reference = event_.reference})
                                                               .ok())
            return true;
        return corrections
            .charge_back(today_, {.payment = paid_.payment.id, .amount = amount, .reference = event_.reference})
            .ok();
    }

    bool come_again() {
        const auto& method = paid_.payment.method;
        const auto earlier = books_.store.list(
            row_.checkout.op, PaymentQuery{.method = method, .reference = event_.reference, .paging = {.limit = 1}});
        if (!earlier.rows.empty()) return true;
        const auto* taken = known();
        const Money most = taken ? taken->amount : paid_.payment.amount;
        const Money amount = std::min(event_.amount.value_or(most), most);
        return books_.commands.record_payment(today_, row_.subscriber_code, amount, method, event_.reference).ok();
    }

    Books& books_;
    const CheckoutRow& row_;
    PaymentRow paid_;
    const GatewayEvent& event_;
    Date today_;
};

}  // namespace

bool book_money_back(Books& books, const CheckoutRow& row, const GatewayEvent& event, Date today) {
    if (!row.checkout.payment) return false;
    auto paid = books.store.find_payment(row.checkout.op, *row.checkout.payment);
    check(paid.has_value(), "a checkout's payment is there");
    return MoneyBack(books, row, std::move(*paid), event, today).book();
}

}  // namespace sluice::app
