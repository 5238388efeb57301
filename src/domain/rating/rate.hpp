// Prices turned into exact amounts. Nothing is rounded here but instalments, which are cut in whole minor units.
#pragma once

#include <cstdint>

#include "values/money.hpp"

namespace sluice::rating {

// price × quantity × days / of_days.  REQUIRES: quantity > 0, days >= 0, of_days > 0.
Amount prorated(Decimal price, std::int64_t quantity, std::int32_t days, std::int32_t of_days);

// price × quantity.
Amount in_full(Decimal price, std::int64_t quantity);

// Parts `first` to `last` of `total` cut into `parts`: equal parts in whole minor units, the remainder in part 1.
// REQUIRES: 1 <= first <= last <= parts.  Source: billing rules, Items.
Money installment(Money total, std::int32_t first, std::int32_t last, std::int32_t parts);

}  // namespace sluice::rating
