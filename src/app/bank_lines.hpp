// What clerks do with bank lines: say whose one is, set it aside, take it back.
#pragma once

#include "app/ports/store.hpp"
#include "app/refusal.hpp"

namespace sluice::app {

class BankLines {
public:
    BankLines(Store& store, const Hasher& hasher, IdSource& ids, const customers::Operator& op)
        : store_(store), hasher_(hasher), ids_(ids), op_(op) {}

    // REQUIRES (of all three): the line is there.
    // Records the payment, and knows the payer's account from then on. Services that waited for it resume `today`.
    Result<payments::PaymentId, Refusal> assign(payments::BankLineId line, const std::string& subscriber, Date today);
    // REQUIRES: a reason.
    Result<Done, Refusal> set_aside(payments::BankLineId line, const std::string& reason);
    // It waits again: one that was set aside, and one that is a subscriber's. Of that the payment goes back whole, as a
    // charge-back of `today`, and the payer's account is no longer known for theirs.
    Result<Done, Refusal> take_back(payments::BankLineId line, Date today);

private:
    BankLineRow hold(payments::BankLineId line);
    std::optional<Refusal> undo_payment(const BankLineRow& row, Date today);

    Store& store_;
    const Hasher& hasher_;
    IdSource& ids_;
    const customers::Operator& op_;
};

}  // namespace sluice::app
