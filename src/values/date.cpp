#include "values/date.hpp"

#include <algorithm>

#include "values/check.hpp"

namespace sluice {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr int first_year = 1900;
constexpr int last_year = 2999;

Date from_civil(year_month_day civil) {
    return Date::from_days(static_cast<std::int32_t>(sys_days{civil}.time_since_epoch().count()));
}

// -1 unless every character is a digit.
int number(std::string_view digits) {
    int n = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9') return -1;
        n = n * 10 + (c - '0');
    }
    return n;
}

}  // namespace

Date Date::clamped(int months_since_year_0, int day_of_month) {
    check(day_of_month >= 1 && day_of_month <= 31, "a day of the month is 1 to 31");
    const std::chrono::year y{months_since_year_0 / 12};
    const std::chrono::month m{static_cast<unsigned>(months_since_year_0 % 12 + 1)};
    const auto last = std::chrono::year_month_day_last{y, std::chrono::month_day_last{m}}.day();
    return from_civil({y, m, std::min(std::chrono::day{static_cast<unsigned>(day_of_month)}, last)});
}

std::optional<Date> Date::parse(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const int y = number(text.substr(0, 4));
    const int m = number(text.substr(5, 2));
    const int d = number(text.substr(8, 2));
    if (y < first_year || y > last_year || m < 1 || d < 1) return std::nullopt;
    const year_month_day civil{std::chrono::year{y}, std::chrono::month{static_cast<unsigned>(m)},
                               std::chrono::day{static_cast<unsigned>(d)}};
    if (!civil.ok()) return std::nullopt;
    return from_civil(civil);
}

std::string Date::text() const {
    const auto c = civil();
    std::string out = "0000-00-00";
    const auto put = [&out](std::size_t last, int n) {
        for (std::size_t at = last; n > 0; --at, n /= 10) out[at] = static_cast<char>('0' + n % 10);
    };
    put(3, static_cast<int>(c.year()));
    put(6, static_cast<int>(static_cast<unsigned>(c.month())));
    put(9, static_cast<int>(static_cast<unsigned>(c.day())));
    return out;
}

int Date::year() const { return static_cast<int>(civil().year()); }

int Date::day_of_month() const { return static_cast<int>(static_cast<unsigned>(civil().day())); }

int Date::months_since_year_0() const {
    const auto c = civil();
    return static_cast<int>(c.year()) * 12 + static_cast<int>(static_cast<unsigned>(c.month())) - 1;
}

std::chrono::year_month_day Date::civil() const { return sys_days{std::chrono::days{days_}}; }

}  // namespace sluice
