#include "values/decimal.hpp"

#include <algorithm>

namespace sluice {
namespace {

constexpr Int128 largest_scaled = Int128{1'000'000'000'000'000'000} * Decimal::one;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::optional<Decimal> Decimal::parse(std::string_view text) {
    const bool negative = !text.empty() && text.front() == '-';
    if (negative) text.remove_prefix(1);
    const auto point = text.find('.');
    const auto before = text.substr(0, point);
    const auto after = point == std::string_view::npos ? std::string_view{} : text.substr(point + 1);
    const bool point_without_decimals = point != std::string_view::npos && after.empty();
    if (before.empty() || before.size() > 19 || after.size() > places || point_without_decimals) return std::nullopt;
    if (!std::all_of(before.begin(), before.end(), is_digit) || !std::all_of(after.begin(), after.end(), is_digit))
        return std::nullopt;

    Int128 scaled = 0;
    for (const char c : before) scaled = scaled * 10 + (c - '0');
    for (int place = 0; place < places; ++place) {
        const auto at = static_cast<std::size_t>(place);
        scaled = scaled * 10 + (at < after.size() ? after[at] - '0' : 0);
    }
    if (scaled > largest_scaled) return std::nullopt;
    return Decimal{negative ? -scaled : scaled};
}

int Decimal::decimals() const {
    if (scaled_ == 0) return 0;
    int needed = places;
    for (Int128 rest = scaled_; rest % 10 == 0 && needed > 0; rest /= 10) --needed;
    return needed;
}

std::string Decimal::text(int min_decimals) const {
    const int shown = std::max(min_decimals, decimals());
    Int128 rest = scaled_ < 0 ? -scaled_ : scaled_;
    std::string reversed;
    for (int place = places; place > shown; --place) rest /= 10;
    for (int place = 0; place < std::min(shown, places); ++place, rest /= 10)
        reversed += static_cast<char>('0' + static_cast<int>(rest % 10));
    if (shown > 0) reversed += '.';
    do {
        reversed += static_cast<char>('0' + static_cast<int>(rest % 10));
        rest /= 10;
    } while (rest != 0);
    if (scaled_ < 0) reversed += '-';
    return {reversed.rbegin(), reversed.rend()};
}

}  // namespace sluice
