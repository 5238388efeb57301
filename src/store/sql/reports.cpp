// Each sum reads the rows of its range of dates, by an index that begins with operator and date.
#include "store/sql/reports.hpp"

#include "store/sql/query.hpp"

namespace sluice::store {

using customers::OperatorId;

app::MonthFigures SqlReports::month(OperatorId op, Currency currency, Date first) {
    const auto nothing = Money::zero(currency);
    const Date next = Date::clamped(first.months_since_year_0() + 1, 1);
    app::MonthFigures month{.first = first,
                            .net = nothing,
                            .tax = nothing,
                            .total = nothing,
                            .came_in = {.amount = nothing},
                            .went_out = {.amount = nothing}};
    {
        Query row(db_,
                  "SELECT COUNT(*), COALESCE(SUM(d.net), 0), COALESCE(SUM(d.tax), 0), COALESCE(SUM(d.total), 0) FROM "
                  "documents d WHERE d.operator_id = ? AND d.date >= ? AND d.date < ?",
                  op, first, next);
        if (row.next()) {
            month.documents = row.get<std::int64_t>();
            month.net = row.money(currency);
            month.tax = row.money(currency);
            month.total = row.money(currency);
        }
    }
    const auto totals = [&](const char* sql) {
        Query row(db_, sql, op, first, next);
        app::Totals sum{.amount = nothing};
        if (row.next()) {
            sum.count = row.get<std::int64_t>();
            sum.amount = row.money(currency);
        }
        return sum;
    };
    month.came_in = totals(
        "SELECT COUNT(*), COALESCE(SUM(p.amount), 0) FROM payments p WHERE p.operator_id = ? AND p.date >= ? AND "
        "p.date "
        "< ? AND p.wallet_id IS NULL AND p.method <> 'transfer'");
    month.went_out = totals(
        "SELECT COUNT(*), COALESCE(SUM(r.amount - r.fee), 0) FROM refunds r CROSS JOIN subscribers s WHERE "
        "s.subscriber_id = r.subscriber_id AND s.operator_id = ? AND r.date >= ? AND r.date < ? AND r.wallet_id IS "
        "NULL AND r.method <> 'transfer'");
    const auto count = [&](const char* sql) {
        Query row(db_, sql, op, first, next);
        return row.next() ? row.get<std::int64_t>() : 0;
    };
    month.started =
        count("SELECT COUNT(*) FROM sub_services b WHERE b.operator_id = ? AND b.started_on >= ? AND b.started_on < ?");
    month.cancelled = count(
        "SELECT COUNT(*) FROM sub_services b WHERE b.operator_id = ? AND b.status = 'cancelled' AND b.changed_on >= ? "
        "AND b.changed_on < ?");
    return month;
}

std::vector<app::DebtAge> SqlReports::debts_by_age(OperatorId op, Currency currency, Date today) {
    std::vector<app::DebtAge> ages;
    const auto add = [&](std::optional<int> from, std::optional<int> to) {
        // Overdue the day after the due date: `from` days ago and before.
        const Date youngest = from ? today.plus_days(-*from) : Date::clamped(9999 * 12 + 11, 31);
        const Date oldest = from ? (to ? today.plus_days(-*to) : Date::clamped(12, 1)) : today;
        Query row(db_,
                  "SELECT COUNT(*), COALESCE(SUM(o.open), 0) FROM open_documents o WHERE o.operator_id = ? AND o.due "
                  "BETWEEN ? AND ?",
                  op, oldest, youngest);
        app::DebtAge age{from, to, {.amount = Money::zero(currency)}};
        if (row.next()) {
            age.open.count = row.get<std::int64_t>();
            age.open.amount = row.money(currency);
        }
        ages.push_back(age);
    };
    add(std::nullopt, std::nullopt);
    add(1, 30);
    add(31, 60);
    add(61, 90);
    add(91, std::nullopt);
    return ages;
}

}  // namespace sluice::store
