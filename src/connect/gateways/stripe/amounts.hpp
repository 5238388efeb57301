// Money in Stripe's minor units, which are not ISO's everywhere.
// Source: docs.stripe.com/currencies, "Zero-decimal currencies", "Special cases", "Three-decimal currencies".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "values/money.hpp"

namespace sluice::connect::stripe {

// Nothing for an amount that Stripe cannot take: a part of a króna, thousandths that do not end in 0.
std::optional<std::int64_t> to_stripe(Money money);
// Nothing for a number that is no amount in that currency.
std::optional<Money> from_stripe(std::int64_t amount, Currency currency);
// "usd"
std::string code_at_stripe(Currency currency);
std::optional<Currency> currency_of(std::string_view code_at_stripe);

}  // namespace sluice::connect::stripe
