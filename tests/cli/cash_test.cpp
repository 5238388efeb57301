// Cash desks and cheques from the command line.
#include "cli/command_line.hpp"

namespace sluice::test {
namespace {

class CashFromOutside : public CommandLine {
protected:
    void SetUp() override {
        CommandLine::SetUp();
        import_greentower();
    }
    Outcome run(const std::string& arguments) { return sluice(arguments + db()); }
};

TEST_F(CashFromOutside, ADayAtTheTill) {
    EXPECT_TRUE(has(run("cash list").out, "No cash shifts."));
    EXPECT_TRUE(has(run("cash pay front greentower 5.00").err, "has no open shift; `sluice cash open front"));
    const auto opened = run("cash open front 100.00 --clerk Maria");
    EXPECT_TRUE(has(opened.out, "Maria at front")) << opened.out << opened.err;
    const auto paid = run("cash pay front greentower 14.52");
    EXPECT_TRUE(has(paid.out, "RCPT-") && has(paid.out, "-000001") && has(paid.out, "14.52 USD, in cash")) << paid.err;
    EXPECT_TRUE(has(run("cash out front 50.00 --reason \"to the bank\"").out, "cash_out of 50.00 USD"));
    EXPECT_TRUE(has(run("cash show front").out, "to the bank"));
    EXPECT_TRUE(has(run("cash close front 64.50").err, "explain the difference of -0.02 USD"));
    const auto closed = run("cash close front 64.50 --reason \"two cents are missing\"");
    EXPECT_TRUE(has(closed.out, "closed") && has(closed.out, "two cents")) << closed.out << closed.err;
    const auto day = run("cash list --json").out;
    const auto at = day.find("\"date\": \"") + 9;
    const auto report = run("cash report " + day.substr(at, 10));
    EXPECT_TRUE(has(report.out, "-0.02") && has(report.out, "all")) << report.out << report.err;
    EXPECT_EQ(run("verify").status, 0);
}

TEST_F(CashFromOutside, AChequeThatBounces) {
    const auto received = run("cheques receive greentower 20.00 --number 817 --bank First");
    ASSERT_TRUE(has(received.out, "received")) << received.err;
    const auto id = received.out.substr(0, received.out.find(':'));
    EXPECT_TRUE(has(run("cheques bounce " + id + " --reason \"no funds\"").out, "bounced: no funds"));
    EXPECT_TRUE(has(run("cheques clear " + id).err, "has bounced already"));
    EXPECT_TRUE(has(run("cheques list --state bounced").out, "817"));
    EXPECT_EQ(run("verify").status, 0);
}

TEST_F(CashFromOutside, AMethodWithoutAGatewayNeedsNoKeyAndHasLimits) {
    const auto made = run("payment-methods create till --gateway cash --name Cash --maximum 10.00 --enable");
    EXPECT_EQ(made.status, 0) << made.err;
    EXPECT_TRUE(has(run("payment-methods list").out, "till"));
    EXPECT_TRUE(has(run("payments record greentower 10.01 --method till").err, "\"till\""));
    EXPECT_EQ(run("payments record greentower 10.00 --method till").status, 0);
    EXPECT_TRUE(has(run("checkouts begin greentower --method till --amount 5.00 --return-url https://example.com").err,
                    "has no hosted_checkout"));
    EXPECT_TRUE(has(run("checkouts events").out, "nothing that the books could not take"));
    EXPECT_TRUE(has(run("saved-methods list greentower").out, "no saved methods"));
}

}  // namespace
}  // namespace sluice::test
