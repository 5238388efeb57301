#include "domain/charging/discounts.hpp"

#include <algorithm>
#include <tuple>

#include "domain/charging/billing.hpp"
#include "domain/rating/rate.hpp"
#include "values/check.hpp"

namespace sluice::charging {

using catalog::Discount;
using subscriptions::Item;

namespace {

bool is_for(const Discount& discount, const customers::Subscriber& subscriber) {
    const auto fits = [](const std::string& named, const std::string& is) { return named.empty() || named == is; };
    return fits(discount.region, subscriber.region) && fits(discount.pop, subscriber.pop) &&
           fits(discount.category, subscriber.category);
}

bool is_for(const Discount& discount, const catalog::Product& product) {
    return (!discount.type || *discount.type == product.type) &&
           (discount.product.empty() || discount.product == product.code) &&
           (discount.kind.empty() || discount.kind == product.kind);
}

bool is_for(const Discount& discount, ChargeKind kind) {
    if (discount.charges == catalog::DiscountedCharges::all) return true;
    return (discount.charges == catalog::DiscountedCharges::recurring) == (kind == ChargeKind::recurring);
}

}  // namespace

std::vector<DiscountClaim> claims_of(const catalog::Catalog& catalog, const customers::Subscriber& subscriber,
                                     std::span<const subscriptions::DiscountGrant> grants,
                                     subscriptions::SubServiceId sub_service) {
    std::vector<DiscountClaim> claims;
    if (catalog.discounts().empty()) return claims;
    for (const auto& discount : catalog.discounts())
        if (discount.automatic && is_for(discount, subscriber))
            claims.push_back({.discount = &discount, .source = discount.id.value()});
    for (const auto& grant : grants) {
        if (grant.sub_service && *grant.sub_service != sub_service) continue;
        const auto* discount = catalog.find_discount(grant.discount);
        check(discount != nullptr, "a discount that was granted is in the catalogue");
        if (is_for(*discount, subscriber))
            claims.push_back({discount, grant.id.value(), grant.granted_on, grant.revoked_on});
    }
    std::sort(claims.begin(), claims.end(), [](const DiscountClaim& one, const DiscountClaim& other) {
        return std::tuple(one.discount->priority, one.discount->id, one.source) <
               std::tuple(other.discount->priority, other.discount->id, other.source);
    });
    return claims;
}

Amount exact_discount(const Discount& discount, const Charge& line, Money left) {
    if (discount.percent) return Amount::of(left) * *discount.percent / Decimal::whole(100);
    check(discount.fixed.has_value(), "a discount is a percentage or a fixed price");
    if (line.kind == ChargeKind::recurring && line.proration == Proration::by_days)
        return rating::prorated(*discount.fixed, line.quantity, line.days, line.of_days);
    const auto whole = rating::in_full(*discount.fixed, line.quantity);
    return line.parts ? whole * std::int64_t{line.parts->last - line.parts->first + 1} : whole;
}

Money discount_of(const Discount& discount, const Charge& line, Money left, Rounding rounding) {
    return std::min(settle(exact_discount(discount, line, left), left.currency(), rounding), left);
}

bool SubServiceBilling::applies(const DiscountClaim& claim, const Charge& line, const Item& item, Date period) const {
    const auto& discount = *claim.discount;
    const Date date = *line.billing_date;
    if (!is_for(discount, product(item)) || !is_for(discount, line.kind) || !discount.is_valid_on(date)) return false;
    if ((claim.from && date < *claim.from) || (claim.to && date >= *claim.to)) return false;
    if (discount.periods == 0) return true;
    const auto& uses = item.discount_uses;
    const auto use =
        std::find_if(uses.begin(), uses.end(), [&](const auto& known) { return known.source == claim.source; });
    return use == uses.end() || use->periods < discount.periods || use->latest == period;
}

void SubServiceBilling::count_use(const DiscountClaim& claim, Item& item, Date period) {
    if (claim.discount->periods == 0) return;
    auto& uses = item.discount_uses;
    const auto use =
        std::find_if(uses.begin(), uses.end(), [&](const auto& known) { return known.source == claim.source; });
    if (use == uses.end()) {
        uses.push_back({claim.source, 1, period});
    } else if (use->latest != period) {
        ++use->periods;
        use->latest = period;
    }
}

// Takes the discounts of the latest charge, each in a line of its own. `period`: what a number of periods is counted
// by. GIVES: all that was taken.
Money SubServiceBilling::discount_latest(Date period) {
    Money taken = Money::zero(book_.currency);
    if (claims_.empty() || !charges_.back().amount.is_positive()) return taken;
    const Charge line = charges_.back();
    auto& item = *std::find_if(sub_.items.begin(), sub_.items.end(), [&](const Item& i) { return i.id == line.item; });
    std::vector<const DiscountClaim*> applying;
    for (const auto& claim : claims_) {
        // Granted twice it is taken once.
        const bool is_there = std::any_of(applying.begin(), applying.end(),
                                          [&](const auto* other) { return other->discount == claim.discount; });
        if (!is_there && applies(claim, line, item, period)) applying.push_back(&claim);
    }
    const Discount* best = nullptr;
    Money most = taken;
    for (const auto* claim : applying) {
        count_use(*claim, item, period);
        if (claim->discount->combines != catalog::Combines::best_of) continue;
        const Money worth = discount_of(*claim->discount, line, line.amount, book_.rounding);
        if (worth > most) {
            best = claim->discount;
            most = worth;
        }
    }
    std::int32_t revision = 0;
    for (const auto* claim : applying) {
        const auto& discount = *claim->discount;
        if (discount.combines == catalog::Combines::best_of && &discount != best) continue;
        const Money amount = discount_of(discount, line, line.amount - taken, book_.rounding);
        if (amount.is_zero()) continue;
        auto less = line;
        less.id = book_.ids.next<LineId>();
        less.kind = ChargeKind::discount;
        less.credits = line.id;
        less.discount = discount.id;
        less.revision = revision++;
        less.amount = -amount;
        taken += amount;
        charges_.push_back(std::move(less));
    }
    return taken;
}

}  // namespace sluice::charging
