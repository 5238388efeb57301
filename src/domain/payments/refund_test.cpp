#include "domain/payments/refund.hpp"

#include <gtest/gtest.h>

#include "support/shop.hpp"

namespace sluice::payments {
namespace {

using customers::FeeOrder;
using customers::RefundFee;
using support::money;

Money fee(const char* percent, const char* fixed, FeeOrder order, const char* amount) {
    return refund_fee(RefundFee{*Decimal::parse(percent), money(fixed), order}, money(amount), Rounding::half_up);
}

TEST(RefundFees, ArePercentAndFixedOfTheAmount) {
    EXPECT_EQ(fee("10", "10.00", FeeOrder::percent_and_fixed, "200.00"), money("30.00"));
}

TEST(RefundFees, WithTheFixedPartFirstAreAPercentageOfTheRest) {
    EXPECT_EQ(fee("10", "10.00", FeeOrder::fixed_first, "200.00"), money("29.00"));
}

TEST(RefundFees, AreRoundedOnce) {
    EXPECT_EQ(fee("2.5", "0.00", FeeOrder::percent_and_fixed, "0.20"), money("0.01"));  // 0.005
    EXPECT_EQ(fee("2.5", "0.01", FeeOrder::fixed_first, "0.19"), money("0.01"));        // 0.01 and 0.0045
}

TEST(RefundFees, AreNeverMoreThanTheAmount) {
    EXPECT_EQ(fee("10", "10.00", FeeOrder::percent_and_fixed, "5.00"), money("5.00"));
    EXPECT_EQ(fee("10", "10.00", FeeOrder::fixed_first, "5.00"), money("5.00"));
    EXPECT_EQ(fee("100", "0.00", FeeOrder::percent_and_fixed, "5.00"), money("5.00"));
}

}  // namespace
}  // namespace sluice::payments
