#include "store/sql/page_keys.hpp"

#include <array>

namespace sluice::store {

Sql with_page(std::span<const RowKey> keys) {
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
