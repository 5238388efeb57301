#include "domain/customers/terms.hpp"

namespace sluice::customers {
namespace {

template <typename Value>
std::optional<Value> first_said(std::span<const BillingSettings* const> levels,
                                std::optional<Value> BillingSettings::*setting) {
    for (const auto* level : levels)
        if (level && (level->*setting)) return level->*setting;
    return std::nullopt;
}

}  // namespace

Terms resolve(std::span<const BillingSettings* const> levels) {
    using S = BillingSettings;
    const Terms defaults;
    return {.model = first_said(levels, &S::model).value_or(defaults.model),
            .cycle_day = first_said(levels, &S::cycle_day),
            .first_charge = first_said(levels, &S::first_charge).value_or(defaults.first_charge),
            .threshold_day = first_said(levels, &S::threshold_day),
            .invoicing = first_said(levels, &S::invoicing).value_or(defaults.invoicing),
            .suspension_stops_billing =
                first_said(levels, &S::suspension_stops_billing).value_or(defaults.suspension_stops_billing),
            .credit_suspension = first_said(levels, &S::credit_suspension).value_or(defaults.credit_suspension)};
}

std::optional<TermsRefusal> refuse(const Terms& terms) {
    if (terms.model == Model::pro_rata && !terms.cycle_day) return TermsRefusal::pro_rata_needs_a_cycle_day;
    if (terms.model == Model::pro_rata && terms.first_charge == FirstCharge::threshold && !terms.threshold_day)
        return TermsRefusal::threshold_needs_a_threshold_day;
    return std::nullopt;
}

std::string_view message(TermsRefusal refusal) {
    switch (refusal) {
        case TermsRefusal::pro_rata_needs_a_cycle_day:
            return "model pro_rata needs a cycle_day (1 to 31) on the sub-service, its unit, its subscriber, a policy "
                   "or the "
                   "operator";
        case TermsRefusal::threshold_needs_a_threshold_day:
            return "first_charge threshold needs a threshold_day (1 to 31) on the sub-service, its unit, its "
                   "subscriber, a "
                   "policy or the operator";
    }
    fail_promise("a refusal has a message", __FILE__, __LINE__);
}

}  // namespace sluice::customers
