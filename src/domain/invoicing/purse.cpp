#include "domain/invoicing/purse.hpp"

#include <algorithm>

namespace sluice::invoicing {

bool is_blocked(const customers::PaymentRules& rules, const Purse& purse, Date date) {
    return rules.terms == customers::PaymentTerms::credit_limit && purse.oldest_due &&
           purse.oldest_due->plus_days(rules.block_after) <= date;
}

Money available(const customers::PaymentRules& rules, const Purse& purse, Date date) {
    const bool promise_holds = purse.promised_until && date <= *purse.promised_until;
    const Money lent = promise_holds ? purse.promised : Money::zero(purse.balance.currency());
    const Money own = purse.balance - purse.unbilled;
    if (is_blocked(rules, purse, date)) return lent + std::min(own, Money::zero(own.currency()));
    return own + rules.credit_limit + lent;
}

}  // namespace sluice::invoicing
