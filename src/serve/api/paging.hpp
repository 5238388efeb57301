// Pages of lists: `limit`, `cursor` and `sort` of a query, and the `next` of an answer.
#pragma once

#include "app/ports/listing.hpp"
#include "serve/api/desk.hpp"

namespace sluice::serve::api {

// What `sort` says: the name of the order, and whether it is descending.
struct Sort {
    std::string name;
    bool descending = false;
};
Sort sort_of(const Desk& desk);

// A cursor is good for the list and the order that it comes from; any other is a Problem.
app::Paging paging_of(const Desk& desk);
boost::json::value next_of(const Desk& desk, const std::optional<app::Position>& next);

template <typename Row, typename Encode>
boost::json::object page_json(const Desk& desk, const app::Page<Row>& page, const Encode& encode) {
    boost::json::array items;
    items.reserve(page.rows.size());
    for (const auto& row : page.rows) items.emplace_back(encode(row));
    return {{"items", std::move(items)}, {"next", next_of(desk, page.next)}};
}

// The page of a list that is in memory as a whole, in its order.
template <typename Row>
app::Page<Row> page_of(const Desk& desk, std::vector<Row> rows) {
    const auto paging = paging_of(desk);
    const auto first = std::min(rows.size(), static_cast<std::size_t>(paging.after ? paging.after->id : 0));
    const auto last = std::min(rows.size(), first + static_cast<std::size_t>(paging.limit));
    app::Page<Row> page;
    if (last < rows.size()) page.next = app::Position{.key = {}, .id = static_cast<std::int64_t>(last)};
    for (auto i = first; i < last; ++i) page.rows.push_back(std::move(rows[i]));
    return page;
}

}  // namespace sluice::serve::api
