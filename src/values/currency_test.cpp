#include "values/currency.hpp"

#include <gtest/gtest.h>

namespace sluice {
namespace {

int digits(const char* code) { return Currency::from_code(code).value().minor_digits(); }

TEST(Currency, HasTheDecimalsOfIso4217) {
    EXPECT_EQ(digits("JPY"), 0);
    EXPECT_EQ(digits("KRW"), 0);
    EXPECT_EQ(digits("UGX"), 0);
    EXPECT_EQ(digits("USD"), 2);
    EXPECT_EQ(digits("HUF"), 2);
    EXPECT_EQ(digits("MGA"), 2);
    EXPECT_EQ(digits("KWD"), 3);
    EXPECT_EQ(digits("TND"), 3);
    EXPECT_EQ(digits("CLF"), 4);
}

TEST(Currency, OfAnUnknownCodeIsRefused) {
    for (const char* code : {"", "usd", "US", "USDX", "XXX", "XAU", "ZZZ", "   "})
        EXPECT_FALSE(Currency::from_code(code)) << code;
}

TEST(Currency, IsFoundByEachOfItsCodes) {
    EXPECT_GE(Currency::all_codes().size(), 150U);
    for (const auto code : Currency::all_codes()) {
        const auto found = Currency::from_code(code);
        ASSERT_TRUE(found) << code;
        EXPECT_EQ(found->code(), code);
    }
}

TEST(Currency, HasTenToThePowerOfItsDecimalsMinorUnits) {
    EXPECT_EQ(Currency::from_code("JPY")->minor_per_unit(), 1);
    EXPECT_EQ(Currency::from_code("USD")->minor_per_unit(), 100);
    EXPECT_EQ(Currency::from_code("KWD")->minor_per_unit(), 1000);
    EXPECT_EQ(Currency::from_code("UYW")->minor_per_unit(), 10000);
}

}  // namespace
}  // namespace sluice
