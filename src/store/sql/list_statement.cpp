// Statements of account: a subscriber's journal with the balance after each entry.
#include <unordered_map>

#include "store/sql/finding.hpp"
#include "store/sql/rows.hpp"
#include "store/sql/sql_store.hpp"

namespace sluice::store {

using customers::SubscriberId;
using ledger::EntryId;

namespace {

// As far as the queries tell: without postings, effect and balance.
app::StatementRow read_statement_row(Query& row, SubscriberId subscriber, Currency currency) {
    const auto id = row.get<EntryId>();
    const auto date = row.get<Date>();
    const auto source = read_enum<ledger::Source>(entry_source_names, row);
    const auto source_id = row.get<std::int64_t>();
    auto reference = row.get<std::string>();
    const auto payment_reference = row.get<std::string_view>();
    if (!reference.empty() && !payment_reference.empty()) reference += ' ';
    reference += payment_reference;
    const auto nothing = Money::zero(currency);
    return {{id, subscriber, date, source, source_id}, {}, nothing, nothing, std::move(reference)};
}

void load_postings(Connection& db, std::vector<app::StatementRow>& rows) {
    std::vector<RowKey> keys;
    std::unordered_map<EntryId, app::StatementRow*> row_of;
    for (auto& one : rows) {
        keys.push_back({one.header.subscriber.value(), one.header.id.value()});
        row_of.emplace(one.header.id, &one);
    }
    each_row_of(db, keys,
                "SELECT t.entry_id, t.account, t.currency, t.amount FROM page p CROSS JOIN postings t WHERE "
                "t.subscriber_id = p.subscriber_id AND t.entry_id = p.id ORDER BY t.entry_id, t.position",
                [&](Query& row) {
                    auto& one = *row_of.at(row.get<EntryId>());
                    const auto account = read_enum<ledger::Account>(account_names, row);
                    const auto currency = read_currency(row);
                    const auto amount = row.money(currency);
                    one.postings.push_back({account, amount});
                    if (account == ledger::Account::receivable) one.effect -= amount;
                });
}

// After the entry of this date and id, and all before it.
Money balance_after(Connection& db, SubscriberId subscriber, Currency currency, std::string_view date,
                    std::int64_t id) {
    Query row(db,
              "SELECT COALESCE(SUM(t.amount), 0) FROM entries e JOIN postings t ON t.subscriber_id = e.subscriber_id "
              "AND t.entry_id = e.id WHERE e.subscriber_id = ? AND (e.date, e.id) <= (?, ?) AND t.account = "
              "'receivable'",
              subscriber, date, id);
    check(row.next(), "a sum has a row");
    return -row.money(currency);
}

}  // namespace

app::Page<app::StatementRow> SqlStore::statement(const customers::Subscriber& subscriber, Currency currency,
                                                 const app::Paging& paging) {
    const auto place = date_place(paging);
    const std::string sign(behind_sign(paging.descending));
    const std::string way(direction(paging.descending));
    app::Page<app::StatementRow> page;
    {
        Query row(
            *db_,
            "SELECT e.id, e.date, e.source, e.source_id, COALESCE(d.number, y.method, r.method, ''), "
            "COALESCE(y.reference, r.reference, w.reason, '') FROM entries e LEFT JOIN write_offs w ON e.source "
            "= 'write_off' AND w.subscriber_id = e.subscriber_id AND w.id = e.source_id LEFT JOIN documents d ON "
            "d.subscriber_id = e.subscriber_id AND d.id = CASE e.source WHEN 'document' THEN e.source_id WHEN "
            "'write_off' THEN w.document_id END LEFT JOIN payments y ON e.source = 'payment' AND y.subscriber_id "
            "= e.subscriber_id AND y.id = e.source_id LEFT JOIN refunds r ON e.source IN ('refund', "
            "'charge_back') AND r.subscriber_id = e.subscriber_id AND r.id = e.source_id WHERE e.subscriber_id = ? "
            "AND (e.date, e.id)" +
                sign + "(?, ?) ORDER BY e.date" + way + ", e.id" + way + " LIMIT ?",
            subscriber.id, place.key, place.id, paging.limit + 1);
        while (row.next()) page.rows.push_back(read_statement_row(row, subscriber.id, currency));
    }
    if (std::ssize(page.rows) > paging.limit) {
        page.rows.pop_back();
        const auto& last = page.rows.back().header;
        page.next = app::Position{last.date.text(), last.id.value()};
    }
    if (page.rows.empty()) return page;
    load_postings(*db_, page.rows);
    const auto& first = page.rows.front();
    auto balance = balance_after(*db_, subscriber.id, currency, first.header.date.text(), first.header.id.value());
    if (!paging.descending) balance -= first.effect;
    for (auto& one : page.rows) {
        if (!paging.descending) balance += one.effect;
        one.balance = balance;
        if (paging.descending) balance -= one.effect;
    }
    return page;
}

}  // namespace sluice::store
