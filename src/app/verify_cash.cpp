#include "app/verify_cash.hpp"

#include <algorithm>
#include <map>

namespace sluice::app {
namespace {

constexpr std::int64_t page_rows = 500;

class CashCheck {
public:
    CashCheck(Store& store, const customers::Operator& op, Findings& findings)
        : store_(store), op_(op), findings_(findings) {}

    void run() {
        shifts();
        movements();
        receipts();
        cheques();
    }

private:
    void shifts() {
        ShiftQuery query{.limit = page_rows};
        for (auto page = store_.cash_shifts(op_.id, query); !page.empty(); page = store_.cash_shifts(op_.id, query)) {
            for (const auto& row : page) shift(row);
            query.before = page.back().shift.id;
        }
    }

    void shift(const CashShiftRow& row) {
        const auto& closing = row.shift.closing;
        const auto where = row.shift.id.text();
        const Money expected = row.sums.expected(row.shift.float_amount);
        if (expected.is_negative())
            findings_.add("cash_shift_sum", where, "more left the till than was in it: " + words(expected));
        if (!closing) return;
        if (closing->expected != expected)
            findings_.add("cash_shift_sum", where,
                          "was closed with " + words(closing->expected) +
                              " expected, but float and movements come to " + words(expected));
        if (closing->counted != closing->expected && closing->explanation.empty())
            findings_.add("cash_difference", where, "counted otherwise than expected, and nobody said why");
    }

    void movements() {
        std::optional<CashMovementId> after;
        for (auto page = store_.all_cash_movements(op_.id, after, page_rows); !page.empty();
             page = store_.all_cash_movements(op_.id, after, page_rows)) {
            for (const auto& one : page) movement(one);
            after = page.back().id;
        }
    }

    void movement(const CashMovement& one) {
        const auto where = one.receipt ? one.receipt->number : one.id.text();
        if (one.payment) booked(one, where);
        if (!one.receipt) return;
        auto& numbers = receipts_[one.receipt->year];
        numbers.push_back(one.receipt->sequence);
        const auto number = invoicing::format_number("RCPT-{year}-{number}", one.receipt->year, one.receipt->sequence);
        if (number != one.receipt->number)
            findings_.add("receipt_number", where, "its number should be written " + number);
    }

    void booked(const CashMovement& one, const std::string& where) {
        const auto paid = store_.find_payment(op_.id, *one.payment);
        if (!paid) return findings_.add("cash_without_payment", where, "tells of a payment that is not there");
        if (one.kind == CashMovementKind::payment) {
            if (paid->payment.amount != one.amount || paid->payment.subscriber != one.subscriber)
                findings_.add("cash_amount", where,
                              "is of " + words(one.amount) + ", the payment of " + words(paid->payment.amount));
            return;
        }
        const auto refund = std::find_if(paid->refunds.begin(), paid->refunds.end(),
                                         [&](const payments::Refund& made) { return made.id == one.refund; });
        if (refund == paid->refunds.end())
            findings_.add("cash_without_payment", where, "tells of a refund that is not there");
        else if (refund->amount - refund->fee != one.amount)
            findings_.add(
                "cash_amount", where,
                words(one.amount) + " was paid out, but the refund is of " + words(refund->amount - refund->fee));
    }

    // From 1 on, each once, up to the one before the next.
    void receipts() {
        for (const auto& series : store_.receipt_series(op_.id)) next_[series.first] = series.second;
        for (const auto& of_year : receipts_) next_.try_emplace(of_year.first, 1);
        for (const auto& series : next_) {
            auto& numbers = receipts_[series.first];
            std::sort(numbers.begin(), numbers.end());
            const auto where = "receipts of " + std::to_string(series.first);
            std::int64_t expected = 1;
            for (const auto number : numbers) {
                if (number > expected)
                    findings_.add("receipt_missing", where,
                                  "there is no number " + std::to_string(expected) + ", though later ones were given");
                expected = number + 1;
            }
            if (expected != series.second)
                findings_.add("receipt_missing", where,
                              "the next number is to be " + std::to_string(series.second) + ", but the last one is " +
                                  std::to_string(expected - 1));
        }
    }

    void cheques() {
        ChequeQuery query{.limit = page_rows};
        for (auto page = store_.cheques(op_.id, query); !page.empty(); page = store_.cheques(op_.id, query)) {
            for (const auto& row : page) cheque(row.cheque);
            query.before = page.back().cheque.id;
        }
    }

    void cheque(const Cheque& cheque) {
        const auto paid = store_.find_payment(op_.id, cheque.payment);
        if (!paid) return findings_.add("cheque_payment", cheque.id.text(), "its payment is not there");
        if (paid->payment.amount != cheque.amount)
            findings_.add("cheque_payment", cheque.id.text(),
                          "is of " + words(cheque.amount) + ", its payment of " + words(paid->payment.amount));
        if (cheque.state != ChequeState::bounced) return;
        const bool is_back = std::any_of(paid->refunds.begin(), paid->refunds.end(), [&](const payments::Refund& back) {
            return back.id == cheque.refund && back.kind == payments::RefundKind::charge_back;
        });
        if (!is_back)
            findings_.add("cheque_payment", cheque.id.text(), "has bounced, but its payment was not charged back");
    }

    Store& store_;
    const customers::Operator& op_;
    Findings& findings_;
    std::map<std::int32_t, std::vector<std::int64_t>> receipts_;  // a number that is there, by year
    std::map<std::int32_t, std::int64_t> next_;
};

}  // namespace

void verify_cash(Store& store, const customers::Operator& op, Findings& findings) {
    findings.guard("cash desk", [&] { CashCheck(store, op, findings).run(); });
}

}  // namespace sluice::app
