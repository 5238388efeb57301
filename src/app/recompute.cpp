#include "app/recompute.hpp"

#include <algorithm>

#include "domain/charging/discounts.hpp"
#include "domain/rating/rate.hpp"
#include "values/check.hpp"

namespace sluice::app {
namespace {

using charging::Charge;
using charging::ChargeKind;
using charging::Proration;
using invoicing::Line;
using subscriptions::SubService;

Amount exact_amount(const Charge& charge) {
    const bool by_days = charge.kind == ChargeKind::recurring && charge.proration == Proration::by_days;
    return by_days ? rating::prorated(charge.unit_price, charge.quantity, charge.days, charge.of_days)
                   : rating::in_full(charge.unit_price, charge.quantity);
}

Money left_to_credit(const LineFacts& facts) {
    Money left = facts.credited->charge.amount;
    for (const auto* credit : facts.earlier_credits) left += credit->charge.amount;
    return left;
}

// What was paid for the line: all that its credits can give back.
Money price_of(const LineFacts& facts) {
    Money price = facts.credited->charge.amount;
    for (const auto* other : facts.earlier_credits)
        if (other->charge.kind == ChargeKind::discount) price += other->charge.amount;
    return price;
}

std::vector<RecomputedTax> exact_taxes(const Line& line) {
    std::vector<RecomputedTax> taxes;
    for (const auto& tax : line.taxes) {
        const Money base = tax.included ? line.charge.amount : line.net;
        taxes.push_back({base, taxes::exact_tax(tax, line.taxes, base)});
    }
    return taxes;
}

Recomputed recompute_credit(const LineFacts& facts) {
    const auto& line = facts.line;
    check(facts.credited != nullptr, "a credit has a line that it credits");
    const auto& credited = *facts.credited;
    for (const auto* other : facts.earlier_credits)
        check(other->taxes.size() == credited.taxes.size(), "a credit carries the taxes of the line that it credits");
    const bool by_days = line.charge.period.has_value();
    check(!by_days || line.charge.of_days > 0, "a credited period has days");
    const Amount exact = by_days ? Amount::of(price_of(facts)).share(line.charge.days, line.charge.of_days)
                                 : Amount::of(-line.charge.amount);
    const Money rounded = settle(exact, line.charge.amount.currency(), line.charge.rounding);
    const Money left = left_to_credit(facts);
    auto charge = line.charge;
    charge.amount = -std::min(rounded, left);
    auto credit = taxes::assess_credit(std::move(charge), credited, facts.earlier_credits, line.charge.rounding);
    auto taxes = exact_taxes(credit);
    return {exact * -1, -rounded, left, std::move(credit), std::move(taxes)};
}

Recomputed recompute_discount(const LineFacts& facts) {
    const auto& line = facts.line;
    check(facts.credited != nullptr, "a discount has a line that it takes from");
    check(facts.discount != nullptr, "a discount that was taken is in the catalogue");
    for (const auto* other : facts.earlier_credits)
        check(other->taxes.size() == facts.credited->taxes.size(), "a discount carries the taxes of its line");
    const Money left = left_to_credit(facts);
    const Amount exact = charging::exact_discount(*facts.discount, facts.credited->charge, left);
    const Money rounded = settle(exact, left.currency(), line.charge.rounding);
    auto charge = line.charge;
    charge.amount = -std::min(rounded, left);
    auto discount =
        taxes::assess_credit(std::move(charge), *facts.credited, facts.earlier_credits, line.charge.rounding);
    auto taxes = exact_taxes(discount);
    return {exact * -1, -rounded, left, std::move(discount), std::move(taxes)};
}

// When a change of service starts a new calendar, its main service is the first that belongs to it: what is made
// before has smaller ids.
bool is_of_present_calendar(const Charge& charge, const SubService& sub_service) {
    if (!sub_service.restarted) return true;
    const subscriptions::Item* first = nullptr;
    for (const auto& item : sub_service.items)
        if (item.is_main() && item.starts_on == sub_service.started_on) first = &item;
    return first && charge.id.value() > first->id.value();
}

}  // namespace

Recomputed recompute(const LineFacts& facts) {
    if (facts.line.charge.kind == ChargeKind::credit) return recompute_credit(facts);
    if (facts.line.charge.kind == ChargeKind::discount) return recompute_discount(facts);
    auto charge = facts.line.charge;
    const Amount exact = exact_amount(charge);
    const Money rounded = settle(exact, charge.amount.currency(), charge.rounding);
    charge.amount = rounded;
    if (charge.kind == ChargeKind::installment) {
        check(charge.parts.has_value(), "an instalment says which part it is");
        charge.amount = rating::installment(rounded, charge.parts->first, charge.parts->last, charge.parts->of);
    }
    const auto rounding = charge.rounding;
    auto line = taxes::assess_with(std::move(charge), facts.line.taxes, rounding);
    auto taxes = exact_taxes(line);
    return {exact, rounded, Money::zero(rounded.currency()), std::move(line), std::move(taxes)};
}

std::optional<Period> full_period_of(const Charge& charge, const SubService& sub_service) {
    if (!charge.period || !sub_service.grid || !is_of_present_calendar(charge, sub_service)) return std::nullopt;
    return sub_service.grid->period_covering(charge.period->start);
}

std::int32_t suspended_days(const SubService& sub_service, Period period) {
    std::int32_t days = 0;
    for (const auto& span : sub_service.suspended_spans) {
        const Period common = overlap(period, {span.from, span.to.value_or(period.end)});
        if (span.stops_billing && !common.empty()) days += common.days();
    }
    return days;
}

}  // namespace sluice::app
