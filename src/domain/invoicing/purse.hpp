// What an account can spend on new charges. Asked only where the terms of payment are limited: prepaid, credit limit.
// Rules: docs/payments.md.
#pragma once

#include <optional>

#include "domain/customers/payment_terms.hpp"
#include "values/date.hpp"
#include "values/money.hpp"

namespace sluice::invoicing {

struct Purse {
    Money balance;                            // positive: paid ahead
    Money unbilled;                           // charged, on no document yet
    Money promised;                           // what a promised payment lends
    std::optional<Date> promised_until = {};  // and the last day on which it does
    std::optional<Date> oldest_due = {};      // of what is open
};

// The credit limit does not hold any more: something has been open for too long. Always false for other terms.
bool is_blocked(const customers::PaymentRules& rules, const Purse& purse, Date date);
// What new charges of that date may cost together; below zero when more than all is spent.
Money available(const customers::PaymentRules& rules, const Purse& purse, Date date);

}  // namespace sluice::invoicing
