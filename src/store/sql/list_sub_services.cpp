// Lists of sub-services.
#include <unordered_map>

#include "store/sql/account_rows.hpp"
#include "store/sql/finding.hpp"
#include "store/sql/sql_store.hpp"

namespace sluice::store {

using customers::OperatorId;
using customers::SubscriberId;
using subscriptions::SubServiceId;

namespace {

const std::string is_present_service = "i.type = 'service' AND i.ends_on IS NULL";
const std::string is_held = "i.ends_on IS NULL";
const std::string joined_to_items =
    " JOIN sub_services b ON b.subscriber_id = i.subscriber_id AND b.id = "
    "i.sub_service_id";

class SubServicePlan {
public:
    SubServicePlan(OperatorId op, const app::SubServiceQuery& query) : op_(op), query_(query) {}

    ListPlan make() {
        plan_.columns =
            "b.subscriber_id, b.id, b.operator_id, b.unit_id, b.status, b.next_billing_date, b.started_on, "
            "b.changed_on, '' AS "
            "sort_key";
        plan_.descending = query_.paging.descending;
        plan_.limit = query_.paging.limit;
        walks();
        conditions();
        sets();
        return std::move(plan_);
    }

private:
    // The index on status is sorted by creation, too: all states together are a list of everything.
    void walks() {
        const int filters = query_.subscriber.has_value() + query_.unit.has_value() + query_.status.has_value() +
                            query_.service.has_value() + query_.price.has_value() + query_.due_by.has_value() +
                            is_start_asked() + is_end_asked();
        plan_.is_exact = filters == 0 || (filters == 1 && (query_.subscriber || query_.service || query_.status));
        if (query_.subscriber)
            walk("sub_services b", "", "b.id", Sql("b.subscriber_id = ?", *query_.subscriber));
        else if (query_.service)
            walk("items i", joined_to_items, "i.sub_service_id",
                 Sql("i.product_id = ? AND " + is_present_service, *query_.service));
        else
            for (const auto name : status_names)
                if (!query_.status || name == name_in(status_names, *query_.status))
                    walk("sub_services b", "", "b.id", Sql("b.operator_id = ? AND b.status = ?", op_, name));
    }
    void walk(const std::string& from, const std::string& join, const std::string& id, Sql where) {
        const std::string sign(behind_sign(plan_.descending));
        const auto after = text_place(query_.paging).id;
        plan_.order = id + std::string(direction(plan_.descending));
        plan_.behind = Sql("g.id" + sign + "?", after);
        plan_.walks.push_back({from, join, where.add(" AND " + id + sign + "?", after)});
    }

    bool is_start_asked() const { return query_.started_from || query_.started_to; }
    bool is_end_asked() const { return query_.cancelled_from || query_.cancelled_to; }
    Sql started(const std::string& x) const {
        Sql where(x + ".started_on IS NOT NULL");
        if (query_.started_from) where.add(" AND " + x + ".started_on >= ?", *query_.started_from);
        if (query_.started_to) where.add(" AND " + x + ".started_on <= ?", *query_.started_to);
        return where;
    }
    Sql ended(const std::string& x) const {
        Sql where(x + ".status = 'cancelled'");
        if (query_.cancelled_from) where.add(" AND " + x + ".changed_on >= ?", *query_.cancelled_from);
        if (query_.cancelled_to) where.add(" AND " + x + ".changed_on <= ?", *query_.cancelled_to);
        return where;
    }

    void conditions() {
        auto& all = plan_.conditions.add(" AND g.operator_id = ?", op_);
        if (is_start_asked()) all.add(" AND ").add(started("g"));
        if (is_end_asked()) all.add(" AND ").add(ended("g"));
        if (query_.subscriber) all.add(" AND g.subscriber_id = ?", *query_.subscriber);
        if (query_.unit) all.add(" AND g.unit_id = ?", *query_.unit);
        if (query_.status) all.add(" AND g.status = ?", name_in(status_names, *query_.status));
        if (query_.due_by) all.add(" AND g.next_billing_date <= ?", *query_.due_by);
        if (query_.service)
            all.add(
                " AND EXISTS (SELECT 1 FROM items i WHERE i.subscriber_id = g.subscriber_id AND i.sub_service_id = "
                "g.id AND i.product_id = ? AND " +
                    is_present_service + ")",
                *query_.service);
        if (query_.price)
            all.add(
                " AND g.status <> 'cancelled' AND EXISTS (SELECT 1 FROM items i WHERE i.subscriber_id = "
                "g.subscriber_id AND i.sub_service_id = "
                "g.id AND i.price_id = ? AND " +
                    is_held + ")",
                *query_.price);
    }

    void sets() {
        const auto add = [&](const Sql& where) { plan_.sets.push_back({"sub_services b", "", where}); };
        if (query_.subscriber) return add(Sql("b.subscriber_id = ?", *query_.subscriber));
        if (query_.service)
            plan_.sets.push_back(
                {"items i", joined_to_items, Sql("i.product_id = ? AND " + is_present_service, *query_.service)});
        // A sub-service may hold several items on one price.
        if (query_.price)
            plan_.sets.push_back({.from = "items i",
                                  .join = joined_to_items,
                                  .where = Sql("i.price_id = ? AND " + is_held, *query_.price),
                                  .has_repeats = true});
        if (is_start_asked()) add(Sql("b.operator_id = ? AND ", op_).add(started("b")));
        if (is_end_asked()) add(Sql("b.operator_id = ? AND ", op_).add(ended("b")));
        if (query_.due_by) add(Sql("b.operator_id = ? AND b.next_billing_date <= ?", op_, *query_.due_by));
        if (query_.status) add(Sql("b.operator_id = ? AND b.status = ?", op_, name_in(status_names, *query_.status)));
    }

    OperatorId op_;
    const app::SubServiceQuery& query_;
    ListPlan plan_;
};

// The sub-services of these keys, in their order, with their items.
std::vector<app::SubServiceRow> read_rows(Connection& db, const std::vector<RowKey>& keys) {
    std::unordered_map<SubServiceId, app::SubServiceRow> read;
    each_row_of(db, keys,
                "SELECT s.code, COALESCE(u.code, ''), b.next_billing_date, " + sub_service_columns +
                    " FROM page p CROSS JOIN sub_services b JOIN subscribers s ON s.subscriber_id = b.subscriber_id "
                    "LEFT JOIN units u ON u.subscriber_id = b.subscriber_id AND u.id = b.unit_id WHERE "
                    "b.subscriber_id = p.subscriber_id AND b.id = p.id",
                [&](Query& row) {
                    auto subscriber = row.get<std::string>();
                    auto unit = row.get<std::string>();
                    const auto next = row.get<std::optional<Date>>();
                    auto sub = read_sub_service(row);
                    const auto id = sub.id;
                    read.emplace(id, app::SubServiceRow{std::move(sub), std::move(subscriber), std::move(unit), next});
                });
    each_row_of(db, keys,
                "SELECT i.sub_service_id, " + item_columns +
                    " FROM page p CROSS JOIN items i WHERE i.subscriber_id = p.subscriber_id AND i.sub_service_id = "
                    "p.id ORDER BY i.id",
                [&](Query& row) {
                    auto& sub = read.at(row.get<SubServiceId>()).sub_service;
                    sub.items.push_back(read_item(row));
                });
    std::vector<app::SubServiceRow> rows;
    rows.reserve(keys.size());
    for (const auto& key : keys) rows.push_back(std::move(read.at(SubServiceId{key.id})));
    return rows;
}

}  // namespace

app::Page<app::SubServiceRow> SqlStore::list(OperatorId op, const app::SubServiceQuery& query) {
    auto found = find_rows(*db_, SubServicePlan(op, query).make());
    app::Page<app::SubServiceRow> page;
    page.next = take_next(found, query.paging.limit);
    page.rows = read_rows(*db_, keys_of(found));
    return page;
}

std::optional<app::SubServiceRow> SqlStore::find_sub_service(SubscriberId subscriber, std::string_view code) {
    std::vector<RowKey> keys;
    {
        Query row(*db_, "SELECT b.id FROM sub_services b WHERE b.subscriber_id = ? AND b.code = ?", subscriber, code);
        if (row.next()) keys.push_back({subscriber.value(), row.get<std::int64_t>()});
    }
    if (keys.empty()) return std::nullopt;
    return std::move(read_rows(*db_, keys).front());
}

}  // namespace sluice::store
