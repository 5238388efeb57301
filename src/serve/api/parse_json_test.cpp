#include <gtest/gtest.h>

#include "serve/api/description.hpp"

namespace sluice::serve::api {
namespace {

std::string fault(std::string_view text) {
    const auto parsed = parse_json(text);
    const auto* problem = std::get_if<std::string>(&parsed);
    return problem ? *problem : "none: " + boost::json::serialize(std::get<boost::json::value>(parsed));
}
boost::json::value value(std::string_view text) { return std::get<boost::json::value>(parse_json(text)); }

std::string repeated(std::string_view text, std::size_t times) {
    std::string result;
    for (std::size_t i = 0; i < times; ++i) result += text;
    return result;
}

TEST(ParseJson, ValuesComeAsTheyAre) {
    EXPECT_EQ(fault(R"( {"b": [1, -2, "ü\n", true, null], "a": {}} )"), R"(none: {"b":[1,-2,"ü\n",true,null],"a":{}})");
    EXPECT_EQ(value("\"\\ud83d\\ude00\""), "😀");
}

TEST(ParseJson, WholeNumbersAndOthersAreToldApart) {
    EXPECT_TRUE(value("9223372036854775807").is_int64());
    EXPECT_TRUE(value("-9223372036854775808").is_int64());
    EXPECT_TRUE(value("9223372036854775808").is_uint64());
    for (const auto* text : {"1.0", "1e3", "18446744073709551616", "-9223372036854775809", "0.1"})
        EXPECT_TRUE(value(text).is_double()) << text;
    EXPECT_EQ(value("0.1").get_double(), 0.1);
}

TEST(ParseJson, ANumberThatNoDoubleHoldsIsRefused) {
    EXPECT_EQ(fault("[1e999]"), "the number 1e999 is too large or too small at line 1, column 7");
    EXPECT_EQ(fault("1e99999999999"), "there is a number that is too large at line 1, column 12");
}

TEST(ParseJson, NothingAtAllIsSaid) {
    EXPECT_EQ(fault(""), "there is no JSON: the text is empty");
    EXPECT_EQ(fault(" \r\n\t"), "there is no JSON: the text is empty");
}

TEST(ParseJson, TheSameKeyTwiceInOneObjectIsRefused) {
    EXPECT_EQ(fault("{\"a\": 1,\n \"b\": 2, \"a\": 1}"),
              "the key \"a\" stands twice in the object that ends at line 2, column 16");
    EXPECT_EQ(fault(R"([{"a": {"x": 1}, "b": {"x": 1}}, {"a": 2}])"), R"(none: [{"a":{"x":1},"b":{"x":1}},{"a":2}])");
    EXPECT_EQ(fault(R"({"a": {"b": 1}, "\u0061": 1})"),
              "the key \"a\" stands twice in the object that ends at line 1, column 28");
}

TEST(ParseJson, WhatStandsBehindTheValueIsRefused) {
    EXPECT_EQ(fault("{} {}"), "there is more behind the end of the JSON value at line 1, column 4");
    EXPECT_EQ(fault("1\n]"), "there is more behind the end of the JSON value at line 2, column 1");
}

TEST(ParseJson, BytesThatAreNotUtf8AreRefused) {
    EXPECT_EQ(fault("\"\xFF\""), "there are bytes that are not UTF-8");
    EXPECT_EQ(fault("\"\xED\xA0\x80\""), "there are bytes that are not UTF-8");
    EXPECT_EQ(fault("{\"\xC0\xAF\": 1}"), "there are bytes that are not UTF-8");
}

TEST(ParseJson, HalfASurrogateIsRefused) {
    EXPECT_EQ(fault(R"(["\ud800"])"), "there is something that does not belong at line 1, column 9");
    EXPECT_EQ(fault(R"(["\ud800\u0041"])"), "there is a \\u that stands for half a character at line 1, column 11");
    EXPECT_TRUE(fault(R"("\udc00")").starts_with("there is a \\u that stands for half a character"));
}

TEST(ParseJson, FormsThatAreNotJsonAreRefused) {
    for (const auto* text : {"{a: 1}", "{'a': 1}", "[1,]", "[01]", "[.5]", "[+1]", "[NaN]", "nul", "// x\n1",
                             "\xEF\xBB\xBF{}", "\"a\nb\"", "[1 2]", "{\"a\" 1}", "]"})
        EXPECT_FALSE(fault(text).starts_with("none")) << text << fault(text);
    EXPECT_EQ(fault("{\n  \"ä\" 1}"), "there is something that does not belong at line 2, column 7");
    EXPECT_EQ(fault("{\"a\": "), "the text ends too early at line 1, column 7");
}

TEST(ParseJson, ThirtyTwoLevelsAreTheMost) {
    EXPECT_TRUE(fault(repeated("[", 32) + repeated("]", 32)).starts_with("none"));
    EXPECT_EQ(fault(repeated("[", 33) + repeated("]", 33)),
              "lists and objects are nested deeper than 32 levels at line 1, column 33");
}

TEST(ParseJson, AHundredMegabytesOfOpeningBracketsDoNoHarm) {
    EXPECT_TRUE(fault(std::string(100'000'000, '[')).starts_with("lists and objects are nested deeper"));
    EXPECT_TRUE(fault(repeated("{\"a\":", 1'000'000)).starts_with("lists and objects are nested deeper"));
}

}  // namespace
}  // namespace sluice::serve::api
