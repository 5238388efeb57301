// Discounts, promo codes, and who was granted what.
#include "store/sql/discounts.hpp"

#include "store/sql/rows.hpp"
#include "store/sql/sql_store.hpp"

namespace sluice::store {

using catalog::Discount;
using catalog::DiscountId;
using customers::OperatorId;
using customers::SubscriberId;
using subscriptions::DiscountGrant;
using subscriptions::DiscountGrantId;
using subscriptions::PromoCodeId;

namespace {

constexpr std::array<std::string_view, 3> charges_names{"recurring", "one_time", "all"};
constexpr std::array<std::string_view, 2> combines_names{"best_of", "stacks"};

const std::string discount_columns =
    "id, code, name, percent, fixed, type, product, kind, charges, region, pop, category, starts_on, ends_on, periods, "
    "priority, combines, automatic";
const std::string promo_columns = "id, code, discount_id, max_uses, max_uses_per_subscriber, starts_on, ends_on, uses";

// Initializers in braces are carried out in their order, which is that of the columns.
Discount read_discount(Query& row) {
    return {.id = row.get<DiscountId>(),
            .code = row.get<std::string>(),
            .name = row.get<std::string>(),
            .percent = row.get<std::optional<Decimal>>(),
            .fixed = row.get<std::optional<Decimal>>(),
            .type = read_optional_enum<catalog::ProductType>(product_type_names, row),
            .product = row.get<std::string>(),
            .kind = row.get<std::string>(),
            .charges = read_enum<catalog::DiscountedCharges>(charges_names, row),
            .region = row.get<std::string>(),
            .pop = row.get<std::string>(),
            .category = row.get<std::string>(),
            .starts_on = row.get<std::optional<Date>>(),
            .ends_on = row.get<std::optional<Date>>(),
            .periods = row.get<std::int32_t>(),
            .priority = row.get<std::int32_t>(),
            .combines = read_enum<catalog::Combines>(combines_names, row),
            .automatic = row.get<bool>()};
}

app::PromoCode read_promo_code(Query& row) {
    return {.id = row.get<PromoCodeId>(),
            .code = row.get<std::string>(),
            .discount = row.get<DiscountId>(),
            .max_uses = row.get<std::int64_t>(),
            .max_uses_per_subscriber = row.get<std::int64_t>(),
            .starts_on = row.get<std::optional<Date>>(),
            .ends_on = row.get<std::optional<Date>>(),
            .uses = row.get<std::int64_t>()};
}

const std::string row_columns =
    ", s.code, COALESCE(b.code, ''), d.code, COALESCE(p.code, '') FROM discount_grants g JOIN subscribers s ON "
    "s.subscriber_id = g.subscriber_id JOIN discounts d ON d.id = g.discount_id LEFT JOIN sub_services b ON "
    "b.subscriber_id = g.subscriber_id AND b.id = g.sub_service_id LEFT JOIN promo_codes p ON p.id = g.promo_code_id ";

app::DiscountGrantRow read_grant_row(Query& row) {
    auto grant = read_grant(row);
    auto subscriber = row.get<std::string>();
    auto sub_service = row.get<std::string>();
    auto discount = row.get<std::string>();
    return {std::move(grant), std::move(subscriber), std::move(sub_service), std::move(discount),
            row.get<std::string>()};
}

}  // namespace

const std::string grant_columns =
    "g.subscriber_id, g.id, g.sub_service_id, g.discount_id, g.granted_on, g.revoked_on, g.reason, g.promo_code_id";

DiscountGrant read_grant(Query& row) {
    const auto subscriber = row.get<SubscriberId>();
    return {.id = row.get<DiscountGrantId>(),
            .subscriber = subscriber,
            .sub_service = row.get<std::optional<subscriptions::SubServiceId>>(),
            .discount = row.get<DiscountId>(),
            .granted_on = row.get<Date>(),
            .revoked_on = row.get<std::optional<Date>>(),
            .reason = row.get<std::string>(),
            .code = row.get<std::optional<PromoCodeId>>()};
}

bool has_discounts(Connection& db, OperatorId op) {
    Query row(db, "SELECT 1 FROM discounts WHERE operator_id = ? LIMIT 1", op);
    return row.next();
}

void read_discounts(Connection& db, OperatorId op, catalog::Catalog& catalog) {
    Query row(db, "SELECT " + discount_columns + " FROM discounts WHERE operator_id = ? ORDER BY id", op);
    while (row.next()) catalog.add(read_discount(row));
}

void load_discounts(Connection& db, invoicing::AccountFacts& account) {
    {
        Query row(db, "SELECT " + grant_columns + " FROM discount_grants g WHERE g.subscriber_id = ? ORDER BY g.id",
                  account.subscriber.id);
        while (row.next()) account.grants.push_back(read_grant(row));
    }
    Query row(db, "SELECT item_id, " + use_columns + " FROM discount_uses u WHERE subscriber_id = ?",
              account.subscriber.id);
    while (row.next()) {
        const auto id = row.get<subscriptions::ItemId>();
        const auto use = read_use(row);
        for (auto& sub : account.sub_services)
            for (auto& item : sub.state.items)
                if (item.id == id) item.discount_uses.push_back(use);
    }
}

const std::string use_columns = "u.source_id, u.periods, u.latest_on";

subscriptions::DiscountUse read_use(Query& row) {
    const auto source = row.get<std::int64_t>();
    const auto periods = row.get<std::int32_t>();
    return {source, periods, row.get<Date>()};
}

void SqlStore::add_discount(OperatorId op, const Discount& d) {
    Query(
        *db_,
        "INSERT INTO discounts (operator_id, " + discount_columns + ") VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        op, d.id, d.code, d.name, d.percent, d.fixed, name_in(product_type_names, d.type), d.product, d.kind,
        name_in(charges_names, d.charges), d.region, d.pop, d.category, d.starts_on, d.ends_on, d.periods, d.priority,
        name_in(combines_names, d.combines), d.automatic)
        .run();
    revise(op);
}

void SqlStore::end_discount(OperatorId op, DiscountId discount, Date ends_on) {
    Query(*db_, "UPDATE discounts SET ends_on = ? WHERE operator_id = ? AND id = ?", ends_on, op, discount).run();
    revise(op);
}

bool SqlStore::is_discount_used(OperatorId op, DiscountId discount) {
    Query row(*db_,
              "SELECT 1 FROM discounts d WHERE d.operator_id = ? AND d.id = ? AND (EXISTS (SELECT 1 FROM lines l WHERE "
              "l.discount_id = d.id) OR EXISTS (SELECT 1 FROM promo_codes p WHERE p.discount_id = d.id) OR EXISTS "
              "(SELECT 1 FROM discount_grants g WHERE g.operator_id = d.operator_id AND g.discount_id = d.id))",
              op, discount);
    return row.next();
}

void SqlStore::remove_discount(OperatorId op, DiscountId discount) {
    Query(*db_, "DELETE FROM discounts WHERE operator_id = ? AND id = ?", op, discount).run();
    revise(op);
}

void SqlStore::add_promo_code(OperatorId op, const app::PromoCode& c) {
    Query(*db_, "INSERT INTO promo_codes (operator_id, " + promo_columns + ") VALUES (?,?,?,?,?,?,?,?,?)", op, c.id,
          c.code, c.discount, c.max_uses, c.max_uses_per_subscriber, c.starts_on, c.ends_on, c.uses)
        .run();
}

void SqlStore::end_promo_code(OperatorId op, PromoCodeId code, Date ends_on) {
    Query(*db_, "UPDATE promo_codes SET ends_on = ? WHERE operator_id = ? AND id = ?", ends_on, op, code).run();
}

std::vector<app::PromoCode> SqlStore::promo_codes(OperatorId op) {
    std::vector<app::PromoCode> codes;
    Query row(*db_, "SELECT " + promo_columns + " FROM promo_codes WHERE operator_id = ? ORDER BY id", op);
    while (row.next()) codes.push_back(read_promo_code(row));
    return codes;
}

std::optional<app::PromoCode> SqlStore::find_promo_code(OperatorId op, std::string_view code) {
    Query row(*db_, "SELECT " + promo_columns + " FROM promo_codes WHERE operator_id = ? AND code = ?", op, code);
    if (!row.next()) return std::nullopt;
    return read_promo_code(row);
}

// Whoever changes the row has it until the transaction ends, so that the next one sees this use.
std::optional<app::PromoCode> SqlStore::use_promo_code(OperatorId op, std::string_view code) {
    Query(*db_, "UPDATE promo_codes SET uses = uses + 1 WHERE operator_id = ? AND code = ?", op, code).run();
    return find_promo_code(op, code);
}

std::int64_t SqlStore::uses_of(SubscriberId subscriber, PromoCodeId code) {
    Query row(*db_, "SELECT COUNT(*) FROM discount_grants WHERE subscriber_id = ? AND promo_code_id = ?", subscriber,
              code);
    return row.next() ? row.get<std::int64_t>() : 0;
}

void SqlStore::add_grant(OperatorId op, const DiscountGrant& g) {
    Query(*db_,
          "INSERT INTO discount_grants (operator_id, subscriber_id, id, sub_service_id, discount_id, granted_on, "
          "revoked_on, reason, promo_code_id) VALUES (?,?,?,?,?,?,?,?,?)",
          op, g.subscriber, g.id, g.sub_service, g.discount, g.granted_on, g.revoked_on, g.reason, g.code)
        .run();
}

void SqlStore::revoke_grant(SubscriberId subscriber, DiscountGrantId grant, Date date) {
    Query(*db_, "UPDATE discount_grants SET revoked_on = ? WHERE subscriber_id = ? AND id = ?", date, subscriber, grant)
        .run();
}

std::optional<app::DiscountGrantRow> SqlStore::find_grant(OperatorId op, DiscountGrantId grant) {
    Query row(*db_, "SELECT " + grant_columns + row_columns + "WHERE g.operator_id = ? AND g.id = ?", op, grant);
    if (!row.next()) return std::nullopt;
    return read_grant_row(row);
}

std::vector<app::DiscountGrantRow> SqlStore::grants(OperatorId op, const app::DiscountGrantQuery& query) {
    std::vector<app::DiscountGrantRow> grants;
    const auto subscriber = query.subscriber ? query.subscriber->value() : 0;
    const auto discount = query.discount ? query.discount->value() : 0;
    Query row(*db_,
              "SELECT " + grant_columns + row_columns + "WHERE g.operator_id = ? AND g.id < ? AND " +
                  (query.subscriber ? "g.subscriber_id = ?" : "? = 0") + " AND " +
                  (query.discount ? "g.discount_id = ?" : "? = 0") + " ORDER BY g.id DESC LIMIT ?",
              op, query.before ? query.before->value() : INT64_MAX, subscriber, discount, query.limit);
    while (row.next()) grants.push_back(read_grant_row(row));
    return grants;
}

}  // namespace sluice::store
