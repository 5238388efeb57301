// Backup and restore, from outside.
#include "store/sqlite/copies.hpp"

#include <sqlite3.h>

#include <array>
#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <thread>
#include <vector>

#include "cli/command_line.hpp"
#include "cli/running_server.hpp"
#include "support/http_client.hpp"

namespace sluice::test {
namespace {

namespace fs = std::filesystem;

class Copies : public CommandLine {
protected:
    std::string store(const std::string& name) const { return " --db sqlite:" + file(name); }
    Outcome back_up(const std::string& to, const std::string& more = "") const {
        return sluice("backup" + db() + " --to " + file(to) + more);
    }
    Outcome restore(const std::string& from, const std::string& to, const std::string& more = "") const {
        return sluice("restore --from " + file(from) + store(to) + more);
    }
    // The names in the test's directory that begin so.
    std::set<std::string> names(const std::string& prefix) const {
        std::set<std::string> found;
        for (const auto& entry : fs::directory_iterator(directory_)) {
            const auto name = entry.path().filename().string();
            if (name.starts_with(prefix)) found.insert(name);
        }
        return found;
    }
    static void run_sql(const std::string& path, const std::string& sql,
                        const std::function<void(const std::string&)>& each = {}) {
        sqlite3* db = nullptr;
        ASSERT_EQ(sqlite3_open(path.c_str(), &db), SQLITE_OK);
        const auto row = [](void* told, int, char** cells, char**) {
            (*static_cast<const std::function<void(const std::string&)>*>(told))(cells[0]);
            return 0;
        };
        char* error = nullptr;
        EXPECT_EQ(sqlite3_exec(db, sql.c_str(), each ? +row : nullptr,
                               const_cast<std::function<void(const std::string&)>*>(&each), &error),
                  SQLITE_OK)
            << (error ? error : "");
        sqlite3_free(error);
        sqlite3_close(db);
    }
    static std::set<std::string> references(const std::string& path) {
        std::set<std::string> found;
        run_sql(path, "SELECT reference FROM payments", [&](const std::string& text) { found.insert(text); });
        return found;
    }
};

// A server that is paid by several clients at once, each of which numbers its payments and waits for every answer.
class PaidServer {
public:
    PaidServer(const std::string& store, const std::string& log, std::string key)
        : server_(store, log), key_(std::move(key)) {}
    ~PaidServer() { stop(); }
    PaidServer(const PaidServer&) = delete;
    PaidServer& operator=(const PaidServer&) = delete;

    void start_paying() {
        for (std::size_t i = 0; i < clients; ++i)
            threads_.emplace_back([this, i] {
                HttpClient client(port());
                while (!stopping_) {
                    const auto number = ++sent_[i];
                    const auto reply = post(client, "/api/v1/payments",
                                            R"({"subscriber": "S00000)" + std::to_string(i + 1) +
                                                R"(", "date": "2026-04-02", "method": "bank", )" +
                                                R"("amount": {"amount": "1.00", "currency": "EUR"}, "reference": ")" +
                                                reference(i, number) + "\"}");
                    if (reply.status != 201) {
                        ADD_FAILURE() << reply.head << reply.body;
                        return;
                    }
                    answered_[i] = number;
                }
            });
    }
    void bill(const std::string& through) {
        HttpClient client(port());
        EXPECT_EQ(post(client, "/api/v1/bill-runs", "{\"through\": \"" + through + "\"}").status, 202);
    }
    void stop() {
        stopping_ = true;
        for (auto& thread : threads_) thread.join();
        threads_.clear();
    }
    void wait_for_payments(int count) const {
        for (int i = 0; i < 3'000; ++i) {
            int all = 0;
            for (const auto& answered : answered_) all += answered;
            if (all >= count) return;
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        ADD_FAILURE() << "no payments come in";
    }
    std::vector<int> answered() const { return {answered_.begin(), answered_.end()}; }
    std::vector<int> sent() const { return {sent_.begin(), sent_.end()}; }
    static std::string reference(std::size_t client, int number) {
        return "c" + std::to_string(client) + "-" + std::to_string(number);
    }

    static constexpr std::size_t clients = 4;

private:
    std::uint16_t port() const {
        const auto& url = server_.url();
        return static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1)));
    }
    HttpReply post(HttpClient& client, const std::string& target, const std::string& body) const {
        return client
            .send("POST " + target + " HTTP/1.1\r\nHost: sluice\r\nAuthorization: Bearer " + key_ +
                  "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
                  body)
            .receive();
    }

    RunningServer server_;
    std::string key_;
    std::atomic<bool> stopping_ = false;
    std::array<std::atomic<int>, clients> sent_{};
    std::array<std::atomic<int>, clients> answered_{};
    std::vector<std::thread> threads_;
};

class CopiesOfAServersStore : public Copies {
protected:
    void SetUp() override {
        Copies::SetUp();
        ASSERT_EQ(sluice("import demo/metro-fiber --as-of 2026-04-01" + db()).status, 0);
        ASSERT_EQ(sluice("bill --through 2026-04-30" + db()).status, 0);
        auto key = sluice("api-keys create test --role owner" + db()).out;
        key.pop_back();
        server_ = std::make_unique<PaidServer>(file("store.db"), file("server.log"), key);
    }
    void TearDown() override {
        server_.reset();
        CommandLine::TearDown();
    }

    std::unique_ptr<PaidServer> server_;
};

TEST_F(CopiesOfAServersStore, AreOneMomentOfItWhileItIsPaidAndBills) {
    server_->start_paying();
    server_->wait_for_payments(50);
    server_->bill("2026-05-31");
    for (int round = 0; round < 3; ++round) {
        const auto before = server_->answered();
        const auto made = back_up("backup.db", " --force");
        const auto after = server_->sent();
        ASSERT_EQ(made.status, 0) << made.err;
        ASSERT_EQ(names("backup.db"), std::set<std::string>{"backup.db"});

        const auto name = "restored-" + std::to_string(round) + ".db";
        const auto restored = restore("backup.db", name);
        ASSERT_EQ(restored.status, 0) << restored.err;
        // Of each client the payments up to some moment, and no later one without those before it.
        auto paid = references(file(name));
        for (std::size_t i = 0; i < PaidServer::clients; ++i) {
            int count = 0;
            while (paid.erase(PaidServer::reference(i, count + 1)) != 0) ++count;
            EXPECT_GE(count, before[i]) << "what was answered before the backup began is in it";
            EXPECT_LE(count, after[i]);
        }
        EXPECT_TRUE(paid.empty()) << *paid.begin();

        const auto verified = sluice("verify" + store(name));
        EXPECT_EQ(verified.status, 0) << verified.out << verified.err;
        ASSERT_EQ(sluice("bill --through 2026-07-31" + store(name)).status, 0);
        EXPECT_EQ(sluice("export documents" + store(name)).out,
                  read(SLUICE_SOURCE_DIR "/demo/metro-fiber/expected.csv"));
        EXPECT_EQ(sluice("verify" + store(name)).status, 0);
        server_->wait_for_payments(server_->answered()[0] + 50);
    }
    server_->stop();
    server_.reset();
    const auto verified = sluice("verify" + db());
    EXPECT_EQ(verified.status, 0) << "being copied has done the store no harm" << verified.out << verified.err;
}

// The copying waits in its midst until others have come, written and gone.
TEST_F(CopiesOfAServersStore, AreOneMomentOfItWhoeverBeginsOrEndsMeanwhile) {
    server_->start_paying();
    server_->wait_for_payments(50);
    std::string documents;
    int steps = 0;
    const auto meanwhile = [&](app::CopyStep step, std::int64_t, std::int64_t) {
        if (step != app::CopyStep::copying) return true;
        if (++steps == 1) server_->wait_for_payments(500);
        if (steps == 2) {
            server_->stop();
            server_.reset();
            EXPECT_EQ(sluice("bill --through 2026-05-31" + db()).status, 0);
        }
        if (steps == 3) {
            documents = sluice("export documents" + db()).out;
            EXPECT_FALSE(documents.empty());
        }
        return true;
    };
    const auto made = store::back_up({.address = "sqlite:" + file("store.db"), .file = file("backup.db")}, meanwhile);
    ASSERT_TRUE(made.ok());
    ASSERT_GE(steps, 3) << "the store is too small for this test";
    EXPECT_EQ(sluice("verify" + db()).status, 0);
    EXPECT_EQ(sluice("export documents" + db()).out, documents);
    EXPECT_GE(references(file("store.db")).size(), 500U);

    ASSERT_EQ(restore("backup.db", "restored.db").status, 0);
    EXPECT_LT(references(file("restored.db")).size(), 500U);
    EXPECT_EQ(sluice("verify" + store("restored.db")).status, 0);
    ASSERT_EQ(sluice("bill --through 2026-05-31" + store("restored.db")).status, 0);
    EXPECT_EQ(sluice("export documents" + store("restored.db")).out, documents);
}

TEST_F(CopiesOfAServersStore, HoldWhatAKilledServerLeftInItsJournal) {
    server_->start_paying();
    server_->wait_for_payments(50);
    server_->stop();
    // As the disk would be if the machine stopped here.
    ASSERT_TRUE(fs::exists(file("store.db-wal")));
    for (const std::string suffix : {"", "-wal"}) fs::copy_file(file("store.db" + suffix), file("killed.db" + suffix));
    const auto made = sluice("backup" + store("killed.db") + " --to " + file("backup.db"));
    ASSERT_EQ(made.status, 0) << made.err;
    ASSERT_EQ(restore("backup.db", "restored.db").status, 0);
    EXPECT_GE(references(file("restored.db")).size(), 50U);
    EXPECT_EQ(references(file("restored.db")), references(file("store.db")));

    // A store that is moved aside takes its journal with it.
    const auto forced = restore("backup.db", "killed.db", " --force");
    ASSERT_EQ(forced.status, 0) << forced.err;
    const auto aside = names("killed.db.before-restore-");
    ASSERT_FALSE(aside.empty());
    EXPECT_EQ(references(file(*aside.begin())), references(file("store.db")));
    EXPECT_FALSE(fs::exists(file("killed.db-wal")));
    EXPECT_EQ(sluice("verify" + store("killed.db")).status, 0);
}

TEST_F(CopiesOfAServersStore, DoNotReplaceAStoreThatIsInUse) {
    ASSERT_EQ(back_up("backup.db").status, 0);
    const auto refused = restore("backup.db", "store.db", " --force");
    EXPECT_EQ(refused.status, 3);
    EXPECT_TRUE(has(refused.err, "another Sluice process")) << refused.err;
    EXPECT_EQ(names("store.db.").size(), 0U) << "nothing is left beside it";
}

class CopiesOfAStore : public Copies {
protected:
    void SetUp() override {
        Copies::SetUp();
        import_greentower();
        ASSERT_EQ(sluice("bill --through 2026-02-28" + db()).status, 0);
    }
    std::string documents(const std::string& name) const { return sluice("export documents" + store(name)).out; }
};

TEST_F(CopiesOfAStore, SayWhatTheyHold) {
    for (const char* command : {"backup", "restore"})
        EXPECT_TRUE(has(sluice(command + std::string(" --help")).out, "Examples:\n  sluice ")) << command;
    const auto made = back_up("backup.db");
    EXPECT_EQ(made.status, 0) << made.err;
    EXPECT_EQ(made.err, "");
    EXPECT_TRUE(has(made.out, "greentower  GreenTower Networks  2026-02-28")) << made.out;
    EXPECT_TRUE(has(made.out, " kB, checked.\n") || has(made.out, " MB, checked.\n")) << made.out;
    const auto json = back_up("backup.db", " --force --json");
    EXPECT_TRUE(has(json.out, "\"billed_through\": \"2026-02-28\"")) << json.out;
    EXPECT_TRUE(has(json.out, "\"bytes\": " + std::to_string(fs::file_size(file("backup.db"))))) << json.out;
    const auto restored = restore("backup.db", "restored.db", " --json");
    EXPECT_EQ(restored.status, 0) << restored.err;
    EXPECT_TRUE(has(restored.out, "\"moved_aside\": null")) << restored.out;
    EXPECT_EQ(documents("restored.db"), documents("store.db"));
    EXPECT_EQ(fs::status(file("backup.db")).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(CopiesOfAStore, AreReadWhereNothingCanBeWritten) {
    fs::create_directory(file("medium"));
    ASSERT_EQ(back_up("medium/backup.db").status, 0);
    fs::permissions(file("medium/backup.db"), fs::perms::owner_read);
    fs::permissions(file("medium"), fs::perms::owner_read | fs::perms::owner_exec);
    const auto restored = restore("medium/backup.db", "restored.db");
    fs::permissions(file("medium"), fs::perms::owner_all);
    EXPECT_EQ(restored.status, 0) << restored.err;
    EXPECT_EQ(std::distance(fs::directory_iterator(file("medium")), fs::directory_iterator()), 1);
}

TEST_F(CopiesOfAStore, ReplaceAStoreAndKeepIt) {
    ASSERT_EQ(back_up("backup.db").status, 0);
    const auto before = documents("store.db");
    ASSERT_EQ(sluice("bill --through 2026-03-31" + db()).status, 0);
    const auto newer = documents("store.db");
    ASSERT_NE(before, newer);
    const auto refused = restore("backup.db", "store.db");
    EXPECT_EQ(refused.status, 2);
    EXPECT_TRUE(has(refused.err, "--force")) << refused.err;
    EXPECT_EQ(documents("store.db"), newer);

    const auto forced = restore("backup.db", "store.db", " --force");
    ASSERT_EQ(forced.status, 0) << forced.err;
    EXPECT_EQ(documents("store.db"), before);
    const auto aside = names("store.db.before-restore-");
    ASSERT_EQ(aside.size(), 1U);
    EXPECT_TRUE(has(forced.out, *aside.begin())) << forced.out;
    // And back, as from a backup.
    ASSERT_EQ(restore(*aside.begin(), "again.db").status, 0);
    EXPECT_EQ(documents("again.db"), newer);
    // What is billed once more is what was billed before.
    ASSERT_EQ(sluice("bill --through 2026-03-31" + db()).status, 0);
    EXPECT_EQ(documents("store.db"), newer);
}

TEST_F(CopiesOfAStore, AFullDiskLeavesNothingHalfDone) {
    const std::string full = "bash -c 'ulimit -f 64; trap \"\" XFSZ; exec timeout 60 \"$@\"' -";
    const auto made = sluice("backup" + db() + " --to " + file("backup.db"), full);
    EXPECT_EQ(made.status, 3) << made.out;
    EXPECT_EQ(names("backup.db").size(), 0U);
    ASSERT_EQ(back_up("backup.db").status, 0);
    const auto restored = sluice("restore --force --from " + file("backup.db") + db(), full);
    EXPECT_EQ(restored.status, 3) << restored.out;
    EXPECT_EQ(names("store.db."), std::set<std::string>{});
    EXPECT_EQ(sluice("verify" + db()).status, 0);
}

TEST_F(CopiesOfAStore, WhoIsStoppedLeavesNothing) {
    for (const auto step : {app::CopyStep::copying, app::CopyStep::checking}) {
        const auto until = [&](app::CopyStep at, std::int64_t, std::int64_t) { return at != step; };
        const auto made = store::back_up({.address = "sqlite:" + file("store.db"), .file = file("backup.db")}, until);
        ASSERT_FALSE(made.ok());
        EXPECT_EQ(made.refusal(), app::CopyRefusal::stopped);
        EXPECT_EQ(names("backup.db").size(), 0U);
    }
}

TEST_F(CopiesOfAStore, WhatAKilledBackupLeftIsTakenOver) {
    write("backup.db.unfinished", std::string(10'000'000, 'x'));
    ASSERT_EQ(back_up("backup.db").status, 0);
    EXPECT_EQ(names("backup.db").size(), 1U);
    ASSERT_EQ(restore("backup.db", "restored.db").status, 0);
    EXPECT_EQ(documents("restored.db"), documents("store.db"));
}

TEST_F(CopiesOfAStore, ABackupNeverReplacesAStore) {
    for (const char* target : {"store.db", "./store.db", "store.db-wal", "store.db-lock"}) {
        const auto refused = back_up(target, " --force");
        EXPECT_EQ(refused.status, 2) << target << refused.out;
        EXPECT_TRUE(has(refused.err, "the store")) << refused.err;
    }
    fs::create_hard_link(file("store.db"), file("same.db"));
    EXPECT_EQ(back_up("same.db", " --force").status, 2);
    import_greentower(store("other.db"));
    const auto refused = back_up("other.db", " --force");
    EXPECT_EQ(refused.status, 2);
    EXPECT_TRUE(has(refused.err, "used as a store")) << refused.err;
    EXPECT_EQ(sluice("verify" + db()).status, 0);
}

TEST_F(CopiesOfAStore, AreRefusedWhereTheyCannotBeMadeOrGo) {
    ASSERT_EQ(back_up("backup.db").status, 0);
    const struct {
        std::string arguments;
        int status;
        const char* message;
    } wrongs[] = {
        {"backup" + db() + " --to " + file("backup.db"), 2, "--force replaces it"},
        {"backup" + db() + " --to " + file(""), 2, "is no file"},
        {"backup" + db() + " --to " + file("none/backup.db"), 3, "cannot create"},
        {"backup" + store("none.db") + " --to " + file("x.db"), 3, "there is no store"},
        {"backup --db postgresql://localhost/sluice --to " + file("x.db"), 2, "pg_dump"},
        {"backup --db nonsense --to " + file("x.db"), 3, "write --db sqlite:PATH"},
        {"backup --to " + file("x.db"), 2, "on the machine that has the store"},
        {"--server http://localhost backup --to " + file("x.db"), 2, "on the machine that has the store"},
        {"restore --from " + file("none.db") + store("x.db"), 2, "there is no file"},
        {"restore --from " + file("store.db") + db() + " --force", 2, "the store"},
        {"restore --from " + file("backup.db") + store("none/x.db"), 3, "cannot create"},
        {"restore --from " + file("backup.db") + " --db postgresql://localhost/sluice", 2, "pg_restore"},
        {"restore --from " + file("backup.db") + " --db sqlite::memory:", 3, "no store at"},
    };
    for (const auto& wrong : wrongs) {
        const auto outcome = sluice(wrong.arguments);
        EXPECT_EQ(outcome.status, wrong.status) << wrong.arguments << outcome.err;
        EXPECT_TRUE(has(outcome.err, wrong.message)) << wrong.arguments << outcome.err;
        EXPECT_EQ(outcome.out, "");
    }
    EXPECT_EQ(names("x.db").size(), 0U);
}

TEST_F(CopiesOfAStore, FilesThatAreNoGoodBackupAreNotRestored) {
    ASSERT_EQ(back_up("backup.db").status, 0);
    const auto whole = read(file("backup.db"));
    ASSERT_GT(whole.size(), 100'000U);
    write("text.db", "This is a text, and it is long enough to be taken for a file of something else. " + whole);
    write("empty.db", "");
    write("short.db", whole.substr(0, whole.size() / 2));
    auto spoilt = whole;
    for (std::size_t at = 8'192; at + 4'096 < spoilt.size(); at += 3 * 4'096) spoilt.replace(at, 64, 64, '\xFF');
    write("spoilt.db", spoilt);
    run_sql(file("foreign.db"), "CREATE TABLE t (x)");
    write("newer.db", whole);
    run_sql(file("newer.db"), "INSERT INTO schema_migrations (version, name) VALUES (9999, '9999_later')");
    const struct {
        const char* name;
        const char* message;
    } wrongs[] = {{"text.db", "no backup of a Sluice store"},
                  {"empty.db", "no backup of a Sluice store"},
                  {"short.db", "is damaged"},
                  {"spoilt.db", "is damaged"},
                  {"foreign.db", "no backup of a Sluice store"},
                  {"newer.db", "a newer Sluice"}};
    for (const auto& wrong : wrongs) {
        for (const char* target : {"new.db", "store.db"}) {
            const auto outcome = restore(wrong.name, target, " --force");
            EXPECT_EQ(outcome.status, 2) << wrong.name << outcome.out << outcome.err;
            EXPECT_TRUE(has(outcome.err, wrong.message)) << wrong.name << outcome.err;
        }
        EXPECT_FALSE(fs::exists(file("new.db")));
    }
    EXPECT_EQ(names("store.db."), std::set<std::string>{});
    EXPECT_EQ(sluice("verify" + db()).status, 0);
}

TEST_F(CopiesOfAStore, ADamagedStoreIsToldByItsBackup) {
    auto spoilt = read(file("store.db"));
    for (std::size_t at = 8'192; at + 4'096 < spoilt.size(); at += 3 * 4'096) spoilt.replace(at, 64, 64, '\xFF');
    write("store.db", spoilt);
    const auto made = back_up("backup.db");
    EXPECT_EQ(made.status, 3) << made.out;
    EXPECT_TRUE(has(made.err, "damaged")) << made.err;
    EXPECT_EQ(names("backup.db").size(), 0U);
}

}  // namespace
}  // namespace sluice::test
