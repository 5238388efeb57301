// The two kinds of number of a bill, and the one door between them.
//   Amount: exact and unrounded, what pricing produces.   Money: whole minor units, what documents print and books
//   hold.
// No constructor leads from one to the other: an accidental rounding does not compile.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "values/currency.hpp"
#include "values/decimal.hpp"

namespace sluice {

enum class Rounding { half_up, half_even };

// Whole minor units of one currency. Sums that leave 64 bits throw ArithmeticOverflow; mixing currencies breaks a
// promise.
class Money {
public:
    static constexpr Money minor(std::int64_t minor_units, Currency currency) { return Money{minor_units, currency}; }
    static constexpr Money zero(Currency currency) { return Money{0, currency}; }

    // Reads "-12.34"; nothing for more decimals than the currency has, an exponent, or beyond 64-bit minor units.
    static std::optional<Money> parse(std::string_view text, Currency currency);
    // Plain notation with exactly the currency's decimals: "-12.30", in JPY "-12".
    std::string text() const;

    std::int64_t minor_units() const { return minor_units_; }
    Currency currency() const { return currency_; }
    bool is_zero() const { return minor_units_ == 0; }
    bool is_negative() const { return minor_units_ < 0; }
    bool is_positive() const { return minor_units_ > 0; }

    Money operator-() const;
    Money& operator+=(Money other);
    Money& operator-=(Money other);
    friend Money operator+(Money a, Money b) { return a += b; }
    friend Money operator-(Money a, Money b) { return a -= b; }
    friend bool operator==(Money, Money) = default;
    // REQUIRES: one currency.
    friend std::strong_ordering operator<=>(Money a, Money b);

private:
    constexpr Money(std::int64_t minor_units, Currency currency) : minor_units_(minor_units), currency_(currency) {}

    std::int64_t minor_units_;
    Currency currency_;
};

// An exact rational number of currency units. Overflow of the 128-bit parts throws ArithmeticOverflow.
class Amount {
public:
    static Amount of(Decimal number) { return Amount{number.scaled(), Decimal::one}; }
    static Amount of(Money money) { return Amount{money.minor_units(), money.currency().minor_per_unit()}; }

    Amount operator*(std::int64_t factor) const { return times(factor, 1); }
    Amount operator*(Decimal factor) const { return times(factor.scaled(), Decimal::one); }
    // The amount × part / whole.  REQUIRES: whole > 0.
    Amount share(std::int64_t part, std::int64_t whole) const { return times(part, whole); }
    // REQUIRES: divisor > 0.
    Amount operator/(Decimal divisor) const { return times(Decimal::one, divisor.scaled()); }

    // The number in plain notation, cut (not rounded) after `decimals`, with "…" when more would follow.
    std::string text(int decimals) const;

    // Rounds, once: the only way from an Amount to a Money. Source: billing rules, Money.
    friend Money settle(const Amount& amount, Currency currency, Rounding rounding);

private:
    Amount(Int128 numerator, Int128 denominator) : numerator_(numerator), denominator_(denominator) {}
    Amount times(Int128 numerator, Int128 denominator) const;

    Int128 numerator_;
    Int128 denominator_;  // > 0
};

Money settle(const Amount& amount, Currency currency, Rounding rounding);

}  // namespace sluice
