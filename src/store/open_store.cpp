#include "store/open_store.hpp"

#include "store/sql/migrate.hpp"
#include "store/sql/sql_store.hpp"
#include "store/sqlite/sqlite_connection.hpp"

namespace sluice::store {

std::unique_ptr<app::Store> open_store(const std::string& address, bool must_exist) {
    static const std::string sqlite = "sqlite:";
    if (!address.starts_with(sqlite) || address.size() == sqlite.size())
        throw app::StoreFailure("no store at \"" + address +
                                "\"; write --db sqlite:PATH, for example --db sqlite:sluice.db");
    auto connection = open_sqlite(address.substr(sqlite.size()), must_exist);
    migrate(*connection);
    return std::make_unique<SqlStore>(std::move(connection));
}

}  // namespace sluice::store
