#include <sqlite3.h>

#include <cstring>
#include <map>

#include "bare_store.hpp"
#include "measuring.hpp"

namespace sluice::bench {
namespace {

class Statement {
public:
    Statement(sqlite3* db, const std::string& sql) : db_(db) {
        must(sqlite3_prepare_v3(db, sql.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &statement_, nullptr));
    }
    ~Statement() { sqlite3_finalize(statement_); }
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    bool step() {
        const int result = sqlite3_step(statement_);
        must(result);
        return result == SQLITE_ROW;
    }
    void reset() { must(sqlite3_reset(statement_)); }
    std::int64_t number(int column) const { return sqlite3_column_int64(statement_, column); }
    int columns() const { return sqlite3_column_count(statement_); }

    // A value is its type, then eight bytes of a number or of a length that bytes follow.
    void append_row(std::string& rows) const {
        for (int i = 0; i < columns(); ++i) {
            const int type = sqlite3_column_type(statement_, i);
            const bool is_number = type == SQLITE_INTEGER || type == SQLITE_NULL;
            const auto* bytes = static_cast<const char*>(is_number ? nullptr : sqlite3_column_blob(statement_, i));
            const std::int64_t value = is_number ? number(i) : sqlite3_column_bytes(statement_, i);
            rows += static_cast<char>(type);
            rows.append(reinterpret_cast<const char*>(&value), sizeof value);
            if (bytes) rows.append(bytes, static_cast<std::size_t>(value));
        }
    }
    // GIVES: where the next value begins.
    const char* bind(int at, const char* value) {
        const int type = *value++;
        std::int64_t number = 0;
        std::memcpy(&number, value, sizeof number);
        value += sizeof number;
        const int size = static_cast<int>(number);
        if (type == SQLITE_NULL) return must(sqlite3_bind_null(statement_, at)), value;
        if (type == SQLITE_INTEGER) return must(sqlite3_bind_int64(statement_, at, number)), value;
        if (type == SQLITE_TEXT)
            must(sqlite3_bind_text(statement_, at, value, size, SQLITE_STATIC));
        else
            must(sqlite3_bind_blob(statement_, at, value, size, SQLITE_STATIC));
        return value + size;
    }

private:
    void must(int result) {
        if (result != SQLITE_OK && result != SQLITE_DONE && result != SQLITE_ROW) give_up(sqlite3_errmsg(db_));
    }

    sqlite3* db_;
    sqlite3_stmt* statement_ = nullptr;
};

class BareSqlite final : public BareStore {
public:
    explicit BareSqlite(const std::string& path) {
        if (sqlite3_open_v2(path.c_str(), &db_, SQLITE_OPEN_READWRITE, nullptr) != SQLITE_OK)
            give_up(sqlite3_errmsg(db_));
        // As our own program opens it.
        run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = "
            "-131072; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 65536");
    }
    ~BareSqlite() override {
        statements_.clear();
        sqlite3_close(db_);
    }

    std::vector<std::pair<std::int64_t, std::int64_t>> pairs(const std::string& sql) override {
        std::vector<std::pair<std::int64_t, std::int64_t>> all;
        for (Statement row(db_, sql); row.step();) all.emplace_back(row.number(0), row.number(1));
        return all;
    }
    void run(const std::string& sql) override {
        if (sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) give_up(sqlite3_errmsg(db_));
    }
    // The number of rows stands before them.
    std::string read(const Written& what, const std::string& condition) override {
        std::int64_t count = 0;
        std::string rows(sizeof count, '\0');
        for (Statement row(db_, select_from(what, condition)); row.step(); ++count) row.append_row(rows);
        std::memcpy(rows.data(), &count, sizeof count);
        return rows;
    }
    void write(const Written& what, const std::string& rows) override {
        if (rows.empty()) return;
        auto& writer = writer_of(what);
        std::int64_t left = 0;
        std::memcpy(&left, rows.data(), sizeof left);
        const char* value = rows.data() + sizeof left;
        for (; writer.many && left >= rows_at_once; left -= rows_at_once)
            value = write(*writer.many, what, writer.columns, rows_at_once, value);
        for (; left > 0; --left) value = write(*writer.one, what, writer.columns, 1, value);
    }

private:
    struct RowWriter {
        std::unique_ptr<Statement> one;
        std::unique_ptr<Statement> many;  // rows_at_once of them; null for rows that are there
        int columns;
    };
    static constexpr int rows_at_once = 32;  // more of them are no faster

    static const char* write(Statement& statement, const Written& what, int columns, int rows, const char* value) {
        // The keys come first, and are bound last by an UPDATE.
        const int keys = static_cast<int>(what.keys);
        for (int at = 0; at < columns * rows; ++at)
            value = statement.bind(keys == 0 ? at + 1 : at < keys ? columns - keys + at + 1 : at - keys + 1, value);
        statement.step();
        statement.reset();
        return value;
    }

    RowWriter& writer_of(const Written& what) {
        const auto [at, is_new] = statements_.try_emplace(what.table);
        if (is_new) {
            const int columns = Statement(db_, select_from(what, "0 = 1")).columns();
            const auto prepared = [&](const std::string& sql) { return std::make_unique<Statement>(db_, sql); };
            if (what.keys > 0)
                at->second = {prepared(update_of(what)), nullptr, columns};
            else
                at->second = {prepared(insert_of(what, columns, 1)), prepared(insert_of(what, columns, rows_at_once)),
                              columns};
        }
        return at->second;
    }
    static std::string insert_of(const Written& what, int columns, int rows) {
        std::string row = "(?";
        for (int i = 1; i < columns; ++i) row += ",?";
        row += ")";
        std::string sql = "INSERT INTO " + what.table + " VALUES " + row;
        for (int i = 1; i < rows; ++i) sql += "," + row;
        return sql;
    }
    static std::string update_of(const Written& what) {
        std::string sql = "UPDATE " + what.table + " SET ";
        for (std::size_t i = what.keys; i < what.columns.size(); ++i)
            sql += (i > what.keys ? ", " : "") + what.columns[i] + " = ?";
        for (std::size_t i = 0; i < what.keys; ++i) sql += (i == 0 ? " WHERE " : " AND ") + what.columns[i] + " = ?";
        return sql;
    }

    sqlite3* db_ = nullptr;
    std::map<std::string, RowWriter> statements_;
};

}  // namespace

std::unique_ptr<BareStore> open_bare_sqlite(const std::string& path) { return std::make_unique<BareSqlite>(path); }

}  // namespace sluice::bench
