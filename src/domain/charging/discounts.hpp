// What a discount takes from a line, and who has which. Source: docs/discounts.md.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "domain/catalog/catalog.hpp"
#include "domain/charging/charge.hpp"
#include "domain/customers/customers.hpp"
#include "domain/subscriptions/discount_grant.hpp"

namespace sluice::charging {

// A discount that a sub-service may have, for the billing dates from `from` to the day before `to`.
struct DiscountClaim {
    const catalog::Discount* discount;
    std::int64_t source;  // the grant, or the discount that needs none: what periods are counted by
    std::optional<Date> from = {};
    std::optional<Date> to = {};
};

// In the order in which they are taken. Nothing, and at no cost, where the catalogue has no discounts.
std::vector<DiscountClaim> claims_of(const catalog::Catalog& catalog, const customers::Subscriber& subscriber,
                                     std::span<const subscriptions::DiscountGrant> grants,
                                     subscriptions::SubServiceId sub_service);

// Unrounded. `left`: of the line, after the discounts taken before this one.
Amount exact_discount(const catalog::Discount& discount, const Charge& line, Money left);
// Rounded, and never more than `left`.
Money discount_of(const catalog::Discount& discount, const Charge& line, Money left, Rounding rounding);

}  // namespace sluice::charging
