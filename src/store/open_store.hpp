// Stores by their address.
#pragma once

#include <memory>
#include <string>

#include "app/ports/schema.hpp"
#include "app/ports/store.hpp"

namespace sluice::store {

// "sqlite:PATH", "sqlite::memory:" or "postgresql://…"; migrated to this program's schema. Throws app::StoreFailure.
std::unique_ptr<app::Store> open_store(const std::string& address, bool must_exist);

// The same, with readers beside the writer.
std::unique_ptr<app::Database> open_database(const std::string& address, bool must_exist);

// See app::Migrate. The file of a SQLite store must exist, the database of a PostgreSQL store may be empty.
app::SchemaPlan migrate_store(const std::string& address, app::Migration migration);

}  // namespace sluice::store
