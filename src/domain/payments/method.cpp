#include "domain/payments/method.hpp"

#include <algorithm>

namespace sluice::payments {
namespace {

bool lets_through(const std::vector<std::string>& list, std::string_view text) {
    return list.empty() || std::find(list.begin(), list.end(), text) != list.end();
}

}  // namespace

Quote quote(Money amount, const Commission& commission, Rounding rounding) {
    const auto part = Amount::of(amount) * commission.percent / Decimal::whole(100);
    const auto taken = settle(part, amount.currency(), rounding) + commission.fixed;
    return {amount, taken, commission.on_top ? amount + taken : amount};
}

std::string_view message(MethodRefusal refusal) {
    switch (refusal) {
        case MethodRefusal::currency_not_taken:
            return "does not take the operator's currency";
        case MethodRefusal::country_not_served:
            return "is not for the subscriber's country";
        case MethodRefusal::not_for_this_category:
            return "is not for subscribers of that category";
        case MethodRefusal::below_minimum:
            return "takes larger amounts only";
        case MethodRefusal::above_maximum:
            return "takes smaller amounts only";
    }
    return {};
}

std::optional<MethodRefusal> refuse(const MethodTerms& terms, const customers::Subscriber& subscriber, Money amount) {
    if (!lets_through(terms.currencies, amount.currency().code())) return MethodRefusal::currency_not_taken;
    if (!lets_through(terms.countries, subscriber.country)) return MethodRefusal::country_not_served;
    if (!lets_through(terms.categories, subscriber.category)) return MethodRefusal::not_for_this_category;
    if (terms.minimum && amount < *terms.minimum) return MethodRefusal::below_minimum;
    if (terms.maximum && amount > *terms.maximum) return MethodRefusal::above_maximum;
    return std::nullopt;
}

}  // namespace sluice::payments
