// SQLite behind the thin interface: one process owns a store file, one connection writes.
#pragma once

#include <memory>
#include <string>

#include "store/sql/connection.hpp"

namespace sluice::store {

// Opens (and creates, unless `must_exist`) the file, WAL journal, synchronous=FULL. ":memory:" is a throw-away store.
// A lock file beside it keeps a second process out.  Throws app::StoreFailure.
std::unique_ptr<Connection> open_sqlite(const std::string& path, bool must_exist);

// Another connection to a file that open_sqlite() has open in this process: it only reads. Several may read while the
// one writes; none of them writes the file, not even a checkpoint.
std::unique_ptr<Connection> open_sqlite_reader(const std::string& path);

}  // namespace sluice::store
