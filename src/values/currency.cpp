#include "values/currency.hpp"

#include <algorithm>
#include <array>

namespace sluice {
namespace {

// Sorted, so that a look-up is a binary search. Source: ISO 4217 list one (funds codes included, metals and tests not).
constexpr std::array<std::string_view, 165> codes{
    "AED", "AFN", "ALL", "AMD", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN", "BHD", "BIF",
    "BMD", "BND", "BOB", "BOV", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHE", "CHF", "CHW",
    "CLF", "CLP", "CNY", "COP", "COU", "CRC", "CUP", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD", "EGP", "ERN",
    "ETB", "EUR", "FJD", "FKP", "GBP", "GEL", "GHS", "GIP", "GMD", "GNF", "GTQ", "GYD", "HKD", "HNL", "HTG",
    "HUF", "IDR", "ILS", "INR", "IQD", "IRR", "ISK", "JMD", "JOD", "JPY", "KES", "KGS", "KHR", "KMF", "KPW",
    "KRW", "KWD", "KYD", "KZT", "LAK", "LBP", "LKR", "LRD", "LSL", "LYD", "MAD", "MDL", "MGA", "MKD", "MMK",
    "MNT", "MOP", "MRU", "MUR", "MVR", "MWK", "MXN", "MXV", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR",
    "NZD", "OMR", "PAB", "PEN", "PGK", "PHP", "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB", "RWF", "SAR",
    "SBD", "SCR", "SDG", "SEK", "SGD", "SHP", "SLE", "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL", "THB",
    "TJS", "TMT", "TND", "TOP", "TRY", "TTD", "TWD", "TZS", "UAH", "UGX", "USD", "USN", "UYI", "UYU", "UYW",
    "UZS", "VED", "VES", "VND", "VUV", "WST", "XAF", "XCD", "XCG", "XOF", "XPF", "YER", "ZAR", "ZMW", "ZWG"};
static_assert(std::is_sorted(codes.begin(), codes.end()));

constexpr std::array<std::string_view, 17> without_decimals{"BIF", "CLP", "DJF", "GNF", "ISK", "JPY",
                                                            "KMF", "KRW", "PYG", "RWF", "UGX", "UYI",
                                                            "VND", "VUV", "XAF", "XOF", "XPF"};
constexpr std::array<std::string_view, 7> three_decimals{"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};
constexpr std::array<std::string_view, 2> four_decimals{"CLF", "UYW"};

template <std::size_t N>
constexpr bool has(const std::array<std::string_view, N>& set, std::string_view code) {
    return std::find(set.begin(), set.end(), code) != set.end();
}

constexpr std::array<std::uint8_t, codes.size()> digits_of_codes() {
    std::array<std::uint8_t, codes.size()> digits{};
    for (std::size_t i = 0; i < codes.size(); ++i)
        digits[i] = has(without_decimals, codes[i]) ? 0
                    : has(three_decimals, codes[i]) ? 3
                    : has(four_decimals, codes[i])  ? 4
                                                    : 2;
    return digits;
}
constexpr auto digits = digits_of_codes();

constexpr std::array<std::int64_t, 5> powers_of_ten{1, 10, 100, 1'000, 10'000};

}  // namespace

std::optional<Currency> Currency::from_code(std::string_view code) {
    const auto found = std::lower_bound(codes.begin(), codes.end(), code);
    if (found == codes.end() || *found != code) return std::nullopt;
    return Currency{static_cast<std::uint8_t>(found - codes.begin())};
}

std::span<const std::string_view> Currency::all_codes() { return codes; }

std::string_view Currency::code() const { return codes[index_]; }

int Currency::minor_digits() const { return digits[index_]; }

std::int64_t Currency::minor_per_unit() const { return powers_of_ten[digits[index_]]; }

}  // namespace sluice
