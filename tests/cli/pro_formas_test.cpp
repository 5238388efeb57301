// Pro-forma documents, orders and advance payments from the command line.
#include "cli/command_line.hpp"

namespace sluice::test {
namespace {

class ProFormasFromOutside : public CommandLine {
protected:
    void SetUp() override {
        CommandLine::SetUp();
        import_greentower();
    }
    Outcome run(const std::string& arguments) { return sluice(arguments + db()); }
};

TEST_F(ProFormasFromOutside, AnOrder) {
    EXPECT_TRUE(has(run("pro-formas list").out, "No pro-forma documents."));
    const auto help = run("pro-formas order --help").out;
    EXPECT_TRUE(has(help, "--add-on") && has(help, "sluice pro-formas order S000009 main")) << help;
    const auto ordered = run("pro-formas order greentower 101-net --add-on public-ip=2 --days 7");
    ASSERT_EQ(ordered.status, 0) << ordered.err;
    EXPECT_TRUE(has(ordered.out, "101-net gets 2 public-ip") && has(ordered.out, "to be paid")) << ordered.out;
    const auto number = ordered.out.substr(ordered.out.find("PF-"), 14);
    EXPECT_TRUE(has(run("pro-formas list --state open").out, number));
    EXPECT_TRUE(has(run("pro-formas show " + number).out, "open"));
    EXPECT_TRUE(has(run("pro-formas withdraw " + number + " --reason Later").out, "Later"));
    EXPECT_TRUE(has(run("pro-formas withdraw " + number).err, "only open ones can be withdrawn"));
    EXPECT_TRUE(has(run("pro-formas order greentower nothing").err, "there is no sub-service \"greentower/nothing\""));
    EXPECT_TRUE(has(run("pro-formas order greentower a b --add-on x").err, "go with one sub-service"));
    EXPECT_TRUE(has(run("pro-formas order greentower a --add-on x=y").err, "write it as STATIC-IP=2"));
    EXPECT_TRUE(has(run("pro-formas show PF-1999-000001").err, "there is no pro-forma document"));
    EXPECT_TRUE(has(run("pro-formas withdraw PF-1999-000001").err, "there is no pro-forma document"));
}

TEST_F(ProFormasFromOutside, ADocumentOfMoneyThatIsPaidAhead) {
    EXPECT_TRUE(has(run("advance-payments list").out, "No documents of advance payments."));
    EXPECT_EQ(run("payments record greentower 5000.00 --method cash").status, 0);
    const auto payments = run("payments --json").out;
    const auto at = payments.find("\"pay_") + 1;
    const auto id = payments.substr(at, payments.find('"', at) - at);
    const auto issued = run("advance-payments issue " + id);
    EXPECT_TRUE(has(issued.out, "ADV-") && has(issued.out, "-000001")) << issued.out << issued.err;
    EXPECT_TRUE(has(run("advance-payments issue " + id).err, "has a document already"));
    EXPECT_TRUE(has(run("advance-payments list").out, "greentower"));
    EXPECT_EQ(run("verify").status, 0);
}

}  // namespace
}  // namespace sluice::test
