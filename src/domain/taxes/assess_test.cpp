#include "domain/taxes/assess.hpp"

#include <gtest/gtest.h>

#include "support/shop.hpp"
#include "values/check.hpp"

namespace sluice::taxes {
namespace {

using charging::Charge;
using charging::ChargeKind;
using charging::LineId;
using support::date;
using support::decimal;
using support::money;
using support::Shop;

class Taxes : public testing::Test {
protected:
    // A charge of `amount` for the product of that code.
    Charge charge(const char* code, const char* amount, ChargeKind kind = ChargeKind::recurring) {
        const auto& product = shop.product(code);
        return {.id = shop.ids.next<LineId>(),
                .sub_service = subscriptions::SubServiceId{1},
                .item = subscriptions::ItemId{1},
                .product = product.id,
                .price = shop.catalog.latest_price(product.id)->id,
                .kind = kind,
                .billing_date = date("2026-03-01"),
                .period = Period{date("2026-03-01"), date("2026-04-01")},
                .unit_price = decimal("1"),
                .amount = money(amount, shop.op.currency.code())};
    }
    TaxedCharge assessed(const char* code, const char* amount) {
        return assess(charge(code, amount), shop.catalog, shop.subscriber, date("2026-03-01"), shop.op.rounding);
    }
    TaxedCharge credited(const TaxedCharge& line, const char* amount, std::vector<const TaxedCharge*> earlier = {}) {
        auto credit = charge("net", amount, ChargeKind::credit);
        credit.credits = line.charge.id;
        return assess_credit(std::move(credit), line, earlier, shop.op.rounding);
    }
    static void expect(const TaxedCharge& line, const char* net, const char* tax, const char* gross) {
        EXPECT_EQ(line.net.text(), net);
        EXPECT_EQ(line.tax.text(), tax);
        EXPECT_EQ(line.gross.text(), gross);
        EXPECT_EQ(line.net + line.tax, line.gross);
    }

    Shop shop;
};

TEST_F(Taxes, OnTopAreAddedToTheAmount) {
    shop.tax("vat", "20");
    shop.service("net", "40", {.taxes = {"vat"}});
    expect(assessed("net", "40.00"), "40.00", "8.00", "48.00");
}

TEST_F(Taxes, IncludedAreTakenOutOfTheAmount) {
    shop.tax("vat", "23", {.included = true});
    shop.service("net", "24.90", {.taxes = {"vat"}});
    expect(assessed("net", "24.90"), "20.24", "4.66", "24.90");
}

TEST_F(Taxes, OfOneLineAreRoundedOneByOne) {
    shop.tax("country", "10");
    shop.tax("city", "1.5");
    shop.service("net", "0.45", {.taxes = {"country", "city"}});
    const auto line = assessed("net", "0.45");
    ASSERT_EQ(line.taxes.size(), 2U);
    EXPECT_EQ(line.taxes[0].amount, money("0.05"));  // 0.045
    EXPECT_EQ(line.taxes[1].amount, money("0.01"));  // 0.00675
    expect(line, "0.45", "0.06", "0.51");
}

TEST_F(Taxes, IncludedAndOnTopTakeTheirShareOfTheSameNet) {
    shop.tax("vat", "20", {.included = true});
    shop.tax("state", "5", {.included = true});
    shop.tax("city", "10");
    shop.service("net", "125", {.taxes = {"city", "vat", "state"}});
    const auto line = assessed("net", "125.00");
    EXPECT_EQ(line.taxes[0].amount, money("10.00"));
    EXPECT_EQ(line.taxes[1].amount, money("20.00"));
    EXPECT_EQ(line.taxes[2].amount, money("5.00"));
    expect(line, "100.00", "35.00", "135.00");
}

TEST_F(Taxes, OfNothingAreNothing) {
    shop.tax("vat", "20");
    shop.service("net", "0", {.taxes = {"vat"}});
    expect(assessed("net", "0.00"), "0.00", "0.00", "0.00");
}

TEST_F(Taxes, ThatTheProductDoesNotNameAreNotTaken) {
    shop.tax("vat", "20");
    shop.service("net", "40");
    const auto line = assessed("net", "40.00");
    EXPECT_TRUE(line.taxes.empty());
    expect(line, "40.00", "0.00", "40.00");
}

TEST_F(Taxes, ElsewhereAreNotTaken) {
    shop.tax("city", "1.5", {.country = "US", .region = "Lake"});
    shop.service("net", "40", {.taxes = {"city"}});
    EXPECT_TRUE(assessed("net", "40.00").taxes.empty());
}

TEST_F(Taxes, AtTheTopOfTheRangeAreExact) {
    shop.tax("vat", "25");
    shop.service("net", "1", {.taxes = {"vat"}});
    expect(assessed("net", "10000000000000000.00"), "10000000000000000.00", "2500000000000000.00",
           "12500000000000000.00");
    EXPECT_THROW(assessed("net", "92000000000000000.00"), ArithmeticOverflow);
}

class BestRule : public Taxes {
protected:
    std::string best(const char* on = "2026-03-01") const {
        const auto* rule = best_rule(shop.catalog, "vat", shop.subscriber, date(on));
        return rule ? rule->rate.text() : "none";
    }
};

TEST_F(BestRule, IsTheSpecificOneWhateverTheOrder) {
    shop.tax("vat", "1", {.country = "US", .region = "Cook"});
    shop.tax("vat", "2", {.region = "Cook"});
    shop.tax("vat", "3", {.country = "US"});
    shop.tax("vat", "4");
    EXPECT_EQ(best(), "1");
    shop.subscriber.country = "PL";
    EXPECT_EQ(best(), "2");
    shop.subscriber.region = "Lake";
    EXPECT_EQ(best(), "4");
    shop.subscriber.country = "US";
    EXPECT_EQ(best(), "3");
}

TEST_F(BestRule, IsTheLatestThatIsValidByThen) {
    shop.tax("vat", "19", {.valid_from = date("2020-01-01")});
    shop.tax("vat", "21", {.valid_from = date("2026-03-01")});
    shop.tax("vat", "18");
    EXPECT_EQ(best("2019-12-31"), "18");
    EXPECT_EQ(best("2026-02-28"), "19");
    EXPECT_EQ(best("2026-03-01"), "21");
}

TEST_F(BestRule, OfASpecificPlaceBeatsALaterGeneralOne) {
    shop.tax("vat", "5", {.region = "Cook"});
    shop.tax("vat", "7", {.valid_from = date("2026-01-01")});
    EXPECT_EQ(best(), "5");
}

TEST_F(BestRule, IsMissingWhereNoneApplies) {
    shop.tax("vat", "5", {.country = "PL"});
    EXPECT_EQ(best(), "none");
}

TEST_F(Taxes, OfACreditAreThoseOfTheLineWhateverTheyAreToday) {
    shop.tax("vat", "20");
    shop.service("net", "40", {.taxes = {"vat"}});
    const auto line = assessed("net", "40.00");
    shop.tax("vat", "50", {.region = "Cook"});
    expect(credited(line, "-10.00"), "-10.00", "-2.00", "-12.00");
}

TEST_F(Taxes, OfAllCreditsNeverExceedThoseOfTheLine) {
    shop.tax("vat", "10");
    shop.service("net", "0.15", {.taxes = {"vat"}});
    const auto line = assessed("net", "0.15");  // tax 0.015 rounds to 0.02
    EXPECT_EQ(line.tax, money("0.02"));
    const auto first = credited(line, "-0.05");  // 0.005 rounds to 0.01
    const auto second = credited(line, "-0.05", {&first});
    const auto third = credited(line, "-0.05", {&first, &second});
    EXPECT_EQ(first.tax, money("-0.01"));
    EXPECT_EQ(second.tax, money("-0.01"));
    EXPECT_EQ(third.tax, money("0.00"));
    EXPECT_EQ(third.net + third.tax, third.gross);
}

TEST_F(Taxes, IncludedInACreditNeverExceedThoseOfTheLine) {
    shop.tax("vat", "20", {.included = true});
    shop.service("net", "0.09", {.taxes = {"vat"}});
    const auto line = assessed("net", "0.09");  // 0.015
    EXPECT_EQ(line.tax, money("0.02"));
    const auto first = credited(line, "-0.03");
    const auto second = credited(line, "-0.03", {&first});
    const auto third = credited(line, "-0.03", {&first, &second});
    expect(third, "-0.03", "0.00", "-0.03");
}

TEST_F(Taxes, OfACreditNeedTheLineThatItCredits) {
    shop.service("net", "40");
    const auto line = assessed("net", "40.00");
    EXPECT_THROW(assess_credit(charge("net", "-1.00", ChargeKind::credit), line, {}, shop.op.rounding), BrokenPromise);
    EXPECT_THROW(assess(charge("net", "-1.00", ChargeKind::credit), shop.catalog, shop.subscriber, date("2026-03-01"),
                        shop.op.rounding),
                 BrokenPromise);
}

}  // namespace
}  // namespace sluice::taxes
