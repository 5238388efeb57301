// Discounts and promo codes: what a clerk does with them. Each of these is one transaction. Rules: docs/discounts.md.
#pragma once

#include <string>

#include "app/ports/store.hpp"
#include "app/refusal.hpp"
#include "values/id.hpp"
#include "values/result.hpp"

namespace sluice::app {

class Discounts {
public:
    Discounts(Store& store, IdSource& ids, const customers::Operator& op, catalog::Catalog& catalog)
        : store_(store), ids_(ids), op_(op), catalog_(catalog) {}

    // `discount.id` is given here.
    Result<catalog::DiscountId, Refusal> create(catalog::Discount discount);
    // Billing dates from `ends_on` on have it no more.
    Result<Done, Refusal> end(const std::string& code, Date ends_on);
    // One that nothing goes back to.
    Result<Done, Refusal> remove(const std::string& code);

    struct NewCode {
        std::string code;
        std::string discount;
        std::int64_t max_uses = 0;
        std::int64_t max_uses_per_subscriber = 0;
        std::optional<Date> starts_on = {};
        std::optional<Date> ends_on = {};
    };
    Result<PromoCode, Refusal> create_code(const NewCode& request);
    Result<PromoCode, Refusal> end_code(const std::string& code, Date ends_on);

    // Whose it becomes: a sub-service, or, without one, all of the subscriber's.
    struct Whose {
        std::string subscriber;
        std::string sub_service = {};
    };
    using Granted = Result<subscriptions::DiscountGrantId, Refusal>;
    Granted grant(Date date, const Whose& whose, const std::string& discount, const std::string& reason);
    // Counts as a use of the code, also when the grant is revoked later.
    Granted redeem(Date date, const Whose& whose, const std::string& code);
    Granted revoke(Date date, subscriptions::DiscountGrantId grant);
    // The grant of a discount that was not revoked.
    Granted find(const Whose& whose, const std::string& discount);

private:
    Granted add_grant(Date date, const Whose& whose, const catalog::Discount& discount, const std::string& reason,
                      std::optional<subscriptions::PromoCodeId> code);

    Store& store_;
    IdSource& ids_;
    const customers::Operator& op_;
    catalog::Catalog& catalog_;
};

}  // namespace sluice::app
