#include "domain/taxes/assess.hpp"

#include <algorithm>
#include <tuple>

#include "values/check.hpp"

namespace sluice::taxes {
namespace {

using catalog::TaxRule;

bool applies(const TaxRule& rule, const customers::Subscriber& subscriber, Date date) {
    return (rule.country.empty() || rule.country == subscriber.country) &&
           (rule.region.empty() || rule.region == subscriber.region) && (!rule.valid_from || *rule.valid_from <= date);
}

auto rank(const TaxRule& rule) {
    return std::tuple(!rule.region.empty(), !rule.country.empty(),
                      rule.valid_from.value_or(Date::from_days(-1'000'000)));
}

// 100 and the sum of the included rates: what an amount with its included taxes is in percent of its net.
Decimal percent_with_included(const std::vector<LineTax>& taxes) {
    Int128 sum = Decimal::whole(100).scaled();
    for (const auto& tax : taxes)
        if (tax.included) sum += tax.rate.scaled();
    return Decimal::from_scaled(sum);
}

// Fills in the amount of each tax for the charge's amount and adds up net, tax and gross.
TaxedCharge with_amounts(charging::Charge charge, std::vector<LineTax> taxes, Rounding rounding,
                         const std::vector<std::optional<Money>>& at_most) {
    const auto currency = charge.amount.currency();
    const auto limited = [&](Money amount, std::size_t i) {
        if (at_most.empty() || !at_most[i]) return amount;
        const Money limit = *at_most[i];  // of the sign that the amount has
        return limit.is_negative() || amount.is_negative() ? std::max(amount, limit) : std::min(amount, limit);
    };
    Money included = Money::zero(currency);
    for (std::size_t i = 0; i < taxes.size(); ++i) {
        if (!taxes[i].included) continue;
        taxes[i].amount = limited(settle(exact_tax(taxes[i], taxes, charge.amount), currency, rounding), i);
        included += taxes[i].amount;
    }
    const Money net = charge.amount - included;
    Money tax = included;
    for (std::size_t i = 0; i < taxes.size(); ++i) {
        if (taxes[i].included) continue;
        taxes[i].amount = limited(settle(exact_tax(taxes[i], taxes, net), currency, rounding), i);
        tax += taxes[i].amount;
    }
    return {std::move(charge), std::move(taxes), net, tax, net + tax};
}

}  // namespace

const TaxRule* best_rule(const catalog::Catalog& catalog, std::string_view code,
                         const customers::Subscriber& subscriber, Date date) {
    const TaxRule* best = nullptr;
    for (const auto& rule : catalog.taxes())
        if (rule.code == code && applies(rule, subscriber, date) && (!best || rank(rule) > rank(*best))) best = &rule;
    return best;
}

TaxedCharge assess(charging::Charge charge, const catalog::Catalog& catalog, const customers::Subscriber& subscriber,
                   Date date, Rounding rounding) {
    check(!charge.takes_back(), "a credit takes its taxes from the line that it credits");
    std::vector<LineTax> taxes;
    for (const auto& code : catalog.product(charge.product).tax_codes)
        if (const auto* rule = best_rule(catalog, code, subscriber, date))
            taxes.push_back(
                {rule->id, rule->code, rule->name, rule->rate, rule->included, Money::zero(charge.amount.currency())});
    return with_amounts(std::move(charge), std::move(taxes), rounding, {});
}

TaxedCharge assess_with(charging::Charge charge, std::vector<LineTax> taxes, Rounding rounding) {
    return with_amounts(std::move(charge), std::move(taxes), rounding, {});
}

Amount exact_tax(const LineTax& tax, const std::vector<LineTax>& taxes, Money base) {
    return Amount::of(base) * tax.rate / (tax.included ? percent_with_included(taxes) : Decimal::whole(100));
}

TaxedCharge assess_credit(charging::Charge credit, const TaxedCharge& credited,
                          std::span<const TaxedCharge* const> earlier, Rounding rounding) {
    check(credit.credits == credited.charge.id, "a credit is assessed with the line that it credits");
    auto taxes = credited.taxes;
    std::vector<std::optional<Money>> at_most;
    for (std::size_t i = 0; i < taxes.size(); ++i) {
        Money left = taxes[i].amount;
        for (const auto* other : earlier) left += other->taxes.at(i).amount;
        at_most.push_back(-left);
    }
    return with_amounts(std::move(credit), std::move(taxes), rounding, at_most);
}

}  // namespace sluice::taxes
