#include "domain/rating/rate.hpp"

#include <gtest/gtest.h>

#include "support/shop.hpp"
#include "values/check.hpp"

namespace sluice::rating {
namespace {

using support::decimal;
using support::money;

std::string settled(const Amount& amount) {
    return settle(amount, Currency::from_code("USD").value(), Rounding::half_up).text();
}

TEST(Prorated, IsThePriceTimesDaysOverDays) {
    EXPECT_EQ(settled(prorated(decimal("25"), 1, 15, 31)), "12.10");
    EXPECT_EQ(settled(prorated(decimal("40"), 1, 31, 31)), "40.00");
    EXPECT_EQ(settled(prorated(decimal("40"), 1, 0, 31)), "0.00");
}

TEST(Prorated, MultipliesTheQuantityBeforeAnythingIsRounded) {
    EXPECT_EQ(settled(prorated(decimal("0.001"), 5, 1, 1)), "0.01");
    EXPECT_EQ(settled(prorated(decimal("1.33"), 7, 10, 31)), "3.00");
}

TEST(Prorated, WithoutAPeriodOrQuantityBreaksAPromise) {
    EXPECT_THROW(prorated(decimal("1"), 0, 1, 1), BrokenPromise);
    EXPECT_THROW(prorated(decimal("1"), 1, -1, 1), BrokenPromise);
    EXPECT_THROW(prorated(decimal("1"), 1, 1, 0), BrokenPromise);
    EXPECT_THROW(in_full(decimal("1"), 0), BrokenPromise);
}

TEST(Installments, LeaveTheRemainderToTheFirstPart) {
    EXPECT_EQ(installment(money("100.00"), 1, 1, 3), money("33.34"));
    EXPECT_EQ(installment(money("100.00"), 2, 2, 3), money("33.33"));
    EXPECT_EQ(installment(money("100.00"), 3, 3, 3), money("33.33"));
    EXPECT_EQ(installment(money("1000", "JPY"), 1, 1, 7), money("148", "JPY"));
    EXPECT_EQ(installment(money("1000", "JPY"), 7, 7, 7), money("142", "JPY"));
}

TEST(Installments, AreAddedUpWhenSeveralFallDueAtOnce) {
    EXPECT_EQ(installment(money("100.00"), 2, 3, 3), money("66.66"));
    EXPECT_EQ(installment(money("100.00"), 1, 3, 3), money("100.00"));
}

TEST(Installments, OfLessThanACentEachPutEverythingIntoTheFirst) {
    EXPECT_EQ(installment(money("0.02"), 1, 1, 3), money("0.02"));
    EXPECT_EQ(installment(money("0.02"), 2, 2, 3), money("0.00"));
}

TEST(Installments, OutOfRangeBreakAPromise) {
    EXPECT_THROW(installment(money("1.00"), 0, 1, 3), BrokenPromise);
    EXPECT_THROW(installment(money("1.00"), 2, 1, 3), BrokenPromise);
    EXPECT_THROW(installment(money("1.00"), 3, 4, 3), BrokenPromise);
}

}  // namespace
}  // namespace sluice::rating
