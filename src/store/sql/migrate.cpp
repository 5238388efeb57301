#include "store/sql/migrate.hpp"

#include "app/ports/store.hpp"
#include "store/sql/query.hpp"
#include "store/sql/subscriber_index.hpp"

namespace sluice::store {
namespace {

void run_step(Connection& connection, const Migration& step) {
    connection.begin();
    try {
        connection.run_script(connection.in_dialect(std::string(step.sql)));
        if (step.fill) step.fill(connection);
        Query(connection, "INSERT INTO schema_migrations (version, name) VALUES (?, ?)", step.version, step.name).run();
        connection.commit();
    } catch (const app::StoreFailure& failure) {
        connection.rollback();
        throw app::StoreFailure("migration " + std::string(step.name) +
                                " failed, nothing of it was kept: " + failure.what());
    }
}

class MigrationLock {
public:
    explicit MigrationLock(Connection& connection) : connection_(connection) { connection.lock_migrations(); }
    ~MigrationLock() {
        try {
            connection_.unlock_migrations();
        } catch (const app::StoreFailure&) {
            // The connection is lost, and its locks with it.
        }
    }
    MigrationLock(const MigrationLock&) = delete;
    MigrationLock& operator=(const MigrationLock&) = delete;

private:
    Connection& connection_;
};

}  // namespace

void (*fill_of(std::string_view name))(Connection&) {
    if (name == "0003_lists") return &index_all_subscribers;
    if (name == "0007_bank_statements") return &index_contacts;
    return nullptr;
}

app::SchemaPlan plan_from(std::int64_t present, const std::vector<Migration>& steps) {
    const std::int64_t known = steps.empty() ? 0 : steps.back().version;
    if (!steps.empty() && present > known)
        throw app::StoreFailure("the store was made by a newer Sluice (schema " + std::to_string(present) +
                                ", this program knows " + std::to_string(known) + "); use that version or a newer one");
    app::SchemaPlan plan{.present = present, .known = known, .steps = {}};
    for (const auto& step : steps)
        if (step.version > present) plan.steps.emplace_back(step.name);
    return plan;
}

std::int64_t schema_of(Connection& connection) {
    Query row(connection, "SELECT COALESCE(MAX(version), 0) FROM schema_migrations");
    return row.next() ? row.get<std::int64_t>() : 0;
}

app::SchemaPlan migrate(Connection& connection, const std::vector<Migration>& steps) {
    const MigrationLock lock(connection);
    connection.run_script(connection.in_dialect(
        "CREATE TABLE IF NOT EXISTS schema_migrations (version {int} PRIMARY KEY, name TEXT NOT NULL){strict}"));
    auto plan = plan_from(schema_of(connection), steps);
    for (const auto& step : steps)
        if (step.version > plan.present) run_step(connection, step);
    return plan;
}

}  // namespace sluice::store
