// A store without our program around it: rows go in by the database's own fastest means (prepared statements in SQLite,
// COPY in PostgreSQL), with the same tables, indexes, constraints and durability, and nothing computed.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace sluice::bench {

// What was written to a table.
struct Written {
    std::string table;
    std::vector<std::string> columns = {};  // empty: all of them
    std::size_t keys = 0;             // so many columns find a row that is there, whose others are set; 0: new rows
    std::string condition = "1 = 1";  // of the rows that were written, which are `t`
    bool has_subscribers = true;      // else the table is small, and belongs to an operator
};

class BareStore {
public:
    virtual ~BareStore() = default;

    // The first two columns of each row.
    virtual std::vector<std::pair<std::int64_t, std::int64_t>> pairs(const std::string& sql) = 0;
    virtual void run(const std::string& sql) = 0;
    // Rows in the database's own form, for write() of the same kind of store.
    virtual std::string read(const Written& what, const std::string& condition) = 0;
    virtual void write(const Written& what, const std::string& rows) = 0;

    std::int64_t number(const std::string& expression) { return pairs("SELECT " + expression + ", 0").at(0).first; }
};

// `address`: as --db takes it. The store is there.
std::unique_ptr<BareStore> open_bare_store(const std::string& address);
std::unique_ptr<BareStore> open_bare_sqlite(const std::string& path);
std::unique_ptr<BareStore> open_bare_postgres(const std::string& address);

// "a, b", each with what stands before it.
std::string comma_list(const std::vector<std::string>& columns, const std::string& before = "");
std::string select_from(const Written& what, const std::string& condition);

}  // namespace sluice::bench
