// `sluice migrate` on SQLite stores, from outside. Those of PostgreSQL are in postgres_test.cpp.
#include "store/sql/migrate.hpp"

#include <sqlite3.h>

#include "cli/command_line.hpp"
#include "store/sqlite/sqlite_connection.hpp"

namespace sluice::test {
namespace {

namespace fs = std::filesystem;

class Migrate : public CommandLine {
protected:
    // As a program of the first schema left it.
    void make_old_store() const {
        store::migrate(*store::open_sqlite(file("store.db"), false), {store::migrations().front()});
    }
    void run_sql(const std::string& sql) const {
        sqlite3* db = nullptr;
        ASSERT_EQ(sqlite3_open(file("store.db").c_str(), &db), SQLITE_OK);
        EXPECT_EQ(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(db);
        sqlite3_close(db);
    }
    std::string bytes() const { return read(file("store.db")); }
};

TEST_F(Migrate, APlanNamesTheStepsAndChangesNothing) {
    write("store.db", "");
    const auto plan = sluice("migrate --plan" + db());
    EXPECT_EQ(plan.status, 0) << plan.err;
    EXPECT_TRUE(has(plan.out, "is empty")) << plan.out;
    EXPECT_TRUE(has(plan.out, "It would run:\n  0001_foundation\n  0002_desk\n")) << plan.out;
    EXPECT_EQ(bytes(), "");
    EXPECT_FALSE(fs::exists(file("store.db-wal")));
    EXPECT_FALSE(fs::exists(file("store.db-lock")));
}

TEST_F(Migrate, AnOldStoreIsBroughtOn) {
    make_old_store();
    const auto before = bytes();
    const auto plan = sluice("migrate --plan" + db());
    EXPECT_EQ(plan.status, 0) << plan.err;
    EXPECT_TRUE(has(plan.out, "has schema 1, ")) << plan.out;
    EXPECT_TRUE(has(plan.out, "It would run:\n  0002_desk\n")) << plan.out;
    EXPECT_EQ(bytes(), before);
    const auto run = sluice("migrate" + db());
    EXPECT_EQ(run.status, 0) << run.err;
    EXPECT_TRUE(has(run.out, "Running:\n  0002_desk\n")) << run.out;
    EXPECT_TRUE(has(sluice("migrate --plan" + db()).out, "nothing to do"));
}

// Whoever serves a store need not be stopped to look.
TEST_F(Migrate, IsPlannedWhileAnotherProcessHasTheStore) {
    make_old_store();
    const auto owner = store::open_sqlite(file("store.db"), true);
    const auto plan = sluice("migrate --plan" + db());
    EXPECT_EQ(plan.status, 0) << plan.err;
    EXPECT_TRUE(has(plan.out, "0002_desk")) << plan.out;
    EXPECT_EQ(sluice("migrate" + db()).status, 3);
}

TEST_F(Migrate, RunsThemAndThenHasNothingToDo) {
    write("store.db", "");
    const auto run = sluice("migrate" + db());
    EXPECT_EQ(run.status, 0) << run.err;
    EXPECT_TRUE(has(run.out, "Running:\n  0001_foundation\n")) << run.out;
    EXPECT_TRUE(has(run.out, "Done")) << run.out;
    const auto before = bytes();
    for (const std::string mode : {"", " --plan", ""}) {
        const auto again = sluice("migrate" + db() + mode);
        EXPECT_EQ(again.status, 0) << again.err;
        EXPECT_TRUE(has(again.out, "nothing to do")) << again.out;
    }
    EXPECT_EQ(bytes(), before);
    import_greentower();
    EXPECT_EQ(sluice("bill --through 2026-02-28" + db()).status, 0);
    EXPECT_EQ(sluice("verify" + db()).status, 0);
}

TEST_F(Migrate, TellsTheSameAsJson) {
    write("store.db", "");
    const auto plan = sluice("migrate --plan --json" + db());
    EXPECT_TRUE(has(plan.out, "\"schema_before\": null")) << plan.out;
    EXPECT_TRUE(has(plan.out, "\"0001_foundation\"")) << plan.out;
    EXPECT_TRUE(has(plan.out, "\"done\": false")) << plan.out;
    const auto run = sluice("migrate --json" + db());
    EXPECT_TRUE(has(run.out, "\"0001_foundation\"")) << run.out;
    EXPECT_TRUE(has(run.out, "\"done\": true")) << run.out;
}

TEST_F(Migrate, ANewerStoreIsRefused) {
    import_greentower();
    run_sql("INSERT INTO schema_migrations (version, name) VALUES (9999, '9999_later')");
    for (const std::string mode : {"", " --plan", " --json"}) {
        const auto refused = sluice("migrate" + db() + mode);
        EXPECT_EQ(refused.status, 3);
        EXPECT_TRUE(has(refused.err, "the store was made by a newer Sluice (schema 9999, this program knows "))
            << refused.err;
    }
}

// A name that was mistyped must not become an empty store.
TEST_F(Migrate, MakesNoStore) {
    for (const std::string mode : {"", " --plan"}) {
        const auto outcome = sluice("migrate" + db() + mode);
        EXPECT_EQ(outcome.status, 3);
        EXPECT_TRUE(has(outcome.err, "there is no store at " + file("store.db"))) << outcome.err;
    }
    EXPECT_FALSE(fs::exists(file("store.db")));
}

TEST_F(Migrate, WhatIsNoStoreIsRefused) {
    write("store.db", std::string(8'192, 'x'));
    for (const std::string mode : {"", " --plan"}) {
        const auto outcome = sluice("migrate" + db() + mode);
        EXPECT_EQ(outcome.status, 3);
        EXPECT_TRUE(has(outcome.err, "this is no Sluice store")) << outcome.err;
    }
}

TEST_F(Migrate, WantsAStoreOfThisMachine) {
    EXPECT_EQ(sluice("migrate").status, 2);
    EXPECT_EQ(sluice("migrate", "SLUICE_SERVER=http://localhost:1 SLUICE_KEY=slk_x").status, 2);
    EXPECT_EQ(sluice("migrate --server http://localhost:1").status, 2);
    EXPECT_TRUE(has(sluice("migrate --help").out, "Examples:\n  sluice migrate --db sqlite:sluice.db --plan"));
}

}  // namespace
}  // namespace sluice::test
