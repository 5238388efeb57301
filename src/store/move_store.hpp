// From SQLite to PostgreSQL.
#pragma once

#include "app/ports/moving.hpp"

namespace sluice::store {

std::vector<std::pair<std::string, std::int64_t>> move_store(const app::MoveWish& wish,
                                                             const app::MoveProgress& progress,
                                                             const app::MoveCheck& check);

}  // namespace sluice::store
