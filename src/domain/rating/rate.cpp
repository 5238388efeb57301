#include "domain/rating/rate.hpp"

#include "values/check.hpp"

namespace sluice::rating {

Amount prorated(Decimal price, std::int64_t quantity, std::int32_t days, std::int32_t of_days) {
    check(quantity > 0 && days >= 0 && of_days > 0, "a quantity and a full period are positive");
    return (Amount::of(price) * quantity).share(days, of_days);
}

Amount in_full(Decimal price, std::int64_t quantity) {
    check(quantity > 0, "a quantity is positive");
    return Amount::of(price) * quantity;
}

Money installment(Money total, std::int32_t first, std::int32_t last, std::int32_t parts) {
    check(1 <= first && first <= last && last <= parts, "instalments are counted from 1 to their number");
    const auto part = total.minor_units() / parts;
    const auto remainder = total.minor_units() % parts;
    return Money::minor(part * (last - first + 1) + (first == 1 ? remainder : 0), total.currency());
}

}  // namespace sluice::rating
