// What the rest of a month and the month after it will cost, by the decision that a bill run takes on those dates.
#pragma once

#include <unordered_map>
#include <vector>

#include "app/ports/store.hpp"

namespace sluice::app {

struct Forecast {
    Date month_end;  // the last day of this month, and of the next one
    Date next_month_end;
    Money this_month;  // what falls due from now to its end, with what is charged already and on no document yet
    Money next_month;
    Money balance;
    // What to pay so that all of it is covered; zero when it is.
    Money recommended() const {
        const Money missing = this_month + next_month - balance;
        return missing.is_negative() ? Money::zero(balance.currency()) : missing;
    }
};

Date last_of_next_month(Date date);

// What the decision of `through` charges anew, less what wallets pay of it; `of` each sub-service with an entry.
struct ChargedAhead {
    Money all;
    std::unordered_map<subscriptions::SubServiceId, Money> of = {};
};
// Adds one account's to `ahead`. `wallets`: as its purse has them.
void add_charged(ChargedAhead& ahead, const customers::Operator& op, const charging::Book& book,
                 invoicing::AccountFacts& facts, Date through, std::vector<invoicing::Wallet> wallets);

// As of `date`. Sub-services that wait for money are not part of it.
Forecast forecast(Store& store, IdSource& ids, const customers::Operator& op, const catalog::Catalog& catalog,
                  const customers::Subscriber& subscriber, Date date);

}  // namespace sluice::app
