// Civil dates. No clock, no time zone: those are in values/zone.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sluice {

// A day of the proleptic Gregorian calendar, years 1900 to 2999 when it comes from text.
class Date {
public:
    static constexpr Date from_days(std::int32_t days_since_1970) { return Date{days_since_1970}; }
    // The day of that month, clamped to the month's length: (2026, 2, 31) is 28 February.  REQUIRES: day 1..31.
    static Date clamped(int months_since_year_0, int day);
    // Reads "2026-02-28", nothing else.
    static std::optional<Date> parse(std::string_view text);

    std::string text() const;
    constexpr std::int32_t days_since_1970() const { return days_; }
    int year() const;
    int day_of_month() const;
    // year × 12 + month − 1: months count on without a border at the year's end.
    int months_since_year_0() const;

    constexpr Date plus_days(std::int32_t n) const { return Date{days_ + n}; }
    friend constexpr std::int32_t days_between(Date from, Date to) { return to.days_ - from.days_; }
    friend constexpr auto operator<=>(Date, Date) = default;

private:
    constexpr explicit Date(std::int32_t days) : days_(days) {}
    std::chrono::year_month_day civil() const;

    std::int32_t days_;
};

}  // namespace sluice
