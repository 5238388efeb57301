#include "values/period.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "values/check.hpp"

namespace sluice {
namespace {

Date date(const char* text) { return Date::parse(text).value(); }
PeriodLength length(const char* text) { return PeriodLength::parse(text).value(); }

std::vector<std::string> boundaries(const Grid& grid, std::int32_t first, std::int32_t last) {
    std::vector<std::string> texts;
    for (auto k = first; k <= last; ++k) texts.push_back(grid.boundary(k).text());
    return texts;
}
using Texts = std::vector<std::string>;

TEST(PeriodLengthParse, ReadsCountAndUnit) {
    EXPECT_EQ(length("1 month"), (PeriodLength{1, PeriodUnit::month}));
    EXPECT_EQ(length("3 months"), (PeriodLength{3, PeriodUnit::month}));
    EXPECT_EQ(length("10 days"), (PeriodLength{10, PeriodUnit::day}));
    EXPECT_EQ(length("2 weeks"), (PeriodLength{2, PeriodUnit::week}));
    EXPECT_EQ(length("1 year"), (PeriodLength{1, PeriodUnit::year}));
}

TEST(PeriodLengthParse, RefusesOtherForms) {
    for (const char* text :
         {"", "month", "0 months", "-1 month", "1month", "1  month", "1.5 months", "1 fortnight", "1 months ",
          " 1 month", "121 months", "11 years", "3661 days", "521 weeks", "99999 days", "1 Month", "1 s", "1 "})
        EXPECT_FALSE(PeriodLength::parse(text)) << text;
    EXPECT_TRUE(PeriodLength::parse("120 months"));
    EXPECT_TRUE(PeriodLength::parse("3660 days"));
}

TEST(PeriodLengthText, IsReadBack) {
    for (const char* text : {"1 month", "3 months", "1 day", "10 days", "1 week", "2 weeks", "1 year", "2 years"})
        EXPECT_EQ(length(text).text(), text);
}

TEST(Period, CoversItsStartAndNotItsEnd) {
    const Period period{date("2026-01-17"), date("2026-02-17")};
    EXPECT_TRUE(period.covers(date("2026-01-17")));
    EXPECT_TRUE(period.covers(date("2026-02-16")));
    EXPECT_FALSE(period.covers(date("2026-02-17")));
    EXPECT_FALSE(period.covers(date("2026-01-16")));
    EXPECT_EQ(period.days(), 31);
}

TEST(Period, OverlapOfStrangersIsEmpty) {
    const Period a{date("2026-01-01"), date("2026-02-01")};
    EXPECT_TRUE(overlap(a, {date("2026-02-01"), date("2026-03-01")}).empty());
    EXPECT_EQ(overlap(a, {date("2026-01-20"), date("2026-03-01")}), (Period{date("2026-01-20"), date("2026-02-01")}));
}

TEST(CycleGrid, FromTheThirtyFirstOfJanuaryComesBackToTheThirtyFirst) {
    const auto grid = Grid::from_anchor(date("2026-01-31"), length("1 month"));
    EXPECT_EQ(boundaries(grid, 0, 4), (Texts{"2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"}));
}

TEST(CycleGrid, FromALeapDayComesBackToTheLeapDay) {
    const auto grid = Grid::from_anchor(date("2028-02-29"), length("1 year"));
    EXPECT_EQ(boundaries(grid, 0, 4), (Texts{"2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"}));
}

TEST(CycleGrid, InQuartersKeepsItsDay) {
    const auto grid = Grid::from_anchor(date("2025-11-30"), length("3 months"));
    EXPECT_EQ(boundaries(grid, 0, 4), (Texts{"2025-11-30", "2026-02-28", "2026-05-30", "2026-08-30", "2026-11-30"}));
}

TEST(CycleGrid, InDaysAndWeeksCountsDays) {
    EXPECT_EQ(boundaries(Grid::from_anchor(date("2026-02-25"), length("10 days")), 0, 2),
              (Texts{"2026-02-25", "2026-03-07", "2026-03-17"}));
    EXPECT_EQ(boundaries(Grid::from_anchor(date("2026-02-25"), length("2 weeks")), 0, 2),
              (Texts{"2026-02-25", "2026-03-11", "2026-03-25"}));
}

TEST(CycleGrid, GoesBackBeyondItsAnchor) {
    const auto grid = Grid::from_anchor(date("2026-03-31"), length("1 month"));
    EXPECT_EQ(boundaries(grid, -2, 0), (Texts{"2026-01-31", "2026-02-28", "2026-03-31"}));
    EXPECT_EQ(grid.period_covering(date("2026-02-27")), (Period{date("2026-01-31"), date("2026-02-28")}));
    const auto weeks = Grid::from_anchor(date("2026-03-31"), length("1 week"));
    EXPECT_EQ(weeks.period_covering(date("2026-03-30")), (Period{date("2026-03-24"), date("2026-03-31")}));
}

TEST(ProRataGrid, StartsAtTheFirstCycleDayAfterTheActivation) {
    EXPECT_EQ(Grid::from_cycle_day(date("2026-01-17"), 1, length("1 month")).boundary_0(), date("2026-02-01"));
    EXPECT_EQ(Grid::from_cycle_day(date("2026-01-17"), 20, length("1 month")).boundary_0(), date("2026-01-20"));
    EXPECT_EQ(Grid::from_cycle_day(date("2025-12-17"), 5, length("1 month")).boundary_0(), date("2026-01-05"));
}

TEST(ProRataGrid, StartsOnTheActivationWhenThatIsACycleDay) {
    EXPECT_EQ(Grid::from_cycle_day(date("2026-01-20"), 20, length("1 month")).boundary_0(), date("2026-01-20"));
}

TEST(ProRataGrid, ClampsCycleDayThirtyOneToEachMonth) {
    const auto grid = Grid::from_cycle_day(date("2026-02-10"), 31, length("1 month"));
    EXPECT_EQ(boundaries(grid, -1, 2), (Texts{"2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"}));
    EXPECT_EQ(Grid::from_cycle_day(date("2026-02-28"), 31, length("1 month")).boundary_0(), date("2026-02-28"));
    EXPECT_EQ(Grid::from_cycle_day(date("2028-02-28"), 31, length("1 month")).boundary_0(), date("2028-02-29"));
}

TEST(ProRataGrid, OfAYearCountsBackAWholeYear) {
    const auto grid = Grid::from_cycle_day(date("2026-01-17"), 1, length("1 year"));
    EXPECT_EQ(grid.period_covering(date("2026-01-17")), (Period{date("2025-02-01"), date("2026-02-01")}));
}

TEST(ProRataGrid, OfWeeksBreaksAPromise) {
    EXPECT_THROW(Grid::from_cycle_day(date("2026-01-17"), 1, length("1 week")), BrokenPromise);
}

TEST(Grid, FindsThePeriodOfItsFirstAndLastDay) {
    const auto grid = Grid::from_anchor(date("2026-01-31"), length("1 month"));
    const Period february{date("2026-02-28"), date("2026-03-31")};
    EXPECT_EQ(grid.period_covering(date("2026-02-28")), february);
    EXPECT_EQ(grid.period_covering(date("2026-03-30")), february);
    EXPECT_EQ(grid.period_covering(date("2026-02-27")), (Period{date("2026-01-31"), date("2026-02-28")}));
}

TEST(Grid, TellsTheNextBoundary) {
    const auto grid = Grid::from_anchor(date("2026-01-31"), length("1 month"));
    EXPECT_EQ(grid.boundary_from(date("2026-02-28")), date("2026-02-28"));
    EXPECT_EQ(grid.boundary_from(date("2026-03-01")), date("2026-03-31"));
    EXPECT_TRUE(grid.is_boundary(date("2026-04-30")));
    EXPECT_FALSE(grid.is_boundary(date("2026-04-29")));
}

TEST(Grid, IsRestoredFromBoundaryAndDay) {
    const auto grid = Grid::from_cycle_day(date("2026-02-10"), 31, length("2 months"));
    const auto restored = Grid::restore(grid.boundary_0(), grid.day(), grid.length());
    EXPECT_EQ(restored, grid);
    EXPECT_EQ(boundaries(restored, 0, 2), (Texts{"2026-02-28", "2026-04-30", "2026-06-30"}));
}

TEST(Without, LeavesWhatNoneOfTheOthersCovers) {
    const auto span = [](int from, int to) { return Period{Date::from_days(from), Date::from_days(to)}; };
    using Periods = std::vector<Period>;
    EXPECT_EQ(without(span(0, 10), {}), (Periods{span(0, 10)}));
    EXPECT_EQ(without(span(0, 10), {span(7, 9), span(2, 4)}), (Periods{span(0, 2), span(4, 7), span(9, 10)}));
    EXPECT_EQ(without(span(0, 10), {span(-5, 3), span(1, 2), span(8, 20)}), (Periods{span(3, 8)}));
    EXPECT_EQ(without(span(0, 10), {span(-5, 5), span(5, 15)}), Periods{});
    EXPECT_EQ(without(span(0, 10), {span(-5, 0), span(10, 15)}), (Periods{span(0, 10)}));
    EXPECT_EQ(without(span(3, 3), {}), Periods{});
}

}  // namespace
}  // namespace sluice
