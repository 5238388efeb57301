// Discounts and promo codes from the command line.
#include "cli/command_line.hpp"

namespace sluice::test {
namespace {

class DiscountsFromOutside : public CommandLine {
protected:
    void SetUp() override {
        CommandLine::SetUp();
        import_greentower();
    }
    Outcome run(const std::string& arguments) { return sluice(arguments + db()); }
};

TEST_F(DiscountsFromOutside, AreMadeGrantedRevokedAndEnded) {
    EXPECT_TRUE(has(run("discounts list").out, "No discounts."));
    EXPECT_TRUE(has(run("discounts create both --percent 10 --fixed 1.00").err, "percent"));
    const auto made = run("discounts create welcome --name Welcome --percent 25 --periods 3 --type service");
    EXPECT_TRUE(has(made.out, "welcome: 25 %, recurring charges, best_of, granted")) << made.out << made.err;
    EXPECT_TRUE(has(run("discounts create five --fixed 5.00 --stacks --automatic").out, "5.00 USD"));
    EXPECT_TRUE(has(run("discounts list").out, "type service"));
    EXPECT_TRUE(has(run("discounts show welcome").out, "25 %"));
    const auto granted = run("discounts grant greentower welcome --reason \"moved in\"");
    ASSERT_TRUE(has(granted.out, "welcome for greentower from ")) << granted.out << granted.err;
    EXPECT_TRUE(has(run("discounts grants --subscriber greentower").out, "moved in"));
    EXPECT_TRUE(has(run("discounts remove welcome").err, "end it instead"));
    const auto id = granted.out.substr(0, granted.out.find(':'));
    EXPECT_TRUE(has(run("discounts revoke " + id).out, " before "));
    EXPECT_TRUE(has(run("discounts end five 2026-07-01").out, "before 2026-07-01"));
    EXPECT_EQ(run("discounts create idle --percent 1").status, 0);
    EXPECT_TRUE(has(run("discounts remove idle").out, "is removed"));
    EXPECT_EQ(run("verify").status, 0);
}

TEST_F(DiscountsFromOutside, APromoCodeIsRedeemedAsOftenAsItMayBe) {
    EXPECT_TRUE(has(run("promo-codes list").out, "No promo codes."));
    EXPECT_EQ(run("discounts create welcome --percent 25").status, 0);
    EXPECT_TRUE(has(run("promo-codes create HELLO nothing").err, "nothing"));
    const auto made = run("promo-codes create HELLO welcome --max-uses 1");
    EXPECT_TRUE(has(made.out, "redeemed 0 of 1 times")) << made.out << made.err;
    EXPECT_TRUE(has(run("promo-codes redeem HELLO greentower").out, "welcome for greentower"));
    EXPECT_TRUE(has(run("promo-codes redeem HELLO greentower").err, "as often as it can be"));
    EXPECT_TRUE(has(run("promo-codes show HELLO").out, "redeemed 1 of 1 times"));
    EXPECT_TRUE(has(run("promo-codes end HELLO 2026-07-01").out, "before 2026-07-01"));
    EXPECT_TRUE(has(run("promo-codes list").out, "HELLO"));
    EXPECT_EQ(run("verify").status, 0);
}

}  // namespace
}  // namespace sluice::test
