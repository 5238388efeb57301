#include "store/sql/page_keys.hpp"

#include <array>

#include "store/sql/arrays.hpp"

namespace sluice::store {

namespace {

// An array says nothing of its length, so that the plan is one for a few keys: by the index, whatever the table's size.
Sql with_arrays(std::span<const RowKey> keys) {
    std::string subscribers;
    std::string ids;
    for (const auto& key : keys) {
        append_element(subscribers, key.subscriber, false);
        append_element(ids, key.id, false);
    }
    return Sql("WITH page (subscriber_id, id) AS (SELECT * FROM unnest(CAST(? AS BIGINT[]), CAST(? AS BIGINT[]))) ",
               (subscribers += '}'), (ids += '}'));
}

}  // namespace

Sql with_page(const Connection& db, std::span<const RowKey> keys) {
    if (db.has_other_writers() && !keys.empty()) return with_arrays(keys);
    static constexpr std::array<std::size_t, 4> sizes{1, 8, 64, most_page_keys};
    const auto* size = std::lower_bound(sizes.begin(), sizes.end(), keys.size());
    check(size != sizes.end(), "a page's keys fit into a statement");
    Sql sql("WITH page (subscriber_id, id) AS (VALUES ");
    for (std::size_t i = 0; i < *size; ++i) {
        // The first row says of which type all are.
        const std::string_view piece = i == 0 ? "(CAST(? AS BIGINT), CAST(? AS BIGINT))" : ",(?,?)";
        if (i < keys.size())
            sql.add(piece, keys[i].subscriber, keys[i].id);
        else
            sql.add(piece, std::optional<std::int64_t>(), std::optional<std::int64_t>());
    }
    sql.add(") ");
    return sql;
}

}  // namespace sluice::store
