// Automatic payments and payouts from the command line.
#include "cli/command_line.hpp"

namespace sluice::test {
namespace {

class MoneyByItself : public CommandLine {
protected:
    void SetUp() override {
        CommandLine::SetUp();
        import_greentower();
    }
    Outcome run(const std::string& arguments) { return sluice(arguments + db()); }
};

TEST_F(MoneyByItself, NobodyHasASavedMethodYet) {
    EXPECT_TRUE(has(run("automatic-payments list greentower").out, "Nothing is charged by itself."));
    EXPECT_TRUE(has(run("automatic-payments preview").out, "Nobody is charged by itself."));
    EXPECT_TRUE(has(run("automatic-payments run").out, "0 accounts, 0 charges"));
    const auto unknown = run("automatic-payments enable greentower --saved-method saved_6h0w7mrpqmg22 --documents");
    EXPECT_EQ(unknown.status, 2);
    EXPECT_TRUE(has(unknown.err, "saved_6h0w7mrpqmg22")) << unknown.err;
    EXPECT_TRUE(has(run("jobs run automatic_payments").out, "automatic_payments is done for "));
}

TEST_F(MoneyByItself, ARefundThatSomebodyHasToPayOut) {
    EXPECT_TRUE(has(run("payouts list").out, "No payouts."));
    EXPECT_EQ(run("payments record greentower 5000.00 --method cash").status, 0);
    const auto payments = run("payments --json").out;
    const auto at = payments.find("\"pay_") + 1;
    const auto id = payments.substr(at, payments.find('"', at) - at);
    const auto refused = run("payments refund " + id + " --amount 10.00 --through gateway");
    EXPECT_EQ(refused.status, 2) << refused.out;
    const auto refund = run("payments refund " + id + " --amount 10.00 --through manual");
    EXPECT_EQ(refund.status, 0) << refund.err;
    const auto open = run("payouts list --state open").out;
    ASSERT_TRUE(has(open, "payout_") && has(open, "10.00") && has(open, "manual")) << open;
    const auto payout = open.substr(open.find("payout_"), 20);
    EXPECT_TRUE(has(run("payouts pay " + payout + " --reference T-1").out, "paid"));
    EXPECT_EQ(run("payouts pay " + payout).status, 2) << "once";
    EXPECT_TRUE(has(run("payouts list --state open").out, "No payouts."));
    EXPECT_EQ(run("verify").status, 0);
}

}  // namespace
}  // namespace sluice::test
