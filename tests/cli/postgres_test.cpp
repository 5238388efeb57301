// Stores on PostgreSQL, from outside: what is said when something is wrong with the address, the role or the database,
// and PostgreSQL's own tools for a store that is Sluice's.
#include "support/postgres_server.hpp"

#include <sqlite3.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <memory>
#include <thread>
#include <vector>

#include "cli/command_line.hpp"
#include "cli/running_server.hpp"
#include "store/postgres/postgres_connection.hpp"
#include "store/sql/migrate.hpp"

namespace sluice::test {
namespace {

PostgresServer& server() { return PostgresServer::shared(); }

const std::string secret = "s3cret-word";

// The address with a password, which this server does not ask for, and as another role when one is named.
std::string with_password(const std::string& address, const std::string& role = "sluice") {
    return "postgresql://" + role + ":" + secret + address.substr(address.find('@'));
}

class Postgres : public CommandLine {
protected:
    void SetUp() override {
        CommandLine::SetUp();
        database_ = server().new_database();
    }
    void TearDown() override {
        server().drop_database(database_);
        CommandLine::TearDown();
    }
    std::string where() const { return " --db '" + with_password(database_) + "'"; }
    std::string sql(const std::string& text) const { return server().query(database_, text); }
    std::string tables() const {
        return sql(
            "SELECT COUNT(*) FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname = 'public'");
    }
    static void expect(const Outcome& outcome, int status, const std::string& message) {
        EXPECT_EQ(outcome.status, status) << outcome.err;
        EXPECT_TRUE(has(outcome.err, message)) << outcome.err;
        EXPECT_FALSE(has(outcome.err + outcome.out, secret)) << outcome.err << outcome.out;
    }
    // Two months billed.
    void bill_greentower() const {
        import_greentower(where());
        ASSERT_EQ(sluice("bill --through 2026-02-28" + where()).status, 0);
    }

    std::string database_;
};

TEST_F(Postgres, APlanChangesNothingNotEvenAnEmptyDatabase) {
    const auto plan = sluice("migrate --plan" + where());
    expect(plan, 0, "");
    EXPECT_TRUE(has(plan.out, "is empty")) << plan.out;
    EXPECT_TRUE(has(plan.out, "It would run:\n  0001_foundation\n  0002_desk\n")) << plan.out;
    EXPECT_EQ(tables(), "0");
}

TEST_F(Postgres, MigratesStepByStepAndThenHasNothingToDo) {
    const auto run = sluice("migrate" + where());
    expect(run, 0, "");
    EXPECT_TRUE(has(run.out, "Running:\n  0001_foundation\n")) << run.out;
    EXPECT_TRUE(has(run.out, "Done")) << run.out;
    const auto schema = sql("SELECT MAX(version) FROM schema_migrations");
    for (const std::string mode : {"", " --plan"}) {
        const auto again = sluice("migrate" + where() + mode);
        expect(again, 0, "");
        EXPECT_TRUE(has(again.out, "has schema " + schema)) << again.out;
        EXPECT_TRUE(has(again.out, "nothing to do")) << again.out;
    }
    const auto told = sluice("migrate --json" + where());
    expect(told, 0, "");
    EXPECT_TRUE(has(told.out, "\"steps\": []")) << told.out;
    EXPECT_TRUE(has(told.out, "\"done\": true")) << told.out;
}

TEST_F(Postgres, AnOldStoreIsBroughtOn) {
    store::migrate(*store::open_postgres(database_, store::PostgresUse::write), {store::migrations().front()});
    const auto before = tables();
    const auto plan = sluice("migrate --plan" + where());
    expect(plan, 0, "");
    EXPECT_TRUE(has(plan.out, "has schema 1, ")) << plan.out;
    EXPECT_TRUE(has(plan.out, "It would run:\n  0002_desk\n")) << plan.out;
    EXPECT_EQ(tables(), before);
    const auto run = sluice("migrate" + where());
    expect(run, 0, "");
    EXPECT_TRUE(has(run.out, "Running:\n  0002_desk\n")) << run.out;
    EXPECT_TRUE(has(sluice("migrate --plan" + where()).out, "nothing to do"));
}

TEST_F(Postgres, ANewerSchemaIsRefused) {
    ASSERT_EQ(sluice("migrate" + where()).status, 0);
    sql("INSERT INTO schema_migrations (version, name) VALUES (9999, '9999_later')");
    for (const std::string command : {"migrate", "migrate --plan", "bill --through 2026-02-28", "verify", "serve"})
        expect(sluice(command + where()), 3, "the store was made by a newer Sluice (schema 9999, this program knows ");
}

TEST_F(Postgres, BillRunsOfTwoProcessesShareTheWork) {
    const std::string metro = SLUICE_SOURCE_DIR "/demo/metro-fiber";
    ASSERT_EQ(sluice("import " + metro + " --as-of 2026-04-01" + where()).status, 0);
    {
        std::vector<std::jthread> processes;
        for (const std::string workers : {"2", "3"})
            processes.emplace_back([&, workers] {
                const auto run = sluice("bill --through 2026-07-31 --workers " + workers + where());
                EXPECT_EQ(run.status, 0) << run.err;
            });
    }
    EXPECT_EQ(sql("SELECT COUNT(*) || ' ' || SUM(total) FROM documents"), "4363 16845943");
    EXPECT_EQ(sql("SELECT SUM((progress::json -> 'totals' ->> 'invoices')::int) FROM jobs"), "4363")
        << "each tells what it has billed itself";
    expect(sluice("verify" + where()), 0, "");
}

TEST_F(Postgres, ServersThatStartAtOnceForTheFirstTimeMakeOneOwnersKey) {
    constexpr int count = 4;
    std::vector<std::unique_ptr<RunningServer>> servers(count);
    const auto log = [&](int i) { return file("log-" + std::to_string(i)); };
    {
        std::vector<std::jthread> starts;
        for (int i = 0; i < count; ++i)
            starts.emplace_back([&, i] { servers[i] = std::make_unique<RunningServer>(database_, log(i)); });
    }
    std::vector<std::string> keys;
    for (int i = 0; i < count; ++i) {
        const auto said = read(log(i));
        const auto key = said.find("slk_");
        if (key != std::string::npos) keys.push_back(said.substr(key, said.find('\n', key) - key));
    }
    EXPECT_EQ(sql("SELECT COUNT(*) FROM api_keys"), "1");
    ASSERT_EQ(keys.size(), 1U);
    for (const auto& each : servers) {
        const auto asked = sluice("operators --server " + each->url() + " --key " + keys.front());
        EXPECT_EQ(asked.status, 0) << asked.err;
    }
}

TEST_F(Postgres, ASqliteStoreIsCopiedAndBillingGoesOn) {
    import_greentower(db());
    ASSERT_EQ(sluice("bill --through 2026-02-28" + db()).status, 0);
    const auto sqlite = db().substr(db().find("sqlite:"));
    const auto to = " --to '" + with_password(database_) + "'";
    const auto copied = sluice("copy --from " + sqlite + to);
    expect(copied, 0, "");
    EXPECT_TRUE(has(copied.out, "verified its books")) << copied.out;
    EXPECT_EQ(sluice("documents --json" + where()).out, sluice("documents --json" + db()).out);
    EXPECT_EQ(sluice("export documents" + where()).out, sluice("export documents" + db()).out);
    for (const auto& store : {where(), db()}) ASSERT_EQ(sluice("bill --through 2026-04-30" + store).status, 0);
    EXPECT_EQ(sluice("export documents" + where()).out, sluice("export documents" + db()).out);
    expect(sluice("verify" + where()), 0, "");
    expect(sluice("copy --from " + sqlite + to), 3, "holds a store already; copy into an empty database");
    expect(sluice("copy --from " + sqlite + " --to sqlite:other.db"), 2, "--to takes a PostgreSQL database");
}

TEST_F(Postgres, OfBooksThatAreNotSoundNothingIsCopied) {
    import_greentower(db());
    const auto sqlite = db().substr(db().find("sqlite:"));
    sqlite3* store = nullptr;
    ASSERT_EQ(sqlite3_open(file("store.db").c_str(), &store), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(store, "UPDATE journal_heads SET balance = balance + 1", nullptr, nullptr, nullptr),
              SQLITE_OK);
    sqlite3_close(store);
    expect(sluice("copy --from " + sqlite + " --to '" + with_password(database_) + "'"), 3, "the copy was undone");
    EXPECT_EQ(sql("SELECT COUNT(*) FROM operators"), "0");
}

TEST_F(Postgres, AnEmptyDatabaseIsNoStore) {
    for (const std::string command : {"bill --through 2026-02-28", "verify", "documents"})
        expect(sluice(command + where()), 3, "there is no store in this database yet");
    EXPECT_EQ(tables(), "0");
}

TEST_F(Postgres, ADatabaseThatDoesNotExistIsNamed) {
    const auto address = " --db '" + with_password(server().address("nowhere")) + "'";
    for (const std::string command :
         {"migrate", "migrate --plan", "verify", "import demo/greentower --as-of 2026-01-17"})
        expect(sluice(command + address), 3, "\"nowhere\" does not exist; create an empty database");
}

TEST_F(Postgres, AServerThatIsDownIsNamed) {
    const auto address = " --db 'postgresql://sluice:" + secret + "@127.0.0.1:1/sluice?sslpassword=" + secret + "'";
    for (const std::string command : {"migrate", "migrate --plan", "verify", "bill --through 2026-02-28"})
        expect(sluice(command + address), 3,
               "cannot reach the store at postgresql://sluice@127.0.0.1:1/sluice?sslpassword=…: ");
    expect(sluice("verify --db 'postgresql://127.0.0.1:1/sluice?user=sluice&password=" + secret + "&sslmode=prefer'"),
           3, "?user=sluice&password=…&sslmode=prefer: ");
}

// libpq's own message would show it, or a piece of it that it takes for a host.
TEST_F(Postgres, AnAddressThatCannotBeReadShowsNoPassword) {
    for (const std::string& password : {secret + "%zz", "x@" + secret, secret + "@x", "x/" + secret, secret + "/x"})
        expect(sluice("verify --db 'postgresql://sluice:" + password + "@127.0.0.1/sluice'"), 3,
               "is none that PostgreSQL knows");
    expect(sluice("verify --db 'postgresql://sluice:" + secret + "@127.0.0.1/sluice?nonsense=1'"), 3,
           "is none that PostgreSQL knows");
}

TEST_F(Postgres, ARoleWithoutPrivilegesIsTold) {
    server().query(database_, "CREATE ROLE stranger LOGIN");
    const auto address = " --db '" + with_password(database_, "stranger") + "'";
    expect(sluice("migrate" + address), 3, "permission denied for schema public");
    expect(sluice("import demo/greentower --as-of 2026-01-17" + address), 3, "has to own the database");
    EXPECT_EQ(tables(), "0");
    ASSERT_EQ(sluice("migrate" + where()).status, 0);
    for (const std::string command : {"migrate --plan", "verify", "bill --through 2026-02-28"})
        expect(sluice(command + address), 3, "permission denied");
    server().query(database_, "DROP ROLE stranger");
}

// As docs/operations.md makes it.
class PostgresOfAnotherOwner : public Postgres {
protected:
    void SetUp() override {
        Postgres::SetUp();
        sql("CREATE ROLE billing LOGIN");
    }
    void TearDown() override {
        sql("DROP OWNED BY billing");
        sql("DROP ROLE billing");
        Postgres::TearDown();
    }
    void grant_rows() const { sql("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO billing"); }
    std::string address() const { return with_password(database_, "billing"); }
    std::string as_billing() const { return " --db '" + address() + "'"; }
};

TEST_F(PostgresOfAnotherOwner, WhoMayChangeRowsAloneServesAndBills) {
    ASSERT_EQ(sluice("migrate" + where()).status, 0);
    grant_rows();
    import_greentower(as_billing());
    expect(sluice("bill --through 2026-02-28" + as_billing()), 0, "");
    const auto key = sluice("api-keys create test --role owner" + as_billing());
    expect(key, 0, "");
    {
        const RunningServer running(address(), file("log"));
        const auto there = " --server " + running.url() + " --key " + key.out.substr(0, key.out.find('\n'));
        expect(sluice("bill --through 2026-03-31 --workers 2" + there), 0, "");
        expect(sluice("bill --through 2026-04-30" + as_billing()), 0, "");
    }
    expect(sluice("verify" + as_billing()), 0, "");
    EXPECT_TRUE(has(sluice("migrate" + as_billing()).out, "nothing to do"));
    EXPECT_EQ(sql("SELECT COUNT(*) FROM pg_class WHERE relowner = 'billing'::regrole"), "0");
    EXPECT_NE(sql("SELECT COUNT(*) FROM documents"), "0");
}

TEST_F(PostgresOfAnotherOwner, WhoMayChangeRowsAloneIsToldThatTheSchemaIsOld) {
    store::migrate(*store::open_postgres(database_, store::PostgresUse::write), {store::migrations().front()});
    grant_rows();
    const auto before = tables();
    for (const std::string command : {"migrate", "bill --through 2026-02-28", "serve", "verify"}) {
        const auto refused = sluice(command + as_billing());
        expect(refused, 3, "the store has schema 1, this program needs ");
        expect(refused, 3, "run `sluice migrate` with the role that owns the database");
    }
    EXPECT_EQ(tables(), before);
}

TEST_F(PostgresOfAnotherOwner, WhoMayOnlyReadIsToldWhatIsMissing) {
    ASSERT_EQ(sluice("migrate" + where()).status, 0);
    sql("GRANT SELECT ON ALL TABLES IN SCHEMA public TO billing");
    expect(sluice("import demo/greentower --as-of 2026-01-17" + as_billing()), 3, "permission denied for table");
}

TEST_F(Postgres, BackupsAreThoseOfPostgres) {
    expect(sluice("backup --to " + file("copy") + where()), 2, "pg_dump");
    expect(sluice("restore --from " + file("copy") + where()), 2, "pg_restore");
}

TEST_F(Postgres, ADumpIsRestoredIntoAnotherDatabaseAndBillingGoesOnThere) {
    bill_greentower();
    const auto dump = server().program("pg_dump") + " --format=custom --file=" + file("sluice.dump") + " " + database_;
    ASSERT_EQ(std::system(dump.c_str()), 0);
    const auto other = server().new_database();
    const auto restore =
        server().program("pg_restore") + " --exit-on-error --no-owner --dbname=" + other + " " + file("sluice.dump");
    ASSERT_EQ(std::system(restore.c_str()), 0);
    const auto copy = " --db " + other;
    expect(sluice("verify" + copy), 0, "");
    EXPECT_TRUE(has(sluice("migrate --plan" + copy).out, "nothing to do"));
    ASSERT_EQ(sluice("bill --through 2026-03-31" + copy).status, 0);
    ASSERT_EQ(sluice("bill --through 2026-03-31" + where()).status, 0);
    EXPECT_EQ(sluice("export documents" + copy).out, sluice("export documents" + where()).out);
    expect(sluice("verify" + copy), 0, "");
    server().drop_database(other);
}

// A cluster as docs/operations.md restores one: a base backup, and the log up to a moment.
class RestoredCluster {
public:
    explicit RestoredCluster(const std::string& directory) : directory_(directory) {}
    ~RestoredCluster() { run(server().program("pg_ctl") + " -D " + data() + " -m immediate stop"); }
    RestoredCluster(const RestoredCluster&) = delete;
    RestoredCluster& operator=(const RestoredCluster&) = delete;

    std::string log() const { return directory_ + "/log"; }
    void make_directory() const {
        const std::string owner = ::geteuid() == 0 ? " && chown -R postgres " + directory_ : "";
        ASSERT_EQ(std::system(("mkdir -p " + log() + owner).c_str()), 0);
    }
    void take_base(const std::string& address) const {
        ASSERT_EQ(
            run(server().program("pg_basebackup") + " --pgdata=" + data() + " --checkpoint=fast --dbname=" + address),
            0);
    }
    void start_as_of(const std::string& moment) const {
        std::ofstream(data() + "/postgresql.auto.conf", std::ios::app)
            << "restore_command = 'cp " << log() << "/%f %p'\nrecovery_target_time = '" << moment
            << "'\nrecovery_target_action = 'promote'\n";
        ASSERT_EQ(run("touch " + data() + "/recovery.signal"), 0);
        ASSERT_EQ(run(server().program("pg_ctl") + " -D " + data() + " -w -l " + directory_ +
                      "/messages -o '-c listen_addresses= -c unix_socket_directories=" + directory_ + "' start"),
                  0);
    }
    std::string address(const std::string& database) const {
        return "postgresql://sluice@/" + database + "?host=" + directory_;
    }

private:
    std::string data() const { return directory_ + "/data"; }
    static int run(const std::string& command) {
        const std::string owner = ::geteuid() == 0 ? "runuser -u postgres -- " : "";
        return std::system(("cd / && " + owner + command + " >/dev/null 2>&1").c_str());
    }

    std::string directory_;
};

TEST_F(Postgres, AMomentIsRestoredFromABaseBackupAndTheLog) {
    const RestoredCluster cluster(file("cluster"));
    cluster.make_directory();
    sql("ALTER SYSTEM SET archive_mode = on");
    sql("ALTER SYSTEM SET archive_command = 'test ! -f " + cluster.log() + "/%f && cp %p " + cluster.log() + "/%f'");
    server().kill_9();
    server().start();
    import_greentower(where());
    cluster.take_base(database_);
    ASSERT_EQ(sluice("bill --through 2026-02-28" + where()).status, 0);
    const auto then = sluice("export documents" + where()).out;
    const auto moment = sql("SELECT clock_timestamp() FROM pg_sleep(0.1)");
    ASSERT_EQ(sluice("bill --through 2026-04-30" + where()).status, 0);
    const auto last = sql("SELECT pg_walfile_name(pg_current_wal_lsn())");
    sql("SELECT pg_switch_wal()");
    for (int i = 0; i < 300 && sql("SELECT COALESCE(last_archived_wal, '') FROM pg_stat_archiver") < last; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    cluster.start_as_of(moment);
    const auto address = cluster.address(database_.substr(database_.rfind('/') + 1));
    for (int i = 0; i < 300 && server().query(address, "SELECT pg_is_in_recovery()") == "t"; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    const auto restored = " --db '" + address + "'";
    expect(sluice("verify" + restored), 0, "");
    EXPECT_EQ(sluice("export documents" + restored).out, then);
    ASSERT_EQ(sluice("bill --through 2026-04-30" + restored).status, 0);
    EXPECT_EQ(sluice("export documents" + restored).out, sluice("export documents" + where()).out);
    sql("ALTER SYSTEM SET archive_command = '/bin/true'");
    sql("SELECT pg_reload_conf()");
}

TEST_F(Postgres, AServerDoesNotTellThePassword) {
    for (const std::string& address : {with_password(database_), database_ + "?password=" + secret}) {
        const RunningServer running(address, file("log"));
        EXPECT_TRUE(has(read(file("log")), "Serving postgresql://sluice@127.0.0.1:")) << read(file("log"));
        EXPECT_FALSE(has(read(file("log")), secret)) << read(file("log"));
    }
}

TEST_F(Postgres, ATimeLimitInTheAddressIsKept) {
    bill_greentower();
    expect(sluice("verify --db '" + with_password(database_) + "?options=-c%20statement_timeout%3D60000'"), 0, "");
    const auto blocked =
        sluice("migrate --plan --db '" + with_password(database_) + "?options=-c%20lock_timeout%3Dzz'");
    expect(blocked, 3, "lock_timeout");
}

}  // namespace
}  // namespace sluice::test
