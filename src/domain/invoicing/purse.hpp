// What an account can spend on new charges. Asked only where the terms of payment are limited: prepaid, credit limit.
// Rules: docs/payments.md.
#pragma once

#include <optional>
#include <vector>

#include "domain/customers/payment_terms.hpp"
#include "domain/invoicing/wallet.hpp"
#include "values/date.hpp"
#include "values/money.hpp"

namespace sluice::invoicing {

struct Purse {
    Money balance;                            // positive: paid ahead
    Money unbilled;                           // charged, on no document yet, but for what wallets will pay of it
    Money promised;                           // what a promised payment lends
    std::optional<Date> promised_until = {};  // and the last day on which it does
    std::optional<Date> oldest_due = {};      // of what is open
    std::vector<Wallet> wallets = {};         // less what they will pay of what is charged
};

// What is charged already and on no document yet has its money in the wallets. REQUIRES: `unbilled` is all of it.
void reserve(Purse& purse, const Wanted& unbilled);
// Whether a charge above zero can be paid: by wallets, then by what is available.
bool can_pay(const customers::PaymentRules& rules, const Purse& purse, Date date, const ChargedFor& whom, Money cost);
// Charges that are new: wallets first, the balance for the rest. Below zero: credits.
void spend(Purse& purse, const ChargedFor& whom, Money amount);

// The credit limit does not hold any more: something has been open for too long. Always false for other terms.
bool is_blocked(const customers::PaymentRules& rules, const Purse& purse, Date date);
// What new charges of that date may cost together; below zero when more than all is spent.
Money available(const customers::PaymentRules& rules, const Purse& purse, Date date);

}  // namespace sluice::invoicing
