#include "app/verify_discounts.hpp"

#include <algorithm>

namespace sluice::app {

void DiscountCheck::add(const Account& account) {
    std::map<std::int64_t, catalog::DiscountId> sources;
    for (const auto& discount : account.catalog.discounts())
        if (discount.automatic) sources.emplace(discount.id.value(), discount.id);
    for (const auto& grant : account.history.grants) {
        sources.emplace(grant.id.value(), grant.discount);
        if (grant.code) ++uses_[*grant.code];
        if (!account.catalog.find_discount(grant.discount))
            findings_.add("unknown_discount", account.code(),
                          grant.id.text() + " grants a discount that is not in the catalogue");
        if (grant.sub_service && !account.sub_service(*grant.sub_service))
            findings_.add("grant_of_another", account.code(),
                          grant.id.text() + " is for a sub-service that the subscriber does not have");
    }
    for (const auto& sub : account.history.sub_services)
        for (const auto& item : sub.items)
            for (const auto& use : item.discount_uses) {
                const auto source = sources.find(use.source);
                const auto* discount =
                    source == sources.end() ? nullptr : account.catalog.find_discount(source->second);
                if (!discount || discount->periods == 0 || use.periods > discount->periods)
                    findings_.add("discount_periods", account.path(sub),
                                  item.id.text() + " has used " + std::to_string(use.periods) +
                                      (discount ? " periods of " + discount->code + ", which lasts " +
                                                      std::to_string(discount->periods)
                                                : " periods of a discount that it does not have"));
            }
}

void DiscountCheck::run(const std::vector<PromoCode>& codes) const {
    for (const auto& code : codes) {
        const auto found = uses_.find(code.id);
        const auto grants = found == uses_.end() ? 0 : found->second;
        if (grants != code.uses)
            findings_.add("promo_code_uses", code.code,
                          "counts " + std::to_string(code.uses) + " uses, but " + std::to_string(grants) +
                              " grants go back to it");
        if (code.max_uses > 0 && grants > code.max_uses)
            findings_.add("promo_code_uses", code.code,
                          "was redeemed " + std::to_string(grants) + " times, but may be " +
                              std::to_string(code.max_uses) + " times");
    }
}

}  // namespace sluice::app
