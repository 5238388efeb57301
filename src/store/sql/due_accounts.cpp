#include "store/sql/due_accounts.hpp"

#include <algorithm>

#include "store/sql/account_rows.hpp"
#include "store/sql/discounts.hpp"

namespace sluice::store {
namespace {

using customers::SubscriberId;
using subscriptions::SubServiceId;

// Joins a table that has rows of sub-services, as `x`.
std::string of_sub_services(const std::string& table, const std::string& x) {
    return " JOIN " + table + " " + x + " ON " + x + ".subscriber_id = b.subscriber_id AND " + x +
           ".sub_service_id = b.id";
}

// With the subscribers of the range named of every table: without that PostgreSQL may read all of it for each batch.
Sql condition(const DueAccounts::Range& r) {
    using Which = DueAccounts::Which;
    const Sql of_range(" AND b.subscriber_id BETWEEN ? AND ?", r.first, r.last);
    if (r.which == Which::in_service_of_debtors)
        return Sql(" WHERE b.operator_id + 0 = ? AND b.status IN ('active', 'data_exhausted') AND EXISTS (SELECT 1 "
                   "FROM open_documents w WHERE w.subscriber_id = b.subscriber_id AND w.due <= ? AND w.subscriber_id "
                   "BETWEEN ? AND ?)",
                   r.op, r.through, r.first, r.last)
            .add(of_range);
    if (r.which == Which::due_of_automatic)
        return Sql(" WHERE b.operator_id + 0 = ? AND b.next_billing_date <= ? AND EXISTS (SELECT 1 FROM "
                   "automatic_payments w WHERE w.subscriber_id = b.subscriber_id AND w.subscriber_id BETWEEN ? AND ?)",
                   r.op, r.through, r.first, r.last)
            .add(of_range);
    if (r.which == Which::due_by_then || r.first == r.last)
        return Sql(" WHERE b.operator_id + 0 = ? AND b.next_billing_date <= ?", r.op, r.through).add(of_range);
    return Sql(" WHERE b.operator_id = ? AND b.next_billing_date = ?", r.op, r.through).add(of_range);
}

bool needs_open_lines(const subscriptions::SubService& sub) {
    return sub.restarted || (sub.status == subscriptions::Status::suspended && sub.cancel_on);
}

}  // namespace

// Accounts with what is due by a date are found by their keys; many that are due on one date by the index on the date
// (a range of dates would read that index from its begin for every batch).
DueAccounts::DueAccounts(Connection& db, const Range& range, Currency currency)
    : db_(db), range_(range), currency_(currency), due_(condition(range)) {}

std::vector<app::BillingFacts> DueAccounts::load() {
    load_subscribers();
    load_sub_services();
    load_items();
    load_suspended_spans();
    load_units();
    load_pending_lines();
    load_open_lines();
    load_discounts();
    return std::move(accounts_);
}

// Of a table that has rows of sub-services, as `x`.
template <typename Visit>
void DueAccounts::each_row(const std::string& columns, const std::string& table, const std::string& x,
                           const std::string& rest, const Visit& visit, const std::string& more_tables) {
    Sql sql("SELECT " + columns + " FROM sub_services b" + of_sub_services(table, x) + more_tables);
    sql.add(due_).add(" AND " + x + ".subscriber_id BETWEEN ? AND ?" + rest, range_.first, range_.last);
    Query row(db_, sql);
    while (row.next()) visit(row);
}

app::BillingFacts* DueAccounts::account_of(SubscriberId id) {
    const auto found = account_at_.find(id);
    return found == account_at_.end() ? nullptr : &accounts_[found->second];
}

invoicing::SubServiceFacts* DueAccounts::sub_service_of(SubServiceId id) {
    const auto found = place_of_.find(id);
    if (found == place_of_.end()) return nullptr;
    return &accounts_[found->second.account].account.sub_services[found->second.sub_service];
}

// Parked accounts are left out, unless it is about one account.
void DueAccounts::load_subscribers() {
    Sql sql("SELECT " + subscriber_columns +
            ", h.entries, h.hash, h.balance, h.last_entry_id FROM subscribers s LEFT JOIN journal_heads h ON "
            "h.subscriber_id = s.subscriber_id LEFT JOIN parked_accounts k ON k.subscriber_id = s.subscriber_id WHERE "
            "s.subscriber_id IN (SELECT b.subscriber_id FROM sub_services b");
    sql.add(due_).add(
        ") AND s.subscriber_id BETWEEN ? AND ? AND (k.subscriber_id IS NULL OR ? = ?) ORDER BY s.subscriber_id",
        range_.first, range_.last, range_.first, range_.last);
    Query row(db_, sql);
    while (row.next()) {
        app::BillingFacts facts{
            .account = {.subscriber = read_subscriber(row), .units = {}, .sub_services = {}, .pending_lines = {}},
            .head = {.balance = Money::zero(currency_)},
            .open_credits = {},
            .open_documents = {}};
        if (const auto entries = row.get<std::optional<std::int64_t>>()) {
            facts.head.entries = *entries;
            facts.head.hash = row.get<app::Hash>();
            facts.head.balance = row.money(currency_);
            facts.head.last_entry = row.get<std::int64_t>();
        }
        account_at_.emplace(facts.account.subscriber.id, accounts_.size());
        accounts_.push_back(std::move(facts));
    }
}

void DueAccounts::load_sub_services() {
    Sql sql("SELECT " + sub_service_columns + " FROM sub_services b");
    sql.add(due_).add(" ORDER BY b.subscriber_id, b.id");
    Query row(db_, sql);
    while (row.next()) {
        auto state = read_sub_service(row);
        const auto account = account_at_.find(state.subscriber);
        if (account == account_at_.end()) continue;
        auto& sub_services = accounts_[account->second].account.sub_services;
        place_of_.emplace(state.id, Place{account->second, sub_services.size()});
        sub_services.push_back({.state = std::move(state), .open_lines = {}});
    }
}

void DueAccounts::load_items() {
    each_row("i.sub_service_id, " + item_columns, "items", "i", " ORDER BY i.subscriber_id, i.id", [&](Query& row) {
        auto* sub = sub_service_of(row.get<SubServiceId>());
        if (sub) sub->state.items.push_back(read_item(row));
    });
}

void DueAccounts::load_suspended_spans() {
    each_row(
        "p.sub_service_id, " + span_columns, "suspended_spans", "p",
        " AND (p.to_date IS NULL OR p.to_date > b.billed_to) ORDER BY p.subscriber_id, p.sub_service_id, p.from_date",
        [&](Query& row) {
            auto* sub = sub_service_of(row.get<SubServiceId>());
            if (sub) sub->state.suspended_spans.push_back(read_span(row));
        });
}

void DueAccounts::load_units() {
    Sql sql("SELECT u.subscriber_id, " + unit_columns +
            " FROM units u WHERE u.subscriber_id IN (SELECT b.subscriber_id FROM sub_services b");
    sql.add(due_).add(") AND u.subscriber_id BETWEEN ? AND ? ORDER BY u.subscriber_id, u.id", range_.first,
                      range_.last);
    Query row(db_, sql);
    while (row.next()) {
        auto* facts = account_of(row.get<SubscriberId>());
        if (facts) facts->account.units.push_back(read_unit(row));
    }
}

// Lines that commands made for their billing dates.
void DueAccounts::load_pending_lines() {
    const std::string pending = " AND l.document_id IS NULL AND l.billing_date IS NOT NULL";
    each_row("l.subscriber_id, " + line_columns, "lines", "l", pending + " ORDER BY l.subscriber_id, l.id",
             [&](Query& row) {
                 auto* facts = account_of(row.get<SubscriberId>());
                 if (facts) facts->account.pending_lines.push_back(read_line(row));
             });
    std::unordered_map<charging::LineId, invoicing::Line*> lines;
    for (auto& facts : accounts_)
        for (auto& line : facts.account.pending_lines) lines.emplace(line.charge.id, &line);
    load_taxes(pending, lines);
}

// Lines that a cancellation while suspended may credit, or over which an earlier grid reached further.
void DueAccounts::load_open_lines() {
    const bool any = std::any_of(accounts_.begin(), accounts_.end(), [](const app::BillingFacts& facts) {
        const auto& subs = facts.account.sub_services;
        return std::any_of(subs.begin(), subs.end(), [](const auto& sub) { return needs_open_lines(sub.state); });
    });
    if (!any) return;
    const std::string open =
        " AND (b.restarted = 1 OR (b.status = 'suspended' AND b.cancel_on IS NOT NULL)) AND l.kind IN ('recurring', "
        "'credit') AND EXISTS (SELECT 1 FROM lines c LEFT JOIN suspended_spans p ON p.subscriber_id = c.subscriber_id "
        "AND "
        "p.sub_service_id = c.sub_service_id AND p.to_date IS NULL WHERE c.subscriber_id = l.subscriber_id AND c.id = "
        "COALESCE(l.credits_line_id, l.id) AND (c.period_end > b.billed_to OR c.period_end > p.from_date))";
    each_row("l.sub_service_id, " + line_columns, "lines", "l", open + " ORDER BY l.subscriber_id, l.id",
             [&](Query& row) {
                 auto* sub = sub_service_of(row.get<SubServiceId>());
                 if (sub) sub->open_lines.push_back(read_line(row));
             });
    std::unordered_map<charging::LineId, invoicing::Line*> lines;
    for (auto& facts : accounts_)
        for (auto& sub : facts.account.sub_services)
            for (auto& line : sub.open_lines) lines.emplace(line.charge.id, &line);
    load_taxes(open, lines);
}

// Where there are discounts: who was granted them, and in how many periods they were taken.
void DueAccounts::load_discounts() {
    if (!has_discounts(db_, range_.op)) return;
    {
        Sql sql("SELECT " + grant_columns +
                " FROM discount_grants g WHERE g.subscriber_id IN (SELECT b.subscriber_id FROM sub_services b");
        sql.add(due_).add(") AND g.subscriber_id BETWEEN ? AND ? ORDER BY g.subscriber_id, g.id", range_.first,
                          range_.last);
        Query row(db_, sql);
        while (row.next()) {
            auto grant = read_grant(row);
            if (auto* facts = account_of(grant.subscriber)) facts->account.grants.push_back(std::move(grant));
        }
    }
    each_row(
        "i.sub_service_id, i.id, " + use_columns, "items", "i", "",
        [&](Query& row) {
            auto* sub = sub_service_of(row.get<SubServiceId>());
            const auto id = row.get<subscriptions::ItemId>();
            const auto use = read_use(row);
            if (!sub) return;
            for (auto& item : sub->state.items)
                if (item.id == id) item.discount_uses.push_back(use);
        },
        " JOIN discount_uses u ON u.subscriber_id = i.subscriber_id AND u.item_id = i.id");
}

void DueAccounts::load_taxes(const std::string& condition,
                             const std::unordered_map<charging::LineId, invoicing::Line*>& lines) {
    if (lines.empty()) return;
    each_row(
        "t.line_id, " + line_tax_columns, "lines", "l", condition + " ORDER BY t.subscriber_id, t.line_id, t.position",
        [&](Query& row) {
            const auto found = lines.find(row.get<charging::LineId>());
            if (found != lines.end()) found->second->taxes.push_back(read_line_tax(row, currency_));
        },
        " JOIN line_taxes t ON t.subscriber_id = l.subscriber_id AND t.line_id = l.id");
}

}  // namespace sluice::store
