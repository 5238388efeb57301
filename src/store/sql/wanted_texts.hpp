// Many texts that are looked up with one query for all.
#pragma once

#include <span>
#include <string>

#include "store/sql/sql.hpp"

namespace sluice::store {

// "WITH wanted (word) AS (…) ". An array where the database takes it; else a list, filled up with nulls to one of a few
// sizes, so that there are few statements to keep prepared.  REQUIRES: at most most_wanted_texts.
Sql with_wanted(const Connection& db, std::span<const std::string> texts);
inline constexpr std::size_t most_wanted_texts = 512;

// Visits the rows of `select`, which reads from `wanted w CROSS JOIN …` and asks for `parameters`. More texts than fit
// into one statement are looked up in several.
template <typename Visit, typename... Parameters>
void each_row_for(Connection& db, std::span<const std::string> texts, std::string_view select, const Visit& visit,
                  const Parameters&... parameters) {
    while (!texts.empty()) {
        const auto some = texts.first(std::min(texts.size(), most_wanted_texts));
        const Sql sql = with_wanted(db, some).add(select, parameters...);
        Query row(db, sql);
        while (row.next()) visit(row);
        texts = texts.subspan(some.size());
    }
}

}  // namespace sluice::store
