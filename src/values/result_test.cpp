#include "values/result.hpp"

#include <gtest/gtest.h>

#include <string>

namespace sluice {
namespace {

enum class WishRefusal { too_early, too_late };
using Wish = Result<std::string, WishRefusal>;

TEST(Result, HoldsAValueOrTheReasonWhyThereIsNone) {
    const Wish granted = std::string("here");
    EXPECT_TRUE(granted.ok());
    EXPECT_EQ(*granted, "here");
    EXPECT_EQ(granted->size(), 4U);
    const Wish refused = Refused{WishRefusal::too_late};
    EXPECT_FALSE(refused);
    EXPECT_EQ(refused.refusal(), WishRefusal::too_late);
}

TEST(Result, AskedForWhatItDoesNotHoldBreaksAPromise) {
    const Wish granted = std::string("here");
    const Wish refused = Refused{WishRefusal::too_early};
    EXPECT_THROW(static_cast<void>(refused.value()), BrokenPromise);
    EXPECT_THROW(static_cast<void>(granted.refusal()), BrokenPromise);
}

TEST(Check, SaysThePromiseInWordsAndWhere) {
    EXPECT_NO_THROW(check(true, "this holds"));
    try {
        check(false, "a line adds up");
        FAIL() << "a broken promise is thrown";
    } catch (const BrokenPromise& broken) {
        EXPECT_NE(std::string(broken.what()).find("a line adds up"), std::string::npos);
        EXPECT_NE(std::string(broken.what()).find("result_test.cpp"), std::string::npos);
    }
}

}  // namespace
}  // namespace sluice
