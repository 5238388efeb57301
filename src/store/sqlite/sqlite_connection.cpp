#include "store/sqlite/sqlite_connection.hpp"

#include <sqlite3.h>
#include <sys/stat.h>

#include <unordered_map>

#include "app/ports/store.hpp"
#include "store/sql/dialect.hpp"
#include "store/sql/rows.hpp"
#include "store/sql/run_once.hpp"
#include "store/sqlite/lock_file.hpp"

namespace sluice::store {
namespace {

[[noreturn]] void fail(sqlite3* db, const std::string& what) {
    const int code = sqlite3_extended_errcode(db);
    const std::string message = what + ": " + sqlite3_errmsg(db);
    if ((code & 0xFF) == SQLITE_CONSTRAINT) throw app::ConstraintViolated(message);
    if ((code & 0xFF) == SQLITE_FULL)
        throw app::StoreFailure(message + "; free some space, then run the command again");
    if ((code & 0xFF) == SQLITE_NOTADB || (code & 0xFF) == SQLITE_CORRUPT)
        throw app::StoreFailure(message + "; this is not a Sluice store, or it is damaged");
    throw app::StoreFailure(message);
}

class SqliteStatement final : public Statement {
public:
    SqliteStatement(sqlite3* db, const std::string& sql) : db_(db) {
        if (sqlite3_prepare_v3(db, sql.c_str(), static_cast<int>(sql.size()) + 1, SQLITE_PREPARE_PERSISTENT,
                               &statement_, nullptr) != SQLITE_OK)
            fail(db, "the store does not understand a statement");
    }
    ~SqliteStatement() override { sqlite3_finalize(statement_); }
    SqliteStatement(const SqliteStatement&) = delete;
    SqliteStatement& operator=(const SqliteStatement&) = delete;

    void bind(int parameter, const Cell& cell) override {
        const int at = parameter + 1;
        int result = SQLITE_OK;
        if (const auto* number = std::get_if<std::int64_t>(&cell))
            result = sqlite3_bind_int64(statement_, at, *number);
        else if (const auto* text = std::get_if<std::string_view>(&cell))
            result = sqlite3_bind_text(statement_, at, text->data() ? text->data() : "", static_cast<int>(text->size()),
                                       SQLITE_STATIC);
        else if (const auto* bytes = std::get_if<Bytes>(&cell))
            result = sqlite3_bind_blob(statement_, at, bytes->bytes.data(), static_cast<int>(bytes->bytes.size()),
                                       SQLITE_STATIC);
        else
            result = sqlite3_bind_null(statement_, at);
        if (result != SQLITE_OK) fail(db_, "a value does not fit into a statement");
    }
    bool step() override {
        const int result = sqlite3_step(statement_);
        if (result == SQLITE_ROW) return true;
        if (result == SQLITE_DONE) return false;
        fail(db_, "the store could not carry out a statement");
    }
    void reset() override {
        sqlite3_reset(statement_);
        sqlite3_clear_bindings(statement_);
    }
    bool is_null(int column) override { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
    std::int64_t integer(int column) override { return sqlite3_column_int64(statement_, column); }
    std::string_view text(int column) override {
        const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
        return bytes ? std::string_view(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)))
                     : std::string_view{};
    }

private:
    sqlite3* db_;
    sqlite3_stmt* statement_ = nullptr;
};

class SqliteConnection final : public Connection {
public:
    enum class Use { write, read };

    SqliteConnection(const std::string& path, bool must_exist, Use use)
        : begin_(use == Use::write ? "BEGIN IMMEDIATE" : "BEGIN") {
        const bool in_memory = path == ":memory:";
        struct stat info {};
        if (!in_memory && must_exist && ::stat(path.c_str(), &info) != 0)
            throw app::StoreFailure("there is no store at " + path + "; `sluice import` creates one");
        if (!in_memory && use == Use::write) lock_ = std::make_unique<LockFile>(path);
        const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
        // Not to count every piece of memory under a lock of all threads. Has to come before the first connection.
        [[maybe_unused]] static const int configured = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
        if (sqlite3_open_v2(path.c_str(), &db_, flags, nullptr) != SQLITE_OK) {
            const std::string message = std::string("cannot open the store ") + path + ": " + sqlite3_errmsg(db_);
            sqlite3_close(db_);
            throw app::StoreFailure(message);
        }
        try {
            sqlite3_extended_result_codes(db_, 1);
            // The connection that writes makes the checkpoints too, and nobody else: in SQLite up to 3.51.2 a
            // checkpoint over another connection beside a commit can damage the file (the WAL-reset bug). What it waits
            // for is a backup that opens the file at the same moment.
            run_script(use == Use::write
                           ? "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA "
                             "foreign_keys = ON;"
                             "PRAGMA cache_size = -131072; PRAGMA temp_store = MEMORY;"
                           : "PRAGMA query_only = ON; PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY;"
                             "PRAGMA wal_autocheckpoint = 0; PRAGMA busy_timeout = 5000;");
            if (use == Use::write) sqlite3_wal_hook(db_, &SqliteConnection::after_commit, this);
        } catch (...) {
            sqlite3_close(db_);
            throw;
        }
    }
    ~SqliteConnection() override {
        statements_.clear();
        sqlite3_close(db_);
    }
    SqliteConnection(const SqliteConnection&) = delete;
    SqliteConnection& operator=(const SqliteConnection&) = delete;

    Statement& prepare(const std::string& sql) override {
        auto& statement = statements_[sql];
        if (!statement) statement = std::make_unique<SqliteStatement>(db_, sql);
        return *statement;
    }
    void run_script(const std::string& sql) override {
        if (sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
            fail(db_, "the store could not carry out a script");
    }
    std::string in_dialect(std::string migration) const override {
        const auto settings = settings_columns_sql();
        return replaced(std::move(migration), {{"{billing_settings}", settings},
                                               {"{int}", "INTEGER"},
                                               {"{date}", "TEXT"},
                                               {"{bytes}", "BLOB"},
                                               {"{code3}", "TEXT"},
                                               {"{bytewise}", "TEXT"},
                                               {"{strict}", " STRICT"},
                                               {"{only_postgresql}", "-- "},
                                               {"{only_sqlite}", ""},
                                               {"{clustered}", " STRICT, WITHOUT ROWID"}});
    }
    void begin() override {
        run(depth_ == 0 ? begin_ : "SAVEPOINT s" + std::to_string(depth_));
        ++depth_;
    }
    void commit() override {
        run(depth_ == 1 ? "COMMIT" : "RELEASE s" + std::to_string(depth_ - 1));
        --depth_;
    }
    void rollback() override {
        --depth_;
        if (depth_ == 0) {
            // A failure such as a full disk may have rolled back already.
            if (sqlite3_get_autocommit(db_) == 0) run("ROLLBACK");
        } else {
            const auto name = std::to_string(depth_);
            run("ROLLBACK TO s" + name);
            run("RELEASE s" + name);
        }
    }

private:
    // Somebody waits for each small commit: checkpoints are frequent then, and short. Between the large ones of bill
    // runs and imports they are rare, which writes the fewest pages.
    static int after_commit(void* self, sqlite3* db, const char* schema, int log_pages) {
        int& before = static_cast<SqliteConnection*>(self)->log_pages_;
        const bool is_large = log_pages - before > 1'000;
        before = log_pages;
        if (log_pages < (is_large ? 65'536 : 2'048)) return SQLITE_OK;
        // One that fails, on a full disk say, is made after a later commit. This one is done, whatever comes of it: an
        // error here would be told as one of the commit.
        sqlite3_wal_checkpoint_v2(db, schema, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
        return SQLITE_OK;
    }
    // There are several transactions in a request: they are prepared once, as all statements are.
    void run(const std::string& sql) { run_once(prepare(sql)); }

    std::string begin_;
    std::unique_ptr<LockFile> lock_;
    sqlite3* db_ = nullptr;
    std::unordered_map<std::string, std::unique_ptr<SqliteStatement>> statements_;
    int depth_ = 0;
    int log_pages_ = 0;  // in the write-ahead log, after the last commit
};

}  // namespace

std::unique_ptr<Connection> open_sqlite(const std::string& path, bool must_exist) {
    return std::make_unique<SqliteConnection>(path, must_exist, SqliteConnection::Use::write);
}

std::unique_ptr<Connection> open_sqlite_reader(const std::string& path) {
    return std::make_unique<SqliteConnection>(path, true, SqliteConnection::Use::read);
}

}  // namespace sluice::store
