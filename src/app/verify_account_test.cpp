#include "app/verify_account.hpp"

#include <gtest/gtest.h>

namespace sluice::app {
namespace {

TEST(Findings, BeyondAThousandAreOnlyCounted) {
    Findings findings;
    for (int i = 0; i < 1'234; ++i) findings.add("line_amount", "line", "wrong");
    const auto taken = findings.take();
    ASSERT_EQ(taken.size(), 1'001U);
    EXPECT_EQ(taken.back().code, "more_findings");
    EXPECT_EQ(taken.back().message, "234 more findings are not listed");
}

TEST(Findings, OfFactsThatCannotBeComputedWithSayWhy) {
    Findings findings;
    findings.guard("line_1", [] { check(false, "a full period has days"); });
    findings.guard("line_2", [] { throw ArithmeticOverflow("too much"); });
    const auto taken = findings.take();
    ASSERT_EQ(taken.size(), 2U);
    EXPECT_EQ(taken[0].code, "cannot_be_computed");
    EXPECT_EQ(taken[0].where, "line_1");
    EXPECT_NE(taken[0].message.find("a full period has days"), std::string::npos);
    EXPECT_EQ(taken[1].where, "line_2");
}

}  // namespace
}  // namespace sluice::app
