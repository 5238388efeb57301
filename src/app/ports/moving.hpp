// A store that moves from one database to another.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "app/ports/store.hpp"

namespace sluice::app {

struct MoveWish {
    std::string from;  // the address of a SQLite store that nobody has open
    std::string to;    // of a PostgreSQL database that holds nothing of Sluice's yet
};

// Called often: the table, and how many of its rows have been written.
using MoveProgress = std::function<void(const std::string& table, std::int64_t rows)>;
// Looks at the new store before it is committed; what it throws undoes the copy.
using MoveCheck = std::function<void(Store& copied)>;

// All or nothing. GIVES: how many rows each table has, counted in both. Throws StoreFailure.
using MoveStore = std::function<std::vector<std::pair<std::string, std::int64_t>>(const MoveWish&, const MoveProgress&,
                                                                                  const MoveCheck&)>;

}  // namespace sluice::app
