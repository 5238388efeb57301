// The program from outside, on a store of this machine.
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "cli/command_line.hpp"

namespace sluice::test {
namespace {

namespace fs = std::filesystem;

const std::string small_scenario =
    "operator: {code: op, name: Op, currency: USD, time_zone: UTC}\n"
    "catalog: {services: [{code: net, name: Net, kind: internet, price: 40.00, period: 1 month}]}\n"
    "timeline:\n"
    "  - {at: 2026-01-10, create_subscriber: {code: a, contact: A}}\n"
    "  - {at: 2026-01-10, add_sub_service: {subscriber: a, code: net, service: net}}\n"
    "  - {at: 2026-01-10, activate: {sub_service: a/net}}\n";

TEST_F(CommandLine, HelpHasExamplesForEveryCommand) {
    for (const char* command : {"",
                                "simulate",
                                "import",
                                "bill",
                                "documents",
                                "documents show",
                                "explain",
                                "export documents",
                                "parked list",
                                "parked show",
                                "parked replay",
                                "documents credit",
                                "documents write-off",
                                "payments",
                                "payments show",
                                "payments record",
                                "payments transfer",
                                "payments set-aside",
                                "payments release",
                                "payments refund",
                                "payments charge-back",
                                "statements import",
                                "statements list",
                                "statements lines",
                                "statements assign",
                                "statements set-aside",
                                "statements take-back",
                                "balances",
                                "operators",
                                "verify",
                                "api-keys list",
                                "api-keys create",
                                "api-keys revoke",
                                "payment-methods list",
                                "payment-methods create",
                                "payment-methods update",
                                "checkouts list",
                                "checkouts begin",
                                "checkouts show",
                                "checkouts query",
                                "users list",
                                "users create",
                                "users disable",
                                "users enable",
                                "users reset",
                                "users grant",
                                "users revoke",
                                "serve"}) {
        const auto help = sluice(std::string(command) + " --help");
        EXPECT_EQ(help.status, 0) << command;
        EXPECT_TRUE(has(help.out, "Examples:\n  sluice ")) << command << help.out;
    }
}

TEST_F(CommandLine, AnUnknownOptionIsBadInput) {
    const auto outcome = sluice("bill --trough 2026-01-01" + db());
    EXPECT_EQ(outcome.status, 2);
    EXPECT_TRUE(has(outcome.err, "--trough") || has(outcome.err, "--through")) << outcome.err;
}

TEST_F(CommandLine, SimulateShowsATableAndJson) {
    write("s.yaml", small_scenario + "through: 2026-02-28\n");
    const auto table = sluice("simulate " + file("s.yaml"));
    EXPECT_EQ(table.status, 0);
    EXPECT_TRUE(has(table.out, "INV-2026-000002")) << table.out;
    const auto json = sluice("simulate --json " + file("s.yaml"));
    EXPECT_EQ(json.status, 0);
    EXPECT_EQ(json.out.front(), '{');
    EXPECT_TRUE(has(json.out, "\"unit_price\": \"40.00\"")) << json.out;
    EXPECT_EQ(json.err, "");
}

TEST_F(CommandLine, SimulateTakesJsonFilesToo) {
    write("s.json",
          R"({"operator": {"code": "op", "name": "Op", "currency": "JPY", "time_zone": "Asia/Tokyo"}, "timeline": [],
              "through": "2026-01-01", "expect": {"documents": [], "balances": {}}})");
    EXPECT_EQ(sluice("simulate --check " + file("s.json")).status, 0);
}

TEST_F(CommandLine, CheckTellsTheDifferenceWithStatusOne) {
    write("s.yaml", small_scenario + "through: 2026-01-31\nexpect:\n  balances: {a: -41.00}\n");
    const auto outcome = sluice("simulate --check " + file("s.yaml"));
    EXPECT_EQ(outcome.status, 1);
    EXPECT_TRUE(has(outcome.out, "balance of a is -40.00, expected 41") || has(outcome.out, "expected -41"))
        << outcome.out;
}

struct BadScenario {
    const char* name;
    const char* text;
    const char* message;
    const char* line;
};

class RefusedScenario : public CommandLine, public testing::WithParamInterface<BadScenario> {};

TEST_P(RefusedScenario, SaysFileLineKeyAndWhatIsWrong) {
    write("s.yaml", small_scenario + GetParam().text);
    const auto outcome = sluice("simulate " + file("s.yaml"));
    EXPECT_EQ(outcome.status, 2);
    EXPECT_EQ(outcome.out, "");
    EXPECT_TRUE(has(outcome.err, GetParam().message)) << outcome.err;
    EXPECT_TRUE(has(outcome.err, "s.yaml:" + std::string(GetParam().line))) << outcome.err;
}

INSTANTIATE_TEST_SUITE_P(
    Each, RefusedScenario,
    testing::Values(
        BadScenario{"UnknownKey", "through: 2026-01-31\nthrogh: 1\n", "throgh: unknown key", "8"},
        BadScenario{"UnknownCommand", "  - {at: 2026-01-11, actvate: {sub_service: a/net}}\nthrough: 2026-01-31\n",
                    "timeline[4].actvate: unknown command", "7"},
        BadScenario{"UnknownArgument",
                    "  - {at: 2026-01-11, suspend: {sub_service: a/net, why: x}}\nthrough: 2026-01-31\n",
                    "timeline[4].suspend.why: unknown key", "7"},
        BadScenario{"UnknownSubService", "  - {at: 2026-01-11, resume: {sub_service: a/nett}}\nthrough: 2026-01-31\n",
                    "unknown sub-service \"a/nett\"", "7"},
        BadScenario{
            "UnknownService",
            "  - {at: 2026-01-11, add_sub_service: {subscriber: a, code: b, service: nett}}\nthrough: 2026-01-31\n",
            "add_sub_service.service: unknown service \"nett\"", "7"},
        BadScenario{"BadDate", "  - {at: 2026-02-30, activate: {sub_service: a/net}}\nthrough: 2026-03-31\n",
                    "timeline[4].at: \"2026-02-30\"", "7"},
        BadScenario{"StepsOutOfOrder", "  - {at: 2026-01-09, suspend: {sub_service: a/net}}\nthrough: 2026-01-31\n",
                    "lies before the step above", "7"},
        BadScenario{"Exponent",
                    "  - {at: 2026-01-11, record_payment: {subscriber: a, amount: 1e3}}\nthrough: 2026-01-31\n",
                    "record_payment.amount: \"1e3\"", "7"},
        BadScenario{"TooManyDecimals",
                    "  - {at: 2026-01-11, record_payment: {subscriber: a, amount: 1.005}}\nthrough: 2026-01-31\n",
                    "\"1.005\" is no amount in USD", "7"},
        BadScenario{"IllegalCommand", "  - {at: 2026-01-11, activate: {sub_service: a/net}}\nthrough: 2026-01-31\n",
                    "activated already", "7"},
        BadScenario{"UnknownAnswer",
                    "  - {at: 2026-01-11, save_card: {subscriber: a, answers: [no]}}\nthrough: 2026-01-31\n",
                    "timeline[4].save_card.answers[1]: \"no\" is no answer of a gateway", "7"},
        BadScenario{"NothingToChargeFor",
                    "  - {at: 2026-01-11, automatic_payment: {subscriber: a}}\nthrough: 2026-01-31\n",
                    "automatic_payment.for: is missing", "7"},
        BadScenario{"NoSuchCard",
                    "  - {at: 2026-01-11, automatic_payment: {subscriber: a, for: documents}}\nthrough: 2026-01-31\n",
                    "there is no card of a \"card\"", "7"},
        BadScenario{"NoThrough", "", "through: is missing", "1"}),
    [](const auto& scenario) { return scenario.param.name; });

TEST_F(CommandLine, ABillionLaughsAreRefusedBySize) {
    std::string text = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n";
    for (int i = 1; i < 12; ++i) {
        const auto n = std::to_string(i);
        const auto before = "*a" + std::to_string(i - 1);
        text += "a" + n + ": &a" + n + " [";
        for (int j = 0; j < 10; ++j) text += (j == 0 ? "" : ",") + before;
        text += "]\n";
    }
    write("s.yaml", text);
    const auto outcome = sluice("simulate " + file("s.yaml"));
    EXPECT_EQ(outcome.status, 2);
    EXPECT_TRUE(has(outcome.err, "more than 1,000,000 values")) << outcome.err;
}

TEST_F(CommandLine, ImportBillExportGiveTheExpectedDocuments) {
    EXPECT_EQ(sluice("import demo/metro-fiber --as-of 2026-04-01" + db()).status, 0);
    const auto dry = sluice("bill --through 2026-07-31 --dry-run" + db());
    EXPECT_EQ(dry.status, 0);
    EXPECT_EQ(sluice("export documents" + db()).out, "date,type,number,subscriber,unit,lines,net,tax,total\n");
    const auto run = sluice("bill --through 2026-07-31" + db());
    EXPECT_EQ(run.status, 0);
    // A dry run shows the same.
    EXPECT_EQ(dry.out.substr(dry.out.find('\n')), run.out.substr(run.out.find('\n')));
    EXPECT_EQ(sluice("export documents" + db()).out, read(SLUICE_SOURCE_DIR "/demo/metro-fiber/expected.csv"));
    EXPECT_TRUE(has(sluice("bill --through 2026-07-31 --json" + db()).out, "\"invoices\": 0"));
    EXPECT_TRUE(has(sluice("bill --through 2026-07-31 --compare" + db()).out, "there is nothing to compare with"));
    const auto compared = sluice("bill --through 2026-08-31 --dry-run --compare" + db());
    EXPECT_EQ(compared.status, 0) << compared.err;
    EXPECT_TRUE(has(compared.out, "(2026-08-01 to 2026-08-31) against")) << compared.out;
    EXPECT_TRUE(has(compared.out, "(2026-07-01 to 2026-07-31)")) << compared.out;
    EXPECT_TRUE(has(compared.out, "sub-services as before")) << compared.out;
    EXPECT_TRUE(has(compared.out, "together")) << compared.out;
    EXPECT_EQ(sluice("export documents" + db()).out, read(SLUICE_SOURCE_DIR "/demo/metro-fiber/expected.csv"));
    EXPECT_EQ(sluice("verify" + db()).status, 0);
}

TEST_F(CommandLine, MoneyComesInAndGoesBackAndDocumentsAreCorrected) {
    const auto directory = operator_with_a_bad_account();
    write("in/sub_services.csv",
          "subscriber,unit,code,service,status,activated_on,charged_to,add_ons,cpes,model,cycle_day,first_charge,"
          "invoicing\ngood,,s,net,active,2026-01-01,2026-01-01,,,,,,\n");
    ASSERT_EQ(sluice("import " + directory + " --as-of 2026-01-01" + db()).status, 0);
    ASSERT_EQ(sluice("bill --through 2026-01-31" + db()).status, 0);
    const auto none = sluice("payments" + db());
    EXPECT_TRUE(has(none.out, "No payments yet")) << none.out << none.err;
    const auto paid = sluice("payments record good 100.00 --method card --reference C-1 --date 2026-01-15" + db());
    ASSERT_EQ(paid.status, 0) << paid.err;
    const auto id = paid.out.substr(0, paid.out.find(' '));
    EXPECT_TRUE(has(paid.out, "INV-2026-000001") && has(paid.out, "60.00")) << paid.out;
    const auto back = sluice("payments refund " + id + " --amount 20.00 --fee 2.00 --date 2026-01-16" + db());
    EXPECT_TRUE(has(back.out, "of which 2.00 are kept as a fee, 18.00 paid out")) << back.out << back.err;
    const auto too_much = sluice("payments refund " + id + " --amount 50.00 --date 2026-01-16" + db());
    EXPECT_EQ(too_much.status, 2);
    EXPECT_TRUE(has(too_much.err, "50.00 USD is asked for, but only 40.00 USD")) << too_much.err;
    const auto note = sluice("documents credit INV-2026-000001 --line 1=10.00 --reason Late --date 2026-01-17" + db());
    EXPECT_TRUE(has(note.out, "CN-2026-000001") && has(note.out, "-10.00") && has(note.out, "\n  Late\n"))
        << note.out << note.err;
    EXPECT_EQ(sluice("documents credit INV-2026-000001 --line one" + db()).status, 2);
    const auto moved = sluice("payments transfer good bad --amount 5.00 --date 2026-01-17" + db());
    EXPECT_TRUE(has(moved.out, "5.00 USD from bad, transfer, from good")) << moved.out << moved.err;
    const auto charged_back = sluice("payments charge-back " + id + " --reference D-1 --date 2026-01-18" + db());
    EXPECT_TRUE(has(charged_back.out, "charged back  2026-01-18") && has(charged_back.out, "75.00"))
        << charged_back.out << charged_back.err;
    const auto given_up = sluice("documents write-off INV-2026-000001 --reason Gone --date 2026-01-19" + db());
    EXPECT_TRUE(has(given_up.out, "paid")) << given_up.out << given_up.err;
    const auto list = sluice("payments --subscriber good" + db());
    EXPECT_TRUE(has(list.out, "100.00     100.00  0.00")) << list.out;
    EXPECT_EQ(sluice("payments show pay_0000000000000" + db()).status, 2);
    EXPECT_EQ(sluice("verify" + db()).status, 0);
}

TEST_F(CommandLine, ExplainRecomputesALine) {
    import_greentower();
    ASSERT_EQ(sluice("bill --through 2026-02-28" + db()).status, 0);
    const auto outcome = sluice("explain INV-2026-000003/1" + db());
    EXPECT_EQ(outcome.status, 0);
    EXPECT_TRUE(has(outcome.out, "25.00 × 15 / 31 days")) << outcome.out;
    EXPECT_TRUE(has(outcome.out, "12.10 USD")) << outcome.out;
    EXPECT_TRUE(has(outcome.out, "everything agrees")) << outcome.out;
    EXPECT_EQ(sluice("explain INV-2026-000003/9" + db()).status, 2);
    EXPECT_EQ(sluice("explain nonsense" + db()).status, 2);
}

TEST_F(CommandLine, AnAccountThatCannotBeBilledIsParkedAndReplayed) {
    ASSERT_EQ(sluice("import " + operator_with_a_bad_account() + " --as-of 2026-01-01" + db()).status, 0);
    const auto dry_run = sluice("bill --through 2026-02-15 --dry-run" + db());
    EXPECT_EQ(dry_run.status, 1);
    EXPECT_TRUE(has(dry_run.out, "parked: op bad on")) << dry_run.out;
    EXPECT_EQ(sluice("parked list" + db()).status, 0) << "a dry run parks nobody";
    const auto run = sluice("bill --through 2026-02-15" + db());
    EXPECT_EQ(run.status, 1);
    EXPECT_TRUE(has(run.out, "bad on 2026-01-01")) << run.out;
    EXPECT_TRUE(has(sluice("documents" + db()).out, "2 documents"));
    EXPECT_EQ(sluice("parked list" + db()).status, 1);
    const auto shown = sluice("parked show bad" + db());
    EXPECT_EQ(shown.status, 0);
    EXPECT_TRUE(has(shown.out, "\"quantity\": 1000000")) << shown.out;
    EXPECT_TRUE(has(sluice("parked replay bad" + db()).out, "still parked"));
    EXPECT_EQ(sluice("verify" + db()).status, 0);

    // Mended (here by hand, in the store), it is billed up to where the others are.
    mend(file("store.db"));
    const auto replayed = sluice("parked replay" + db());
    EXPECT_EQ(replayed.status, 0) << replayed.out;
    EXPECT_TRUE(has(replayed.out, "bad: billed"));
    EXPECT_TRUE(has(sluice("documents" + db()).out, "4 documents"));
    EXPECT_EQ(sluice("parked list" + db()).status, 0);
    EXPECT_EQ(sluice("verify" + db()).status, 0);
}

TEST_F(CommandLine, AMissingStoreALockedStoreAndAForeignFileGetAClearMessage) {
    const auto missing = sluice("bill --through 2026-02-15" + db());
    EXPECT_EQ(missing.status, 3);
    EXPECT_TRUE(has(missing.err, "there is no store at")) << missing.err;

    import_greentower();
    const int lock = ::open(file("store.db-lock").c_str(), O_RDWR);
    ASSERT_GE(lock, 0);
    ASSERT_EQ(::flock(lock, LOCK_EX), 0);
    const auto locked = sluice("bill --through 2026-02-15" + db());
    ::close(lock);
    EXPECT_EQ(locked.status, 3);
    EXPECT_TRUE(has(locked.err, "another Sluice process")) << locked.err;
    EXPECT_TRUE(has(locked.err, "--server")) << locked.err;

    write("foreign.db",
          "this is no database, it is a letter to somebody, and long enough to be read as a header of one …");
    const auto foreign = sluice("verify --db sqlite:" + file("foreign.db"));
    EXPECT_EQ(foreign.status, 3);
    EXPECT_TRUE(has(foreign.err, "not a Sluice store")) << foreign.err;

    EXPECT_EQ(sluice("verify --db postgres://x").status, 3);
}

TEST_F(CommandLine, SeveralOperatorsNeedAName) {
    import_greentower();
    ASSERT_EQ(sluice("import demo/metro-fiber --as-of 2026-04-01" + db()).status, 0);
    const auto outcome = sluice("documents" + db());
    EXPECT_EQ(outcome.status, 2);
    EXPECT_TRUE(has(outcome.err, "greentower, metro")) << outcome.err;
    EXPECT_EQ(sluice("documents --operator greentower" + db()).status, 0);
    EXPECT_EQ(sluice("documents --operator nobody" + db()).status, 2);
    EXPECT_EQ(sluice("import demo/greentower --as-of 2026-01-17" + db()).status, 2);
}

TEST_F(CommandLine, TheMachinesOwnTimeZoneChangesNothing) {
    const auto here = sluice("simulate --json tests/scenarios/12-time-zone.yaml");
    ASSERT_EQ(here.status, 0);
    for (const char* zone : {"Pacific/Kiritimati", "America/Los_Angeles", "Asia/Kolkata"}) {
        ::setenv("TZ", zone, 1);
        EXPECT_EQ(sluice("simulate --json tests/scenarios/12-time-zone.yaml").out, here.out) << zone;
    }
    ::unsetenv("TZ");
}

}  // namespace
}  // namespace sluice::test
