// The same commands on a store and against a server: what they print, and how they end, is the same.
#include <fstream>
#include <memory>
#include <regex>

#include "cli/command_line.hpp"
#include "cli/running_server.hpp"

namespace sluice::test {
namespace {

namespace fs = std::filesystem;

class TwoWays : public CommandLine {
protected:
    // A server of the store "served.db", which is made when it is not there, and a key of the platform's owner for it.
    void serve() {
        const bool is_new = !fs::exists(file("served.db"));
        if (!is_new) key_ = new_key("--role owner");
        server_ = std::make_unique<RunningServer>(file("served.db"), file("server.log"));
        const auto said = read(file("server.log"));
        const auto first = said.find("slk_");
        EXPECT_EQ(first != std::string::npos, is_new) << "only the first start shows a key";
        if (is_new) key_ = said.substr(first, said.find('\n', first) - first);
    }
    void TearDown() override {
        server_.reset();
        CommandLine::TearDown();
    }

    // REQUIRES: nobody serves the store.
    std::string new_key(const std::string& options) const {
        auto key = sluice("api-keys create test " + options + " --db sqlite:" + file("served.db"));
        EXPECT_EQ(key.status, 0) << key.err;
        if (!key.out.empty()) key.out.pop_back();
        return key.out;
    }
    std::string there(const std::string& key) const { return " --server " + server_->url() + " --key " + key; }
    std::string there() const { return there(key_); }

    // Carries the command out both ways. GIVES: what it came to on the store.
    Outcome both(const std::string& command) const {
        const auto here = sluice(command + db());
        const auto remote = sluice(command + there());
        EXPECT_EQ(here.status, remote.status) << command << "\n" << here.err << remote.err;
        EXPECT_EQ(here.out, remote.out) << command;
        return here;
    }

    std::string key_;
    std::unique_ptr<RunningServer> server_;
};

// Both stores are the same, byte for byte, so that ids agree too.
class TheSameBooks : public TwoWays {
protected:
    void SetUp() override {
        TwoWays::SetUp();
        import_greentower();
        ASSERT_EQ(sluice("import " + operator_with_a_bad_account() + " --as-of 2026-01-01" + db()).status, 0);
        ASSERT_EQ(sluice("bill --through 2026-02-28" + db()).status, 1);
        fs::copy_file(file("store.db"), file("served.db"));
        serve();
    }
};

TEST_F(TheSameBooks, AreReadTheSame) {
    for (const char* command : {
             "operators",
             "operators --json",
             "operators show --operator greentower",
             "operators show --operator greentower --json",
             "policies show --operator greentower",
             "policies show --operator greentower --json",
             "documents --operator greentower",
             "documents --operator greentower --limit 3",
             "documents --operator greentower --limit 3 --json",
             "documents --operator greentower --subscriber greentower --json",
             "documents show INV-2026-000003 --operator greentower",
             "documents show INV-2026-000003 --operator greentower --json",
             "explain INV-2026-000003/1 --operator greentower",
             "explain INV-2026-000003/2 --operator greentower --json",
             "export documents --operator greentower",
             "export documents --operator greentower --json",
             "balances --operator op",
             "balances --operator op --json",
             "verify",
             "verify --operator op",
             "simulate tests/scenarios/09-change-of-service.yaml",
             "simulate --json tests/scenarios/09-change-of-service.yaml",
             "simulate --check tests/scenarios/01-greentower.yaml tests/scenarios/09-change-of-service.yaml",
         }) {
        const auto outcome = both(command);
        EXPECT_EQ(outcome.status, 0) << command << outcome.err;
        EXPECT_NE(outcome.out, "") << command;
    }
    EXPECT_EQ(both("parked list").status, 1);
    EXPECT_EQ(both("parked list --json").status, 1);
    EXPECT_EQ(both("parked show bad --operator op").status, 0);
    EXPECT_EQ(both("parked show bad --operator op --json").status, 0);
}

TEST_F(TheSameBooks, RefuseTheSame) {
    for (const char* command : {
             "documents",
             "documents --operator nobody",
             "documents --operator greentower --subscriber nobody",
             "documents show INV-2026-999999 --operator greentower",
             "explain INV-2026-000003/9 --operator greentower",
             "explain INV-2026-000003/0 --operator greentower",
             "explain nonsense --operator greentower",
             "explain line_0000000000001 --operator greentower",
             "explain line_0000000000001 --operator greentower --subscriber greentower",
             "parked show good --operator op",
             "parked show bad",
             "parked replay good --operator op",
             "operators show",
             "operators set --operator greentower",
             "operators set --operator greentower --ladder nonsense",
             "bill --through yesterday",
             "bill --through 2026-02-30",
             "api-keys revoke key_0000000000001",
             "api-keys revoke nonsense",
         }) {
        const auto outcome = both(command);
        EXPECT_EQ(outcome.status, 2) << command << outcome.out << outcome.err;
        EXPECT_TRUE(has(outcome.err, "sluice: ")) << command << outcome.err;
    }
}

TEST_F(TheSameBooks, ExplainALineByItsId) {
    const auto document = sluice("documents show INV-2026-000003 --operator greentower --json" + db()).out;
    const std::string before = "\"id\": \"";
    const auto at = document.find(before + "line_");
    ASSERT_NE(at, std::string::npos) << document;
    const auto begin = at + before.size();
    const auto line = document.substr(begin, document.find('"', begin) - begin);
    const auto explained = both("explain " + line + " --operator greentower --subscriber greentower");
    EXPECT_EQ(explained.status, 0) << explained.err;
    EXPECT_TRUE(has(explained.out, "everything agrees")) << explained.out;
}

TEST_F(TheSameBooks, HaveTheirSettingsChangedTheSame) {
    const std::string of = " --operator greentower";
    write("read.json", both("operators show --json" + of).out);
    EXPECT_EQ(both("operators set --due-days 30 --terms prepaid" + of).status, 0);
    EXPECT_EQ(both("operators set --file " + file("read.json") + of).status, 2) << "it was changed after it was read";
    write("policies.json", R"({"items": [{"when": {}, "billing": {"invoicing": "merged"}}]})");
    EXPECT_EQ(both("policies set --preview " + file("policies.json") + of).status, 0);
    EXPECT_EQ(both("policies set " + file("policies.json") + of).status, 0);
    write("new.json", R"({"due_days": 7})");
    EXPECT_EQ(
        both("operators create lake --name Lake --currency EUR --time-zone UTC --file " + file("new.json")).status, 0);
    EXPECT_EQ(both("operators create lake --name Lake --currency EUR --time-zone UTC").status, 2);
}

TEST_F(TheSameBooks, ATypingMistakeInAScenarioIsToldWithItsLine) {
    write("s.yaml", "operator: {code: op, name: Op, currency: USD, time_zone: UTC}\nthrogh: 2026-01-01\n");
    const auto outcome = sluice("simulate " + file("s.yaml") + there());
    EXPECT_EQ(outcome.status, 2);
    EXPECT_TRUE(has(outcome.err, "s.yaml") && has(outcome.err, "line")) << outcome.err;
    write("t.yaml",
          "operator: {code: op, name: Op, currency: USD, time_zone: UTC}\ntimeline: []\nthrough: 2026-01-01\n"
          "expect: {balances: {nobody: 1.00}}\n");
    EXPECT_EQ(both("simulate --check " + file("t.yaml")).status, 1);
    EXPECT_EQ(both("simulate " + file("none.yaml")).status, 2);
}

TEST_F(TwoWays, ImportBillReplayAndVerifyComeToTheSame) {
    serve();
    fs::create_directories(directory_ / "broken");
    for (const char* name : {"operator.yaml", "units.csv", "sub_services.csv"})
        fs::copy_file(fs::path(SLUICE_SOURCE_DIR) / "demo" / "metro-fiber" / name, directory_ / "broken" / name);
    auto subscribers = read(SLUICE_SOURCE_DIR "/demo/metro-fiber/subscribers.csv");
    const auto second = subscribers.find('\n', subscribers.find('\n') + 1) + 1;
    subscribers.insert(second, "not a code,Somebody,,,,,,,,,\n\"quoted,\nname\",Somebody,,Atlantis,,,,,,,\n");
    write("broken/subscribers.csv", subscribers);

    const auto import = "import " + file("broken") + " --as-of 2026-04-01";
    const auto refused = both(import);
    EXPECT_EQ(refused.status, 2);
    EXPECT_TRUE(has(refused.err, "subscribers.csv, line 3")) << refused.err;
    EXPECT_EQ(sluice(import + there()).err, sluice(import + db()).err);
    EXPECT_EQ(both(import + " --json").status, 2);

    const auto here = sluice(import + " --partial --rejects " + file("rejects-here") + db());
    const auto remote = sluice(import + " --partial --rejects " + file("rejects-there") + there());
    EXPECT_EQ(here.status, 0) << here.err;
    EXPECT_EQ(remote.status, 0) << remote.err;
    EXPECT_EQ(here.out.substr(0, here.out.find('\n')), remote.out.substr(0, remote.out.find('\n')));
    EXPECT_EQ(here.err, remote.err);
    EXPECT_TRUE(has(read(file("rejects-here/subscribers.csv")), "not a code")) << here.out;
    EXPECT_EQ(read(file("rejects-here/subscribers.csv")), read(file("rejects-there/subscribers.csv")));

    EXPECT_EQ(both("import " + operator_with_a_bad_account() + " --as-of 2026-01-01").status, 0);
    EXPECT_EQ(both("import " + file("in") + " --as-of 2026-01-01").status, 2) << "it is there already";
    EXPECT_EQ(both("bill --through 2026-05-31 --dry-run").status, 1);
    EXPECT_EQ(both("bill --through 2026-05-31").status, 1);
    EXPECT_EQ(both("bill --through 2026-05-31").status, 1);
    EXPECT_EQ(both("bill --through 2026-05-31 --operator metro").status, 0);
    both("export documents --operator metro");
    both("balances --operator op");
    EXPECT_EQ(both("parked replay").status, 1);
    EXPECT_EQ(both("parked replay bad --operator op").status, 1);
    mend(file("store.db"));
    mend(file("served.db"));
    EXPECT_EQ(both("parked replay").status, 0);
    EXPECT_EQ(both("parked replay").out, "No account is parked.\n");
    both("documents --operator op");
    EXPECT_EQ(both("verify").status, 0);
}

TEST_F(TwoWays, AKeyDoesWhatItsRoleAllows) {
    const auto served = " --db sqlite:" + file("served.db");
    import_greentower(served);
    const auto viewer = new_key("--role viewer --operator greentower");
    serve();
    EXPECT_EQ(sluice("documents" + there(viewer)).status, 0) << "it has one operator, which need not be named";
    const auto bill = sluice("bill --through 2026-02-28" + there(viewer));
    EXPECT_EQ(bill.status, 2);
    EXPECT_TRUE(has(bill.err, "clerk")) << bill.err;
    EXPECT_EQ(sluice("api-keys list" + there(viewer)).status, 2);

    const auto listed = sluice("api-keys list" + there());
    EXPECT_TRUE(has(listed.out, "(platform)")) << listed.out;
    const auto of_greentower = sluice("api-keys list --operator greentower --json" + there()).out;
    const auto at = of_greentower.find("\"key_");
    ASSERT_NE(at, std::string::npos) << of_greentower;
    const auto id = of_greentower.substr(at + 1, of_greentower.find('"', at + 1) - at - 1);
    EXPECT_EQ(sluice("api-keys revoke " + id + there()).status, 0);
    const auto revoked = sluice("documents" + there(viewer));
    EXPECT_EQ(revoked.status, 2);
    EXPECT_TRUE(has(revoked.err, "revoked")) << revoked.err;

    const auto made = sluice("api-keys create 'web shop' --role clerk --operator greentower" + there());
    EXPECT_EQ(made.status, 0) << made.err;
    EXPECT_TRUE(made.out.starts_with("slk_") && made.out.find('\n') == made.out.size() - 1) << made.out;
    EXPECT_EQ(sluice("balances" + there(made.out.substr(0, made.out.size() - 1))).status, 0);
}

TEST_F(TwoWays, ALostKeyIsReplacedOnTheStoreItself) {
    serve();
    server_.reset();
    const auto listed = sluice("api-keys list --db sqlite:" + file("served.db"));
    EXPECT_TRUE(has(listed.out, "owner")) << listed.out;
    const auto lost = key_;
    serve();
    EXPECT_NE(key_, lost);
    EXPECT_EQ(sluice("operators" + there()).status, 0);
}

TEST_F(TwoWays, WhereIsSaidBeforeOrAfterTheCommandOrByTheEnvironment) {
    import_greentower(" --db sqlite:" + file("served.db"));
    serve();
    const auto url = server_->url();
    const auto expected = sluice("balances" + there());
    ASSERT_EQ(expected.status, 0) << expected.err;
    EXPECT_EQ(sluice(there() + " --operator greentower balances").out, expected.out);
    EXPECT_EQ(sluice("--server " + url + " balances --key " + key_).out, expected.out);
    EXPECT_EQ(sluice("balances --server " + url + "/", "SLUICE_KEY=" + key_).out, expected.out);
    const auto environment = "SLUICE_SERVER=" + url + " SLUICE_KEY=" + key_;
    EXPECT_EQ(sluice("balances", environment).out, expected.out);
    EXPECT_EQ(sluice("balances" + db(), environment).status, 3) << "what is said wins: there is no store yet";
    import_greentower();
    EXPECT_EQ(sluice("balances" + db(), environment).out, expected.out);
    EXPECT_EQ(sluice("balances", environment + " SLUICE_DB=sqlite:" + file("store.db")).status, 2);
    EXPECT_EQ(sluice("balances", "SLUICE_DB=sqlite:" + file("store.db")).out, expected.out);
    EXPECT_EQ(sluice("--db sqlite:" + file("store.db") + " balances").out, expected.out);
}

struct WrongPlace {
    const char* name;
    std::string arguments;
    int status;
    const char* message;
};

class RefusedPlace : public CommandLine, public testing::WithParamInterface<WrongPlace> {};

TEST_P(RefusedPlace, SaysWhatIsWrongAndWhatToDo) {
    const auto outcome = sluice("operators " + GetParam().arguments);
    EXPECT_EQ(outcome.status, GetParam().status) << outcome.err;
    EXPECT_EQ(outcome.out, "");
    EXPECT_TRUE(has(outcome.err, GetParam().message)) << outcome.err;
}

INSTANTIATE_TEST_SUITE_P(
    Each, RefusedPlace,
    testing::Values(
        WrongPlace{"None", "", 2, "--server URL"},
        WrongPlace{"Both", "--db sqlite:x.db --server http://localhost --key slk_x", 2, "exclude each other"},
        WrongPlace{"AKeyForAStore", "--db sqlite:x.db --key slk_x", 2, "--key belongs to --server"},
        WrongPlace{"NoKey", "--server http://localhost:1", 2, "SLUICE_KEY"},
        WrongPlace{"NoUrl", "--server localhost:1 --key slk_x", 2, "write it as https://"},
        WrongPlace{"AKeyWithALineBreak", "--server http://localhost:1 --key \"$(printf 'a\\nb')\"", 2,
                   "this is no key"},
        WrongPlace{"Unreachable", "--server http://127.0.0.1:1 --key slk_x", 3, "Is `sluice serve` running"},
        WrongPlace{"NoSuchHost", "--server http://no.such.host.invalid --key slk_x", 3, "does not answer"},
        WrongPlace{"NoTls", "--server https://127.0.0.1:1 --key slk_x", 3, "does not answer"}),
    [](const auto& place) { return place.param.name; });

TEST_F(TwoWays, AWrongKeyAndAPlaceThatIsNoServerOfSluice) {
    serve();
    const auto outcome = sluice("operators" + there("slk_wrong"));
    EXPECT_EQ(outcome.status, 2);
    EXPECT_TRUE(has(outcome.err, "key") && has(outcome.err, "SLUICE_KEY")) << outcome.err;
    EXPECT_EQ(sluice("operators --server " + server_->url() + "/elsewhere --key " + key_).status, 2);
    // TLS is spoken to who does not speak it.
    const auto tls = sluice("operators --key x --server https" + server_->url().substr(4));
    EXPECT_EQ(tls.status, 3);
    EXPECT_TRUE(has(tls.err, "does not answer")) << tls.err;
}

// Long enough that there is something to tell.
TEST_F(TwoWays, ALongBillRunTellsItsRateAndTheTimeThatIsLeft) {
    ASSERT_EQ(sluice("import demo/metro-fiber --as-of 2026-04-01" + db()).status, 0);
    fs::copy_file(file("store.db"), file("served.db"));
    serve();
    const std::regex progress(
        R"(metro: billing 202\d-\d\d-\d\d, \d+ sub-services billed \(\d+ were due at the start\), \d+ documents, )"
        R"(\d+ sub-services a second, about \d+ s left\n)");
    for (const auto& way : {db(), there()}) {
        const auto run = sluice("bill --through 2026-10-31" + way);
        EXPECT_EQ(run.status, 0) << run.err;
        EXPECT_TRUE(std::regex_search(run.err, progress)) << run.err;
    }
}

}  // namespace
}  // namespace sluice::test
