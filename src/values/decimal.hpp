// Exact decimal numbers with nine places: catalogue prices, tax rates, quantities as people write them.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sluice {

__extension__ using Int128 = __int128;

// A number n / 10^9, |n / 10^9| <= 10^18. Plain notation only: no exponent, no thousands separators.
class Decimal {
public:
    static constexpr int places = 9;
    static constexpr std::int64_t one = 1'000'000'000;

    constexpr Decimal() = default;
    static constexpr Decimal whole(std::int64_t n) { return Decimal{Int128{n} * one}; }
    // The number scaled / 10^9.
    static constexpr Decimal from_scaled(Int128 scaled) { return Decimal{scaled}; }

    // Reads "-12.34". Nothing comes back for any other form, more than nine decimals or more than 10^18.
    static std::optional<Decimal> parse(std::string_view text);

    // The number times 10^9.
    constexpr Int128 scaled() const { return scaled_; }
    constexpr bool is_zero() const { return scaled_ == 0; }
    constexpr bool is_negative() const { return scaled_ < 0; }

    // How many decimals the number needs: 0 for 40, 2 for 40.25, 9 at most.
    int decimals() const;

    // Plain notation with at least `min_decimals` decimals and no more than the number needs beyond them.
    std::string text(int min_decimals = 0) const;

    friend constexpr bool operator==(Decimal, Decimal) = default;
    friend constexpr std::strong_ordering operator<=>(Decimal a, Decimal b) {
        return a.scaled_ < b.scaled_   ? std::strong_ordering::less
               : a.scaled_ > b.scaled_ ? std::strong_ordering::greater
                                       : std::strong_ordering::equal;
    }

private:
    constexpr explicit Decimal(Int128 scaled) : scaled_(scaled) {}

    Int128 scaled_ = 0;
};

}  // namespace sluice
