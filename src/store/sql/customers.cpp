// Subscribers and their units: writing, and finding single ones.
#include "store/sql/account_rows.hpp"
#include "store/sql/search_words.hpp"
#include "store/sql/sql_store.hpp"
#include "store/sql/subscriber_index.hpp"

namespace sluice::store {

using customers::OperatorId;
using customers::SubscriberId;

void SqlStore::add(OperatorId op, std::span<const customers::Subscriber> subscribers) {
    Inserter codes(*db_, "subscriber_codes", {"operator_id", "code", "subscriber_id"});
    Inserter rows(
        *db_, "subscribers",
        {"subscriber_id", "operator_id", "code", "contact", "organization", "country", "region", "pop", "category",
         "email", "language", "sort_name", "search_text", SLUICE_SETTINGS_LIST, SLUICE_PAYMENT_LIST});
    Inserter heads(*db_, "journal_heads", {"subscriber_id", "operator_id", "entries", "hash", "balance"});
    heads.after(rows);
    WordWriter directory(*db_, op);
    for (const auto& s : subscribers) {
        const auto b = cells_of(s.billing);
        const auto words = search_words(s);
        codes.row(op, s.code, s.id);
        rows.row(s.id, op, s.code, s.contact, s.organization, s.country, s.region, s.pop, s.category, s.email,
                 s.language, sort_name(s), search_text(words), b.model, b.cycle_day, b.first_charge, b.threshold_day,
                 b.invoicing, b.suspension, b.credit_suspension, terms_cell(s.payment), s.payment.credit_limit,
                 s.payment.due_day, s.payment.block_after, s.payment.ladder, s.payment.promise_days,
                 s.payment.promise_pause, s.payment.promise_limit, s.payment.lead_days, s.payment.order_days,
                 s.payment.charge_retries, s.payment.charge_cap, s.payment.charge_month_cap);
        directory.add(s.id, directory_words(s));
        heads.row(s.id, op, 0, app::Hash{}, 0);
    }
    codes.flush();
    rows.flush();
    heads.flush();
    directory.flush();
}

void SqlStore::update(OperatorId op, const customers::Subscriber& s) {
    std::optional<customers::Subscriber> before;
    {
        Query row(*db_,
                  "SELECT " + subscriber_columns +
                      " FROM subscribers s WHERE s.operator_id = ? AND "
                      "s.subscriber_id = ?",
                  op, s.id);
        if (row.next()) before = read_subscriber(row);
    }
    check(before && before->code == s.code, "a subscriber who is changed exists, and keeps the code");
    const auto b = cells_of(s.billing);
    Query(*db_,
          "UPDATE subscribers SET contact = ?, organization = ?, country = ?, region = ?, pop = ?, category = ?, email "
          "= ?, "
          "language = ?, sort_name = ?, search_text = ?, " SLUICE_SETTINGS_UPDATE ", " SLUICE_PAYMENT_UPDATE
          " WHERE subscriber_id = ?",
          s.contact, s.organization, s.country, s.region, s.pop, s.category, s.email, s.language, sort_name(s),
          search_text(search_words(s)), b.model, b.cycle_day, b.first_charge, b.threshold_day, b.invoicing,
          b.suspension, b.credit_suspension, terms_cell(s.payment), s.payment.credit_limit, s.payment.due_day,
          s.payment.block_after, s.payment.ladder, s.payment.promise_days, s.payment.promise_pause,
          s.payment.promise_limit, s.payment.lead_days, s.payment.order_days, s.payment.charge_retries,
          s.payment.charge_cap, s.payment.charge_month_cap, s.id)
        .run();
    replace_words(*db_, op, *before, s);
}

void SqlStore::add(std::span<const app::NewUnit> units) {
    Inserter rows(*db_, "units", {"subscriber_id", "id", "code", "name", SLUICE_SETTINGS_LIST});
    for (const auto& [subscriber, unit] : units) {
        const auto b = cells_of(unit.billing);
        rows.row(subscriber, unit.id, unit.code, unit.name, b.model, b.cycle_day, b.first_charge, b.threshold_day,
                 b.invoicing, b.suspension, b.credit_suspension);
    }
    rows.flush();
}

void SqlStore::update(SubscriberId subscriber, const customers::Unit& unit) {
    const auto b = cells_of(unit.billing);
    Query(*db_, "UPDATE units SET name = ?, " SLUICE_SETTINGS_UPDATE " WHERE subscriber_id = ? AND id = ?", unit.name,
          b.model, b.cycle_day, b.first_charge, b.threshold_day, b.invoicing, b.suspension, b.credit_suspension,
          subscriber, unit.id)
        .run();
}

std::optional<customers::Subscriber> SqlStore::find_subscriber(OperatorId op, std::string_view code) {
    static const std::string sql = "SELECT " + subscriber_columns +
                                   " FROM subscriber_codes c JOIN subscribers s ON s.subscriber_id = c.subscriber_id "
                                   "WHERE c.operator_id = ? AND c.code = ?";
    Query row(*db_, sql, op, code);
    if (!row.next()) return std::nullopt;
    return read_subscriber(row);
}

std::optional<customers::Unit> SqlStore::find_unit(SubscriberId subscriber, std::string_view code) {
    Query row(*db_, "SELECT " + unit_columns + " FROM units u WHERE u.subscriber_id = ? AND u.code = ?", subscriber,
              code);
    if (!row.next()) return std::nullopt;
    return read_unit(row);
}

}  // namespace sluice::store
