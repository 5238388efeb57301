// What bill runs are compared by. A batch of accounts is a few queries, however many accounts it has.
#include "store/sql/comparisons.hpp"

#include <limits>
#include <unordered_map>

#include "store/sql/account_rows.hpp"
#include "store/sql/sql.hpp"

namespace sluice::store {

using customers::OperatorId;
using customers::SubscriberId;
using subscriptions::SubServiceId;

namespace {

std::int64_t value_of(std::optional<SubscriberId> after) { return after ? after->value() : 0; }

// Days of the month move by up to three between a month and another one.
constexpr int days_around = 3;

// Documents d of bill runs, on either side of a comparison, of a range of subscribers. The operator is not what they
// are found by.
Sql documents_compared(OperatorId op, app::JobId run, const reports::ComparedDates& dates,
                       std::optional<SubscriberId> after, SubscriberId last) {
    return Sql(
        "d.subscriber_id > ? AND d.subscriber_id <= ? AND d.operator_id + 0 = ? AND (d.bill_run_id = ? OR "
        "(d.reason = '' AND ((d.date > ? AND d.date <= ?) OR (d.date >= ? AND d.date <= ?))))",
        value_of(after), last, op, run, dates.after, dates.through, dates.before_after().plus_days(-days_around),
        dates.before_through().plus_days(days_around));
}

}  // namespace

std::optional<SubscriberId> SqlComparisons::end_of_batch(OperatorId op, std::optional<SubscriberId> after,
                                                         std::optional<SubscriberId> last, std::int64_t limit) {
    Query row(db_,
              "SELECT MAX(b.subscriber_id) FROM (SELECT s.subscriber_id FROM subscribers s WHERE s.operator_id = ? AND "
              "s.subscriber_id > ? AND s.subscriber_id <= ? ORDER BY s.subscriber_id LIMIT ?) b",
              op, value_of(after), last ? last->value() : std::numeric_limits<std::int64_t>::max(), limit);
    return row.next() ? row.get<std::optional<SubscriberId>>() : std::nullopt;
}

std::vector<app::ComparedSubService> SqlComparisons::sub_services(OperatorId op, app::JobId run,
                                                                  const reports::ComparedDates& dates,
                                                                  std::optional<SubscriberId> after, SubscriberId last,
                                                                  Currency currency) {
    const auto documents = documents_compared(op, run, dates, after, last);
    const std::string joined_lines =
        " FROM documents d JOIN lines l ON l.subscriber_id = d.subscriber_id AND l.document_id = d.id";
    std::vector<app::ComparedSubService> found;
    std::unordered_map<SubServiceId, std::size_t> at;
    {
        const Sql sql = Sql(
            "SELECT b.subscriber_id, b.id, b.status, b.started_on, b.restarted, b.grid_day, k.subscriber_id, EXISTS "
            "(SELECT 1 FROM suspended_spans p WHERE p.subscriber_id = b.subscriber_id AND p.sub_service_id = b.id "
            "AND p.stops_billing = 1 AND p.to_date > ?) FROM sub_services b LEFT JOIN parked_accounts k ON "
            "k.subscriber_id = b.subscriber_id WHERE b.subscriber_id > ? AND b.subscriber_id <= ? AND "
            "b.operator_id + 0 = ? ORDER BY b.subscriber_id, b.id",
            dates.before_after(), value_of(after), last, op);
        Query row(db_, sql);
        while (row.next()) {
            const auto subscriber = row.get<SubscriberId>();
            const auto id = row.get<SubServiceId>();
            const auto status = read_enum<subscriptions::Status>(status_names, row);
            const auto started_on = row.get<std::optional<Date>>();
            const auto restarted = row.get<bool>();
            const auto grid_day = row.get<std::optional<std::int32_t>>();
            const bool is_parked = row.get<std::optional<SubscriberId>>().has_value();
            at.emplace(id, found.size());
            found.push_back({.subscriber = subscriber,
                             .id = id,
                             .status = status,
                             .started_on = started_on,
                             .restarted = restarted,
                             .grid_day = grid_day,
                             .has_resumed = row.get<bool>(),
                             .is_parked = is_parked});
        }
    }
    {
        const Sql sql =
            Sql("SELECT d.id, d.date, COALESCE(d.bill_run_id, 0), " + line_columns + joined_lines + " WHERE ")
                .add(documents)
                .add(" ORDER BY l.subscriber_id, l.id");
        Query row(db_, sql);
        while (row.next()) {
            const auto document = row.get<invoicing::DocumentId>();
            const auto date = row.get<Date>();
            const bool is_of_run = row.get<app::JobId>() == run;
            auto line = read_line(row);
            found[at.at(line.charge.sub_service)].lines.push_back({document, date, is_of_run, std::move(line)});
        }
    }
    std::unordered_map<charging::LineId, invoicing::Line*> line_of;
    for (auto& sub : found)
        for (auto& of : sub.lines) line_of.emplace(of.line.charge.id, &of.line);
    if (line_of.empty()) return found;
    const Sql sql = Sql("SELECT t.line_id, " + line_tax_columns + joined_lines +
                        " JOIN line_taxes t ON t.subscriber_id = l.subscriber_id AND t.line_id = l.id WHERE ")
                        .add(documents)
                        .add(" ORDER BY t.subscriber_id, t.line_id, t.position");
    Query row(db_, sql);
    while (row.next()) {
        auto* line = line_of.at(row.get<charging::LineId>());
        line->taxes.push_back(read_line_tax(row, currency));
    }
    return found;
}

void SqlComparisons::add_differences(app::JobId run, std::span<const app::RunDifference> differences) {
    Inserter rows(db_, "bill_run_differences",
                  {"subscriber_id", "bill_run_id", "sub_service_id", "cause", "currency", "amount", "before_total",
                   "now_total", "before_document_id", "now_document_id"});
    for (const auto& d : differences)
        rows.row(d.subscriber, run, d.sub_service, reports::name_of(d.cause), d.amount.currency().code(), d.amount,
                 d.before, d.now, d.before_document, d.now_document);
    rows.flush();
}

void SqlComparisons::remove_differences(app::JobId run) {
    Query(db_, "DELETE FROM bill_run_differences WHERE bill_run_id = ?", run).run();
}

// Ids of runs are in order of time: the least one tells whether there is anything to be done.
bool SqlComparisons::forget_differences_before(Instant time, std::int64_t limit) {
    std::optional<app::JobId> oldest;
    {
        Query row(db_, "SELECT MIN(bill_run_id) FROM bill_run_differences");
        if (row.next()) oldest = row.get<std::optional<app::JobId>>();
    }
    if (!oldest) return false;
    {
        Query row(db_, "SELECT 1 FROM jobs WHERE id = ? AND requested_at >= ?", *oldest, time);
        if (row.next()) return false;
    }
    std::optional<SubServiceId> end;
    {
        Query row(
            db_,
            "SELECT sub_service_id FROM bill_run_differences WHERE bill_run_id = ? ORDER BY sub_service_id, cause "
            "LIMIT 1 OFFSET ?",
            *oldest, limit);
        if (row.next()) end = row.get<SubServiceId>();
    }
    if (end)
        Query(db_, "DELETE FROM bill_run_differences WHERE bill_run_id = ? AND sub_service_id <= ?", *oldest, *end)
            .run();
    else
        remove_differences(*oldest);
    return true;
}

app::Page<app::RunDifferenceRow> SqlComparisons::differences(OperatorId op, const app::RunDifferenceQuery& query) {
    const std::int64_t after = query.paging.after ? query.paging.after->id : 0;
    const std::string after_cause = query.paging.after ? query.paging.after->key : "";
    Sql sql(
        "SELECT f.subscriber_id, f.sub_service_id, f.cause, f.currency, f.amount, f.before_total, f.now_total, "
        "f.before_document_id, f.now_document_id, s.code, CASE s.organization WHEN '' THEN s.contact ELSE "
        "s.organization END, b.code, COALESCE(x.number, ''), COALESCE(y.number, '') FROM bill_run_differences f JOIN "
        "subscribers s ON s.subscriber_id = f.subscriber_id JOIN sub_services b ON b.subscriber_id = "
        "f.subscriber_id AND b.id = f.sub_service_id LEFT JOIN documents x ON x.subscriber_id = f.subscriber_id AND "
        "x.id = f.before_document_id LEFT JOIN documents y ON y.subscriber_id = f.subscriber_id AND y.id = "
        "f.now_document_id WHERE f.bill_run_id = ?",
        query.run);
    if (query.cause)
        sql.add(" AND f.cause = ? AND f.sub_service_id > ?", reports::name_of(*query.cause), after);
    else
        sql.add(" AND (f.sub_service_id, f.cause) > (?, ?)", after, after_cause);
    sql.add(" AND s.operator_id = ? ORDER BY f.sub_service_id, f.cause LIMIT ?", op, query.paging.limit + 1);
    app::Page<app::RunDifferenceRow> page;
    Query row(db_, sql);
    while (row.next()) {
        const auto subscriber = row.get<SubscriberId>();
        const auto sub_service = row.get<SubServiceId>();
        const auto cause = reports::parse_cause(row.get<std::string>());
        check(cause.has_value(), "a stored cause is one that Sluice knows");
        const auto currency = read_currency(row);
        app::RunDifference difference{.subscriber = subscriber,
                                      .sub_service = sub_service,
                                      .cause = *cause,
                                      .amount = row.money(currency),
                                      .before = row.money(currency),
                                      .now = row.money(currency),
                                      .before_document = row.get<std::optional<invoicing::DocumentId>>(),
                                      .now_document = row.get<std::optional<invoicing::DocumentId>>()};
        auto code = row.get<std::string>();
        auto name = row.get<std::string>();
        auto sub_service_code = row.get<std::string>();
        auto before = row.get<std::string>();
        page.rows.push_back({difference, std::move(code), std::move(name), std::move(sub_service_code),
                             std::move(before), row.get<std::string>()});
    }
    if (std::ssize(page.rows) > query.paging.limit) {
        page.rows.pop_back();
        const auto& last = page.rows.back().difference;
        page.next = app::Position{.key = std::string(reports::name_of(last.cause)), .id = last.sub_service.value()};
    }
    return page;
}

}  // namespace sluice::store
