// How the rows of a list are found: filtered, in order, behind a position.
//
// One way is to walk the index of the order and to leave out what a filter does not let through: fast when most rows
// pass. The other one is to gather what one filter lets through and to sort it: fast when these are few. An exact walk,
// over an index that has both the filter and the order, needs no choice. Which way is faster no one can tell before;
// so walks are tried for a bounded number of rows, and filters are counted up to a bound.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/ports/listing.hpp"
#include "store/sql/page_keys.hpp"

namespace sluice::store {

// Rows that an index leads to.
struct Source {
    std::string from;       // the table with the index: "documents d"
    std::string join = {};  // " JOIN …", for columns that this table does not have
    Sql where = {};
    bool has_repeats = false;  // of rows that several of its own lead to
    std::string columns = {};  // ", …": what is known of its rows beside the columns of the plan
    bool is_covered = false;   // the index holds all that is looked at: its rows are looked at much faster
};

struct ListPlan {
    // What is known of each row while it is looked for, among it: subscriber_id, id, sort_key.
    std::string columns;
    // Whose rows, taken together, are the list in its order, from the position on (or a part of the list that all
    // conditions lie in). Each is sorted by `order` on its own; its rows are in none of the others.
    std::vector<Source> walks;
    std::string order;      // "d.date DESC, d.id DESC"
    bool is_exact = false;  // the walks hold only rows that meet the conditions
    // Each holds all rows that meet the conditions, and as few others as it can.
    std::vector<Source> sets;
    // About the columns of a row g: behind the position, " AND …" all filters.
    Sql behind;
    Sql conditions;
    bool descending = false;
    std::int64_t limit = 50;
};

struct FoundRow {
    RowKey key;
    std::string sort_key;
};

// The rows of a page and, when more follow, one more.
std::vector<FoundRow> find_rows(Connection& db, const ListPlan& plan);

// Appends the rows of a query for subscriber_id, id, sort_key.
void read_found_rows(Query& row, std::vector<FoundRow>& rows);

// Takes away the one more: what is left is the page.
std::optional<app::Position> take_next(std::vector<FoundRow>& rows, std::int64_t limit);
std::vector<RowKey> keys_of(const std::vector<FoundRow>& rows);

// ">" and "" or "<" and " DESC".
std::string_view behind_sign(bool descending);
std::string_view direction(bool descending);

// Behind which row a page begins.
struct Place {
    std::string key;
    std::int64_t id;
};
// That of the paging; without one, the place before the first row.
Place text_place(const app::Paging& paging);
Place date_place(const app::Paging& paging);

// Keys from `first` on, up to `end` and without it.
struct KeyRange {
    std::optional<std::string> first = {};
    std::optional<std::string> end = {};
};
// `first` to `last`, both included.
KeyRange date_range(std::optional<Date> first, std::optional<Date> last);
KeyRange prefix_range(std::string_view prefix);

// Sorts the plan by the column `key`, rows that are alike by `id`. GIVES " AND …": what the plan's walks have to ask
// for so that they begin behind `place` and stay within `range`, at a cost that does not depend on how far that is.
Sql sort_by(ListPlan& plan, const std::string& key, const std::string& id, Place place, const KeyRange& range = {});

}  // namespace sluice::store
