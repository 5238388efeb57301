// Connections to a PostgreSQL server, version 15 or later, through libpq.
#pragma once

#include <memory>
#include <string>

#include "store/sql/connection.hpp"

namespace sluice::store {

// Whoever only reads has read-only transactions that see one moment of the store.
enum class PostgresUse { write, read };

// `address` is a URI ("postgresql://user@host/database?sslmode=verify-full") or what libpq takes from its environment
// besides. Throws app::StoreFailure when there is no way in; a connection that is lost later is made again, with
// growing pauses, when the next transaction begins.
std::unique_ptr<Connection> open_postgres(const std::string& address, PostgresUse use);

}  // namespace sluice::store
