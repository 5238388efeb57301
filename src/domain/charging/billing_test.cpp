// What falls due by the calendar.
#include "domain/charging/billing.hpp"

#include <gtest/gtest.h>

#include "support/shop.hpp"

namespace sluice::charging {
namespace {

using customers::FirstCharge;
using customers::Model;
using customers::Terms;
using support::date;
using support::Life;
using support::Lines;
using support::Shop;

Terms pro_rata(int cycle_day, FirstCharge first_charge = FirstCharge::partial, std::optional<int> threshold_day = {}) {
    return {
        .model = Model::pro_rata, .cycle_day = cycle_day, .first_charge = first_charge, .threshold_day = threshold_day};
}

class Billing : public testing::Test {
protected:
    Billing() {
        shop.service("net", "40");
        shop.service("after", "31", {.timing = catalog::Timing::arrears});
        shop.service("weekly", "7", {.period = "1 week"});
        shop.service("yearly", "365", {.period = "1 year"});
        shop.service("with-fee", "40", {.setup_fee = "25"});
        shop.recurring("ip", "5");
        shop.once("install", "50");
        shop.installments("router", "100", 3);
    }

    // A sub-service that was activated on `on` and billed through `through`.
    Lines charged(const Terms& terms, const char* service, const char* on, const char* through,
                  const std::vector<support::ItemAtStart>& items = {}) {
        Life life(shop, terms, service, items);
        EXPECT_TRUE(life.activate(on).ok());
        life.bill(through);
        return life.news();
    }

    Shop shop;
};

using Cycle = Billing;
using ProRata = Billing;
using Arrears = Billing;
using Items = Billing;

TEST_F(Cycle, ChargesFullPeriodsFromTheAnchor) {
    EXPECT_EQ(charged({}, "net", "2026-01-31", "2026-04-29"),
              (Lines{"2026-01-31 net recurring 40.00 [2026-01-31, 2026-02-28) 28/28",
                     "2026-02-28 net recurring 40.00 [2026-02-28, 2026-03-31) 31/31",
                     "2026-03-31 net recurring 40.00 [2026-03-31, 2026-04-30) 30/30"}));
}

TEST_F(Cycle, OfWeeksIgnoresTheCycleDay) {
    EXPECT_EQ(charged(pro_rata(1), "weekly", "2026-01-28", "2026-02-04"),
              (Lines{"2026-01-28 weekly recurring 7.00 [2026-01-28, 2026-02-04) 7/7",
                     "2026-02-04 weekly recurring 7.00 [2026-02-04, 2026-02-11) 7/7"}));
}

TEST_F(Cycle, HasNothingDueBeforeTheActivation) {
    Life life(shop, {}, "net");
    life.bill("2026-03-01");
    EXPECT_EQ(life.news(), Lines{});
    EXPECT_FALSE(life.next_billing_date());
}

TEST_F(Cycle, TellsTheNextBillingDate) {
    Life life(shop, {}, "net");
    ASSERT_TRUE(life.activate("2026-01-31").ok());
    EXPECT_EQ(life.next_billing_date(), date("2026-01-31"));
    life.bill("2026-01-31");
    EXPECT_EQ(life.next_billing_date(), date("2026-02-28"));
}

TEST_F(Cycle, BilledTwiceAddsNothing) {
    Life life(shop, {}, "net", {{"ip"}, {"router"}, {"install"}});
    ASSERT_TRUE(life.activate("2026-01-31").ok());
    life.bill("2026-03-15");
    EXPECT_EQ(life.news().size(), 2U + 2U + 2U + 1U);
    life.bill("2026-03-15");
    life.bill("2026-02-01");
    EXPECT_EQ(life.news(), Lines{});
}

TEST_F(ProRata, ActivationOnTheCycleDayStartsAFullPeriod) {
    EXPECT_EQ(charged(pro_rata(17), "net", "2026-01-17", "2026-01-17"),
              (Lines{"2026-01-17 net recurring 40.00 [2026-01-17, 2026-02-17) 31/31"}));
}

TEST_F(ProRata, ChargesTheDaysUpToTheFirstCycleDay) {
    EXPECT_EQ(charged(pro_rata(1), "net", "2026-01-17", "2026-02-01"),
              (Lines{"2026-01-17 net recurring 19.35 [2026-01-17, 2026-02-01) 15/31",
                     "2026-02-01 net recurring 40.00 [2026-02-01, 2026-03-01) 28/28"}));
}

TEST_F(ProRata, ClampsCycleDayThirtyOne) {
    EXPECT_EQ(charged(pro_rata(31), "net", "2026-02-10", "2026-03-31"),
              (Lines{"2026-02-10 net recurring 25.71 [2026-02-10, 2026-02-28) 18/28",
                     "2026-02-28 net recurring 40.00 [2026-02-28, 2026-03-31) 31/31",
                     "2026-03-31 net recurring 40.00 [2026-03-31, 2026-04-30) 30/30"}));
}

TEST_F(ProRata, OfAYearIsAShareOfTheYearBeforeTheBoundary) {
    EXPECT_EQ(charged(pro_rata(1), "yearly", "2026-01-17", "2026-02-01"),
              (Lines{"2026-01-17 yearly recurring 15.00 [2026-01-17, 2026-02-01) 15/365",
                     "2026-02-01 yearly recurring 365.00 [2026-02-01, 2027-02-01) 365/365"}));
}

TEST_F(ProRata, PartialPlusFullChargesTwoPeriodsAtOnceAndThenWaits) {
    EXPECT_EQ(charged(pro_rata(1, FirstCharge::partial_plus_full), "net", "2026-01-17", "2026-03-01"),
              (Lines{"2026-01-17 net recurring 19.35 [2026-01-17, 2026-02-01) 15/31",
                     "2026-01-17 net recurring 40.00 [2026-02-01, 2026-03-01) 28/28",
                     "2026-03-01 net recurring 40.00 [2026-03-01, 2026-04-01) 31/31"}));
}

TEST_F(ProRata, FullChargesTheWholePriceForThePartialPeriod) {
    EXPECT_EQ(charged(pro_rata(1, FirstCharge::full), "net", "2026-01-17", "2026-02-01"),
              (Lines{"2026-01-17 net recurring 40.00 [2026-01-17, 2026-02-01) 15/31",
                     "2026-02-01 net recurring 40.00 [2026-02-01, 2026-03-01) 28/28"}));
}

TEST_F(ProRata, ThresholdDecidesByTheDayOfTheActivation) {
    const auto terms = pro_rata(1, FirstCharge::threshold, 20);
    EXPECT_EQ(charged(terms, "net", "2026-01-19", "2026-01-31").size(), 1U);
    EXPECT_EQ(charged(terms, "net", "2026-01-20", "2026-01-31").size(), 2U);
}

TEST_F(ProRata, OnTheCycleDayKnowsNoFirstChargeRule) {
    for (const auto rule : {FirstCharge::partial_plus_full, FirstCharge::full, FirstCharge::threshold})
        EXPECT_EQ(charged(pro_rata(17, rule, 1), "net", "2026-01-17", "2026-01-17"),
                  (Lines{"2026-01-17 net recurring 40.00 [2026-01-17, 2026-02-17) 31/31"}));
}

TEST_F(Arrears, ChargesAPeriodOnItsEndDate) {
    EXPECT_EQ(charged({}, "after", "2026-01-15", "2026-03-15"),
              (Lines{"2026-02-15 after recurring 31.00 [2026-01-15, 2026-02-15) 31/31",
                     "2026-03-15 after recurring 31.00 [2026-02-15, 2026-03-15) 28/28"}));
}

TEST_F(Arrears, TakesPartialPlusFullAndFullForPartial) {
    for (const auto rule : {FirstCharge::partial_plus_full, FirstCharge::full, FirstCharge::partial})
        EXPECT_EQ(charged(pro_rata(1, rule), "after", "2026-01-17", "2026-02-01"),
                  (Lines{"2026-02-01 after recurring 15.00 [2026-01-17, 2026-02-01) 15/31"}));
}

TEST_F(Arrears, LeavesOutTheSuspendedDays) {
    Life life(shop, pro_rata(1), "after");
    ASSERT_TRUE(life.activate("2026-01-01").ok());
    ASSERT_TRUE(life.suspend("2026-01-11").ok());
    ASSERT_TRUE(life.resume("2026-01-21").ok());
    life.bill("2026-02-01");
    EXPECT_EQ(life.news(), (Lines{"2026-02-01 after recurring 21.00 [2026-01-01, 2026-02-01) 21/31"}));
}

TEST_F(Arrears, ChargesTheDaysBeforeASuspensionThatLasts) {
    Life life(shop, pro_rata(1), "after");
    ASSERT_TRUE(life.activate("2026-01-01").ok());
    ASSERT_TRUE(life.suspend("2026-01-11").ok());
    life.bill("2026-04-01");
    EXPECT_EQ(life.news(), (Lines{"2026-02-01 after recurring 10.00 [2026-01-01, 2026-02-01) 10/31"}));
}

TEST_F(Arrears, ChargesTheSuspendedDaysWhenBillingContinues) {
    auto terms = pro_rata(1);
    terms.suspension_stops_billing = false;
    Life life(shop, terms, "after");
    ASSERT_TRUE(life.activate("2026-01-01").ok());
    ASSERT_TRUE(life.suspend("2026-01-11").ok());
    life.bill("2026-02-01");
    EXPECT_EQ(life.news(), (Lines{"2026-02-01 after recurring 31.00 [2026-01-01, 2026-02-01) 31/31"}));
}

TEST_F(Arrears, ChargesEachServiceOfAPeriodForItsOwnDays) {
    shop.service("after-big", "62", {.timing = catalog::Timing::arrears});
    Life life(shop, pro_rata(1), "after", {{"ip"}});
    ASSERT_TRUE(life.activate("2026-01-01").ok());
    ASSERT_TRUE(life.change_service("2026-01-11", "after-big").ok());
    life.bill("2026-02-01");
    EXPECT_EQ(life.news(), (Lines{"2026-02-01 after recurring 10.00 [2026-01-01, 2026-01-11) 10/31",
                                  "2026-02-01 ip recurring 5.00 [2026-01-01, 2026-02-01) 31/31",
                                  "2026-02-01 after-big recurring 42.00 [2026-01-11, 2026-02-01) 21/31"}));
}

TEST_F(Items, OfTheStartAreChargedWithTheFirstPeriod) {
    EXPECT_EQ(
        charged({}, "with-fee", "2026-01-15", "2026-01-15", {{"ip", 2}, {"install"}, {"router"}}),
        (Lines{"2026-01-15 with-fee recurring 40.00 [2026-01-15, 2026-02-15) 31/31",
               "2026-01-15 with-fee setup_fee 25.00", "2026-01-15 ip recurring 10.00 [2026-01-15, 2026-02-15) 31/31",
               "2026-01-15 install once 50.00", "2026-01-15 router installment 33.34 1/3"}));
}

TEST_F(Items, InInstalmentsEndWithTheLastPart) {
    Life life(shop, {}, "net", {{"router"}});
    ASSERT_TRUE(life.activate("2026-01-15").ok());
    life.bill("2026-01-15");
    life.news();
    life.bill("2026-12-31");
    Lines parts;
    for (const auto& line : life.news())
        if (line.find("installment") != std::string::npos) parts.push_back(line);
    EXPECT_EQ(parts, (Lines{"2026-02-15 router installment 33.33 2/3", "2026-03-15 router installment 33.33 3/3"}));
}

TEST_F(Items, InInstalmentsHaveOnePartADateHoweverManyPeriodsItCharges) {
    EXPECT_EQ(charged(pro_rata(1, FirstCharge::partial_plus_full), "net", "2026-01-17", "2026-03-01", {{"router"}}),
              (Lines{"2026-01-17 net recurring 19.35 [2026-01-17, 2026-02-01) 15/31",
                     "2026-01-17 net recurring 40.00 [2026-02-01, 2026-03-01) 28/28",
                     "2026-01-17 router installment 33.34 1/3",
                     "2026-03-01 net recurring 40.00 [2026-03-01, 2026-04-01) 31/31",
                     "2026-03-01 router installment 33.33 2/3"}));
}

TEST_F(Items, AddedInTheMiddleAreChargedForTheRest) {
    Life life(shop, {}, "net");
    ASSERT_TRUE(life.activate("2026-01-15").ok());
    life.bill("2026-01-15");
    life.news();
    ASSERT_TRUE(life.add("2026-01-31", "ip").ok());
    ASSERT_TRUE(life.add("2026-01-31", "install").ok());
    ASSERT_TRUE(life.add("2026-01-31", "router").ok());
    life.bill("2026-02-15");
    EXPECT_EQ(life.news(), (Lines{"2026-01-31 ip recurring 2.42 [2026-01-31, 2026-02-15) 15/31",
                                  "2026-01-31 install once 50.00", "2026-01-31 router installment 33.34 1/3",
                                  "2026-02-15 net recurring 40.00 [2026-02-15, 2026-03-15) 28/28",
                                  "2026-02-15 ip recurring 5.00 [2026-02-15, 2026-03-15) 28/28",
                                  "2026-02-15 router installment 33.33 2/3"}));
}

TEST_F(Items, AddedAfterTwoPeriodsWereChargedCatchUpWithBoth) {
    Life life(shop, pro_rata(1, FirstCharge::partial_plus_full), "net");
    ASSERT_TRUE(life.activate("2026-01-17").ok());
    life.bill("2026-01-17");
    life.news();
    ASSERT_TRUE(life.add("2026-01-22", "ip").ok());
    life.bill("2026-02-28");
    EXPECT_EQ(life.news(), (Lines{"2026-01-22 ip recurring 1.61 [2026-01-22, 2026-02-01) 10/31",
                                  "2026-01-22 ip recurring 5.00 [2026-02-01, 2026-03-01) 28/28"}));
}

TEST_F(Items, AddedInArrearsAreChargedForTheirDays) {
    Life life(shop, pro_rata(1), "after");
    ASSERT_TRUE(life.activate("2026-01-01").ok());
    ASSERT_TRUE(life.add("2026-01-22", "ip").ok());
    life.bill("2026-02-01");
    EXPECT_EQ(life.news(), (Lines{"2026-02-01 after recurring 31.00 [2026-01-01, 2026-02-01) 31/31",
                                  "2026-02-01 ip recurring 1.61 [2026-01-22, 2026-02-01) 10/31"}));
}

TEST_F(Items, InInstalmentsInArrearsStartAtOnceAndGoOnWithThePeriodsCharged) {
    EXPECT_EQ(charged(pro_rata(1), "after", "2026-01-01", "2026-03-01", {{"router"}}),
              (Lines{"2026-01-01 router installment 33.34 1/3",
                     "2026-02-01 after recurring 31.00 [2026-01-01, 2026-02-01) 31/31",
                     "2026-02-01 router installment 33.33 2/3",
                     "2026-03-01 after recurring 31.00 [2026-02-01, 2026-03-01) 28/28",
                     "2026-03-01 router installment 33.33 3/3"}));
}

TEST_F(Items, KeepThePriceTheyWereSoldAt) {
    Life life(shop, {}, "net", {{"ip"}});
    shop.new_price("net", "99", "2026-01-01");
    ASSERT_TRUE(life.activate("2026-01-15").ok());
    life.bill("2026-01-15");
    EXPECT_EQ(life.news().front(), "2026-01-15 net recurring 40.00 [2026-01-15, 2026-02-15) 31/31");
}

TEST_F(Items, FreeOfChargeMakeALineOfZeroButNoSetupFeeLine) {
    shop.service("free", "0");
    EXPECT_EQ(charged({}, "free", "2026-01-15", "2026-01-15"),
              (Lines{"2026-01-15 free recurring 0.00 [2026-01-15, 2026-02-15) 31/31"}));
}

TEST_F(Items, MultiplyByTheirQuantityBeforeRounding) {
    shop.recurring("fine", "0.333");
    EXPECT_EQ(charged({}, "net", "2026-01-15", "2026-01-15", {{"fine", 3}}).back(),
              "2026-01-15 fine recurring 1.00 [2026-01-15, 2026-02-15) 31/31");
}

}  // namespace
}  // namespace sluice::charging
