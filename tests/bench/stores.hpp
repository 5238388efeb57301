// Where a bench has its stores: files in a temporary directory, or databases of a PostgreSQL server.
#pragma once

#include <memory>
#include <string>

namespace sluice::bench {

class Stores {
public:
    virtual ~Stores() = default;  // they are gone then

    virtual std::string kind() const = 0;  // "SQLite", "PostgreSQL"
    virtual std::string address(const std::string& name) const = 0;
    // Where a new one can be made.
    virtual std::string make_room(const std::string& name) = 0;
    // Nobody has one of them open.  GIVES: a copy that is on disk, so that what comes next does not wait for it.
    virtual std::string copy(const std::string& from, const std::string& to) = 0;
};

// `server`: the address of a database of a PostgreSQL server whose user may create databases, which are named
// sluice_bench_…; empty: files.
std::unique_ptr<Stores> open_stores(const std::string& server);

}  // namespace sluice::bench
