// The thin interface to a database that the SQL of the store is written against, once for all databases.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace sluice::store {

struct Null {};
struct Bytes {
    std::string_view bytes;
};
using Cell = std::variant<Null, std::int64_t, std::string_view, Bytes>;

// A prepared statement. Parameters and columns count from 0. Errors are thrown as app::StoreFailure.
class Statement {
public:
    virtual ~Statement() = default;
    virtual void bind(int parameter, const Cell& cell) = 0;  // texts and bytes must live until the next reset()
    virtual bool step() = 0;                                 // true while there is a row
    virtual void reset() = 0;
    virtual bool is_null(int column) = 0;
    virtual std::int64_t integer(int column) = 0;
    virtual std::string_view text(int column) = 0;  // bytes too; valid until the next step() or reset()
};

class Connection {
public:
    virtual ~Connection() = default;
    // The statement stays prepared and is handed out again for the same text.
    virtual Statement& prepare(const std::string& sql) = 0;
    virtual void run_script(const std::string& sql) = 0;
    // The migration's text in this database's words: see the head of migrations/0001.
    virtual std::string in_dialect(std::string migration) const = 0;
    virtual void begin() = 0;
    virtual void commit() = 0;
    virtual void rollback() = 0;

    // Whether others write to the same database at the same time: then rows are locked before they are changed.
    virtual bool has_other_writers() const { return false; }
    // See app::Store, as the next one.
    virtual void wait_shortly(bool /*shortly*/) {}
    virtual int take_node(int preferred) { return preferred; }
    // Whether nobody else has taken `thing`; then it is this connection's until it is given back or closed.
    virtual bool take(std::int64_t /*thing*/) { return true; }
    virtual void give_back(std::int64_t /*thing*/) {}
    // While one process migrates, others wait.
    virtual void lock_migrations() {}
    virtual void unlock_migrations() {}
    // Inserts rows of `width` cells by the database's own bulk load. False, and nothing done, where there is none or
    // where it does not pay for so few.
    virtual bool copy_rows(const std::string& /*table*/, const std::string& /*columns*/, std::size_t /*width*/,
                           std::span<const Cell> /*cells*/) {
        return false;
    }
};

}  // namespace sluice::store
