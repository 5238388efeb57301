// Cash desks and cheques.
#include "store/sql/rows.hpp"
#include "store/sql/sql.hpp"
#include "store/sql/sql_store.hpp"

namespace sluice::store {

using customers::OperatorId;
using customers::SubscriberId;

namespace {

constexpr std::array<std::string_view, 4> movement_kind_names{"payment", "refund", "cash_in", "cash_out"};
constexpr std::array<std::string_view, 3> cheque_state_names{"received", "cleared", "bounced"};

// With the sums of its movements by kind, of which there are few hundred.
const std::string sum_of =
    "(SELECT COALESCE(SUM(m.amount), 0) FROM cash_movements m WHERE m.operator_id = s.operator_id AND m.shift_id = "
    "s.id AND m.kind = ";
const std::string shift_columns =
    "s.operator_id, s.id, s.currency, s.desk, s.clerk, s.date, s.float_amount, s.opened_at, s.opened_by, s.closed_at, "
    "s.closed_by, s.expected, s.counted, s.explanation, " +
    sum_of + "'payment'), " + sum_of + "'refund'), " + sum_of + "'cash_in'), " + sum_of +
    "'cash_out'), (SELECT COUNT(*) FROM cash_movements m WHERE m.operator_id = s.operator_id AND m.shift_id = s.id) "
    "FROM cash_shifts s WHERE ";

app::CashShiftRow read_shift(Query& row) {
    const auto op = row.get<OperatorId>();
    const auto id = row.get<app::CashShiftId>();
    const auto currency = read_currency(row);
    auto desk = row.get<std::string>();
    auto clerk = row.get<std::string>();
    const auto date = row.get<Date>();
    const auto float_amount = row.money(currency);
    const auto opened_at = row.get<Instant>();
    auto opened_by = row.get<std::string>();
    const auto closed_at = row.get<std::optional<Instant>>();
    auto closed_by = row.get<std::string>();
    const auto expected = row.get<std::optional<std::int64_t>>();
    const auto counted = row.get<std::optional<std::int64_t>>();
    auto explanation = row.get<std::string>();
    app::CashShift shift{.id = id,
                         .op = op,
                         .desk = std::move(desk),
                         .clerk = std::move(clerk),
                         .date = date,
                         .float_amount = float_amount,
                         .opened_at = opened_at,
                         .opened_by = std::move(opened_by)};
    if (closed_at && expected && counted)
        shift.closing = app::ShiftClosing{*closed_at, std::move(closed_by), Money::minor(*expected, currency),
                                          Money::minor(*counted, currency), std::move(explanation)};
    const auto payments = row.money(currency);
    const auto refunds = row.money(currency);
    const auto cash_in = row.money(currency);
    const auto cash_out = row.money(currency);
    return {std::move(shift), {payments, refunds, cash_in, cash_out, row.get<std::int64_t>()}};
}

std::optional<app::CashShiftRow> first_shift(Query&& row) {
    if (!row.next()) return std::nullopt;
    return read_shift(row);
}

const std::string movement_columns =
    "m.id, m.operator_id, m.shift_id, m.kind, m.at, m.actor, m.date, m.currency, m.amount, m.subscriber_id, "
    "m.payment_id, m.refund_id, m.receipt_year, m.receipt_sequence, m.receipt, m.reason";
const std::string movement_rows =
    "SELECT " + movement_columns +
    ", COALESCE(s.code, ''), COALESCE(s.organization, ''), COALESCE(s.contact, '') FROM "
    "cash_movements m LEFT JOIN subscribers s ON s.subscriber_id = m.subscriber_id WHERE ";

app::CashMovement read_movement(Query& row) {
    const auto id = row.get<app::CashMovementId>();
    const auto op = row.get<OperatorId>();
    const auto shift = row.get<app::CashShiftId>();
    const auto kind = read_enum<app::CashMovementKind>(movement_kind_names, row);
    const auto at = row.get<Instant>();
    auto actor = row.get<std::string>();
    const auto date = row.get<Date>();
    const auto currency = read_currency(row);
    const auto amount = row.money(currency);
    const auto subscriber = row.get<std::optional<SubscriberId>>();
    const auto payment = row.get<std::optional<payments::PaymentId>>();
    const auto refund = row.get<std::optional<payments::RefundId>>();
    const auto year = row.get<std::optional<std::int32_t>>();
    const auto sequence = row.get<std::optional<std::int64_t>>();
    auto number = row.get<std::optional<std::string>>();
    std::optional<app::CashReceipt> receipt;
    if (year && sequence && number) receipt = app::CashReceipt{*year, *sequence, std::move(*number)};
    return {id,
            op,
            shift,
            kind,
            at,
            std::move(actor),
            date,
            amount,
            subscriber,
            payment,
            refund,
            std::move(receipt),
            row.get<std::string>()};
}

app::CashMovementRow read_movement_row(Query& row) {
    auto movement = read_movement(row);
    auto code = row.get<std::string>();
    auto name = row.get<std::string>();
    auto contact = row.get<std::string>();
    return {std::move(movement), std::move(code), name.empty() ? std::move(contact) : std::move(name)};
}

const std::string cheque_rows =
    "SELECT c.id, c.subscriber_id, c.operator_id, c.payment_id, c.number, c.bank, c.date, c.currency, c.amount, "
    "c.state, c.settled_on, c.refund_id, c.reason, s.code FROM cheques c JOIN subscribers s ON s.subscriber_id = "
    "c.subscriber_id WHERE ";

app::ChequeRow read_cheque(Query& row) {
    const auto id = row.get<app::ChequeId>();
    const auto subscriber = row.get<SubscriberId>();
    const auto op = row.get<OperatorId>();
    const auto payment = row.get<payments::PaymentId>();
    auto number = row.get<std::string>();
    auto bank = row.get<std::string>();
    const auto date = row.get<Date>();
    const auto currency = read_currency(row);
    const auto amount = row.money(currency);
    const auto state = read_enum<app::ChequeState>(cheque_state_names, row);
    const auto settled_on = row.get<std::optional<Date>>();
    const auto refund = row.get<std::optional<payments::RefundId>>();
    auto reason = row.get<std::string>();
    return {{id, subscriber, op, payment, std::move(number), std::move(bank), date, amount, state, settled_on, refund,
             std::move(reason)},
            row.get<std::string>()};
}

}  // namespace

void SqlStore::add_cash_shift(const app::CashShift& s) {
    Query(*db_,
          "INSERT INTO cash_shifts (operator_id, id, desk, clerk, date, currency, float_amount, opened_at, opened_by, "
          "closed_by, explanation) VALUES (?,?,?,?,?,?,?,?,?,'','')",
          s.op, s.id, s.desk, s.clerk, s.date, s.float_amount.currency().code(), s.float_amount, s.opened_at,
          s.opened_by)
        .run();
}

void SqlStore::close_cash_shift(const app::CashShift& s) {
    check(s.closing.has_value(), "a shift that is closed was counted");
    Query(*db_,
          "UPDATE cash_shifts SET closed_at = ?, closed_by = ?, expected = ?, counted = ?, explanation = ? WHERE "
          "operator_id = ? AND id = ? AND closed_at IS NULL",
          s.closing->at, s.closing->by, s.closing->expected, s.closing->counted, s.closing->explanation, s.op, s.id)
        .run();
}

std::optional<app::CashShiftRow> SqlStore::find_cash_shift(OperatorId op, app::CashShiftId id) {
    return first_shift({*db_, "SELECT " + shift_columns + "s.operator_id = ? AND s.id = ?", op, id});
}

std::optional<app::CashShiftRow> SqlStore::open_cash_shift(OperatorId op, std::string_view desk) {
    return first_shift(
        {*db_, "SELECT " + shift_columns + "s.operator_id = ? AND s.desk = ? AND s.closed_at IS NULL", op, desk});
}

void SqlStore::hold_cash_shift(OperatorId op, app::CashShiftId id) {
    if (db_->has_other_writers())
        Query(*db_, "SELECT id FROM cash_shifts WHERE operator_id = ? AND id = ? FOR NO KEY UPDATE", op, id).run();
}

std::vector<app::CashShiftRow> SqlStore::cash_shifts(OperatorId op, const app::ShiftQuery& query) {
    Sql sql("SELECT " + shift_columns + "s.operator_id = ? AND s.id < ?", op,
            query.before ? query.before->value() : INT64_MAX);
    if (query.desk) sql.add(" AND s.desk = ?", *query.desk);
    if (query.date) sql.add(" AND s.date = ?", *query.date);
    if (query.is_open) sql.add(*query.is_open ? " AND s.closed_at IS NULL" : " AND s.closed_at IS NOT NULL");
    sql.add(" ORDER BY s.id DESC LIMIT ?", query.limit);
    std::vector<app::CashShiftRow> rows;
    Query row(*db_, sql);
    while (row.next()) rows.push_back(read_shift(row));
    return rows;
}

void SqlStore::add_cash_movement(const app::CashMovement& m) {
    std::optional<std::int32_t> year;
    std::optional<std::int64_t> sequence;
    std::optional<std::string> receipt;
    if (m.receipt) {
        year = m.receipt->year;
        sequence = m.receipt->sequence;
        receipt = m.receipt->number;
    }
    Query(*db_,
          "INSERT INTO cash_movements (operator_id, id, shift_id, kind, at, actor, date, currency, amount, "
          "subscriber_id, payment_id, refund_id, receipt_year, receipt_sequence, receipt, reason) VALUES "
          "(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
          m.op, m.id, m.shift, name_in(movement_kind_names, m.kind), m.at, m.actor, m.date, m.amount.currency().code(),
          m.amount, m.subscriber, m.payment, m.refund, year, sequence, receipt, m.reason)
        .run();
}

std::vector<app::CashMovementRow> SqlStore::cash_movements(OperatorId op, app::CashShiftId shift,
                                                           std::optional<app::CashMovementId> after,
                                                           std::int64_t limit) {
    std::vector<app::CashMovementRow> rows;
    Query row(*db_, movement_rows + "m.operator_id = ? AND m.shift_id = ? AND m.id > ? ORDER BY m.id LIMIT ?", op,
              shift, after ? after->value() : 0, limit);
    while (row.next()) rows.push_back(read_movement_row(row));
    return rows;
}

std::optional<app::CashMovementRow> SqlStore::find_cash_receipt(OperatorId op, std::string_view receipt) {
    Query row(*db_, movement_rows + "m.operator_id = ? AND m.receipt = ?", op, receipt);
    if (!row.next()) return std::nullopt;
    return read_movement_row(row);
}

std::int64_t SqlStore::take_receipt_number(OperatorId op, std::int32_t year) {
    Query(*db_,
          "INSERT INTO cash_receipt_series (operator_id, year, next) VALUES (?,?,1) ON CONFLICT (operator_id, year) DO "
          "NOTHING",
          op, year)
        .run();
    std::int64_t next = 0;
    {
        Query row(*db_,
                  std::string("SELECT next FROM cash_receipt_series WHERE operator_id = ? AND year = ?") +
                      (db_->has_other_writers() ? " FOR UPDATE" : ""),
                  op, year);
        check(row.next(), "a series of receipts that was made is there");
        next = row.get<std::int64_t>();
    }
    Query(*db_, "UPDATE cash_receipt_series SET next = ? WHERE operator_id = ? AND year = ?", next + 1, op, year).run();
    return next;
}

std::vector<std::pair<std::int32_t, std::int64_t>> SqlStore::receipt_series(OperatorId op) {
    std::vector<std::pair<std::int32_t, std::int64_t>> series;
    Query row(*db_, "SELECT year, next FROM cash_receipt_series WHERE operator_id = ? ORDER BY year", op);
    while (row.next()) {
        const auto year = row.get<std::int32_t>();
        series.emplace_back(year, row.get<std::int64_t>());
    }
    return series;
}

std::vector<app::CashMovement> SqlStore::all_cash_movements(OperatorId op, std::optional<app::CashMovementId> after,
                                                            std::int64_t limit) {
    std::vector<app::CashMovement> rows;
    Query row(*db_,
              "SELECT " + movement_columns +
                  " FROM cash_movements m WHERE m.operator_id = ? AND m.id > ? ORDER BY m.id LIMIT ?",
              op, after ? after->value() : 0, limit);
    while (row.next()) rows.push_back(read_movement(row));
    return rows;
}

void SqlStore::add_cheque(const app::Cheque& c) {
    Query(*db_,
          "INSERT INTO cheques (subscriber_id, id, operator_id, payment_id, number, bank, date, currency, amount, "
          "state, settled_on, refund_id, reason) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
          c.subscriber, c.id, c.op, c.payment, c.number, c.bank, c.date, c.amount.currency().code(), c.amount,
          name_in(cheque_state_names, c.state), c.settled_on, c.refund, c.reason)
        .run();
}

void SqlStore::update_cheque(const app::Cheque& c) {
    Query(*db_,
          "UPDATE cheques SET state = ?, settled_on = ?, refund_id = ?, reason = ? WHERE subscriber_id = ? AND id = ?",
          name_in(cheque_state_names, c.state), c.settled_on, c.refund, c.reason, c.subscriber, c.id)
        .run();
}

std::optional<app::ChequeRow> SqlStore::find_cheque(OperatorId op, app::ChequeId id) {
    Query row(*db_, cheque_rows + "c.operator_id = ? AND c.id = ?", op, id);
    if (!row.next()) return std::nullopt;
    return read_cheque(row);
}

std::vector<app::ChequeRow> SqlStore::cheques(OperatorId op, const app::ChequeQuery& query) {
    Sql sql(cheque_rows + "c.operator_id = ? AND c.id < ?", op, query.before ? query.before->value() : INT64_MAX);
    if (query.state) sql.add(" AND c.state = ?", name_in(cheque_state_names, *query.state));
    if (query.subscriber) sql.add(" AND c.subscriber_id = ?", *query.subscriber);
    sql.add(" ORDER BY c.id DESC LIMIT ?", query.limit);
    std::vector<app::ChequeRow> rows;
    Query row(*db_, sql);
    while (row.next()) rows.push_back(read_cheque(row));
    return rows;
}

}  // namespace sluice::store
