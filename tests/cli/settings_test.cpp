// Settings of operators and their policies from the command line.
#include "cli/command_line.hpp"

namespace sluice::test {
namespace {

class Settings : public CommandLine {
protected:
    void SetUp() override {
        CommandLine::SetUp();
        import_greentower();
    }
    Outcome run(const std::string& arguments) { return sluice(arguments + db()); }
    // What `command --json` prints, as a file in which `from` is `to`.  GIVES: its path.
    std::string edited(const std::string& command, const std::string& from, const std::string& to) {
        auto text = run(command + " --json").out;
        const auto at = text.find(from);
        EXPECT_NE(at, std::string::npos) << text;
        if (at != std::string::npos) text.replace(at, from.size(), to);
        write("edited.json", text);
        return file("edited.json");
    }
};

TEST_F(Settings, OfAnOperatorAreShown) {
    const auto shown = run("operators show").out;
    EXPECT_TRUE(shown.starts_with("greentower, GreenTower Networks, not billed yet\n")) << shown;
    for (const char* row : {"  time_zone           America/Chicago\n", "  due_days            14\n",
                            "  invoicing          merged_per_unit\n", "  terms             -\n",
                            "  standard  -3, 0, 3          -          7         60  no\n", "Holidays\n  none\n"})
        EXPECT_TRUE(has(shown, row)) << row << shown;
    EXPECT_TRUE(has(run("operators").out, "greentower  GreenTower Networks")) << "they are listed as ever";
}

TEST_F(Settings, AreChangedOneByOne) {
    const auto set = run("operators set --name GreenTower --due-days 30 --terms credit_limit --credit-limit 50.00");
    EXPECT_EQ(set.status, 0) << set.err;
    EXPECT_EQ(set.out,
              "greentower is changed; it holds from now on:\n"
              "  setting               before               after\n"
              "  --------------------  -------------------  ------------\n"
              "  due_days              14                   30\n"
              "  name                  GreenTower Networks  GreenTower\n"
              "  payment.credit_limit  -                    50.00 USD\n"
              "  payment.terms         -                    credit_limit\n");
    run("operators set --ladder standard --due-day 20 --block-after 0");
    const auto shown = run("operators show").out;
    for (const char* row : {"  terms             credit_limit\n", "  credit_limit      50.00 USD\n",
                            "  due_day           20\n", "  block_after       0\n", "  ladder            standard\n"})
        EXPECT_TRUE(has(shown, row)) << "the others stay: " << row << shown;
    EXPECT_EQ(run("operators set --due-days 30").out, "greentower is so already: nothing is changed.\n");
}

TEST_F(Settings, HolidaysAreAddedAndTakenAway) {
    run("operators set --holiday 2026-12-26 --holiday 2026-12-25");
    const auto moved = run("operators set --holiday 2027-01-01 --no-holiday 2026-12-26").out;
    EXPECT_TRUE(has(moved, "holiday 2026-12-26  yes     -\n") && has(moved, "holiday 2027-01-01  -       yes\n"))
        << moved;
    EXPECT_TRUE(has(run("operators show").out, "Holidays\n  2026-12-25, 2027-01-01\n"));
    EXPECT_TRUE(has(run("operators set --no-holiday 2026-12-24").err, "2026-12-24 is none"));
}

TEST_F(Settings, AreChangedInAFile) {
    const auto gentle = edited("operators show", "\"ladders\": []",
                               R"("ladders": [{"code": "gentle", "reminders": [1, 10], "suspend_after": 21}])");
    const auto set = run("operators set --file " + gentle);
    EXPECT_EQ(set.status, 0) << set.err;
    EXPECT_TRUE(has(set.out, "ladder gentle  -       reminders 1, 10; suspend_after 21; spares_weekends no\n"))
        << set.out;
    write("fee.json", R"({"refund_fee": {"percent": "2"}, "billing": {"model": "pro_rata", "cycle_day": 1}})");
    const auto piped = sluice("operators set --file -" + db(), "", file("fee.json"));
    EXPECT_TRUE(has(piped.out, "refund_fee         -") && has(piped.out, "percent 2; fixed 0.00 USD")) << piped.out;
    EXPECT_TRUE(has(piped.out, "billing.invoicing  merged_per_unit  -\n")) << "it is replaced as a whole" << piped.out;
    write("free.json", R"({"refund_fee": null})");
    EXPECT_TRUE(has(run("operators set --file " + file("free.json")).out, "percent_and_fixed  -\n"));
    EXPECT_EQ(run("verify").status, 0);
}

TEST_F(Settings, ThatSomebodyElseHasChangedMeanwhileAreNotOverwritten) {
    const auto mine = edited("operators show", "GreenTower Networks", "Mine");
    ASSERT_EQ(run("operators set --due-days 30").status, 0);
    const auto late = run("operators set --file " + mine);
    EXPECT_EQ(late.status, 2);
    EXPECT_TRUE(has(late.err, "somebody else has changed it") && has(late.err, "show --json")) << late.err;
    EXPECT_TRUE(has(run("operators show").out, "GreenTower Networks"));
    EXPECT_EQ(run("operators set --file " + edited("operators show", "GreenTower Networks", "Mine")).status, 0);

    write("none.json", R"({"items": []})");
    const auto theirs =
        edited("policies show", "\"items\": []", R"("items": [{"when": {}, "billing": {"cycle_day": 1}}])");
    ASSERT_EQ(run("policies set " + theirs).status, 0);
    EXPECT_TRUE(has(run("policies set " + theirs).err, "somebody else has changed it"));
    EXPECT_EQ(run("policies set " + file("none.json")).status, 0) << "it says nothing of what was there";
}

TEST_F(Settings, ThatDoNotFitAreToldHow) {
    write("broken.json", "{\n  \"due_days\": 30,,\n}");
    write("list.json", "[]");
    write("unknown.json", R"({"due_day": 30, "payment": {"term": "prepaid"}})");
    write("zone.json", R"({"code": "greentower", "time_zone": "Europe/Warsaw"})");
    write("etag.json", R"({"etag": 7, "due_days": 30})");
    const auto refused = [&](const std::string& arguments, const std::string& why) {
        const auto outcome = run(arguments);
        EXPECT_EQ(outcome.status, 2) << arguments << outcome.out;
        EXPECT_TRUE(has(outcome.err, why)) << arguments << "\n" << outcome.err;
    };
    refused("operators set", "say what is to be changed");
    refused("operators set --file " + file("nowhere.json"), "cannot be read");
    refused("operators set --file " + file("broken.json"), "at line 2, column 18");
    refused("operators set --file " + file("list.json"), "begin with what `show --json` prints");
    refused("operators set --file " + file("unknown.json"), "\"payment.term\" is not known here");
    refused("operators set --file " + file("zone.json"), "time_zone");
    refused("operators set --file " + file("etag.json"), "\"etag\" is no text");
    refused("operators set --file " + file("zone.json") + " --due-days 30", "--file");
    refused("operators set --due-days 400", "400");
    refused("operators set --credit-limit much", "much");
    refused("operators set --ladder gentle", "names a ladder \"gentle\", which the operator does not have");
    refused("operators set --holiday christmas", "write year-month-day");
    refused("operators show --operator nobody", "there is no operator \"nobody\"");
    refused("policies set " + file("nowhere.json"), "cannot be read");
    refused("policies set " + file("unknown.json"), "items");
}

TEST_F(Settings, OfANewOperatorAreThoseOfAnother) {
    run("operators set --due-days 30");
    write("settings.json", run("operators show --json").out);
    const auto made = run("operators create lake --name \"Lake Fiber\" --currency EUR --file " + file("settings.json"));
    EXPECT_EQ(made.status, 0) << made.err;
    EXPECT_TRUE(has(made.out, "Made lake:\nlake, Lake Fiber, not billed yet\n") &&
                has(made.out, "due_days            30\n") && has(made.out, "America/Chicago"))
        << made.out;
    EXPECT_TRUE(has(run("operators create lake --name Lake --currency EUR --time-zone UTC").err,
                    "there is an operator \"lake\" already"));
    EXPECT_TRUE(has(run("operators show").err, "several operators"));
}

TEST_F(CommandLine, AnOperatorIsMadeInANewStore) {
    const auto made = sluice("operators create metro --name Metro --currency EUR --time-zone Europe/Warsaw" + db());
    EXPECT_EQ(made.status, 0) << made.err;
    EXPECT_TRUE(has(sluice("operators" + db()).out, "metro     Metro  EUR       Europe/Warsaw  never"));
    EXPECT_TRUE(has(sluice("operators create x --name X --currency EUR" + db()).err, "time_zone"));
}

TEST_F(Settings, OfPoliciesAreTriedOutBeforeTheyHold) {
    EXPECT_TRUE(has(run("policies show").out, "No policies"));
    const auto next = edited("policies show", "\"items\": []",
                             R"("items": [{"when": {"category": "business"}, "billing": {"invoicing": "merged"}},
                                {"when": {}, "billing": {"suspension": "continue"}, "payment": {"terms": "prepaid"}}])");
    const auto preview = run("policies set " + next + " --preview");
    EXPECT_EQ(preview.status, 0) << preview.err;
    EXPECT_TRUE(
        preview.out.starts_with("Something would be different for 1 subscriber and 4 sub-services, of 1 subscriber "
                                "and 4 sub-services:\n"))
        << preview.out;
    EXPECT_TRUE(has(preview.out, "  suspension             4\n") && has(preview.out, "  terms                  1\n") &&
                has(preview.out, "terms       invoice  prepaid\n") && has(preview.out, "stop     continue\n") &&
                has(preview.out, "Nothing is changed yet"))
        << preview.out;
    EXPECT_TRUE(has(run("policies show").out, "No policies"));

    EXPECT_EQ(run("policies set " + next).out, "greentower has 2 policies from now on.\n");
    const auto shown = run("policies show").out;
    EXPECT_TRUE(has(shown, "1  any     any  business  invoicing merged\n") &&
                has(shown, "2  any     any  any       suspension continue; terms prepaid\n"))
        << shown;
    write("same.json", run("policies show --json").out);
    EXPECT_TRUE(
        has(run("policies set " + file("same.json") + " --preview").out, "Nothing would be different for any of"));
    EXPECT_EQ(run("verify").status, 0);
}

}  // namespace
}  // namespace sluice::test
