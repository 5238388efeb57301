// The rows of a page by their keys: what belongs to them is read with one query for all, however many they are.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>

#include "store/sql/sql.hpp"

namespace sluice::store {

struct RowKey {
    std::int64_t subscriber;
    std::int64_t id;  // of the row; of a subscriber's own row the same
};

// "WITH page (subscriber_id, id) AS (…) ". Two arrays where the database takes them; else a list, filled up with nulls
// to one of a few sizes, so that there are few statements to keep prepared.  REQUIRES: at most most_page_keys.
Sql with_page(const Connection& db, std::span<const RowKey> keys);
inline constexpr std::size_t most_page_keys = 512;

// Visits the rows of `select`, which reads from `page p CROSS JOIN …` (the order in which tables are to be read).
// More keys than fit into one statement are read in several.
template <typename Visit>
void each_row_of(Connection& db, std::span<const RowKey> keys, std::string_view select, const Visit& visit) {
    while (!keys.empty()) {
        const auto some = keys.first(std::min(keys.size(), most_page_keys));
        const Sql sql = with_page(db, some).add(select);
        Query row(db, sql);
        while (row.next()) visit(row);
        keys = keys.subspan(some.size());
    }
}

}  // namespace sluice::store
