// Reading back: documents, balances, lines, whole histories.
#include <algorithm>
#include <unordered_map>

#include "store/sql/account_rows.hpp"
#include "store/sql/discounts.hpp"
#include "store/sql/document_rows.hpp"
#include "store/sql/page_keys.hpp"
#include "store/sql/payment_rows.hpp"
#include "store/sql/sql_store.hpp"
#include "store/sql/wallets.hpp"

namespace sluice::store {

using customers::OperatorId;
using customers::SubscriberId;
using invoicing::DocumentId;

std::vector<app::StoredDocument> SqlStore::documents(OperatorId op, const app::DocumentFilter& filter,
                                                     std::optional<std::pair<Date, DocumentId>> after,
                                                     std::int64_t limit) {
    std::vector<app::StoredDocument> documents;
    {
        const auto date = after ? after->first : *Date::parse("1900-01-01");
        const auto id = after ? after->second.value() : 0;
        Query row(*db_,
                  "SELECT " + document_columns + ", " + line_count_column + " FROM documents d" + document_joins +
                      "WHERE d.operator_id = ? AND (d.date, d.id) > (?, ?)" +
                      (filter.subscriber ? " AND d.subscriber_id = ?" : " AND ? = 0") +
                      (filter.number ? " AND d.number = ?" : " AND ? = ''") + " ORDER BY d.date, d.id LIMIT ?",
                  op, date, id, filter.subscriber ? filter.subscriber->value() : 0, filter.number.value_or(""), limit);
        while (row.next()) {
            documents.push_back(read_document(row));
            documents.back().line_count = row.get<std::int64_t>();
        }
    }
    if (filter.with_lines) load_lines(*db_, documents);
    return documents;
}

std::vector<app::SubscriberBalance> SqlStore::balances(OperatorId op, std::optional<SubscriberId> after,
                                                       std::int64_t limit) {
    const Currency currency = currency_of(op);
    std::vector<app::SubscriberBalance> balances;
    Query row(
        *db_,
        "SELECT s.subscriber_id, s.code, CASE WHEN s.organization = '' THEN s.contact ELSE s.organization END, "
        "COALESCE(h.balance, 0) FROM subscribers s LEFT JOIN journal_heads h ON h.subscriber_id = s.subscriber_id "
        "WHERE s.operator_id = ? AND s.subscriber_id > ? ORDER BY s.subscriber_id LIMIT ?",
        op, after ? after->value() : 0, limit);
    while (row.next()) {
        const auto id = row.get<SubscriberId>();
        auto code = row.get<std::string>();
        auto name = row.get<std::string>();
        balances.push_back({id, std::move(code), std::move(name), row.money(currency)});
    }
    return balances;
}

std::optional<app::StoredLine> SqlStore::find_line(charging::LineId id) { return line_where(Sql("l.id = ?", id)); }

std::optional<app::StoredLine> SqlStore::find_line(OperatorId op, SubscriberId subscriber, charging::LineId id) {
    return line_where(Sql("l.subscriber_id = ? AND l.id = ? AND s.operator_id = ?", subscriber, id, op));
}

std::optional<app::StoredLine> SqlStore::line_where(const Sql& where) {
    const auto sql =
        Sql("SELECT l.subscriber_id, s.code, b.code, l.document_id, COALESCE(d.number, ''), s.operator_id, " +
            line_columns +
            " FROM lines l JOIN subscribers s ON s.subscriber_id = l.subscriber_id JOIN sub_services b ON "
            "b.subscriber_id = l.subscriber_id AND b.id = l.sub_service_id LEFT JOIN documents d ON d.subscriber_id = "
            "l.subscriber_id AND d.id = l.document_id WHERE ")
            .add(where);
    std::optional<app::StoredLine> found;
    {
        Query row(*db_, sql);
        if (!row.next()) return std::nullopt;
        const auto subscriber = row.get<SubscriberId>();
        auto subscriber_code = row.get<std::string>();
        auto sub_service_code = row.get<std::string>();
        const auto document = row.get<std::optional<DocumentId>>();
        auto number = row.get<std::string>();
        const auto op = row.get<OperatorId>();
        found = app::StoredLine{
            read_line(row),    subscriber, std::move(subscriber_code), std::move(sub_service_code), document,
            std::move(number), op};
    }
    auto* line = &found->line;
    load_taxes(*db_, found->subscriber, std::span(&line, 1));
    return found;
}

std::vector<invoicing::Line> SqlStore::credits_of(SubscriberId subscriber,
                                                  std::span<const subscriptions::ItemId> items) {
    std::vector<invoicing::Line> credits;
    std::vector<RowKey> keys;
    for (const auto& item : items) keys.push_back({subscriber.value(), item.value()});
    each_row_of(*db_, keys,
                "SELECT " + line_columns +
                    " FROM page p CROSS JOIN lines l WHERE l.subscriber_id = p.subscriber_id AND l.item_id = p.id AND "
                    "l.kind = 'credit'",
                [&](Query& row) { credits.push_back(read_line(row)); });
    std::sort(credits.begin(), credits.end(),
              [](const auto& one, const auto& other) { return one.charge.id < other.charge.id; });
    std::vector<invoicing::Line*> lines;
    for (auto& line : credits) lines.push_back(&line);
    load_taxes(*db_, subscriber, lines);
    return credits;
}

std::vector<app::AccountHistory> SqlStore::histories(const customers::Operator& op, std::optional<SubscriberId> after,
                                                     std::int64_t limit) {
    std::vector<app::AccountHistory> histories;
    {
        Query row(
            *db_,
            "SELECT " + subscriber_columns +
                ", h.entries, h.hash, h.balance, h.last_entry_id FROM subscribers s LEFT JOIN "
                "journal_heads h ON h.subscriber_id = s.subscriber_id WHERE s.operator_id = ? AND s.subscriber_id > ? "
                "ORDER BY s.subscriber_id LIMIT ?",
            op.id, after ? after->value() : 0, limit);
        while (row.next()) {
            app::AccountHistory history{.subscriber = read_subscriber(row)};
            if (const auto entries = row.get<std::optional<std::int64_t>>()) {
                const auto hash = row.get<app::Hash>();
                const auto balance = row.money(op.currency);
                history.head = app::JournalHead{*entries, hash, balance, row.get<std::int64_t>()};
            }
            histories.push_back(std::move(history));
        }
    }
    if (histories.empty()) return histories;
    const auto first = histories.front().subscriber.id;
    const auto last = histories.back().subscriber.id;
    std::unordered_map<SubscriberId, app::AccountHistory*> history_of;
    for (auto& history : histories) history_of.emplace(history.subscriber.id, &history);
    // Rows of other operators' subscribers between the two ids are passed over.
    const auto each = [&](const std::string& sql, auto&& visit) {
        Query row(*db_, sql, first, last);
        while (row.next()) {
            const auto found = history_of.find(row.get<SubscriberId>());
            if (found != history_of.end()) visit(*found->second, row);
        }
    };
    std::unordered_map<subscriptions::SubServiceId, subscriptions::SubService*> sub_service_of;
    each("SELECT b.subscriber_id, b.next_billing_date, " + sub_service_columns +
             " FROM sub_services b WHERE b.subscriber_id BETWEEN ? AND ? ORDER BY b.subscriber_id, b.id",
         [&](app::AccountHistory& history, Query& row) {
             history.next_billing_dates.push_back(row.get<std::optional<Date>>());
             history.sub_services.push_back(read_sub_service(row));
         });
    for (auto& history : histories)
        for (auto& sub : history.sub_services) sub_service_of.emplace(sub.id, &sub);
    each("SELECT i.subscriber_id, i.sub_service_id, " + item_columns +
             " FROM items i WHERE i.subscriber_id BETWEEN ? AND ? ORDER BY i.subscriber_id, i.id",
         [&](app::AccountHistory& history, Query& row) {
             const auto sub = sub_service_of.find(row.get<subscriptions::SubServiceId>());
             const auto item = read_item(row);
             if (sub != sub_service_of.end())
                 sub->second->items.push_back(item);
             else
                 history.loose_rows.push_back("the item " + item.id.text());
         });
    each("SELECT u.subscriber_id, u.item_id, " + use_columns +
             " FROM discount_uses u WHERE u.subscriber_id BETWEEN ? AND ?",
         [&](app::AccountHistory& history, Query& row) {
             const auto id = row.get<subscriptions::ItemId>();
             const auto use = read_use(row);
             for (auto& sub : history.sub_services)
                 for (auto& item : sub.items)
                     if (item.id == id) item.discount_uses.push_back(use);
         });
    each("SELECT g.subscriber_id, " + grant_columns +
             " FROM discount_grants g WHERE g.subscriber_id BETWEEN ? AND ? ORDER BY g.subscriber_id, g.id",
         [&](app::AccountHistory& history, Query& row) { history.grants.push_back(read_grant(row)); });
    each("SELECT p.subscriber_id, p.sub_service_id, " + span_columns +
             " FROM suspended_spans p WHERE p.subscriber_id BETWEEN ? AND ? ORDER BY p.subscriber_id, p.from_date",
         [&](app::AccountHistory& history, Query& row) {
             const auto id = row.get<subscriptions::SubServiceId>();
             const auto sub = sub_service_of.find(id);
             if (sub != sub_service_of.end())
                 sub->second->suspended_spans.push_back(read_span(row));
             else
                 history.loose_rows.push_back("a suspension of " + id.text());
         });
    each("SELECT l.subscriber_id, l.document_id, " + line_columns +
             " FROM lines l WHERE l.subscriber_id BETWEEN ? AND ? ORDER BY l.subscriber_id, l.id",
         [&](app::AccountHistory& history, Query& row) {
             const auto document = row.get<std::optional<DocumentId>>();
             auto line = read_line(row);
             history.lines.push_back(
                 {std::move(line), history.subscriber.id, history.subscriber.code, {}, document, {}, op.id});
         });
    each("SELECT t.subscriber_id, t.line_id, " + line_tax_columns +
             " FROM line_taxes t WHERE t.subscriber_id BETWEEN ? AND ? ORDER BY t.subscriber_id, t.line_id, t.position",
         [&](app::AccountHistory& history, Query& row) {
             const auto line = row.get<charging::LineId>();
             auto& lines = history.lines;
             const auto found = std::lower_bound(lines.begin(), lines.end(), line,
                                                 [](const auto& one, auto id) { return one.line.charge.id < id; });
             if (found != lines.end() && found->line.charge.id == line)
                 found->line.taxes.push_back(read_line_tax(row, op.currency));
             else
                 history.loose_rows.push_back("a tax of " + line.text());
         });
    each("SELECT d.subscriber_id, " + document_columns + " FROM documents d" + document_joins +
             "WHERE d.subscriber_id BETWEEN ? AND ? ORDER BY d.subscriber_id, d.id",
         [&](app::AccountHistory& history, Query& row) { history.documents.push_back(read_document(row)); });
    each(
        "SELECT e.subscriber_id, e.id, e.date, e.source, e.source_id, e.hash FROM entries e WHERE e.subscriber_id "
        "BETWEEN "
        "? AND ? ORDER BY e.subscriber_id, e.id",
        [&](app::AccountHistory& history, Query& row) {
            const auto id = row.get<ledger::EntryId>();
            const auto date = row.get<Date>();
            const auto source = read_enum<ledger::Source>(entry_source_names, row);
            const auto source_id = row.get<std::int64_t>();
            history.entries.push_back({{id, history.subscriber.id, date, source, source_id}, {}, row.get<app::Hash>()});
        });
    each(
        "SELECT p.subscriber_id, p.entry_id, p.account, p.currency, p.amount FROM postings p WHERE p.subscriber_id "
        "BETWEEN "
        "? AND ? ORDER BY p.subscriber_id, p.entry_id, p.position",
        [&](app::AccountHistory& history, Query& row) {
            const auto entry = row.get<ledger::EntryId>();
            const auto account = read_enum<ledger::Account>(account_names, row);
            const auto currency = read_currency(row);
            const auto found = std::lower_bound(history.entries.begin(), history.entries.end(), entry,
                                                [](const auto& one, auto id) { return one.header.id < id; });
            if (found != history.entries.end() && found->header.id == entry)
                found->postings.push_back({account, row.money(currency)});
            else
                history.loose_rows.push_back("a posting of " + entry.text());
        });
    each(
        "SELECT p.subscriber_id, p.id, p.date, p.currency, p.amount, p.method, p.reference, p.wallet_id FROM payments "
        "p "
        "WHERE p.subscriber_id BETWEEN ? AND ? ORDER BY p.subscriber_id, p.id",
        [&](app::AccountHistory& history, Query& row) {
            const auto id = row.get<payments::PaymentId>();
            const auto date = row.get<Date>();
            const auto currency = read_currency(row);
            const auto amount = row.money(currency);
            auto method = row.get<std::string>();
            auto reference = row.get<std::string>();
            history.payments.push_back({id, history.subscriber.id, date, amount, std::move(method),
                                        std::move(reference), row.get<std::optional<invoicing::WalletId>>()});
        });
    each(
        "SELECT a.subscriber_id, a.source, a.source_id, a.document_id, a.amount FROM allocations a WHERE "
        "a.subscriber_id "
        "BETWEEN ? AND ? ORDER BY a.subscriber_id",
        [&](app::AccountHistory& history, Query& row) {
            const auto from = read_enum<payments::OpenCredit::From>(credit_source_names, row);
            const auto credit = row.get<std::int64_t>();
            const auto document = row.get<DocumentId>();
            history.allocations.push_back({from, credit, document, row.money(op.currency)});
        });
    each("SELECT w.subscriber_id, " + wallet_columns +
             " FROM wallets w WHERE w.subscriber_id BETWEEN ? AND ? ORDER BY w.subscriber_id, w.id",
         [&](app::AccountHistory& history, Query& row) { history.wallets.push_back(read_wallet(row)); });
    each("SELECT r.subscriber_id, " + refund_columns +
             " FROM refunds r WHERE r.subscriber_id BETWEEN ? AND ? ORDER BY r.subscriber_id, r.id",
         [&](app::AccountHistory& history, Query& row) {
             history.refunds.push_back(read_refund(row, history.subscriber.id));
         });
    each(
        "SELECT w.subscriber_id, w.id, w.document_id, w.date, w.currency, w.amount, w.reason FROM write_offs w WHERE "
        "w.subscriber_id BETWEEN ? AND ? ORDER BY w.subscriber_id, w.id",
        [&](app::AccountHistory& history, Query& row) {
            const auto id = row.get<payments::WriteOffId>();
            const auto document = row.get<DocumentId>();
            const auto date = row.get<Date>();
            const auto currency = read_currency(row);
            const auto amount = row.money(currency);
            history.write_offs.push_back({id, history.subscriber.id, document, date, amount, row.get<std::string>()});
        });
    each(
        "SELECT o.subscriber_id, o.source, o.source_id FROM open_credits o WHERE o.subscriber_id BETWEEN ? AND ? "
        "ORDER BY o.subscriber_id, o.source_id",
        [&](app::AccountHistory& history, Query& row) {
            const auto from = read_enum<payments::OpenCredit::From>(credit_source_names, row);
            history.open_credits.emplace_back(from, row.get<std::int64_t>());
        });
    each("SELECT o.subscriber_id, " + open_document_columns +
             " FROM open_documents o WHERE o.subscriber_id BETWEEN ? AND ? ORDER BY o.subscriber_id, o.id",
         [&](app::AccountHistory& history, Query& row) {
             history.open_documents.push_back(read_open_document(row, op.currency));
         });
    return histories;
}

}  // namespace sluice::store
