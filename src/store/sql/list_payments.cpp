// Lists of payments with what they paid, and statements of accounts.
#include <algorithm>
#include <unordered_map>

#include "store/sql/finding.hpp"
#include "store/sql/payment_rows.hpp"
#include "store/sql/rows.hpp"
#include "store/sql/sql_store.hpp"

namespace sluice::store {

using customers::OperatorId;
using customers::SubscriberId;
using payments::PaymentId;

namespace {

class PaymentPlan {
public:
    PaymentPlan(OperatorId op, const app::PaymentQuery& query) : op_(op), query_(query) {}

    ListPlan make() {
        plan_.columns =
            "p.subscriber_id, p.id, p.operator_id, p.method, p.reference, p.date, p.wallet_id, p.date AS sort_key";
        plan_.descending = query_.paging.descending;
        plan_.limit = query_.paging.limit;
        walk();
        conditions();
        if (query_.subscriber)
            plan_.sets.push_back({"payments p", "", Sql("p.subscriber_id = ?", *query_.subscriber)});
        else if (query_.reference)
            plan_.sets.push_back(
                {"payments p", "", Sql("p.operator_id = ? AND p.reference = ?", op_, *query_.reference)});
        // A payment may have gone back in several parts.
        if (gone_back_is_asked())
            plan_.sets.push_back(
                {.from = "refunds r",
                 .join = " JOIN payments p ON p.subscriber_id = r.subscriber_id AND p.id = r.payment_id",
                 .where = gone_back(),
                 .has_repeats = true});
        return std::move(plan_);
    }

private:
    // Those of one reference or one method have an index of their own in the same order.
    void walk() {
        Sql where("p.operator_id = ?", op_);
        if (query_.reference)
            where.add(" AND p.reference = ?", *query_.reference);
        else if (query_.method)
            where.add(" AND p.method = ?", *query_.method);
        where.add(sort_by(plan_, "p.date", "p.id", date_place(query_.paging), date_range(query_.from, query_.to)));
        plan_.walks = {{"payments p", "", where}};
        plan_.is_exact = !query_.subscriber && !(query_.reference && query_.method) && !gone_back_is_asked() &&
                         !query_.is_from_outside;
    }
    bool gone_back_is_asked() const { return query_.back_from || query_.back_to; }
    // Of refunds r.
    Sql gone_back() const {
        Sql where("r.wallet_id IS NULL AND r.method <> 'transfer'");
        if (query_.back_from) where.add(" AND r.date >= ?", *query_.back_from);
        if (query_.back_to) where.add(" AND r.date <= ?", *query_.back_to);
        return where;
    }
    void conditions() {
        auto& all = plan_.conditions.add(" AND g.operator_id = ?", op_);
        if (query_.subscriber) all.add(" AND g.subscriber_id = ?", *query_.subscriber);
        if (query_.method) all.add(" AND g.method = ?", *query_.method);
        if (query_.reference) all.add(" AND g.reference = ?", *query_.reference);
        if (query_.from) all.add(" AND g.date >= ?", *query_.from);
        if (query_.to) all.add(" AND g.date <= ?", *query_.to);
        if (query_.is_from_outside) all.add(" AND g.wallet_id IS NULL AND g.method <> 'transfer'");
        if (gone_back_is_asked())
            all.add(
                   " AND EXISTS (SELECT 1 FROM refunds r WHERE r.subscriber_id = g.subscriber_id AND r.payment_id = "
                   "g.id AND ")
                .add(gone_back())
                .add(")");
    }

    OperatorId op_;
    const app::PaymentQuery& query_;
    ListPlan plan_;
};

app::PaymentRow read_payment_row(Query& row) {
    const auto subscriber = row.get<SubscriberId>();
    const auto id = row.get<PaymentId>();
    const auto date = row.get<Date>();
    const auto currency = read_currency(row);
    const auto amount = row.money(currency);
    auto method = row.get<std::string>();
    auto reference = row.get<std::string>();
    const auto wallet = row.get<std::optional<invoicing::WalletId>>();
    return {
        {id, subscriber, date, amount, std::move(method), std::move(reference), wallet}, row.get<std::string>(), {}};
}

// The payments of these keys, in their order, with what they paid.
std::vector<app::PaymentRow> read_payments(Connection& db, const std::vector<RowKey>& keys) {
    std::unordered_map<PaymentId, app::PaymentRow> read;
    each_row_of(db, keys,
                "SELECT y.subscriber_id, y.id, y.date, y.currency, y.amount, y.method, y.reference, y.wallet_id, "
                "s.code FROM page p "
                "CROSS JOIN payments y JOIN subscribers s ON s.subscriber_id = y.subscriber_id WHERE y.subscriber_id = "
                "p.subscriber_id AND y.id = p.id",
                [&](Query& row) {
                    auto one = read_payment_row(row);
                    read.emplace(one.payment.id, std::move(one));
                });
    each_row_of(db, keys,
                "SELECT a.source_id, d.number, a.amount FROM page p CROSS JOIN allocations a JOIN documents d ON "
                "d.subscriber_id = a.subscriber_id AND d.id = a.document_id WHERE a.subscriber_id = p.subscriber_id "
                "AND a.source = 'payment' AND a.source_id = p.id ORDER BY a.document_id",
                [&](Query& row) {
                    auto& one = read.at(row.get<PaymentId>());
                    auto number = row.get<std::string>();
                    one.paid.push_back({std::move(number), row.money(one.payment.amount.currency())});
                });
    each_row_of(db, keys,
                "SELECT p.subscriber_id, " + refund_columns +
                    " FROM page p CROSS JOIN refunds r WHERE r.subscriber_id = p.subscriber_id AND r.payment_id = "
                    "p.id ORDER BY r.id",
                [&](Query& row) {
                    const auto refund = read_refund(row, row.get<SubscriberId>());
                    read.at(refund.payment).refunds.push_back(refund);
                });
    std::vector<app::PaymentRow> rows;
    rows.reserve(keys.size());
    for (const auto& key : keys) rows.push_back(std::move(read.at(PaymentId{key.id})));
    return rows;
}

}  // namespace

app::Page<app::PaymentRow> SqlStore::list(OperatorId op, const app::PaymentQuery& query) {
    auto found = find_rows(*db_, PaymentPlan(op, query).make());
    app::Page<app::PaymentRow> page;
    page.next = take_next(found, query.paging.limit);
    page.rows = read_payments(*db_, keys_of(found));
    return page;
}

std::optional<app::PaymentRow> SqlStore::find_payment(OperatorId op, PaymentId id) {
    std::vector<RowKey> keys;
    {
        Query row(*db_, "SELECT p.subscriber_id FROM payments p WHERE p.operator_id = ? AND p.id = ?", op, id);
        if (row.next()) keys.push_back({row.get<std::int64_t>(), id.value()});
    }
    if (keys.empty()) return std::nullopt;
    return std::move(read_payments(*db_, keys).front());
}

}  // namespace sluice::store
