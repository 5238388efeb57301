// Sub-services: writing, and finding single ones for commands.
#include <algorithm>

#include "store/sql/account_rows.hpp"
#include "store/sql/discounts.hpp"
#include "store/sql/line_writer.hpp"
#include "store/sql/sql_store.hpp"

namespace sluice::store {

using customers::OperatorId;
using customers::SubscriberId;
using subscriptions::Item;
using subscriptions::Status;
using subscriptions::SubService;

namespace {

// The mutable columns of a sub-service, in the order of insert and update.
struct SubServiceCells {
    std::optional<Date> grid_boundary;
    std::optional<std::int32_t> grid_day;
    std::optional<std::string> grid_period;
    std::optional<Date> change_on;
    std::optional<catalog::ProductId> change_product;
    std::optional<catalog::PriceId> change_price;
    std::optional<Date> price_move_on;
    std::optional<Date> price_move_as_of;
    std::optional<catalog::PriceId> price_move_known;
};

SubServiceCells cells_of(const SubService& s) {
    SubServiceCells cells;
    if (s.grid) {
        cells.grid_boundary = s.grid->boundary_0();
        cells.grid_day = s.grid->day();
        cells.grid_period = s.grid->length().text();
    }
    if (s.service_change) {
        cells.change_on = s.service_change->on;
        cells.change_product = s.service_change->product;
        cells.change_price = s.service_change->price;
    }
    if (s.price_move) {
        cells.price_move_on = s.price_move->on;
        cells.price_move_as_of = s.price_move->as_of;
        cells.price_move_known = s.price_move->known;
    }
    return cells;
}

bool holds_serial(const SubService& s, const Item& item) {
    return !item.serial.empty() && !item.ends_on && s.status != Status::cancelled;
}

class ItemWriter {
public:
    explicit ItemWriter(Connection& db)
        : items_(db, "items",
                 {"subscriber_id", "id", "sub_service_id", "type", "product_id", "price_id", "quantity", "serial",
                  "starts_on", "ends_on", "running", "parts_charged", "waived"}),
          serials_(db, "serial_numbers", {"operator_id", "serial", "subscriber_id", "sub_service_id"}) {}

    void add(OperatorId op, const SubService& s, const Item& item) {
        items_.row(s.subscriber, item.id, s.id, name_in(product_type_names, item.type), item.product, item.price,
                   item.quantity, item.serial, item.starts_on, item.ends_on, item.running, item.parts_charged,
                   item.waived);
        if (holds_serial(s, item)) serials_.row(op, item.serial, s.subscriber, s.id);
    }
    void after(Inserter& sub_services) { items_.after(sub_services); }
    void flush() {
        items_.flush();
        serials_.flush();
    }

private:
    Inserter items_;
    Inserter serials_;
};

}  // namespace

void SqlStore::add(OperatorId op, std::span<const app::NewSubService> sub_services) {
    Inserter rows(*db_, "sub_services",
                  {"subscriber_id",
                   "id",
                   "operator_id",
                   "unit_id",
                   "code",
                   "status",
                   "suspend_reason",
                   "suspended_for",
                   "grid_boundary",
                   "grid_day",
                   "grid_period",
                   "started_on",
                   "restarted",
                   "billed_to",
                   "changed_on",
                   "cancel_on",
                   "waive_installments",
                   "change_on",
                   "change_product_id",
                   "change_price_id",
                   "price_move_on",
                   "price_move_as_of",
                   "price_move_known",
                   "next_billing_date",
                   SLUICE_SETTINGS_LIST});
    Inserter spans(*db_, "suspended_spans",
                   {"subscriber_id", "sub_service_id", "from_date", "to_date", "stops_billing"});
    ItemWriter items(*db_);
    spans.after(rows);
    items.after(rows);
    for (const auto& added : sub_services) {
        const auto& s = *added.sub_service;
        const auto c = cells_of(s);
        const auto b = cells_of(s.billing);
        rows.row(s.subscriber, s.id, op, s.unit, s.code, name_in(status_names, s.status), s.suspend_reason,
                 name_in(suspended_for_names, s.suspended_for), c.grid_boundary, c.grid_day, c.grid_period,
                 s.started_on, s.restarted, s.billed_to, s.changed_on, s.cancel_on, s.waive_installments, c.change_on,
                 c.change_product, c.change_price, c.price_move_on, c.price_move_as_of, c.price_move_known,
                 added.next_billing_date, b.model, b.cycle_day, b.first_charge, b.threshold_day, b.invoicing,
                 b.suspension, b.credit_suspension);
        for (const auto& item : s.items) items.add(op, s, item);
        for (const auto& span : s.suspended_spans)
            spans.row(s.subscriber, s.id, span.from, span.to, span.stops_billing);
    }
    rows.flush();
    items.flush();
    spans.flush();
    LineWriter lines(*db_);
    for (const auto& added : sub_services)
        for (const auto& line : added.lines) lines.add(added.sub_service->subscriber, std::nullopt, line);
    lines.flush();
}

bool SqlStore::has_sub_service(SubscriberId subscriber, std::string_view code) {
    Query row(*db_, "SELECT 1 FROM sub_services WHERE subscriber_id = ? AND code = ?", subscriber, code);
    return row.next();
}

std::optional<invoicing::AccountFacts> SqlStore::find_account(const customers::Subscriber& subscriber,
                                                              std::string_view sub_service_code, Date date) {
    invoicing::AccountFacts account{.subscriber = subscriber, .units = {}, .sub_services = {}, .pending_lines = {}};
    {
        Query row(*db_,
                  "SELECT " + sub_service_columns + " FROM sub_services b WHERE b.subscriber_id = ? AND b.code = ?",
                  subscriber.id, sub_service_code);
        if (!row.next()) return std::nullopt;
        account.sub_services.push_back({.state = read_sub_service(row), .open_lines = {}});
    }
    auto& [state, open_lines] = account.sub_services.front();
    if (state.unit) {
        Query row(*db_, "SELECT " + unit_columns + " FROM units u WHERE u.subscriber_id = ? AND u.id = ?",
                  subscriber.id, *state.unit);
        if (row.next()) account.units.push_back(read_unit(row));
    }
    {
        Query row(
            *db_,
            "SELECT " + item_columns + " FROM items i WHERE i.subscriber_id = ? AND i.sub_service_id = ? ORDER BY i.id",
            subscriber.id, state.id);
        while (row.next()) state.items.push_back(read_item(row));
    }
    {
        Query row(
            *db_,
            "SELECT " + span_columns +
                " FROM suspended_spans p WHERE p.subscriber_id = ? AND p.sub_service_id = ? AND (p.to_date IS NULL "
                "OR p.to_date > ?) ORDER BY p.from_date",
            subscriber.id, state.id, state.billed_to.value_or(date));
        while (row.next()) state.suspended_spans.push_back(read_span(row));
    }
    load_discounts(*db_, account);
    const bool is_suspended = state.status == Status::suspended && !state.suspended_spans.empty();
    Date horizon = std::min(date, state.billed_to.value_or(date));
    if (is_suspended) horizon = std::min(horizon, state.suspended_spans.back().from);
    {
        Query row(
            *db_,
            "SELECT " + line_columns +
                " FROM lines l JOIN lines c ON c.subscriber_id = l.subscriber_id AND c.id = "
                "COALESCE(l.credits_line_id, l.id) WHERE l.subscriber_id = ? AND l.item_id IN (SELECT id FROM items "
                "WHERE subscriber_id = ? AND sub_service_id = ?) AND l.kind IN ('recurring', 'credit') AND "
                "c.period_end > ? ORDER BY l.id",
            subscriber.id, subscriber.id, state.id, horizon);
        while (row.next()) open_lines.push_back(read_line(row));
    }
    for (auto& line : open_lines) {
        Query row(*db_,
                  "SELECT " + line_tax_columns +
                      " FROM line_taxes t WHERE t.subscriber_id = ? AND t.line_id = ? ORDER BY t.position",
                  subscriber.id, line.charge.id);
        while (row.next()) line.taxes.push_back(read_line_tax(row, line.net.currency()));
    }
    return account;
}

std::optional<std::string> SqlStore::holder_of_serial(OperatorId op, std::string_view serial) {
    Query row(*db_,
              "SELECT s.code, b.code FROM serial_numbers n JOIN subscribers s ON s.subscriber_id = n.subscriber_id "
              "JOIN sub_services b ON b.subscriber_id = n.subscriber_id AND b.id = n.sub_service_id "
              "WHERE n.operator_id = ? AND n.serial = ?",
              op, serial);
    if (!row.next()) return std::nullopt;
    auto subscriber = row.get<std::string>();
    return subscriber + "/" + row.get<std::string>();
}

void SqlStore::save(OperatorId op, const app::ChangedSubService& changed) {
    const auto next = changed.next_billing_date;
    SubServiceUpdater sub_services(*db_);
    update(op, changed.before, changed.after, next, sub_services);
    sub_services.flush();
    LineWriter lines(*db_);
    for (const auto& line : changed.pending_lines) lines.add(changed.after.subscriber, std::nullopt, line);
    lines.flush();
    // Lines that wait for their billing date, these and earlier ones, make the sub-service due then.
    std::optional<Date> pending;
    {
        Query row(
            *db_,
            "SELECT MIN(billing_date) FROM lines WHERE subscriber_id = ? AND sub_service_id = ? AND document_id IS "
            "NULL AND billing_date IS NOT NULL",
            changed.after.subscriber, changed.after.id);
        if (row.next()) pending = row.get<std::optional<Date>>();
    }
    if (pending && (!next || *pending < *next))
        Query(*db_, "UPDATE sub_services SET next_billing_date = ? WHERE subscriber_id = ? AND id = ?", pending,
              changed.after.subscriber, changed.after.id)
            .run();
}

SubServiceUpdater::SubServiceUpdater(Connection& db)
    : rows_(db, "sub_services", 2,
            {{"subscriber_id", Updater::Type::integer},
             {"id", Updater::Type::integer},
             {"status", Updater::Type::text},
             {"suspend_reason", Updater::Type::text},
             {"suspended_for", Updater::Type::text},
             {"grid_boundary", Updater::Type::date},
             {"grid_day", Updater::Type::integer},
             {"grid_period", Updater::Type::text},
             {"started_on", Updater::Type::date},
             {"restarted", Updater::Type::integer},
             {"billed_to", Updater::Type::date},
             {"changed_on", Updater::Type::date},
             {"cancel_on", Updater::Type::date},
             {"waive_installments", Updater::Type::integer},
             {"change_on", Updater::Type::date},
             {"change_product_id", Updater::Type::integer},
             {"change_price_id", Updater::Type::integer},
             {"price_move_on", Updater::Type::date},
             {"price_move_as_of", Updater::Type::date},
             {"price_move_known", Updater::Type::integer},
             {"next_billing_date", Updater::Type::date}}),
      items_(db, "items", 2,
             {{"subscriber_id", Updater::Type::integer},
              {"id", Updater::Type::integer},
              {"price_id", Updater::Type::integer},
              {"starts_on", Updater::Type::date},
              {"ends_on", Updater::Type::date},
              {"running", Updater::Type::integer},
              {"parts_charged", Updater::Type::integer},
              {"waived", Updater::Type::integer}}),
      discount_uses_(db, "discount_uses", {"subscriber_id", "item_id", "source_id", "periods", "latest_on"}),
      spans_(db, "suspended_spans", {"subscriber_id", "sub_service_id", "from_date", "to_date", "stops_billing"}) {
    spans_.or_update(
        "(subscriber_id, sub_service_id, from_date) DO UPDATE SET to_date = excluded.to_date, stops_billing = "
        "excluded.stops_billing");
    discount_uses_.or_update(
        "(subscriber_id, item_id, source_id) DO UPDATE SET periods = excluded.periods, latest_on = "
        "excluded.latest_on");
}

void SubServiceUpdater::add(customers::SubscriberId subscriber, const Item& item) {
    items_.row(subscriber, item.id, item.price, item.starts_on, item.ends_on, item.running, item.parts_charged,
               item.waived);
}

void SubServiceUpdater::add(customers::SubscriberId subscriber, subscriptions::SubServiceId id,
                            const subscriptions::SuspendedSpan& span) {
    spans_.row(subscriber, id, span.from, span.to, span.stops_billing);
}

// REQUIRES: the item is stored. `before`: its uses as they are stored.
void SubServiceUpdater::add_uses(customers::SubscriberId subscriber, const Item& item,
                                 const std::vector<subscriptions::DiscountUse>& before) {
    for (const auto& use : item.discount_uses)
        if (std::find(before.begin(), before.end(), use) == before.end())
            discount_uses_.row(subscriber, item.id, use.source, use.periods, use.latest);
}

void SubServiceUpdater::add(const SubService& s, std::optional<Date> next) {
    const auto c = cells_of(s);
    rows_.row(s.subscriber, s.id, name_in(status_names, s.status), s.suspend_reason,
              name_in(suspended_for_names, s.suspended_for), c.grid_boundary, c.grid_day, c.grid_period, s.started_on,
              s.restarted, s.billed_to, s.changed_on, s.cancel_on, s.waive_installments, c.change_on, c.change_product,
              c.change_price, c.price_move_on, c.price_move_as_of, c.price_move_known, next);
}

void SqlStore::update(OperatorId op, const SubService& before, const SubService& s, std::optional<Date> next,
                      SubServiceUpdater& sub_services) {
    sub_services.add(s, next);
    ItemWriter added(*db_);
    for (std::size_t i = 0; i < s.items.size(); ++i) {
        const auto& item = s.items[i];
        if (i >= before.items.size()) {
            added.add(op, s, item);
            continue;
        }
        const auto& old = before.items[i];
        if (holds_serial(before, old) && !holds_serial(s, item))
            Query(*db_, "DELETE FROM serial_numbers WHERE operator_id = ? AND serial = ?", op, item.serial).run();
        if (item != old) sub_services.add(s.subscriber, item);
    }
    added.flush();
    for (std::size_t i = 0; i < s.items.size(); ++i)
        if (!s.items[i].discount_uses.empty())
            sub_services.add_uses(
                s.subscriber, s.items[i],
                i < before.items.size() ? before.items[i].discount_uses : std::vector<subscriptions::DiscountUse>{});
    for (const auto& span : s.suspended_spans) {
        if (std::find(before.suspended_spans.begin(), before.suspended_spans.end(), span) !=
            before.suspended_spans.end())
            continue;
        sub_services.add(s.subscriber, s.id, span);
    }
}

}  // namespace sluice::store
