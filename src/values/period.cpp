#include "values/period.hpp"

#include <algorithm>
#include <array>

#include "values/check.hpp"

namespace sluice {
namespace {

struct UnitName {
    std::string_view name;
    PeriodUnit unit;
    std::int32_t max_count;
};
constexpr std::array<UnitName, 4> unit_names{{{"day", PeriodUnit::day, 3'660},
                                              {"week", PeriodUnit::week, 520},
                                              {"month", PeriodUnit::month, 120},
                                              {"year", PeriodUnit::year, 10}}};

std::int32_t floor_divide(std::int32_t a, std::int32_t b) { return a / b - (a % b < 0 ? 1 : 0); }

}  // namespace

std::vector<Period> without(Period span, std::vector<Period> taken) {
    std::sort(taken.begin(), taken.end(), [](Period a, Period b) { return a.start < b.start; });
    std::vector<Period> left;
    for (const auto& covered : taken) {
        if (covered.end <= span.start || covered.start >= span.end) continue;
        if (covered.start > span.start) left.push_back({span.start, covered.start});
        span.start = covered.end;
    }
    if (!span.empty()) left.push_back(span);
    return left;
}

std::optional<PeriodLength> PeriodLength::parse(std::string_view text) {
    std::int32_t count = 0;
    std::size_t at = 0;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9' && at < 5; ++at)
        count = count * 10 + (text[at] - '0');
    if (at == 0 || at >= text.size() || text[at] != ' ') return std::nullopt;
    auto name = text.substr(at + 1);
    if (name.size() > 1 && name.back() == 's') name.remove_suffix(1);
    for (const auto& unit : unit_names)
        if (unit.name == name && count >= 1 && count <= unit.max_count) return PeriodLength{count, unit.unit};
    return std::nullopt;
}

std::string PeriodLength::text() const {
    for (const auto& known : unit_names)
        if (known.unit == unit) return std::to_string(count) + " " + std::string(known.name) + (count == 1 ? "" : "s");
    fail_promise("a period unit has a name", __FILE__, __LINE__);
}

Grid Grid::from_anchor(Date anchor, PeriodLength length) { return Grid{anchor, anchor.day_of_month(), length}; }

Grid Grid::from_cycle_day(Date activation, int cycle_day, PeriodLength length) {
    check(length.is_in_months(), "only periods in months or years have a cycle day");
    const int month = activation.months_since_year_0();
    const Date in_this_month = Date::clamped(month, cycle_day);
    return Grid{in_this_month >= activation ? in_this_month : Date::clamped(month + 1, cycle_day), cycle_day, length};
}

Date Grid::boundary(std::int32_t k) const {
    if (!length_.is_in_months()) return boundary_0_.plus_days(k * length_.days());
    return Date::clamped(boundary_0_.months_since_year_0() + k * length_.months(), day_);
}

Period Grid::period_covering(Date date) const {
    std::int32_t k = 0;
    if (length_.is_in_months()) {
        // The month alone decides, but for the days before the boundary in the boundary's own month.
        const auto months = date.months_since_year_0() - boundary_0_.months_since_year_0();
        k = floor_divide(months, length_.months());
        if (date < boundary(k)) --k;
    } else {
        k = floor_divide(days_between(boundary_0_, date), length_.days());
    }
    const Period found{boundary(k), boundary(k + 1)};
    check(found.covers(date), "the period that covers a date covers it");
    return found;
}

Date Grid::boundary_from(Date date) const {
    const Period period = period_covering(date);
    return period.start == date ? date : period.end;
}

}  // namespace sluice
