#include "domain/payments/method.hpp"

#include <gtest/gtest.h>

#include "support/shop.hpp"

namespace sluice::payments {
namespace {

using support::decimal;
using support::money;

Commission two_percent_and_one(bool on_top) { return {decimal("2"), money("1.00"), on_top}; }

TEST(Commission, OnTopOfAHundredMakesAHundredAndThree) {
    const auto quoted = quote(money("100.00"), two_percent_and_one(true), Rounding::half_up);
    EXPECT_EQ(quoted.amount, money("100.00"));
    EXPECT_EQ(quoted.commission, money("3.00"));
    EXPECT_EQ(quoted.total, money("103.00"));
}

TEST(Commission, TakenFromItLeavesWhatIsPaidAsItIs) {
    const auto quoted = quote(money("100.00"), two_percent_and_one(false), Rounding::half_up);
    EXPECT_EQ(quoted.amount, money("100.00"));
    EXPECT_EQ(quoted.commission, money("3.00"));
    EXPECT_EQ(quoted.total, money("100.00"));
}

TEST(Commission, IsRoundedOnceAsTheOperatorRounds) {
    const Commission commission{decimal("2.5"), money("0.00"), true};
    EXPECT_EQ(quote(money("0.20"), commission, Rounding::half_up).commission, money("0.01"));
    EXPECT_EQ(quote(money("0.20"), commission, Rounding::half_even).commission, money("0.00"));
}

TEST(Commission, IsWholeInACurrencyWithoutDecimals) {
    const Commission commission{decimal("1.9"), money("30", "JPY"), true};
    EXPECT_EQ(quote(money("1000", "JPY"), commission, Rounding::half_up).total, money("1049", "JPY"));
}

class Terms : public testing::Test {
protected:
    Terms() {
        subscriber.country = "DE";
        subscriber.category = "office";
    }
    std::optional<MethodRefusal> refused(const char* amount) { return refuse(terms, subscriber, money(amount)); }

    MethodTerms terms{.commission = {{}, money("0.00"), false}};
    customers::Subscriber subscriber;
};

TEST_F(Terms, LetEverybodyThroughUnlessTheySayMore) { EXPECT_FALSE(refused("0.01")); }

TEST_F(Terms, NameCurrenciesCountriesAndCategories) {
    terms.currencies = {"EUR"};
    EXPECT_EQ(refused("1.00"), MethodRefusal::currency_not_taken);
    terms.currencies = {"EUR", "USD"};
    terms.countries = {"PL"};
    EXPECT_EQ(refused("1.00"), MethodRefusal::country_not_served);
    terms.countries = {"PL", "DE"};
    terms.categories = {"residential"};
    EXPECT_EQ(refused("1.00"), MethodRefusal::not_for_this_category);
    terms.categories = {"office"};
    EXPECT_FALSE(refused("1.00"));
}

TEST_F(Terms, IncludeTheirLimits) {
    terms.minimum = money("5.00");
    terms.maximum = money("10.00");
    EXPECT_EQ(refused("4.99"), MethodRefusal::below_minimum);
    EXPECT_FALSE(refused("5.00"));
    EXPECT_FALSE(refused("10.00"));
    EXPECT_EQ(refused("10.01"), MethodRefusal::above_maximum);
}

}  // namespace
}  // namespace sluice::payments
