#include "values/money.hpp"

#include <limits>
#include <numeric>

#include "values/check.hpp"

namespace sluice {
namespace {

[[noreturn]] void overflow(const char* what) { throw ArithmeticOverflow(what); }

Int128 gcd(Int128 a, Int128 b) {
    if (a < 0) a = -a;
    while (b != 0) {
        const Int128 rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

Int128 product(Int128 a, Int128 b) {
    Int128 result = 0;
    if (__builtin_mul_overflow(a, b, &result)) overflow("an amount does not fit into 128 bits");
    return result;
}

bool multiplies(Int128 a, Int128 b, Int128& result) { return !__builtin_mul_overflow(a, b, &result); }

}  // namespace

std::optional<Money> Money::parse(std::string_view text, Currency currency) {
    const auto number = Decimal::parse(text);
    if (!number || number->decimals() > currency.minor_digits()) return std::nullopt;
    const Int128 minor = number->scaled() / (Decimal::one / currency.minor_per_unit());
    if (minor > std::numeric_limits<std::int64_t>::max() || minor < std::numeric_limits<std::int64_t>::min())
        return std::nullopt;
    return Money{static_cast<std::int64_t>(minor), currency};
}

std::string Money::text() const {
    const int digits = currency_.minor_digits();
    // Through unsigned, so that the smallest 64-bit number has an absolute value too.
    auto rest =
        minor_units_ < 0 ? 0 - static_cast<std::uint64_t>(minor_units_) : static_cast<std::uint64_t>(minor_units_);
    char buffer[24];
    char* at = buffer + sizeof buffer;
    for (int place = 0; place < digits || rest != 0 || place == digits; ++place) {
        if (place == digits && digits > 0) *--at = '.';
        *--at = static_cast<char>('0' + rest % 10);
        rest /= 10;
    }
    if (minor_units_ < 0) *--at = '-';
    return {at, buffer + sizeof buffer};
}

Money Money::operator-() const {
    if (minor_units_ == std::numeric_limits<std::int64_t>::min()) overflow("a sum of money does not fit into 64 bits");
    return Money{-minor_units_, currency_};
}

Money& Money::operator+=(Money other) {
    check(currency_ == other.currency_, "sums are of one currency");
    if (__builtin_add_overflow(minor_units_, other.minor_units_, &minor_units_))
        overflow("a sum of money does not fit into 64 bits");
    return *this;
}

Money& Money::operator-=(Money other) {
    check(currency_ == other.currency_, "sums are of one currency");
    if (__builtin_sub_overflow(minor_units_, other.minor_units_, &minor_units_))
        overflow("a sum of money does not fit into 64 bits");
    return *this;
}

std::strong_ordering operator<=>(Money a, Money b) {
    check(a.currency_ == b.currency_, "money is compared in one currency");
    return a.minor_units_ <=> b.minor_units_;
}

Amount Amount::times(Int128 numerator, Int128 denominator) const {
    check(denominator > 0, "a denominator is positive");
    Int128 top = 0;
    Int128 bottom = 0;
    if (multiplies(numerator_, numerator, top) && multiplies(denominator_, denominator, bottom))
        return Amount{top, bottom};
    // Cancelling crosswise keeps every result that fits into 128 bits at all.
    const Int128 g1 = gcd(numerator_, denominator);
    const Int128 g2 = gcd(numerator, denominator_);
    return Amount{product(numerator_ / g1, numerator / g2), product(denominator_ / g2, denominator / g1)};
}

std::string Amount::text(int decimals) const {
    const bool negative = numerator_ < 0;
    Int128 rest = negative ? -numerator_ : numerator_;
    Int128 whole = rest / denominator_;
    rest %= denominator_;
    std::string digits;
    do {
        digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(whole % 10)));
        whole /= 10;
    } while (whole != 0);
    if (decimals > 0) digits += '.';
    for (int place = 0; place < decimals; ++place) {
        rest = product(rest, 10);
        digits += static_cast<char>('0' + static_cast<int>(rest / denominator_));
        rest %= denominator_;
    }
    return (negative ? "-" : "") + digits + (rest != 0 ? "…" : "");
}

Money settle(const Amount& amount, Currency currency, Rounding rounding) {
    const Amount in_minor = amount * currency.minor_per_unit();
    const bool negative = in_minor.numerator_ < 0;
    const Int128 size = negative ? -in_minor.numerator_ : in_minor.numerator_;
    Int128 whole = size / in_minor.denominator_;
    const Int128 rest = size % in_minor.denominator_;
    const Int128 missing = in_minor.denominator_ - rest;  // compared with rest instead of doubling it: no overflow
    const bool half_goes_up = rounding == Rounding::half_up || whole % 2 != 0;
    if (rest > missing || (rest == missing && half_goes_up)) ++whole;
    if (whole > std::numeric_limits<std::int64_t>::max()) overflow("an amount does not fit into 64-bit minor units");
    const auto minor = static_cast<std::int64_t>(whole);
    return Money::minor(negative ? -minor : minor, currency);
}

}  // namespace sluice
