// The PostgreSQL of the tests: what the other tests trust it to do.
#include "support/postgres_server.hpp"

#include <gtest/gtest.h>
#include <libpq-fe.h>

#include <chrono>
#include <thread>

namespace sluice::test {
namespace {

class PostgresOfTheTests : public testing::Test {
protected:
    void SetUp() override {
        database_ = server().new_database();
        run("CREATE TABLE kept (n int)");
        run("INSERT INTO kept VALUES (42)");
    }
    void TearDown() override { server().drop_database(database_); }

    static PostgresServer& server() { return PostgresServer::shared(); }
    std::string run(const std::string& sql) const { return server().query(database_, sql); }

    std::string database_;
};

TEST_F(PostgresOfTheTests, IsDurableAndSortsByBytes) {
    EXPECT_EQ(run("SHOW fsync"), "on");
    EXPECT_EQ(run("SHOW synchronous_commit"), "on");
    EXPECT_EQ(run("SHOW server_encoding"), "UTF8");
    EXPECT_EQ(run("SELECT 'Z' < 'a'"), "t");
}

TEST_F(PostgresOfTheTests, GivesEachTestADatabaseOfItsOwn) {
    const auto another = server().new_database();
    EXPECT_NE(another, database_);
    EXPECT_EQ(server().query(another, "SELECT count(*) FROM pg_tables WHERE tablename = 'kept'"), "0");
    server().drop_database(another);
    EXPECT_THROW(server().query(another, "SELECT 1"), std::runtime_error);
}

TEST_F(PostgresOfTheTests, IsDownAfterAKillAndBackWithItsDataAfterAStart) {
    server().kill_9();
    EXPECT_THROW(run("SELECT n FROM kept"), std::runtime_error);
    server().start();
    EXPECT_EQ(run("SELECT n FROM kept"), "42");
}

TEST_F(PostgresOfTheTests, LosesAConnectionWhoseBackendIsKilledAndTakesNewOnes) {
    EXPECT_FALSE(server().kill_9_a_backend(database_));
    auto* connection = PQconnectdb(database_.c_str());
    EXPECT_TRUE(server().kill_9_a_backend(database_));
    PQclear(PQexec(connection, "SELECT 1"));
    EXPECT_EQ(PQstatus(connection), CONNECTION_BAD);
    PQfinish(connection);
    server().wait_until_it_answers();
    EXPECT_EQ(run("SELECT n FROM kept"), "42");
}

}  // namespace
}  // namespace sluice::test
