#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "support/shop.hpp"
#include "values/period.hpp"
#include "values/zone.hpp"

namespace sluice::laws {
namespace {

using support::date;

constexpr int years = 40;

const std::vector<PeriodLength>& lengths() {
    static const std::vector<PeriodLength> all = [] {
        std::vector<PeriodLength> made;
        for (const auto* text : {"1 month", "2 months", "3 months", "5 months", "6 months", "12 months", "1 year",
                                 "2 years", "1 week", "2 weeks", "1 day", "10 days", "30 days"})
            made.push_back(PeriodLength::parse(text).value());
        return made;
    }();
    return all;
}

// The rule once more, in other words: anchor + k × n months, the day clamped to the length of the month.
Date expected_boundary(Date boundary_0, int day, PeriodLength length, int k) {
    if (!length.is_in_months()) return boundary_0.plus_days(k * length.days());
    const std::chrono::year_month_day anchor{std::chrono::sys_days{std::chrono::days{boundary_0.days_since_1970()}}};
    const auto month = anchor.year() / anchor.month() + std::chrono::months{k * length.months()};
    const auto last = std::chrono::year_month_day_last{month.year(), std::chrono::month_day_last{month.month()}};
    const auto wanted = std::min(std::chrono::day{static_cast<unsigned>(day)}, last.day());
    const std::chrono::sys_days found{month / wanted};
    return Date::from_days(static_cast<std::int32_t>(found.time_since_epoch().count()));
}

// Empty when all is well. Looks at every boundary of 40 years and at the days on either side of each.
std::string tiles(const Grid& grid) {
    const Date end = grid.boundary_0().plus_days(years * 366);
    Date start = grid.boundary(0);
    for (int k = 0; start < end; ++k) {
        const Date next = grid.boundary(k + 1);
        const Period period{start, next};
        const bool right = period.days() > 0 &&
                           start == expected_boundary(grid.boundary_0(), grid.day(), grid.length(), k) &&
                           grid.period_covering(start) == period && grid.period_covering(next.plus_days(-1)) == period;
        if (!right) return grid.boundary_0().text() + " " + grid.length().text() + " boundary " + std::to_string(k);
        start = next;
    }
    return {};
}

TEST(Periods, TileFromEveryAnchorDay) {
    // Every day of four years, so that each stands in each position of the leap cycle.
    for (Date anchor = date("2024-01-01"); anchor < date("2028-01-01"); anchor = anchor.plus_days(1))
        for (const auto& length : lengths()) ASSERT_EQ(tiles(Grid::from_anchor(anchor, length)), "");
}

TEST(Periods, TileOnEveryCycleDay) {
    for (int cycle_day = 1; cycle_day <= 31; ++cycle_day) {
        Date before = date("2000-01-01");
        for (Date day = date("2024-01-01"); day < date("2028-01-01"); day = day.plus_days(1)) {
            const auto boundary = Grid::from_cycle_day(day, cycle_day, lengths().front()).boundary_0();
            ASSERT_LE(day, boundary);
            ASSERT_LE(days_between(day, boundary), 30);
            ASSERT_TRUE(boundary.day_of_month() == cycle_day || boundary.plus_days(1).day_of_month() == 1);
            if (boundary == before) continue;  // the same grids as from the day before
            before = boundary;
            for (const auto& length : lengths()) {
                if (!length.is_in_months()) continue;
                ASSERT_EQ(tiles(Grid::from_cycle_day(day, cycle_day, length)), "");
            }
        }
    }
}

RC_GTEST_PROP(Periods, CoverEachDayOnce, ()) {
    const Date anchor = date("2000-01-01").plus_days(*rc::gen::inRange(0, 15'000));
    const auto length = *rc::gen::elementOf(lengths());
    const bool by_cycle_day = length.is_in_months() && *rc::gen::arbitrary<bool>();
    const auto grid = by_cycle_day ? Grid::from_cycle_day(anchor, *rc::gen::inRange(1, 32), length)
                                   : Grid::from_anchor(anchor, length);
    const Date day = anchor.plus_days(*rc::gen::inRange(-years * 366, years * 366));
    const Period period = grid.period_covering(day);
    RC_ASSERT(period.covers(day));
    RC_ASSERT(grid.period_covering(period.start) == period);
    RC_ASSERT(grid.period_covering(period.end).start == period.end);
    RC_ASSERT(grid.period_covering(period.start.plus_days(-1)).end == period.start);
    RC_ASSERT(grid.boundary_from(day) == (day == period.start ? day : period.end));
    RC_ASSERT(Grid::restore(grid.boundary_0(), grid.day(), length).period_covering(day) == period);
}

const std::vector<std::string>& zone_names() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> found{"UTC"};
        std::ifstream table("/usr/share/zoneinfo/zone.tab");  // country, coordinates, name, comment
        for (std::string line; std::getline(table, line);) {
            if (line.empty() || line.front() == '#') continue;
            std::istringstream fields(line);
            std::string country, coordinates, name;
            fields >> country >> coordinates >> name;
            found.push_back(name);
        }
        return found;
    }();
    return names;
}

TEST(Zones, AreAllKnown) {
    ASSERT_GT(zone_names().size(), 300U);
    for (const auto& name : zone_names()) EXPECT_TRUE(Zone::named(name)) << name;
}

// The first instant, to the microsecond, at which clocks in the zone show `day` or later.
Instant begin_of(const Zone& zone, Date day) {
    const Instant midnight_utc{std::chrono::hours{24} * day.days_since_1970()};
    auto before = midnight_utc - std::chrono::hours{50};
    auto after = midnight_utc + std::chrono::hours{50};
    while (after - before > std::chrono::microseconds{1}) {
        const auto middle = before + (after - before) / 2;
        (zone.date_at(middle) < day ? before : after) = middle;
    }
    return after;
}

RC_GTEST_PROP(Zones, HandEachInstantToOnePeriod, ()) {
    const auto zone = Zone::named(*rc::gen::elementOf(zone_names())).value();
    const Date anchor = date("2012-01-01").plus_days(*rc::gen::inRange(0, 5'000));
    const auto grid = Grid::from_anchor(anchor, *rc::gen::elementOf(lengths()));
    const Period period = grid.period_covering(anchor.plus_days(*rc::gen::inRange(0, years * 365)));
    const auto begin = begin_of(zone, period.start);
    const auto end = begin_of(zone, period.end);
    const auto length = (end - begin).count();
    RC_ASSERT(length > 0);

    const auto period_at = [&](Instant instant) { return grid.period_covering(zone.date_at(instant)); };
    RC_ASSERT(period_at(begin) == period);
    RC_ASSERT(period_at(end - std::chrono::microseconds{1}) == period);
    RC_ASSERT(period_at(end).start == period.end);
    RC_ASSERT(period_at(begin - std::chrono::microseconds{1}).end == period.start);
    const auto somewhere = begin + std::chrono::microseconds{*rc::gen::inRange<std::int64_t>(0, length)};
    RC_ASSERT(period_at(somewhere) == period);
}

RC_GTEST_PROP(Zones, NeverTurnTheCalendarBack, ()) {
    const auto zone = Zone::named(*rc::gen::elementOf(zone_names())).value();
    const Date day = date("2012-01-01").plus_days(*rc::gen::inRange(0, years * 365));
    const auto begin = begin_of(zone, day);
    Date last = zone.date_at(begin);
    RC_ASSERT(last == day);
    for (int quarter = 1; quarter <= 4 * 26; ++quarter) {
        const Date shown = zone.date_at(begin + std::chrono::minutes{15} * quarter);
        RC_ASSERT(shown >= last);
        RC_ASSERT(days_between(last, shown) <= 1);
        last = shown;
    }
    RC_ASSERT(last > day);
}

RC_GTEST_PROP(DateText, IsReadBack, ()) {
    const Date day = date("1900-01-01").plus_days(*rc::gen::inRange(0, 401'767));
    RC_ASSERT(Date::parse(day.text()) == day);
}

}  // namespace
}  // namespace sluice::laws
