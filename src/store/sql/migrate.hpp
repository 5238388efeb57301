// Brings a database to this program's schema, step by step.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/ports/schema.hpp"
#include "store/sql/connection.hpp"

namespace sluice::store {

struct Migration {
    int version;
    std::string_view name;  // "0001_foundation"
    std::string_view sql;
    // What SQL cannot do: runs behind the step's SQL, in its transaction.
    void (*fill)(Connection&) = nullptr;
};

// The part in C++ that belongs to this program's step of that name; null for most.
void (*fill_of(std::string_view name))(Connection&);

// Generated from migrations/*.sql when Sluice is built, in order.
const std::vector<Migration>& migrations();

// What a store lacks that has the schema `present`. Throws app::StoreFailure when it is newer than this program.
app::SchemaPlan plan_from(std::int64_t present, const std::vector<Migration>& steps = migrations());

// The schema of the store that schema_migrations tells of, which REQUIRES that table.
std::int64_t schema_of(Connection& connection);

// Runs what has not run yet, each step in a transaction of its own, and tells what that was. Throws app::StoreFailure
// that names the step that failed, or says that the store is newer than this program.
app::SchemaPlan migrate(Connection& connection, const std::vector<Migration>& steps = migrations());

}  // namespace sluice::store
