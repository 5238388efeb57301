#include "store/sqlite/store_file.hpp"

#include <sqlite3.h>

#include <filesystem>
#include <functional>

#include "store/sql/migrate.hpp"
#include "store/sqlite/unfinished_file.hpp"

namespace sluice::store {
namespace {

namespace fs = std::filesystem;
using app::CopyRefusal;

constexpr int pages_at_once = 256;

[[noreturn]] void fail(sqlite3* db, const std::string& path) {
    const int code = sqlite3_errcode(db) & 0xFF;
    const std::string message = path + ": " + sqlite3_errmsg(db);
    if (code == SQLITE_NOTADB) throw UnfitFile(CopyRefusal::file_is_no_store, message + "; this is no Sluice store");
    if (code == SQLITE_CORRUPT) throw UnfitFile(CopyRefusal::file_is_damaged, message + "; it is damaged");
    if (code == SQLITE_FULL) throw app::StoreFailure(message + "; free some space, then run the command again");
    throw app::StoreFailure(message);
}

void run(sqlite3* db, const std::string& path, const char* sql) {
    if (sqlite3_exec(db, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail(db, path);
}

using Rows = std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)>;

Rows prepare(sqlite3* db, const std::string& path, const char* sql) {
    sqlite3_stmt* statement = nullptr;
    const int result = sqlite3_prepare_v2(db, sql, -1, &statement, nullptr);
    if (result == SQLITE_ERROR)  // no such table, no such column
        throw UnfitFile(CopyRefusal::file_is_no_store, path + ": " + sqlite3_errmsg(db) + "; this is no Sluice store");
    if (result != SQLITE_OK) fail(db, path);
    return {statement, &sqlite3_finalize};
}

bool next(sqlite3_stmt* rows, const std::string& path) {
    const int result = sqlite3_step(rows);
    if (result != SQLITE_ROW && result != SQLITE_DONE) fail(sqlite3_db_handle(rows), path);
    return result == SQLITE_ROW;
}

std::string text(sqlite3_stmt* rows, int column) {
    const auto* bytes = sqlite3_column_text(rows, column);
    return bytes ? reinterpret_cast<const char*>(bytes) : "";
}

std::string uri_of(const std::string& path) {
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string uri = "file:";
    for (const char c : fs::absolute(path).string()) {
        if (c == '?' || c == '#' || c == '%')
            uri += {'%', digits[(c >> 4) & 0xF], digits[c & 0xF]};
        else
            uri += c;
    }
    return uri;
}

bool belongs_to_nobody(const std::string& path) { return !is_there(path + "-wal") && !is_there(path + "-lock"); }

// An empty file that this process alone writes, by a name that nobody knows: no locks, no journal, and durable later.
std::unique_ptr<sqlite3, decltype(&sqlite3_close)> open_for_copy(const std::string& path) {
    sqlite3* db = nullptr;
    const int result = sqlite3_open_v2(path.c_str(), &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, "unix-none");
    std::unique_ptr<sqlite3, decltype(&sqlite3_close)> opened(db, &sqlite3_close);
    if (result != SQLITE_OK) fail(db, path);
    run(db, path, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;");
    return opened;
}

}  // namespace

void StoreFile::Close::operator()(sqlite3* db) const { sqlite3_close(db); }

StoreFile::StoreFile(const std::string& path) : path_(path) {
    const auto uri = uri_of(path) + (belongs_to_nobody(path) ? "?immutable=1" : "");
    sqlite3* db = nullptr;
    const int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX;
    const int result = sqlite3_open_v2(uri.c_str(), &db, flags, nullptr);
    db_.reset(db);
    if (result != SQLITE_OK) fail(db, path);
    // In SQLite up to 3.51.2 a checkpoint over this connection beside a commit of the other process can damage the
    // file.
    sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    run(db, path,
        "PRAGMA busy_timeout = 5000; PRAGMA query_only = ON; PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -65536;"
        "BEGIN; SELECT COUNT(*) FROM sqlite_schema;");  // from here on it is this moment that is read
    int has_moved = 0;
    if (sqlite3_file_control(db, "main", SQLITE_FCNTL_HAS_MOVED, &has_moved) == SQLITE_OK && has_moved != 0)
        throw app::StoreFailure(path + " was replaced at this moment; run the command again");
}

std::int64_t StoreFile::schema() {
    const auto table = prepare(db_.get(), path_, "SELECT name FROM sqlite_schema WHERE name = 'schema_migrations'");
    if (!next(table.get(), path_)) return 0;
    const auto schema = prepare(db_.get(), path_, "SELECT COALESCE(MAX(version), 0) FROM schema_migrations");
    return next(schema.get(), path_) ? sqlite3_column_int64(schema.get(), 0) : 0;
}

app::CopyContents StoreFile::contents() {
    app::CopyContents contents;
    const auto pages =
        prepare(db_.get(), path_, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size");
    if (next(pages.get(), path_)) contents.bytes = sqlite3_column_int64(pages.get(), 0);
    const auto schema = prepare(db_.get(), path_, "SELECT COALESCE(MAX(version), 0) FROM schema_migrations");
    if (next(schema.get(), path_)) contents.schema = sqlite3_column_int64(schema.get(), 0);
    if (contents.schema > migrations().back().version)
        throw UnfitFile(CopyRefusal::file_is_of_a_newer_program,
                        path_ + " was made by a newer Sluice (schema " + std::to_string(contents.schema) +
                            ", this program knows " + std::to_string(migrations().back().version) + ")");
    const auto operators = prepare(db_.get(), path_, "SELECT code, name, billed_through FROM operators ORDER BY code");
    while (next(operators.get(), path_))
        contents.operators.push_back(
            {text(operators.get(), 0), text(operators.get(), 1), Date::parse(text(operators.get(), 2))});
    return contents;
}

bool StoreFile::copy_to(const std::string& path, const app::CopyProgress& progress) {
    const auto copy = open_for_copy(path);
    const std::unique_ptr<sqlite3_backup, decltype(&sqlite3_backup_finish)> backup(
        sqlite3_backup_init(copy.get(), "main", db_.get(), "main"), &sqlite3_backup_finish);
    if (!backup) fail(copy.get(), path);
    for (int result = SQLITE_OK; result != SQLITE_DONE;) {
        result = sqlite3_backup_step(backup.get(), pages_at_once);
        if (result == SQLITE_CORRUPT || result == SQLITE_NOTADB)
            throw UnfitFile(CopyRefusal::file_is_damaged, path_ + " is damaged: " + sqlite3_errstr(result));
        if (result != SQLITE_OK && result != SQLITE_DONE) {
            const std::string hint = result == SQLITE_FULL ? "; free some space, then run the command again" : "";
            throw app::StoreFailure("cannot copy " + path_ + " to " + path + ": " + sqlite3_errstr(result) + hint);
        }
        const auto pages = sqlite3_backup_pagecount(backup.get());
        if (!progress(app::CopyStep::copying, pages - sqlite3_backup_remaining(backup.get()), pages)) return false;
    }
    return true;
}

bool StoreFile::check(const app::CopyProgress& progress) {
    sqlite3_progress_handler(
        db_.get(), 100'000,
        [](void* told) {
            return (*static_cast<const app::CopyProgress*>(told))(app::CopyStep::checking, 0, 0) ? 0 : 1;
        },
        const_cast<app::CopyProgress*>(&progress));
    const auto findings = prepare(db_.get(), path_, "PRAGMA quick_check(1)");
    const int result = sqlite3_step(findings.get());
    sqlite3_progress_handler(db_.get(), 0, nullptr, nullptr);
    if (result == SQLITE_INTERRUPT) return false;
    if (result != SQLITE_ROW) fail(db_.get(), path_);
    const auto finding = text(findings.get(), 0);
    if (finding != "ok") throw UnfitFile(CopyRefusal::file_is_damaged, path_ + " is damaged: " + finding);
    return progress(app::CopyStep::checking, 1, 1);
}

}  // namespace sluice::store
