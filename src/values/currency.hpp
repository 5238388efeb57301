// ISO 4217 currencies and how many decimals each has.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace sluice {

class Currency {
public:
    // Nothing comes back unless `code` is one of the active three-letter ISO 4217 codes, in capitals.
    static std::optional<Currency> from_code(std::string_view code);
    static std::span<const std::string_view> all_codes();

    std::string_view code() const;
    // Decimals of one unit: JPY 0, USD 2, KWD 3, CLF 4.
    int minor_digits() const;
    // Minor units in one unit: 10^minor_digits().
    std::int64_t minor_per_unit() const;

    friend bool operator==(Currency, Currency) = default;

private:
    constexpr explicit Currency(std::uint8_t index) : index_(index) {}

    std::uint8_t index_;
};

}  // namespace sluice
