// Payments into one account, one after the other: each is booked and pays the oldest debts that are left by then.
#pragma once

#include "app/ports/store.hpp"
#include "app/settle_account.hpp"

namespace sluice::app {

struct NewPayment {
    Date date;
    Money amount;  // > 0
    std::string method;
    std::string reference;
    std::optional<invoicing::WalletId> wallet = {};  // that it comes out of
};

class AccountPayments {
public:
    // `facts`: as payment_facts() loads them.
    explicit AccountPayments(BillingFacts facts);

    // The payment, which the caller stores.
    payments::Payment record(const Hasher& hasher, IdSource& ids, const NewPayment& payment);
    // A document of which just so much is to be paid.
    bool has_debt_of(Money amount) const;

    bool is_unpaid() const { return billed_.entries.empty(); }
    // What is to be saved of all payments together.
    BilledAccount billed() const;
    // That they were recorded, and what they have paid.  `billed`: what billed() gives.
    std::vector<NewEvent> events(const BilledAccount& billed) const;

private:
    BilledAccount billed_;
    Settlement settlement_;
    std::vector<NewEvent> recorded_;
};

}  // namespace sluice::app
