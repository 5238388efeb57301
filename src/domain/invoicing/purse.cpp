#include "domain/invoicing/purse.hpp"

#include <algorithm>

namespace sluice::invoicing {

void reserve(Purse& purse, const Wanted& unbilled) {
    for (const auto& [whom, amount] : unbilled)
        for (const auto& taken : take(purse.wallets, whom, amount)) purse.unbilled -= taken.amount;
}

void spend(Purse& purse, const ChargedFor& whom, Money amount) {
    for (const auto& taken : take(purse.wallets, whom, amount)) amount -= taken.amount;
    purse.balance -= amount;
}

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

bool can_pay(const customers::PaymentRules& rules, const Purse& purse, Date date, const ChargedFor& whom, Money cost) {
    const Money rest = cost - held_for(purse.wallets, whom, cost.currency());
    return !rest.is_positive() || rest <= available(rules, purse, date);
}

}  // namespace sluice::invoicing
