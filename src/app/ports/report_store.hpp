// Sums over an operator's books: what a month brought, and how old the debts are.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "domain/customers/customers.hpp"
#include "values/date.hpp"
#include "values/money.hpp"

namespace sluice::app {

struct Totals {
    std::int64_t count = 0;
    Money amount;
};

// What bears a date of that month. Credit notes are negative. Money that only moves between subscribers or wallets is
// no part of what came in and went out.
struct MonthFigures {
    Date first;  // its first day
    std::int64_t documents = 0;
    Money net;
    Money tax;
    Money total;
    Totals came_in;
    Totals went_out;           // refunds less their fees, and charge-backs; positive
    std::int64_t started = 0;  // sub-services
    std::int64_t cancelled = 0;
};

// What is open, by the days since it was due.
struct DebtAge {
    std::optional<int> from_days;  // none: not due yet
    std::optional<int> to_days;    // included; none: no end
    Totals open;
};

class ReportStore {
public:
    virtual ~ReportStore() = default;

    // `first`: the first day of a month.
    virtual MonthFigures month(customers::OperatorId op, Currency currency, Date first) = 0;
    // Not due; up to 30, 60 and 90 days; longer.
    virtual std::vector<DebtAge> debts_by_age(customers::OperatorId op, Currency currency, Date today) = 0;
};

}  // namespace sluice::app
