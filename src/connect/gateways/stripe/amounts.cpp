#include "connect/gateways/stripe/amounts.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace sluice::connect::stripe {
namespace {

// ISO 4217 and Stripe count their minor units differently: so many of Stripe's are so many of ours.
struct Ratio {
    std::string_view currency;
    std::int64_t stripe;
    std::int64_t ours;
};
constexpr std::array<Ratio, 3> ratios{{
    {"ISK", 100, 1},  // whole krónur, written with two decimals that are always 00
    {"UGX", 100, 1},
    {"MGA", 1, 100},  // without decimals there, with two here
}};
// Their last digit must be 0.
constexpr std::array<std::string_view, 5> three_decimals{"BHD", "JOD", "KWD", "OMR", "TND"};

Ratio ratio_of(Currency currency) {
    for (const auto& ratio : ratios)
        if (ratio.currency == currency.code()) return ratio;
    return {currency.code(), 1, 1};
}

bool ends_in_zero_only(Currency currency) {
    return std::find(three_decimals.begin(), three_decimals.end(), currency.code()) != three_decimals.end();
}

std::optional<std::int64_t> scaled(std::int64_t number, std::int64_t factor, std::int64_t divisor) {
    std::int64_t product = 0;
    if (__builtin_mul_overflow(number, factor, &product) || product % divisor != 0) return std::nullopt;
    return product / divisor;
}

}  // namespace

std::optional<std::int64_t> to_stripe(Money money) {
    const auto ratio = ratio_of(money.currency());
    if (ends_in_zero_only(money.currency()) && money.minor_units() % 10 != 0) return std::nullopt;
    return scaled(money.minor_units(), ratio.stripe, ratio.ours);
}

std::optional<Money> from_stripe(std::int64_t amount, Currency currency) {
    const auto ratio = ratio_of(currency);
    const auto minor = scaled(amount, ratio.ours, ratio.stripe);
    return minor ? std::optional(Money::minor(*minor, currency)) : std::nullopt;
}

std::string code_at_stripe(Currency currency) {
    std::string code(currency.code());
    for (auto& letter : code) letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    return code;
}

std::optional<Currency> currency_of(std::string_view code_at_stripe) {
    std::string code(code_at_stripe);
    for (auto& letter : code) letter = static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
    return Currency::from_code(code);
}

}  // namespace sluice::connect::stripe
