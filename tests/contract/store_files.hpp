// Store files to try things on: made in a folder of their own, removed afterwards; and a door to their raw tables, for
// doing what Sluice never does.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

namespace sluice::contract {

class TemporaryFolder {
public:
    TemporaryFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "sluice-contract-XXXXXX").string();
        if (!mkdtemp(name.data())) throw std::runtime_error("cannot make a temporary folder");
        path_ = name;
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

private:
    std::filesystem::path path_;
};

// The file of a closed SQLite store, without any of its constraints.
class RawFile {
public:
    explicit RawFile(const std::filesystem::path& path) {
        if (sqlite3_open(path.c_str(), &db_) != SQLITE_OK) throw std::runtime_error("cannot open the raw file");
        run("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON;");
    }
    ~RawFile() { sqlite3_close(db_); }
    RawFile(const RawFile&) = delete;
    RawFile& operator=(const RawFile&) = delete;

    // Returns how many rows the last statement changed.
    int run(const std::string& sql) {
        char* error = nullptr;
        if (sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, &error) != SQLITE_OK) {
            const std::string message = error ? error : "unknown";
            sqlite3_free(error);
            throw std::runtime_error(sql + ": " + message);
        }
        return sqlite3_changes(db_);
    }
    // The first column of all rows, as text.
    std::vector<std::string> texts(const std::string& sql) {
        sqlite3_stmt* statement = nullptr;
        if (sqlite3_prepare_v2(db_, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK)
            throw std::runtime_error(sql + ": " + sqlite3_errmsg(db_));
        std::vector<std::string> found;
        while (sqlite3_step(statement) == SQLITE_ROW) {
            const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
            found.emplace_back(text ? text : "");
        }
        sqlite3_finalize(statement);
        return found;
    }
    std::int64_t integer(const std::string& sql) {
        const auto found = texts(sql);
        if (found.empty() || found.front().empty()) throw std::runtime_error(sql + ": nothing found");
        return std::stoll(found.front());
    }

private:
    sqlite3* db_ = nullptr;
};

}  // namespace sluice::contract
