#include "app/discounts.hpp"

namespace sluice::app {

using catalog::Discount;
using subscriptions::DiscountGrant;
using subscriptions::DiscountGrantId;

namespace {

Refused<Refusal> refuse(RefusalCode code, std::string message) { return {Refusal{code, std::move(message)}}; }

Refused<Refusal> unknown(RefusalCode code, const std::string& what, const std::string& name) {
    return refuse(code, "there is no " + what + " \"" + name + "\"");
}

bool is_empty(std::optional<Date> starts_on, std::optional<Date> ends_on) {
    return starts_on && ends_on && *ends_on <= *starts_on;
}

}  // namespace

Result<catalog::DiscountId, Refusal> Discounts::create(Discount discount) {
    if (catalog_.find_discount(discount.code))
        return refuse(RefusalCode::code_taken, "there is a discount \"" + discount.code + "\" already");
    if (!discount.product.empty() && !catalog_.find(*discount.type, discount.product))
        return unknown(RefusalCode::unknown_product, std::string(catalog::name_of(*discount.type)), discount.product);
    if (is_empty(discount.starts_on, discount.ends_on))
        return refuse(RefusalCode::date_not_allowed,
                      "a discount ends after it starts; ends_on is the first day on "
                      "which it is not taken any more");
    discount.id = ids_.next<catalog::DiscountId>();
    Transaction transaction(store_);
    store_.add_discount(op_.id, discount);
    store_.add_event(op_.id, {EventType::discount_created, std::nullopt, discount.id.value()});
    transaction.commit();
    catalog_.add(discount);
    return discount.id;
}

Result<Done, Refusal> Discounts::end(const std::string& code, Date ends_on) {
    const auto* discount = catalog_.find_discount(code);
    if (!discount) return unknown(RefusalCode::unknown_discount, "discount", code);
    Transaction transaction(store_);
    store_.end_discount(op_.id, discount->id, ends_on);
    store_.add_event(op_.id, {EventType::discount_ended, std::nullopt, discount->id.value()});
    transaction.commit();
    return Done{};
}

Result<Done, Refusal> Discounts::remove(const std::string& code) {
    Transaction transaction(store_);
    store_.hold(op_.id);
    const auto* discount = catalog_.find_discount(code);
    if (!discount) return unknown(RefusalCode::unknown_discount, "discount", code);
    // Without a line, grant or code it may still be in a bill run that goes on meanwhile, when whoever matches has it.
    if (discount->automatic || store_.is_discount_used(op_.id, discount->id))
        return refuse(RefusalCode::discount_in_use, "discount \"" + code +
                                                        "\" is automatic, or was granted, has promo codes or stands on "
                                                        "lines; end it instead");
    store_.remove_discount(op_.id, discount->id);
    store_.add_event(op_.id, {EventType::discount_removed, std::nullopt, discount->id.value()});
    transaction.commit();
    return Done{};
}

Result<PromoCode, Refusal> Discounts::create_code(const NewCode& request) {
    Transaction transaction(store_);
    store_.hold(op_.id);
    const auto* discount = catalog_.find_discount(request.discount);
    if (!discount) return unknown(RefusalCode::unknown_discount, "discount", request.discount);
    if (discount->automatic)
        return refuse(RefusalCode::discount_not_allowed,
                      "discount \"" + discount->code + "\" is automatic: whoever matches has it without a code");
    if (store_.find_promo_code(op_.id, request.code))
        return refuse(RefusalCode::code_taken, "there is a promo code \"" + request.code + "\" already");
    if (is_empty(request.starts_on, request.ends_on))
        return refuse(RefusalCode::date_not_allowed,
                      "a promo code ends after it starts; ends_on is the first day on "
                      "which it cannot be redeemed any more");
    const PromoCode code{.id = ids_.next<subscriptions::PromoCodeId>(),
                         .code = request.code,
                         .discount = discount->id,
                         .max_uses = request.max_uses,
                         .max_uses_per_subscriber = request.max_uses_per_subscriber,
                         .starts_on = request.starts_on,
                         .ends_on = request.ends_on};
    store_.add_promo_code(op_.id, code);
    store_.add_event(op_.id, {EventType::promo_code_created, std::nullopt, code.id.value()});
    transaction.commit();
    return code;
}

Result<PromoCode, Refusal> Discounts::end_code(const std::string& name, Date ends_on) {
    Transaction transaction(store_);
    auto code = store_.find_promo_code(op_.id, name);
    if (!code) return unknown(RefusalCode::unknown_promo_code, "promo code", name);
    code->ends_on = ends_on;
    store_.end_promo_code(op_.id, code->id, ends_on);
    store_.add_event(op_.id, {EventType::promo_code_ended, std::nullopt, code->id.value()});
    transaction.commit();
    return *code;
}

// REQUIRES: the subscriber is held.
Discounts::Granted Discounts::add_grant(Date date, const Whose& whose, const Discount& discount,
                                        const std::string& reason, std::optional<subscriptions::PromoCodeId> code) {
    const auto subscriber = store_.find_subscriber(op_.id, whose.subscriber);
    if (!subscriber) return unknown(RefusalCode::unknown_subscriber, "subscriber", whose.subscriber);
    DiscountGrant grant{.id = ids_.next<DiscountGrantId>(),
                        .subscriber = subscriber->id,
                        .discount = discount.id,
                        .granted_on = date,
                        .reason = reason,
                        .code = code};
    if (!whose.sub_service.empty()) {
        const auto account = store_.find_account(*subscriber, whose.sub_service, date);
        if (!account)
            return unknown(RefusalCode::unknown_sub_service, "sub-service", whose.subscriber + "/" + whose.sub_service);
        grant.sub_service = account->sub_services.front().state.id;
    }
    if (discount.automatic)
        return refuse(RefusalCode::discount_not_allowed,
                      "discount \"" + discount.code + "\" is automatic: whoever matches has it without a grant");
    if (discount.ends_on && *discount.ends_on <= date)
        return refuse(RefusalCode::discount_not_allowed,
                      "discount \"" + discount.code + "\" has ended on " + discount.ends_on->text());
    if (const auto held = find(whose, discount.code); held)
        return refuse(RefusalCode::discount_not_allowed, whose.subscriber + " has discount \"" + discount.code +
                                                             "\" already (" + held->text() + "); revoke that first");
    store_.add_grant(op_.id, grant);
    store_.add_event(op_.id, {EventType::discount_granted, subscriber->id, grant.id.value()});
    return grant.id;
}

Discounts::Granted Discounts::grant(Date date, const Whose& whose, const std::string& name, const std::string& reason) {
    Transaction transaction(store_);
    store_.hold(op_.id, whose.subscriber);
    const auto* discount = catalog_.find_discount(name);
    if (!discount) return unknown(RefusalCode::unknown_discount, "discount", name);
    auto granted = add_grant(date, whose, *discount, reason, std::nullopt);
    if (granted) transaction.commit();
    return granted;
}

// The use is counted first: whoever redeems the code at the same time waits, and sees it.
Discounts::Granted Discounts::redeem(Date date, const Whose& whose, const std::string& name) {
    Transaction transaction(store_);
    store_.hold(op_.id, whose.subscriber);
    const auto code = store_.use_promo_code(op_.id, name);
    if (!code) return unknown(RefusalCode::unknown_promo_code, "promo code", name);
    if (code->starts_on && date < *code->starts_on)
        return refuse(RefusalCode::promo_code_not_valid,
                      "promo code \"" + name + "\" can be redeemed from " + code->starts_on->text() + " on");
    if (code->ends_on && date >= *code->ends_on)
        return refuse(RefusalCode::promo_code_not_valid,
                      "promo code \"" + name + "\" has ended on " + code->ends_on->text());
    if (code->max_uses > 0 && code->uses > code->max_uses)
        return refuse(RefusalCode::promo_code_used_up, "promo code \"" + name + "\" was redeemed " +
                                                           std::to_string(code->max_uses) +
                                                           " times, which is as often as it can be");
    const auto subscriber = store_.find_subscriber(op_.id, whose.subscriber);
    if (!subscriber) return unknown(RefusalCode::unknown_subscriber, "subscriber", whose.subscriber);
    if (code->max_uses_per_subscriber > 0 && store_.uses_of(subscriber->id, code->id) >= code->max_uses_per_subscriber)
        return refuse(RefusalCode::promo_code_used_up, whose.subscriber + " has redeemed promo code \"" + name + "\" " +
                                                           std::to_string(code->max_uses_per_subscriber) +
                                                           " times, which is as often as one may");
    const auto* discount = catalog_.find_discount(code->discount);
    check(discount != nullptr, "the discount of a promo code is in the catalogue");
    auto granted = add_grant(date, whose, *discount, "promo code " + name, code->id);
    if (granted) transaction.commit();
    return granted;
}

Discounts::Granted Discounts::find(const Whose& whose, const std::string& name) {
    const auto subscriber = store_.find_subscriber(op_.id, whose.subscriber);
    if (!subscriber) return unknown(RefusalCode::unknown_subscriber, "subscriber", whose.subscriber);
    const auto* discount = catalog_.find_discount(name);
    if (!discount) return unknown(RefusalCode::unknown_discount, "discount", name);
    for (const auto& row :
         store_.grants(op_.id, {.subscriber = subscriber->id, .discount = discount->id, .limit = 1'000}))
        if (!row.grant.revoked_on && row.sub_service_code == whose.sub_service) return row.grant.id;
    return refuse(RefusalCode::unknown_discount_grant,
                  whose.subscriber + " has no discount \"" + name + "\" that could be revoked");
}

Discounts::Granted Discounts::revoke(Date date, DiscountGrantId id) {
    Transaction transaction(store_);
    auto row = store_.find_grant(op_.id, id);
    if (!row) return unknown(RefusalCode::unknown_discount_grant, "grant", id.text());
    store_.hold(op_.id, row->subscriber_code);
    row = store_.find_grant(op_.id, id);
    check(row.has_value(), "a grant stays");
    if (row->grant.revoked_on)
        return refuse(RefusalCode::discount_not_allowed,
                      id.text() + " was revoked on " + row->grant.revoked_on->text() + " already");
    if (date < row->grant.granted_on)
        return refuse(RefusalCode::date_not_allowed,
                      date.text() + " is before the grant, which is of " + row->grant.granted_on.text());
    store_.revoke_grant(row->grant.subscriber, id, date);
    store_.add_event(op_.id, {EventType::discount_revoked, row->grant.subscriber, id.value()});
    transaction.commit();
    return id;
}

}  // namespace sluice::app
