#include "store/sql/pro_formas.hpp"

#include "store/sql/rows.hpp"
#include "store/sql/sql.hpp"

namespace sluice::store {

using customers::OperatorId;
using customers::SubscriberId;
using invoicing::ProForma;

namespace {

constexpr std::array<std::string_view, 2> purpose_names{"projected_spending", "order"};
constexpr std::array<std::string_view, 4> state_names{"open", "paid", "expired", "withdrawn"};
// Of charges; `lines` have discounts as credits.
constexpr std::array<std::string_view, 6> charge_names{"recurring",   "setup_fee", "once",
                                                       "installment", "credit",    "discount"};
constexpr std::array<std::string_view, 2> series_names{"pro_forma", "advance_payment"};

const std::string pro_forma_columns =
    "f.id, f.subscriber_id, f.purpose, f.year, f.sequence, f.number, f.date, f.expires_on, f.runs_out_on, "
    "f.lead_days, f.currency, f.paid_ahead, f.total, f.state, f.settled_on, f.reason";
const std::string payer_columns =
    ", s.code, CASE WHEN s.organization <> '' THEN s.organization ELSE s.contact END FROM ";
const std::string of_subscriber = " JOIN subscribers s ON s.subscriber_id = ";
const std::string pro_forma_rows =
    "SELECT " + pro_forma_columns + payer_columns + "pro_formas f" + of_subscriber + "f.subscriber_id WHERE ";

ProForma read_pro_forma(Query& row) {
    const auto id = row.get<invoicing::ProFormaId>();
    const auto subscriber = row.get<SubscriberId>();
    const auto purpose = read_enum<invoicing::ProFormaPurpose>(purpose_names, row);
    const auto year = row.get<std::int32_t>();
    const auto sequence = row.get<std::int64_t>();
    auto number = row.get<std::string>();
    const auto date = row.get<Date>();
    const auto expires_on = row.get<Date>();
    const auto runs_out_on = row.get<std::optional<Date>>();
    const auto lead_days = row.get<std::optional<std::int32_t>>();
    const auto currency = read_currency(row);
    const auto paid_ahead = row.money(currency);
    const auto total = row.money(currency);
    const auto state = read_enum<invoicing::ProFormaState>(state_names, row);
    const auto settled_on = row.get<std::optional<Date>>();
    return {.id = id,
            .subscriber = subscriber,
            .purpose = purpose,
            .year = year,
            .sequence = sequence,
            .number = std::move(number),
            .date = date,
            .expires_on = expires_on,
            .runs_out_on = runs_out_on,
            .lead_days = lead_days,
            .paid_ahead = paid_ahead,
            .total = total,
            .state = state,
            .settled_on = settled_on,
            .reason = row.get<std::string>()};
}

app::ProFormaRow read_pro_forma_row(Query& row) {
    auto pro_forma = read_pro_forma(row);
    auto code = row.get<std::string>();
    return {std::move(pro_forma), std::move(code), row.get<std::string>()};
}

std::vector<ProForma> all_of(Connection& db, const Sql& sql) {
    std::vector<ProForma> pro_formas;
    Query row(db, sql);
    while (row.next()) pro_formas.push_back(read_pro_forma(row));
    return pro_formas;
}

const std::string advance_rows =
    "SELECT a.subscriber_id, a.payment_id, a.year, a.sequence, a.number, a.date, a.currency, a.amount" + payer_columns +
    "advance_payments a" + of_subscriber + "a.subscriber_id WHERE ";

app::AdvancePaymentRow read_advance(Query& row) {
    const auto subscriber = row.get<SubscriberId>();
    const auto payment = row.get<payments::PaymentId>();
    const auto year = row.get<std::int32_t>();
    const auto sequence = row.get<std::int64_t>();
    auto number = row.get<std::string>();
    const auto date = row.get<Date>();
    const auto currency = read_currency(row);
    const auto amount = row.money(currency);
    auto code = row.get<std::string>();
    return {{subscriber, payment, year, sequence, std::move(number), date, amount},
            std::move(code),
            row.get<std::string>()};
}

std::optional<app::AdvancePaymentRow> first_advance(Query&& row) {
    if (!row.next()) return std::nullopt;
    return read_advance(row);
}

}  // namespace

void SqlProFormas::add(OperatorId op, const ProForma& f) {
    Query(db_,
          "INSERT INTO pro_formas (subscriber_id, id, operator_id, purpose, year, sequence, number, date, expires_on, "
          "runs_out_on, lead_days, currency, paid_ahead, total, state, settled_on, reason) VALUES "
          "(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
          f.subscriber, f.id, op, name_in(purpose_names, f.purpose), f.year, f.sequence, f.number, f.date, f.expires_on,
          f.runs_out_on, f.lead_days, f.total.currency().code(), f.paid_ahead, f.total, name_in(state_names, f.state),
          f.settled_on, f.reason)
        .run();
    Inserter lines(db_, "pro_forma_lines",
                   {"subscriber_id", "pro_forma_id", "position", "sub_service_id", "product_id", "kind", "period_start",
                    "period_end", "quantity", "net", "tax", "gross"});
    std::int64_t position = 0;
    for (const auto& line : f.lines)
        lines.row(f.subscriber, f.id, ++position, line.sub_service, line.product, name_in(charge_names, line.kind),
                  line.period ? std::optional(line.period->start) : std::nullopt,
                  line.period ? std::optional(line.period->end) : std::nullopt, line.quantity, line.net, line.tax,
                  line.gross);
    lines.flush();
    Inserter items(db_, "ordered_items",
                   {"subscriber_id", "pro_forma_id", "position", "sub_service_id", "product_id", "quantity"});
    position = 0;
    for (const auto& item : f.items)
        items.row(f.subscriber, f.id, ++position, item.sub_service, item.product, item.quantity);
    items.flush();
}

void SqlProFormas::update(const ProForma& f) {
    Query(db_,
          "UPDATE pro_formas SET state = ?, settled_on = ?, reason = ?, lead_days = ? WHERE subscriber_id = ? AND id = "
          "?",
          name_in(state_names, f.state), f.settled_on, f.reason, f.lead_days, f.subscriber, f.id)
        .run();
}

void SqlProFormas::read_items(const ById& of, const Sql& which) {
    if (of.empty()) return;
    Sql sql(
        "SELECT i.pro_forma_id, i.sub_service_id, i.product_id, i.quantity, b.code FROM pro_formas f JOIN "
        "ordered_items i ON i.subscriber_id = f.subscriber_id AND i.pro_forma_id = f.id JOIN sub_services b ON "
        "b.subscriber_id = i.subscriber_id AND b.id = i.sub_service_id WHERE ");
    sql.add(which).add(" ORDER BY i.subscriber_id, i.pro_forma_id, i.position");
    Query row(db_, sql);
    while (row.next()) {
        const auto found = of.find(row.get<invoicing::ProFormaId>());
        const auto sub_service = row.get<subscriptions::SubServiceId>();
        const auto product = row.get<std::optional<catalog::ProductId>>();
        const auto quantity = row.get<std::int64_t>();
        if (found != of.end()) found->second->items.push_back({sub_service, product, quantity, row.get<std::string>()});
    }
}

void SqlProFormas::read_lines(const ById& of, const Sql& which) {
    if (of.empty()) return;
    Sql sql(
        "SELECT l.pro_forma_id, l.sub_service_id, l.product_id, l.kind, l.period_start, l.period_end, l.quantity, "
        "l.net, l.tax, l.gross, b.code FROM pro_formas f JOIN pro_forma_lines l ON l.subscriber_id = f.subscriber_id "
        "AND l.pro_forma_id = f.id JOIN sub_services b ON b.subscriber_id = l.subscriber_id AND b.id = "
        "l.sub_service_id WHERE ");
    sql.add(which).add(" ORDER BY l.subscriber_id, l.pro_forma_id, l.position");
    Query row(db_, sql);
    while (row.next()) {
        const auto found = of.find(row.get<invoicing::ProFormaId>());
        if (found == of.end()) continue;
        const auto currency = found->second->total.currency();
        const auto sub_service = row.get<subscriptions::SubServiceId>();
        const auto product = row.get<catalog::ProductId>();
        const auto kind = read_enum<charging::ChargeKind>(charge_names, row);
        const auto start = row.get<std::optional<Date>>();
        const auto end = row.get<std::optional<Date>>();
        const auto quantity = row.get<std::int64_t>();
        const auto net = row.money(currency);
        const auto tax = row.money(currency);
        const auto gross = row.money(currency);
        found->second->lines.push_back({sub_service, product, kind,
                                        start && end ? std::optional(Period{*start, *end}) : std::nullopt, quantity,
                                        net, tax, gross, row.get<std::string>()});
    }
}

std::vector<app::ProFormaRow> SqlProFormas::open(SubscriberId first, SubscriberId last) {
    const Sql which("f.subscriber_id BETWEEN ? AND ? AND f.state = 'open'", first, last);
    std::vector<app::ProFormaRow> rows;
    {
        const Sql sql = Sql(pro_forma_rows).add(which).add(" ORDER BY f.subscriber_id, f.id");
        Query row(db_, sql);
        while (row.next()) rows.push_back(read_pro_forma_row(row));
    }
    ById by_id;
    for (auto& row : rows) by_id.emplace(row.pro_forma.id, &row.pro_forma);
    read_items(by_id, which);
    return rows;
}

std::vector<ProForma> SqlProFormas::latest_projected(OperatorId op, SubscriberId first, SubscriberId last) {
    return all_of(db_, Sql("SELECT " + pro_forma_columns +
                               " FROM pro_formas f WHERE f.operator_id = ? AND f.subscriber_id BETWEEN ? AND ? AND "
                               "f.purpose = 'projected_spending' AND NOT EXISTS (SELECT 1 FROM pro_formas g WHERE "
                               "g.subscriber_id = f.subscriber_id AND g.purpose = 'projected_spending' AND g.id > "
                               "f.id) ORDER BY f.subscriber_id",
                           op, first, last));
}

std::vector<ProForma> SqlProFormas::expired(OperatorId op, Date date, std::int64_t limit) {
    return all_of(db_, Sql("SELECT " + pro_forma_columns +
                               " FROM pro_formas f WHERE f.operator_id = ? AND f.expires_on < ? AND f.state = 'open' "
                               "ORDER BY f.subscriber_id, f.id LIMIT ?",
                           op, date, limit));
}

std::optional<app::ProFormaRow> SqlProFormas::find(OperatorId op, std::string_view number) {
    const Sql which("f.operator_id = ? AND f.number = ?", op, number);
    std::optional<app::ProFormaRow> found;
    {
        const Sql sql = Sql(pro_forma_rows).add(which);
        Query row(db_, sql);
        if (!row.next()) return std::nullopt;
        found = read_pro_forma_row(row);
    }
    const ById by_id{{found->pro_forma.id, &found->pro_forma}};
    read_items(by_id, which);
    read_lines(by_id, which);
    return found;
}

std::vector<app::ProFormaRow> SqlProFormas::list(OperatorId op, const app::ProFormaQuery& query) {
    Sql sql(pro_forma_rows + "f.operator_id = ? AND f.id < ?", op, query.before ? query.before->value() : INT64_MAX);
    if (query.subscriber) sql.add(" AND f.subscriber_id = ?", *query.subscriber);
    if (query.state) sql.add(" AND f.state = ?", name_in(state_names, *query.state));
    if (query.purpose) sql.add(" AND f.purpose = ?", name_in(purpose_names, *query.purpose));
    sql.add(" ORDER BY f.id DESC LIMIT ?", query.limit);
    std::vector<app::ProFormaRow> rows;
    Query row(db_, sql);
    while (row.next()) rows.push_back(read_pro_forma_row(row));
    return rows;
}

std::vector<ProForma> SqlProFormas::all(OperatorId op, std::optional<invoicing::ProFormaId> after, std::int64_t limit) {
    const auto from = after ? after->value() : 0;
    auto page = all_of(db_, Sql("SELECT " + pro_forma_columns +
                                    " FROM pro_formas f WHERE f.operator_id = ? AND f.id > ? ORDER BY f.id LIMIT ?",
                                op, from, limit));
    ById by_id;
    for (auto& pro_forma : page) by_id.emplace(pro_forma.id, &pro_forma);
    if (!page.empty()) read_lines(by_id, Sql("f.operator_id = ? AND f.id > ? AND f.id <= ?", op, from, page.back().id));
    return page;
}

Money SqlProFormas::paid_since(const ProForma& f) {
    Query row(db_,
              "SELECT COALESCE((SELECT SUM(p.amount) FROM payments p WHERE p.subscriber_id = ? AND p.id > ?), 0) - "
              "COALESCE((SELECT SUM(r.amount) FROM refunds r WHERE r.subscriber_id = ? AND r.payment_id > ?), 0)",
              f.subscriber, f.id, f.subscriber, f.id);
    check(row.next(), "a sum is one row");
    return row.money(f.total.currency());
}

void SqlProFormas::add(OperatorId op, const app::AdvancePayment& a) {
    Query(
        db_,
        "INSERT INTO advance_payments (subscriber_id, payment_id, operator_id, year, sequence, number, date, currency, "
        "amount) VALUES (?,?,?,?,?,?,?,?,?)",
        a.subscriber, a.payment, op, a.year, a.sequence, a.number, a.date, a.amount.currency().code(), a.amount)
        .run();
}

std::optional<app::AdvancePaymentRow> SqlProFormas::find_advance(OperatorId op, payments::PaymentId payment) {
    return first_advance({db_, advance_rows + "a.operator_id = ? AND a.payment_id = ?", op, payment});
}

std::optional<app::AdvancePaymentRow> SqlProFormas::find_advance(OperatorId op, std::string_view number) {
    return first_advance({db_, advance_rows + "a.operator_id = ? AND a.number = ?", op, number});
}

std::vector<app::AdvancePaymentRow> SqlProFormas::list(OperatorId op, const app::AdvancePaymentQuery& query) {
    Sql sql(advance_rows + "a.operator_id = ? AND a.payment_id < ?", op,
            query.before ? query.before->value() : INT64_MAX);
    if (query.subscriber) sql.add(" AND a.subscriber_id = ?", *query.subscriber);
    sql.add(" ORDER BY a.payment_id DESC LIMIT ?", query.limit);
    std::vector<app::AdvancePaymentRow> rows;
    Query row(db_, sql);
    while (row.next()) rows.push_back(read_advance(row));
    return rows;
}

std::int64_t SqlProFormas::take_number(OperatorId op, app::AdvanceSeries series, std::int32_t year) {
    const auto name = name_in(series_names, series);
    Query(db_,
          "INSERT INTO advance_series (operator_id, series, year, latest) VALUES (?,?,?,0) ON CONFLICT (operator_id, "
          "series, year) DO NOTHING",
          op, name, year)
        .run();
    Query(db_, "UPDATE advance_series SET latest = latest + 1 WHERE operator_id = ? AND series = ? AND year = ?", op,
          name, year)
        .run();
    Query row(db_, "SELECT latest FROM advance_series WHERE operator_id = ? AND series = ? AND year = ?", op, name,
              year);
    check(row.next(), "a series that is counted on is there");
    return row.get<std::int64_t>();
}

}  // namespace sluice::store
