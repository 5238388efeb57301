#include "store/open_store.hpp"

#include <filesystem>

#include "store/postgres/postgres_connection.hpp"
#include "store/sql/migrate.hpp"
#include "store/sql/query.hpp"
#include "store/sql/sql_store.hpp"
#include "store/sqlite/sqlite_connection.hpp"
#include "store/sqlite/store_file.hpp"

namespace sluice::store {
namespace {

constexpr std::string_view sqlite = "sqlite:";

bool is_postgres(const std::string& address) {
    return address.starts_with("postgresql://") || address.starts_with("postgres://");
}

std::string path_in(const std::string& address) {
    if (!address.starts_with(sqlite) || address.size() == sqlite.size())
        throw app::StoreFailure("no store at \"" + address +
                                "\"; write --db sqlite:PATH, for example --db sqlite:sluice.db, or --db "
                                "postgresql://USER@HOST/DATABASE");
    return address.substr(sqlite.size());
}

bool holds_a_store(Connection& postgres) {
    return Query(postgres, "SELECT 1 FROM pg_class WHERE oid = to_regclass('schema_migrations')").next();
}

// What is up to date already is left alone, so that a role without a right to make tables can work with it.
app::SchemaPlan bring_on(Connection& connection, bool is_postgres) {
    if (!is_postgres || !holds_a_store(connection)) return migrate(connection);
    auto plan = plan_from(schema_of(connection));
    if (plan.steps.empty()) return plan;
    if (Query(connection, "SELECT 1 WHERE NOT has_schema_privilege(current_schema(), 'CREATE')").next())
        throw app::StoreFailure("the store has schema " + std::to_string(plan.present) + ", this program needs " +
                                std::to_string(plan.known) +
                                ", and the role that it signs in with may make no tables; run `sluice migrate` with "
                                "the role that owns the database");
    return migrate(connection);
}

std::int64_t schema_at(const std::string& address) {
    if (is_postgres(address)) {
        const auto connection = open_postgres(address, PostgresUse::read);
        return holds_a_store(*connection) ? schema_of(*connection) : 0;
    }
    const auto path = path_in(address);
    if (std::error_code none; !std::filesystem::exists(path, none))
        throw app::StoreFailure("there is no store at " + path + "; `sluice import` creates one");
    return StoreFile(path).schema();  // beside the process that has the store, if there is one
}

class SqliteDatabase final : public app::Database {
public:
    SqliteDatabase(const std::string& path, std::unique_ptr<app::Store> writer)
        : path_(path), writer_(std::move(writer)) {}
    app::Store& writer() override { return *writer_; }
    bool has_many_writers() const override { return false; }
    std::unique_ptr<app::Store> open_writer() override { return nullptr; }
    std::unique_ptr<app::Store> open_reader() override { return std::make_unique<SqlStore>(open_sqlite_reader(path_)); }

private:
    std::string path_;
    std::unique_ptr<app::Store> writer_;
};

// Each store has a connection of its own.
class PostgresDatabase final : public app::Database {
public:
    PostgresDatabase(std::string address, std::unique_ptr<app::Store> writer)
        : address_(std::move(address)), writer_(std::move(writer)) {}
    app::Store& writer() override { return *writer_; }
    std::unique_ptr<app::Store> open_reader() override {
        return std::make_unique<SqlStore>(open_postgres(address_, PostgresUse::read));
    }
    bool has_many_writers() const override { return true; }
    std::unique_ptr<app::Store> open_writer() override {
        return std::make_unique<SqlStore>(open_postgres(address_, PostgresUse::write));
    }

private:
    std::string address_;
    std::unique_ptr<app::Store> writer_;
};

}  // namespace

std::unique_ptr<app::Store> open_store(const std::string& address, bool must_exist) {
    auto connection =
        is_postgres(address) ? open_postgres(address, PostgresUse::write) : open_sqlite(path_in(address), must_exist);
    if (must_exist && is_postgres(address) && !holds_a_store(*connection))
        throw app::StoreFailure("there is no store in this database yet; `sluice import` creates one");
    bring_on(*connection, is_postgres(address));
    return std::make_unique<SqlStore>(std::move(connection));
}

std::unique_ptr<app::Database> open_database(const std::string& address, bool must_exist) {
    auto writer = open_store(address, must_exist);
    if (is_postgres(address)) return std::make_unique<PostgresDatabase>(address, std::move(writer));
    return std::make_unique<SqliteDatabase>(path_in(address), std::move(writer));
}

app::SchemaPlan migrate_store(const std::string& address, app::Migration migration) {
    if (migration == app::Migration::only_planned) return plan_from(schema_at(address));
    const auto connection =
        is_postgres(address) ? open_postgres(address, PostgresUse::write) : open_sqlite(path_in(address), true);
    return bring_on(*connection, is_postgres(address));
}

}  // namespace sluice::store
