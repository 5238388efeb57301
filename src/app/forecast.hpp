// What the rest of a month and the month after it will cost, by the decision that a bill run takes on those dates.
#pragma once

#include <functional>

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

// Each line that the decision of `through` puts on a document or lets wait, and, as not new, each that was charged
// before it.
void for_each_charged(const customers::Operator& op, const charging::Book& book, invoicing::AccountFacts& facts,
                      Date through, const std::function<void(const invoicing::Line& line, bool is_new)>& visit);

// As of `date`. Sub-services that wait for money are not part of it.
Forecast forecast(Store& store, IdSource& ids, const customers::Operator& op, const catalog::Catalog& catalog,
                  const customers::Subscriber& subscriber, Date date);

}  // namespace sluice::app
