#include "store/sql/price_uses.hpp"

#include "store/sql/query.hpp"

namespace sluice::store {

// By the index on the price of items that are held.
std::vector<app::PriceUse> SqlPriceUses::price_uses(customers::OperatorId op, catalog::ProductId product) {
    std::vector<app::PriceUse> uses;
    Query row(
        db_,
        "SELECT i.price_id, COUNT(*), COUNT(DISTINCT i.sub_service_id) FROM price_versions v JOIN items i ON "
        "i.price_id = v.id JOIN sub_services b ON b.subscriber_id = i.subscriber_id AND b.id = i.sub_service_id "
        "WHERE v.product_id = ? AND i.ends_on IS NULL AND b.operator_id + 0 = ? AND b.status <> 'cancelled' GROUP "
        "BY i.price_id ORDER BY i.price_id",
        product, op);
    while (row.next()) {
        const auto price = row.get<catalog::PriceId>();
        const auto items = row.get<std::int64_t>();
        uses.push_back({price, items, row.get<std::int64_t>()});
    }
    return uses;
}

}  // namespace sluice::store
