#include "domain/customers/terms.hpp"

#include <gtest/gtest.h>

#include "domain/customers/customers.hpp"
#include "support/shop.hpp"

namespace sluice::customers {
namespace {

BillingSettings cycle_day(int day) { return {.cycle_day = day}; }

class Levels : public testing::Test {
protected:
    Terms terms() const { return resolve_terms(shop.op, shop.subscriber, &unit, sub_service); }

    support::Shop shop;
    Unit unit{.id = UnitId{1}, .code = "office", .name = "Office", .billing = {}};
    BillingSettings sub_service;
};

TEST_F(Levels, WithNothingSaidGiveTheDefaults) {
    EXPECT_EQ(terms().model, Model::cycle);
    EXPECT_EQ(terms().first_charge, FirstCharge::partial);
    EXPECT_EQ(terms().invoicing, Invoicing::independent);
    EXPECT_TRUE(terms().suspension_stops_billing);
    EXPECT_FALSE(terms().credit_suspension);
    EXPECT_FALSE(terms().cycle_day);
}

TEST_F(Levels, AreAskedFromTheMostSpecificOn) {
    shop.op.billing = cycle_day(1);
    EXPECT_EQ(terms().cycle_day, 1);
    shop.op.policies.push_back({.region = "Cook", .pop = {}, .category = {}, .settings = cycle_day(2)});
    EXPECT_EQ(terms().cycle_day, 2);
    shop.subscriber.billing = cycle_day(3);
    EXPECT_EQ(terms().cycle_day, 3);
    unit.billing = cycle_day(4);
    EXPECT_EQ(terms().cycle_day, 4);
    sub_service = cycle_day(5);
    EXPECT_EQ(terms().cycle_day, 5);
}

TEST_F(Levels, DecideSettingBySetting) {
    shop.op.billing = {.model = Model::pro_rata, .cycle_day = 1, .suspension_stops_billing = true};
    shop.subscriber.billing = {.invoicing = Invoicing::merged};
    sub_service = {.cycle_day = 15, .suspension_stops_billing = false, .credit_suspension = true};
    EXPECT_EQ(terms().model, Model::pro_rata);
    EXPECT_EQ(terms().cycle_day, 15);
    EXPECT_EQ(terms().invoicing, Invoicing::merged);
    EXPECT_FALSE(terms().suspension_stops_billing);
    EXPECT_TRUE(terms().credit_suspension);
}

TEST_F(Levels, TakeTheFirstMatchingPolicyThatSaysSomething) {
    shop.subscriber.category = "office";
    shop.op.policies = {{.region = "elsewhere", .pop = {}, .category = {}, .settings = cycle_day(9)},
                        {.region = {}, .pop = {}, .category = "office", .settings = {.model = Model::pro_rata}},
                        {.region = "Cook", .pop = {}, .category = "office", .settings = cycle_day(7)},
                        {.region = {}, .pop = {}, .category = {}, .settings = cycle_day(8)}};
    EXPECT_EQ(terms().model, Model::pro_rata);
    EXPECT_EQ(terms().cycle_day, 7);
}

TEST_F(Levels, MatchAPolicyOnlyWhenAllThatItNamesMatches) {
    shop.subscriber.pop = "north";
    shop.op.policies = {{.region = "Cook", .pop = "south", .category = {}, .settings = cycle_day(9)}};
    EXPECT_FALSE(terms().cycle_day);
    shop.subscriber.pop = "south";
    EXPECT_EQ(terms().cycle_day, 9);
}

TEST_F(Levels, ManageWithoutAUnit) {
    shop.subscriber.billing = cycle_day(3);
    EXPECT_EQ(resolve_terms(shop.op, shop.subscriber, nullptr, {}).cycle_day, 3);
}

TEST(TermsRefusal, OfProRataWithoutACycleDay) {
    EXPECT_EQ(refuse({.model = Model::pro_rata, .cycle_day = {}, .threshold_day = {}}),
              TermsRefusal::pro_rata_needs_a_cycle_day);
    EXPECT_FALSE(refuse({.model = Model::pro_rata, .cycle_day = 1, .threshold_day = {}}));
    EXPECT_FALSE(refuse({.model = Model::cycle, .cycle_day = {}, .threshold_day = {}}));
}

TEST(TermsRefusal, OfAThresholdWithoutADay) {
    Terms terms{.model = Model::pro_rata, .cycle_day = 1, .first_charge = FirstCharge::threshold, .threshold_day = {}};
    EXPECT_EQ(refuse(terms), TermsRefusal::threshold_needs_a_threshold_day);
    terms.threshold_day = 20;
    EXPECT_FALSE(refuse(terms));
    terms = {.model = Model::cycle, .cycle_day = {}, .first_charge = FirstCharge::threshold, .threshold_day = {}};
    EXPECT_FALSE(refuse(terms));
}

TEST(TermsRefusal, SaysWhatIsMissing) {
    EXPECT_NE(message(TermsRefusal::pro_rata_needs_a_cycle_day).find("cycle_day"), std::string_view::npos);
    EXPECT_NE(message(TermsRefusal::threshold_needs_a_threshold_day).find("threshold_day"), std::string_view::npos);
}

}  // namespace
}  // namespace sluice::customers
