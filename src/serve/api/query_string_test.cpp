#include "serve/api/query_string.hpp"

#include <gtest/gtest.h>

namespace sluice::serve::api {
namespace {

TEST(PercentDecode, TwoHexadecimalDigitsAreAByte) {
    EXPECT_EQ(percent_decode("a%20%4a%4A", Plus::is_plus), "a JJ");
    EXPECT_EQ(percent_decode("%", Plus::is_plus), std::nullopt);
    EXPECT_EQ(percent_decode("%4", Plus::is_plus), std::nullopt);
    EXPECT_EQ(percent_decode("%4g", Plus::is_plus), std::nullopt);
    EXPECT_EQ(percent_decode("%41", Plus::is_plus), "A");
}

TEST(PercentDecode, APlusIsASpaceInAQueryOnly) {
    EXPECT_EQ(percent_decode("a+b%2B", Plus::is_plus), "a+b+");
    EXPECT_EQ(percent_decode("a+b%2B", Plus::is_space), "a b+");
}

TEST(PercentEncode, WhatIsDecodedComesBack) {
    const std::string all_bytes = [] {
        std::string text;
        for (int i = 0; i < 256; ++i) text += static_cast<char>(i);
        return text;
    }();
    EXPECT_EQ(percent_decode(percent_encode(all_bytes), Plus::is_space), all_bytes);
    EXPECT_EQ(percent_encode("a/b c~ä"), "a%2Fb%20c~%C3%A4");
}

TEST(SplitQuery, NamesAndValuesAreDecodedInOrder) {
    const auto parameters = split_query("b=x%20y&a%5B%5D=1=2&&c=");
    ASSERT_EQ(parameters.size(), 3U);
    EXPECT_EQ(parameters[0].name, "b");
    EXPECT_EQ(parameters[0].value, "x y");
    EXPECT_EQ(parameters[1].name, "a[]");
    EXPECT_EQ(parameters[1].value, "1=2");
    EXPECT_EQ(parameters[2].value, "");
    for (const auto& each : parameters) EXPECT_EQ(each.fault, "");
}

TEST(SplitQuery, WhatIsMalformedIsSaid) {
    EXPECT_EQ(split_query("a")[0].fault, "has no value; write a=…");
    EXPECT_EQ(split_query("%zz=1")[0].fault, "is not percent-encoded UTF-8");
    EXPECT_EQ(split_query("a=%FF")[0].fault, "is not percent-encoded UTF-8");
    EXPECT_TRUE(split_query("").empty());
}

}  // namespace
}  // namespace sluice::serve::api
