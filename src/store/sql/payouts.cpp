#include "store/sql/payouts.hpp"

#include "store/sql/rows.hpp"
#include "store/sql/sql.hpp"

namespace sluice::store {

using customers::OperatorId;
using customers::SubscriberId;

namespace {

constexpr std::array<std::string_view, 2> through_names{"gateway", "manual"};
constexpr std::array<std::string_view, 4> state_names{"under_way", "open", "paid", "cancelled"};

const std::string columns =
    "o.id, o.subscriber_id, o.operator_id, o.payment_id, o.refund_id, o.through, o.state, o.currency, o.amount, "
    "o.checkout_id, o.reference, o.message, o.created_at, o.done_at, o.next_query_at, o.queries, s.code, "
    "CASE s.organization WHEN '' THEN s.contact ELSE s.organization END, p.method FROM payouts o JOIN subscribers s ON "
    "s.subscriber_id = o.subscriber_id JOIN payments p ON p.subscriber_id = o.subscriber_id AND p.id = o.payment_id ";

app::PayoutRow read_payout(Query& row) {
    const auto id = row.get<app::PayoutId>();
    const auto subscriber = row.get<SubscriberId>();
    const auto op = row.get<OperatorId>();
    const auto payment = row.get<payments::PaymentId>();
    const auto refund = row.get<payments::RefundId>();
    const auto through = read_enum<app::PayoutThrough>(through_names, row);
    const auto state = read_enum<app::PayoutState>(state_names, row);
    const auto currency = read_currency(row);
    app::Payout payout{.id = id,
                       .subscriber = subscriber,
                       .op = op,
                       .payment = payment,
                       .refund = refund,
                       .through = through,
                       .state = state,
                       .amount = row.money(currency),
                       .checkout = row.get<std::optional<app::CheckoutId>>(),
                       .reference = row.get<std::string>(),
                       .message = row.get<std::string>(),
                       .created_at = row.get<Instant>(),
                       .done_at = row.get<std::optional<Instant>>(),
                       .next_query_at = row.get<std::optional<Instant>>(),
                       .queries = row.get<std::int64_t>()};
    auto code = row.get<std::string>();
    auto name = row.get<std::string>();
    return {std::move(payout), std::move(code), std::move(name), row.get<std::string>()};
}

std::vector<app::PayoutRow> all_payouts(Query&& row) {
    std::vector<app::PayoutRow> rows;
    while (row.next()) rows.push_back(read_payout(row));
    return rows;
}

}  // namespace

void SqlPayouts::add(const app::Payout& p) {
    Query(db_,
          "INSERT INTO payouts (subscriber_id, id, operator_id, payment_id, refund_id, through, state, currency, "
          "amount, checkout_id, reference, message, created_at, done_at, next_query_at, queries) VALUES "
          "(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
          p.subscriber, p.id, p.op, p.payment, p.refund, name_in(through_names, p.through),
          name_in(state_names, p.state), p.amount.currency().code(), p.amount, p.checkout, p.reference, p.message,
          p.created_at, p.done_at, p.next_query_at, p.queries)
        .run();
}

void SqlPayouts::update(const app::Payout& p) {
    Query(db_,
          "UPDATE payouts SET through = ?, state = ?, reference = ?, message = ?, done_at = ?, next_query_at = ?, "
          "queries = ? WHERE subscriber_id = ? AND id = ?",
          name_in(through_names, p.through), name_in(state_names, p.state), p.reference, p.message, p.done_at,
          p.next_query_at, p.queries, p.subscriber, p.id)
        .run();
}

std::optional<app::PayoutRow> SqlPayouts::find(OperatorId op, app::PayoutId id) {
    auto rows = all_payouts({db_, "SELECT " + columns + "WHERE o.operator_id = ? AND o.id = ?", op, id});
    if (rows.empty()) return std::nullopt;
    return std::move(rows.front());
}

std::vector<app::PayoutRow> SqlPayouts::list(OperatorId op, const app::PayoutQuery& query) {
    Sql sql("SELECT " + columns + "WHERE o.operator_id = ? AND o.id < ?", op,
            query.before ? query.before->value() : INT64_MAX);
    if (query.state) sql.add(" AND o.state = ?", name_in(state_names, *query.state));
    if (query.subscriber) sql.add(" AND o.subscriber_id = ?", *query.subscriber);
    sql.add(" ORDER BY o.id DESC LIMIT ?", query.limit);
    return all_payouts({db_, sql});
}

std::vector<app::PayoutRow> SqlPayouts::to_query(Instant now, std::int64_t limit) {
    return all_payouts(
        {db_, "SELECT " + columns + "WHERE o.next_query_at <= ? ORDER BY o.next_query_at, o.id LIMIT ?", now, limit});
}

std::vector<std::string> SqlPayouts::unsound(OperatorId op) {
    std::vector<std::string> found;
    Query row(db_,
              "SELECT o.id FROM payouts o LEFT JOIN refunds r ON r.subscriber_id = o.subscriber_id AND r.id = "
              "o.refund_id AND r.payment_id = o.payment_id AND r.kind = 'refund' WHERE o.operator_id = ? AND (r.id IS "
              "NULL OR r.amount - r.fee <> o.amount) ORDER BY o.id LIMIT 100",
              op);
    while (row.next()) found.push_back(row.get<app::PayoutId>().text());
    return found;
}

}  // namespace sluice::store
