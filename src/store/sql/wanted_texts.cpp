#include "store/sql/wanted_texts.hpp"

#include <algorithm>
#include <array>

#include "store/sql/arrays.hpp"

namespace sluice::store {

namespace {

// As with_page() does.
Sql with_array(std::span<const std::string> texts) {
    std::string array;
    for (const auto& text : texts) append_element(array, std::string_view(text), true);
    return Sql("WITH wanted (word) AS (SELECT * FROM unnest(CAST(? AS TEXT[]))) ", (array += '}'));
}

}  // namespace

Sql with_wanted(const Connection& db, std::span<const std::string> texts) {
    if (db.has_other_writers() && !texts.empty()) return with_array(texts);
    static constexpr std::array<std::size_t, 4> sizes{1, 8, 64, most_wanted_texts};
    const auto* size = std::lower_bound(sizes.begin(), sizes.end(), texts.size());
    check(size != sizes.end(), "texts that are looked up together fit into a statement");
    Sql sql("WITH wanted (word) AS (VALUES ");
    for (std::size_t i = 0; i < *size; ++i) {
        const std::string_view piece = i == 0 ? "(CAST(? AS TEXT))" : ",(?)";
        if (i < texts.size())
            sql.add(piece, texts[i]);
        else
            sql.add(piece, std::optional<std::string_view>());
    }
    sql.add(") ");
    return sql;
}

}  // namespace sluice::store
