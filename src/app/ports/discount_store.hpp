// Discounts of an operator's catalogue, promo codes, and what was granted.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/catalog/discount.hpp"
#include "domain/customers/customers.hpp"
#include "domain/subscriptions/discount_grant.hpp"

namespace sluice::app {

struct PromoCode {
    subscriptions::PromoCodeId id;
    std::string code;  // unique within the operator
    catalog::DiscountId discount;
    std::int64_t max_uses = 0;                 // 0: without a limit
    std::int64_t max_uses_per_subscriber = 0;  // likewise
    std::optional<Date> starts_on = {};        // can be redeemed from here …
    std::optional<Date> ends_on = {};          // … to the day before
    std::int64_t uses = 0;                     // how often it was redeemed; a revoked grant stays one
};

struct DiscountGrantRow {
    subscriptions::DiscountGrant grant;
    std::string subscriber_code;
    std::string sub_service_code;  // empty: all of the subscriber's
    std::string discount_code;
    std::string promo_code;  // empty: a clerk gave it
};

struct DiscountGrantQuery {
    std::optional<customers::SubscriberId> subscriber = {};
    std::optional<catalog::DiscountId> discount = {};
    std::optional<subscriptions::DiscountGrantId> before = {};  // newest first
    std::int64_t limit = 50;
};

class DiscountStore {
public:
    virtual ~DiscountStore() = default;

    virtual void add_discount(customers::OperatorId op, const catalog::Discount& discount) = 0;
    virtual void end_discount(customers::OperatorId op, catalog::DiscountId discount, Date ends_on) = 0;
    // A line, a grant or a promo code goes back to it.
    virtual bool is_discount_used(customers::OperatorId op, catalog::DiscountId discount) = 0;
    virtual void remove_discount(customers::OperatorId op, catalog::DiscountId discount) = 0;

    virtual void add_promo_code(customers::OperatorId op, const PromoCode& code) = 0;
    virtual void end_promo_code(customers::OperatorId op, subscriptions::PromoCodeId code, Date ends_on) = 0;
    virtual std::vector<PromoCode> promo_codes(customers::OperatorId op) = 0;  // by id
    virtual std::optional<PromoCode> find_promo_code(customers::OperatorId op, std::string_view code) = 0;
    // Counts one more use, and holds the code until the transaction ends. GIVES: it, with this use.
    virtual std::optional<PromoCode> use_promo_code(customers::OperatorId op, std::string_view code) = 0;
    virtual std::int64_t uses_of(customers::SubscriberId subscriber, subscriptions::PromoCodeId code) = 0;

    virtual void add_grant(customers::OperatorId op, const subscriptions::DiscountGrant& grant) = 0;
    virtual void revoke_grant(customers::SubscriberId subscriber, subscriptions::DiscountGrantId grant, Date date) = 0;
    virtual std::optional<DiscountGrantRow> find_grant(customers::OperatorId op,
                                                       subscriptions::DiscountGrantId grant) = 0;
    virtual std::vector<DiscountGrantRow> grants(customers::OperatorId op, const DiscountGrantQuery& query) = 0;
};

}  // namespace sluice::app
