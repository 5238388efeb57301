#include "values/date.hpp"

#include <gtest/gtest.h>

#include "values/check.hpp"

namespace sluice {
namespace {

Date date(const char* text) { return Date::parse(text).value(); }
constexpr int months(int year, int month) { return year * 12 + month - 1; }

TEST(DateParse, ReadsIsoDatesAndNothingElse) {
    EXPECT_EQ(date("1970-01-01").days_since_1970(), 0);
    EXPECT_EQ(date("2026-02-28").text(), "2026-02-28");
    for (const char* text : {"", "2026-2-28", "2026/02/28", "28.02.2026", "2026-02-28T00:00:00Z", "2026-02-28 ",
                             "+026-02-28", "2026-02-2x", "-026-02-28"})
        EXPECT_FALSE(Date::parse(text)) << text;
}

TEST(DateParse, RefusesDaysThatDoNotExist) {
    for (const char* text : {"2026-02-29", "2100-02-29", "2026-04-31", "2026-13-01", "2026-00-10", "2026-01-00",
                             "2026-01-32", "1899-12-31", "3000-01-01"})
        EXPECT_FALSE(Date::parse(text)) << text;
    EXPECT_TRUE(Date::parse("2028-02-29"));
    EXPECT_TRUE(Date::parse("2000-02-29"));
    EXPECT_TRUE(Date::parse("1900-01-01"));
    EXPECT_TRUE(Date::parse("2999-12-31"));
}

TEST(DateClamped, IsTheLastDayOfAShorterMonth) {
    EXPECT_EQ(Date::clamped(months(2026, 2), 31), date("2026-02-28"));
    EXPECT_EQ(Date::clamped(months(2028, 2), 30), date("2028-02-29"));
    EXPECT_EQ(Date::clamped(months(2026, 4), 31), date("2026-04-30"));
    EXPECT_EQ(Date::clamped(months(2026, 12), 31), date("2026-12-31"));
    EXPECT_EQ(Date::clamped(months(2026, 13), 5), date("2027-01-05"));
}

TEST(DateClamped, OfADayThatNoMonthHasBreaksAPromise) {
    EXPECT_THROW(Date::clamped(months(2026, 1), 0), BrokenPromise);
    EXPECT_THROW(Date::clamped(months(2026, 1), 32), BrokenPromise);
}

TEST(Date, CountsDaysAcrossALeapDay) {
    EXPECT_EQ(days_between(date("2028-02-28"), date("2028-03-01")), 2);
    EXPECT_EQ(days_between(date("2026-02-28"), date("2026-03-01")), 1);
    EXPECT_EQ(date("2026-12-31").plus_days(1), date("2027-01-01"));
    EXPECT_EQ(date("2026-01-01").plus_days(-1), date("2025-12-31"));
}

TEST(Date, KnowsItsParts) {
    EXPECT_EQ(date("2026-03-09").year(), 2026);
    EXPECT_EQ(date("2026-03-09").day_of_month(), 9);
    EXPECT_EQ(date("2026-03-09").months_since_year_0(), months(2026, 3));
}

}  // namespace
}  // namespace sluice
