#include "domain/reports/compare.hpp"

#include <gtest/gtest.h>

#include "support/shop.hpp"

namespace sluice::reports {
namespace {

using charging::SubServiceBilling;
using invoicing::Line;
using support::date;
using support::Life;
using support::Shop;
using Texts = std::vector<std::string>;

// Months of a sub-service, set against each other: each side has the lines with a billing date in its month.
class Compare : public testing::Test {
protected:
    Compare() {
        shop.service("net", "40", {.setup_fee = "25"});
        shop.service("fast", "60");
        shop.service("yearly", "480", {.period = "1 year"});
        shop.service("weekly", "10", {.period = "1 week"});
        shop.recurring("ip", "5");
        shop.once("visit", "30");
        shop.installments("router", "90", 3);
    }
    std::vector<Line> in_month(const Life& life, const char* month) const {
        std::vector<Line> lines;
        for (const auto& line : life.lines())
            if (line.charge.billing_date && line.charge.billing_date->text().starts_with(month)) lines.push_back(line);
        return lines;
    }
    // "40.00 to 45.00: price 5.00".
    std::string told(const Life& life, const char* before, const char* now, Circumstances circumstances = {}) const {
        circumstances.status = life.state().status;
        const auto difference = compare(shop.catalog, circumstances, in_month(life, before), in_month(life, now),
                                        shop.op.currency, shop.op.rounding);
        std::string text = difference.before.text() + " to " + difference.now.text() + ":";
        for (const auto& [cause, amount] : difference.parts)
            text += " " + std::string(name_of(cause)) + " " + amount.text();
        return text;
    }
    Life life_with(std::string_view service, const std::vector<support::ItemAtStart>& items = {}) {
        return Life(shop, terms, service, items);
    }

    Shop shop;
    customers::Terms terms;
};

TEST_F(Compare, TheSameMonthTwiceIsNoDifference) {
    auto life = life_with("net", {{"ip"}});
    ASSERT_TRUE(life.activate("2026-01-05").ok());
    life.bill("2026-04-30");
    EXPECT_EQ(told(life, "2026-02", "2026-03"), "45.00 to 45.00:");
}

TEST_F(Compare, ANewSubServiceAndItsSetupFee) {
    auto life = life_with("net", {{"ip"}});
    ASSERT_TRUE(life.activate("2026-01-05").ok());
    life.bill("2026-02-28");
    EXPECT_EQ(told(life, "2025-12", "2026-01", {.is_new = true}), "0.00 to 70.00: started 45.00 one_off 25.00");
    EXPECT_EQ(told(life, "2026-01", "2026-02"), "70.00 to 45.00: one_off -25.00");
}

TEST_F(Compare, ACancelledOneBringsNothing) {
    auto life = life_with("net");
    ASSERT_TRUE(life.activate("2026-01-05").ok());
    ASSERT_TRUE(life.cancel("2026-02-20").ok());
    life.bill("2026-03-31");
    EXPECT_EQ(told(life, "2026-02", "2026-03"), "40.00 to 0.00: cancelled -40.00");
}

TEST_F(Compare, CreditOfTheUnusedRestIsACreditBesideTheEnd) {
    auto life = life_with("net");
    ASSERT_TRUE(life.activate("2026-01-01").ok());
    life.bill("2026-03-01");
    ASSERT_TRUE(life.cancel("2026-03-17", {.at = charging::CancelAt::now, .credit = true}).ok());
    life.bill("2026-04-30");
    EXPECT_EQ(told(life, "2026-02", "2026-03"), "40.00 to 20.65: credit -19.35");
    EXPECT_EQ(told(life, "2026-03", "2026-04"), "20.65 to 0.00: cancelled -40.00 credit 19.35");
}

TEST_F(Compare, SuspensionAndReturn) {
    auto life = life_with("net");
    ASSERT_TRUE(life.activate("2026-01-01").ok());
    life.bill("2026-02-01");
    ASSERT_TRUE(life.suspend("2026-02-10").ok());
    life.bill("2026-03-31");
    EXPECT_EQ(told(life, "2026-02", "2026-03"), "40.00 to 0.00: suspended -40.00");
    ASSERT_TRUE(life.resume("2026-04-16").ok());
    life.bill("2026-05-01");
    EXPECT_EQ(told(life, "2026-03", "2026-04", {.has_resumed = true}), "0.00 to 20.00: resumed 20.00");
    EXPECT_EQ(told(life, "2026-04", "2026-05"), "20.00 to 40.00: proration 20.00");
}

TEST_F(Compare, AParkedAccountSaysSo) {
    auto life = life_with("net");
    ASSERT_TRUE(life.activate("2026-01-05").ok());
    life.bill("2026-02-28");
    EXPECT_EQ(told(life, "2026-02", "2026-03", {.is_parked = true}), "40.00 to 0.00: parked -40.00");
}

TEST_F(Compare, AnotherMainServiceInTheMiddleOfAMonth) {
    auto life = life_with("net");
    ASSERT_TRUE(life.activate("2026-01-01").ok());
    life.bill("2026-03-01");
    ASSERT_TRUE(life.change_service("2026-03-17", "fast").ok());
    life.bill("2026-04-30");
    EXPECT_EQ(told(life, "2026-02", "2026-03"), "40.00 to 49.68: service 9.68");
    EXPECT_EQ(told(life, "2026-03", "2026-04"), "49.68 to 60.00: service 10.32");
}

TEST_F(Compare, AnotherPrice) {
    auto life = life_with("net", {{"ip"}});
    ASSERT_TRUE(life.activate("2026-01-01").ok());
    shop.new_price("net", "44", "2026-02-10");
    life.bill("2026-02-15");
    ASSERT_TRUE(life.move_to_current_price("2026-02-15").ok());
    life.bill("2026-03-31");
    EXPECT_EQ(told(life, "2026-02", "2026-03"), "45.00 to 49.00: price 4.00");
}

TEST_F(Compare, AnotherPriceAndFewerDays) {
    terms.model = customers::Model::pro_rata;
    terms.cycle_day = 1;
    auto life = life_with("net");
    ASSERT_TRUE(life.activate("2026-01-16").ok());
    shop.new_price("net", "44", "2026-01-20");
    life.bill("2026-01-20");
    ASSERT_TRUE(life.move_to_current_price("2026-01-20").ok());
    life.bill("2026-02-28");
    // 16 of 31 days at 40.00, then a month at 44.00.
    EXPECT_EQ(told(life, "2026-01", "2026-02"), "45.65 to 44.00: price 4.00 proration 19.35 one_off -25.00");
}

TEST_F(Compare, AnAddOnFromTheMiddleOfAPeriod) {
    auto life = life_with("net");
    ASSERT_TRUE(life.activate("2026-01-01").ok());
    life.bill("2026-03-01");
    ASSERT_TRUE(life.add("2026-03-17", "ip").ok());
    life.bill("2026-04-30");
    EXPECT_EQ(told(life, "2026-02", "2026-03"), "40.00 to 42.42: item_added 2.42");
    EXPECT_EQ(told(life, "2026-03", "2026-04"), "42.42 to 45.00: proration 2.58");
    ASSERT_TRUE(life.remove("2026-04-30", "ip").ok());
    life.bill("2026-05-31");
    EXPECT_EQ(told(life, "2026-04", "2026-05"), "45.00 to 40.00: item_removed -5.00");
}

TEST_F(Compare, OneOffsAndInstallments) {
    auto life = life_with("net", {{"router"}});
    ASSERT_TRUE(life.activate("2026-01-01").ok());
    life.bill("2026-02-10");
    ASSERT_TRUE(life.add("2026-02-10", "visit").ok());
    life.bill("2026-04-30");
    EXPECT_EQ(told(life, "2026-02", "2026-03"), "100.00 to 70.00: one_off -30.00");
    EXPECT_EQ(told(life, "2026-03", "2026-04"), "70.00 to 40.00: installment -30.00");
}

TEST_F(Compare, AYearlyServiceFallsDueOnOneSideOnly) {
    auto life = life_with("yearly");
    ASSERT_TRUE(life.activate("2025-03-01").ok());
    life.bill("2026-04-30");
    EXPECT_EQ(told(life, "2026-02", "2026-03"), "0.00 to 480.00: other_dates 480.00");
    EXPECT_EQ(told(life, "2026-03", "2026-04"), "480.00 to 0.00: other_dates -480.00");
}

TEST_F(Compare, AFifthWeek) {
    auto life = life_with("weekly");
    ASSERT_TRUE(life.activate("2026-01-01").ok());
    life.bill("2026-02-28");
    EXPECT_EQ(told(life, "2026-01", "2026-02"), "50.00 to 40.00: other_dates -10.00");
}

TEST_F(Compare, OtherTaxesOnTopAndInside) {
    for (const bool included : {false, true}) {
        Shop taxed;
        taxed.tax("vat", "10", {.included = included});
        taxed.tax("vat", "21", {.included = included, .valid_from = date("2026-03-01")});
        taxed.service("net", "40", {.taxes = {"vat"}});
        Life life(taxed, terms, "net");
        ASSERT_TRUE(life.activate("2026-01-01").ok());
        life.bill("2026-03-31");
        const auto difference = compare(taxed.catalog, {}, in_month(life, "2026-02"), in_month(life, "2026-03"),
                                        taxed.op.currency, taxed.op.rounding);
        EXPECT_EQ(difference.before.text(), included ? "40.00" : "44.00");
        EXPECT_EQ(difference.now.text(), included ? "40.00" : "48.40");
        ASSERT_EQ(difference.parts.size(), included ? 0U : 1U);
        if (!included) {
            EXPECT_EQ(difference.parts[0].cause, Cause::tax);
            EXPECT_EQ(difference.parts[0].amount.text(), "4.40");
        }
    }
}

TEST(ComparedDates, AreAsFewMonthsApartAsItTakes) {
    const auto dates = [](const char* after, const char* through) {
        const auto all = ComparedDates::of_run(date(after), date(through));
        return all.before_after().text() + " " + all.before_through().text() + " " + std::to_string(all.months);
    };
    EXPECT_EQ(dates("2026-01-31", "2026-02-28"), "2025-12-31 2026-01-31 1");
    EXPECT_EQ(dates("2026-02-28", "2026-03-31"), "2026-01-31 2026-02-28 1");
    EXPECT_EQ(dates("2026-02-09", "2026-02-10"), "2026-01-09 2026-01-10 1");
    EXPECT_EQ(dates("2026-01-31", "2026-03-31"), "2025-11-30 2026-01-31 2");
    EXPECT_EQ(dates("2026-01-15", "2026-02-20"), "2025-11-15 2025-12-20 2");
}

TEST(ComparedDates, TheLastDayOfAShortMonthStandsForTheDaysThatItDoesNotHave) {
    const auto march = ComparedDates::of_run(date("2026-03-30"), date("2026-03-31"));
    EXPECT_TRUE(march.is_before(date("2026-02-28"), 31));
    EXPECT_FALSE(march.is_before(date("2026-02-28"), 28));
    const auto february = ComparedDates::of_run(date("2026-02-27"), date("2026-02-28"));
    EXPECT_TRUE(february.is_before(date("2026-01-31"), 31));
    EXPECT_TRUE(february.is_before(date("2026-01-28"), 28));
    EXPECT_FALSE(february.is_before(date("2026-01-27"), 27));
}

TEST(Causes, AreReadBackByTheirNames) {
    for (int i = 0; i < cause_count; ++i) {
        const auto cause = static_cast<Cause>(i);
        EXPECT_EQ(parse_cause(name_of(cause)), cause);
    }
    EXPECT_EQ(parse_cause("weather"), std::nullopt);
}

}  // namespace
}  // namespace sluice::reports
