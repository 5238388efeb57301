// Bank statements from the command line.
#include "cli/command_line.hpp"

namespace sluice::test {
namespace {

const std::string mt940 =
    ":20:STARTUMS\r\n:25:37040044/0532013000\r\n:28C:00042/001\r\n:60F:C260209USD1000,00\r\n"
    ":61:2602100210CD14,52NTRFNONREF//FT1\r\n:86:166?20SVWZ+INV-2026-000001?31X1?32GreenTower\r\n"
    ":61:2602100210CD0,17NTRFNONREF//FT2\r\n:86:805?20Zinsen f\xFCr Januar\r\n"
    ":61:2602100210DD7,00NTRFNONREF//FT3\r\n:62F:C260210USD1007,69\r\n-\r\n";

class Statements : public CommandLine {
protected:
    void SetUp() override {
        CommandLine::SetUp();
        import_greentower();
        ASSERT_EQ(sluice("bill --through 2026-02-28" + db()).status, 0);
        write("day.sta", mt940);
    }
    Outcome run(const std::string& command) const { return sluice("statements " + command + db()); }
    std::string waiting_line() const {
        const auto listed = run("lines --state unmatched").out;
        const auto at = listed.find("bankline_");
        return at == std::string::npos ? "none" : listed.substr(at, 22);
    }
};

TEST_F(Statements, AreImportedListedAndWorkedThrough) {
    const auto imported = run("import " + file("day.sta"));
    EXPECT_EQ(imported.status, 0) << imported.err;
    EXPECT_TRUE(has(imported.out, "2 credits: 1 matched, 1 for a clerk, 0 known before.")) << imported.out;
    EXPECT_TRUE(has(imported.out, "Passed over: 1 debit, 0 reversals, 0 not booked yet.")) << imported.out;
    EXPECT_TRUE(has(run("list").out, "day.sta")) << run("list").out;
    const auto matched = run("lines --state matched --subscriber greentower");
    EXPECT_TRUE(has(matched.out, "greentower (by reference)")) << matched.out << matched.err;
    const auto waiting = run("lines --state unmatched").out;
    EXPECT_TRUE(has(waiting, "Zinsen f\xC3\xBCr Januar")) << waiting;
    EXPECT_TRUE(has(waiting, "nobody found")) << waiting;
    const auto line = waiting_line();
    const auto aside = run("set-aside " + line + " --reason interest");
    EXPECT_EQ(aside.status, 0) << aside.err;
    EXPECT_TRUE(has(aside.out, "set aside: interest")) << aside.out;
    EXPECT_EQ(run("assign " + line + " greentower").status, 2);
    EXPECT_EQ(run("take-back " + line).status, 0);
    const auto assigned = run("assign " + line + " greentower --json");
    EXPECT_EQ(assigned.status, 0) << assigned.err;
    EXPECT_TRUE(has(assigned.out, "\"matched_by\": \"clerk\"")) << assigned.out;
    const auto second = run("assign " + line + " greentower");
    EXPECT_EQ(second.status, 2);
    EXPECT_TRUE(has(second.err, "the line is subscriber \"greentower\"'s already")) << second.err;
    EXPECT_EQ(run("take-back " + line).status, 0);
    EXPECT_EQ(run("assign " + line + " greentower").status, 0);
    EXPECT_EQ(sluice("verify" + db()).status, 0);
}

TEST_F(Statements, ComeInOnce) {
    EXPECT_EQ(run("import " + file("day.sta")).status, 0);
    const auto again = run("import " + file("day.sta"));
    EXPECT_EQ(again.status, 0);
    EXPECT_TRUE(has(again.out, "imported before, as statement_")) << again.out;
    EXPECT_TRUE(has(again.out, "nothing was added")) << again.out;
}

TEST_F(Statements, APreviewShowsTheLinesAndStoresNothing) {
    const auto preview = run("import --preview " + file("day.sta"));
    EXPECT_EQ(preview.status, 0) << preview.err;
    EXPECT_TRUE(has(preview.out, "2 credits would come in")) << preview.out;
    EXPECT_TRUE(has(preview.out, "greentower (by reference)")) << preview.out;
    EXPECT_TRUE(has(run("lines").out, "No such bank lines."));
    const auto json = run("import --preview --json " + file("day.sta"));
    EXPECT_TRUE(has(json.out, "\"object\": \"bank_statement_preview\"")) << json.out;
}

TEST_F(Statements, CsvComesWithAMapping) {
    write("bank.csv", "Kontoauszug\nTag;Soll;Haben;Text\n10.02.2026;;14,52;INV-2026-000001\n11.02.2026;3,00;;Miete\n");
    write("bank.yaml",
          "account: DE89\nseparator: ;\nskip_rows: 1\ndate: Tag\ndate_format: dd.mm.yyyy\ncredit: Haben\ndebit: "
          "Soll\ndecimal_sign: ','\nreference: Text\n");
    const auto imported = run("import " + file("bank.csv") + " --mapping " + file("bank.yaml"));
    EXPECT_EQ(imported.status, 0) << imported.err;
    EXPECT_TRUE(has(imported.out, "1 credit: 1 matched")) << imported.out;
    const auto without = run("import " + file("bank.csv"));
    EXPECT_EQ(without.status, 2);
    EXPECT_TRUE(has(without.err, "mapping")) << without.err;
    write("bad.yaml", "account: DE89\ndate: Tag\namount: Summe\nseparator: ;\n");
    const auto bad = run("import " + file("bank.csv") + " --mapping " + file("bad.yaml"));
    EXPECT_EQ(bad.status, 2);
    EXPECT_TRUE(has(bad.err, "there is no column \"Tag\"")) << bad.err;
    EXPECT_TRUE(has(bad.err, "there is no column \"Summe\"")) << bad.err;
}

TEST_F(Statements, AFaultyFileSaysWhere) {
    write("bad.sta", mt940.substr(0, mt940.find(":61:")) + ":61:26021X\r\n:62F:C260210USD1,00\r\n");
    const auto bad = run("import " + file("bad.sta"));
    EXPECT_EQ(bad.status, 2);
    EXPECT_TRUE(has(bad.err, "bad.sta: nothing was imported: line 5: the booking \":61:26021X\"")) << bad.err;
    EXPECT_EQ(run("import " + file("nothing.sta")).status, 2);
    write("wide.sta", std::string("\xFF\xFE:\0", 4));
    EXPECT_TRUE(has(run("import " + file("wide.sta")).err, "UTF-16"));
}

}  // namespace
}  // namespace sluice::test
