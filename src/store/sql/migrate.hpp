// Brings a database to this program's schema, step by step.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/sql/connection.hpp"

namespace sluice::store {

struct Migration {
    int version;
    std::string_view name;  // "0001_foundation"
    std::string_view sql;
};

// Generated from migrations/*.sql when Sluice is built, in order.
const std::vector<Migration>& migrations();

// Runs what has not run yet, each step in a transaction of its own. Throws app::StoreFailure that names the step that
// failed, or says that the store is newer than this program.
void migrate(Connection& connection, const std::vector<Migration>& steps = migrations());

}  // namespace sluice::store
