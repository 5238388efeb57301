#include "store/open_store.hpp"

#include "store/sql/migrate.hpp"
#include "store/sql/sql_store.hpp"
#include "store/sqlite/sqlite_connection.hpp"

namespace sluice::store {
namespace {

std::string path_in(const std::string& address) {
    static const std::string sqlite = "sqlite:";
    if (!address.starts_with(sqlite) || address.size() == sqlite.size())
        throw app::StoreFailure("no store at \"" + address +
                                "\"; write --db sqlite:PATH, for example --db sqlite:sluice.db");
    return address.substr(sqlite.size());
}

class SqliteDatabase final : public app::Database {
public:
    SqliteDatabase(const std::string& path, std::unique_ptr<app::Store> writer)
        : path_(path), writer_(std::move(writer)) {}
    app::Store& writer() override { return *writer_; }
    std::unique_ptr<app::Store> open_reader() override { return std::make_unique<SqlStore>(open_sqlite_reader(path_)); }

private:
    std::string path_;
    std::unique_ptr<app::Store> writer_;
};

}  // namespace

std::unique_ptr<app::Store> open_store(const std::string& address, bool must_exist) {
    auto connection = open_sqlite(path_in(address), must_exist);
    migrate(*connection);
    return std::make_unique<SqlStore>(std::move(connection));
}

std::unique_ptr<app::Database> open_database(const std::string& address, bool must_exist) {
    return std::make_unique<SqliteDatabase>(path_in(address), open_store(address, must_exist));
}

}  // namespace sluice::store
