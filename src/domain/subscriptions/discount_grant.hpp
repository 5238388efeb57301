// A discount that was given to a subscriber or to one of their sub-services, by a clerk or for a promo code.
#pragma once

#include <optional>
#include <string>

#include "domain/catalog/discount.hpp"
#include "domain/subscriptions/sub_service.hpp"

namespace sluice::subscriptions {

struct DiscountGrantTag {
    static constexpr std::string_view prefix = "grant";
};
using DiscountGrantId = Id<DiscountGrantTag>;

struct PromoCodeTag {
    static constexpr std::string_view prefix = "promo";
};
using PromoCodeId = Id<PromoCodeTag>;

struct DiscountGrant {
    DiscountGrantId id;
    customers::SubscriberId subscriber;
    std::optional<SubServiceId> sub_service = {};  // none: all of the subscriber's
    catalog::DiscountId discount;
    Date granted_on;                      // billing dates from here on …
    std::optional<Date> revoked_on = {};  // … to the day before
    std::string reason = {};
    std::optional<PromoCodeId> code = {};  // none: a clerk gave it
};

}  // namespace sluice::subscriptions
