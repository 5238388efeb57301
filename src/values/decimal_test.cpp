#include "values/decimal.hpp"

#include <gtest/gtest.h>

namespace sluice {
namespace {

Decimal decimal(const char* text) { return Decimal::parse(text).value(); }

TEST(DecimalParse, ReadsUpToNineDecimals) {
    EXPECT_EQ(decimal("0.000125").scaled(), 125'000);
    EXPECT_EQ(decimal("1.123456789").scaled(), 1'123'456'789);
    EXPECT_EQ(decimal("-7").scaled(), -7'000'000'000);
    EXPECT_EQ(decimal("007.50"), decimal("7.5"));
    EXPECT_EQ(decimal("-0"), Decimal{});
}

TEST(DecimalParse, RefusesATenthDecimal) {
    EXPECT_FALSE(Decimal::parse("1.1234567891"));
    EXPECT_FALSE(Decimal::parse("1.1234567890"));
}

TEST(DecimalParse, RefusesExponentsSignsBlanksAndGroups) {
    for (const char* text : {"",      "-",     ".",   "5.",  ".5",  "1e3", "1E3", "+5", " 5",   "5 ",
                             "1 000", "1_000", "1,5", "--5", "0x5", "inf", "nan", "5-", "5.-1", "1.2.3"})
        EXPECT_FALSE(Decimal::parse(text)) << text;
}

TEST(DecimalParse, EndsAtAQuintillion) {
    EXPECT_TRUE(Decimal::parse("1000000000000000000"));
    EXPECT_TRUE(Decimal::parse("-1000000000000000000.000000000"));
    EXPECT_FALSE(Decimal::parse("1000000000000000000.000000001"));
    EXPECT_FALSE(Decimal::parse("9999999999999999999"));
    EXPECT_FALSE(Decimal::parse("100000000000000000000000000000000000000000"));
}

TEST(DecimalText, ShowsWhatIsNeededAndAtLeastWhatIsAsked) {
    EXPECT_EQ(decimal("40").text(), "40");
    EXPECT_EQ(decimal("40").text(2), "40.00");
    EXPECT_EQ(decimal("40.5").text(2), "40.50");
    EXPECT_EQ(decimal("0.000125").text(2), "0.000125");
    EXPECT_EQ(decimal("-0.5").text(), "-0.5");
    EXPECT_EQ(decimal("-1.05").text(1), "-1.05");
    EXPECT_EQ(decimal("1000000000000000000").text(), "1000000000000000000");
}

TEST(Decimal, KnowsHowManyDecimalsItNeeds) {
    EXPECT_EQ(decimal("0").decimals(), 0);
    EXPECT_EQ(decimal("40").decimals(), 0);
    EXPECT_EQ(decimal("40.250").decimals(), 2);
    EXPECT_EQ(decimal("0.000000001").decimals(), 9);
}

TEST(Decimal, IsOrderedByItsNumber) {
    EXPECT_LT(decimal("-2"), decimal("-1.5"));
    EXPECT_LT(decimal("9.99"), decimal("10"));
    EXPECT_EQ(decimal("1.50"), decimal("1.5"));
}

}  // namespace
}  // namespace sluice
