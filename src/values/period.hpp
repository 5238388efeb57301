// Half-open spans of civil dates, and the grids of boundaries that bill periods lie on.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "values/date.hpp"

namespace sluice {

// [start, end): covers start, does not cover end.
struct Period {
    Date start;
    Date end;

    constexpr std::int32_t days() const { return days_between(start, end); }
    constexpr bool empty() const { return !(start < end); }
    constexpr bool covers(Date date) const { return start <= date && date < end; }
    friend constexpr bool operator==(Period, Period) = default;
};

// The common part; empty (start >= end) when there is none.
constexpr Period overlap(Period a, Period b) {
    return {a.start > b.start ? a.start : b.start, a.end < b.end ? a.end : b.end};
}

// What of `span` none of `taken` covers, in order.
std::vector<Period> without(Period span, std::vector<Period> taken);

enum class PeriodUnit { day, week, month, year };

// The length of a price period: "1 month", "3 months", "10 days".
struct PeriodLength {
    std::int32_t count;  // 1..max_count of its unit
    PeriodUnit unit;

    // Reads "1 month", "3 months", "10 days"; nothing for other forms, zero, or more than 3,660 days / 120 months / 10
    // years.
    static std::optional<PeriodLength> parse(std::string_view text);
    std::string text() const;

    // Days and weeks have no cycle day: they are always counted in days from the anchor.
    bool is_in_months() const { return unit == PeriodUnit::month || unit == PeriodUnit::year; }
    std::int32_t months() const { return unit == PeriodUnit::year ? count * 12 : count; }  // REQUIRES: is_in_months()
    std::int32_t days() const { return unit == PeriodUnit::week ? count * 7 : count; }     // REQUIRES: !is_in_months()
    friend bool operator==(PeriodLength, PeriodLength) = default;
};

// The boundaries of a sub-service's periods. Boundary k is computed from boundary 0 and never from its neighbour, so
// that anchor 31 January gives 31 Jan, 28 Feb, 31 Mar.  Source: billing rules, Time and Billing models.
class Grid {
public:
    // Cycle-based: boundary 0 is the anchor.
    static Grid from_anchor(Date anchor, PeriodLength length);
    // Pro-rata: boundary 0 is the first cycle day on or after `activation`, clamped to its month.
    // REQUIRES: cycle_day 1..31, length.is_in_months().
    static Grid from_cycle_day(Date activation, int cycle_day, PeriodLength length);
    // As stored: `day` is the day of the month that boundaries are clamped to (ignored for days and weeks).
    static Grid restore(Date boundary_0, int day, PeriodLength length) { return Grid{boundary_0, day, length}; }

    Date boundary(std::int32_t k) const;
    // The full period that covers `date`.
    Period period_covering(Date date) const;
    // The first boundary on or after `date`.
    Date boundary_from(Date date) const;
    bool is_boundary(Date date) const { return boundary_from(date) == date; }

    Date boundary_0() const { return boundary_0_; }
    int day() const { return day_; }
    PeriodLength length() const { return length_; }
    friend bool operator==(const Grid&, const Grid&) = default;

private:
    Grid(Date boundary_0, int day, PeriodLength length) : boundary_0_(boundary_0), day_(day), length_(length) {}

    Date boundary_0_;
    int day_;
    PeriodLength length_;
};

}  // namespace sluice
