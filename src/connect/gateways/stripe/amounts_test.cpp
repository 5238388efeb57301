#include "connect/gateways/stripe/amounts.hpp"

#include <gtest/gtest.h>

#include "support/shop.hpp"

namespace sluice::connect::stripe {
namespace {

using support::money;

TEST(StripeAmounts, AreIsoMinorUnitsInMostCurrencies) {
    EXPECT_EQ(to_stripe(money("10.99")), 1099);
    EXPECT_EQ(to_stripe(money("500", "JPY")), 500);
    EXPECT_EQ(to_stripe(money("5", "CLP")), 5);
    EXPECT_EQ(from_stripe(1099, *Currency::from_code("USD")), money("10.99"));
}

TEST(StripeAmounts, HaveTwoDecimalsForKronurAndUgandanShillings) {
    EXPECT_EQ(to_stripe(money("5", "ISK")), 500);
    EXPECT_EQ(to_stripe(money("5", "UGX")), 500);
    EXPECT_EQ(from_stripe(500, *Currency::from_code("ISK")), money("5", "ISK"));
    EXPECT_FALSE(from_stripe(550, *Currency::from_code("ISK")));
}

TEST(StripeAmounts, HaveNoDecimalsForAriary) {
    EXPECT_EQ(to_stripe(money("5.00", "MGA")), 5);
    EXPECT_FALSE(to_stripe(money("5.20", "MGA")));
    EXPECT_EQ(from_stripe(5, *Currency::from_code("MGA")), money("5.00", "MGA"));
}

TEST(StripeAmounts, EndInZeroWithThreeDecimals) {
    EXPECT_EQ(to_stripe(money("5.120", "KWD")), 5120);
    EXPECT_FALSE(to_stripe(money("5.124", "KWD")));
}

TEST(StripeAmounts, ComeBackAsTheyWent) {
    for (const auto code : Currency::all_codes()) {
        const auto currency = *Currency::from_code(code);
        const auto amount = Money::minor(12'000, currency);
        ASSERT_TRUE(to_stripe(amount)) << code;
        EXPECT_EQ(from_stripe(*to_stripe(amount), currency), amount) << code;
    }
}

TEST(StripeAmounts, BeyondSixtyFourBitsAreNone) {
    EXPECT_FALSE(to_stripe(Money::minor(INT64_MAX, *Currency::from_code("ISK"))));
}

TEST(StripeAmounts, CurrenciesAreWrittenSmall) {
    EXPECT_EQ(code_at_stripe(*Currency::from_code("USD")), "usd");
    EXPECT_EQ(currency_of("usd"), Currency::from_code("USD"));
    EXPECT_FALSE(currency_of("zzz"));
}

}  // namespace
}  // namespace sluice::connect::stripe
