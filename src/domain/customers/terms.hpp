// Billing settings, set at any level, and the terms that result for one sub-service.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "values/result.hpp"

namespace sluice::customers {

enum class Model { cycle, pro_rata };
enum class FirstCharge { partial, partial_plus_full, full, threshold };
enum class Invoicing { independent, merged, merged_per_unit };

// What one level says; what it leaves open the next, less specific level decides.
struct BillingSettings {
    std::optional<Model> model;
    std::optional<int> cycle_day;  // 1..31
    std::optional<FirstCharge> first_charge;
    std::optional<int> threshold_day;  // 1..31
    std::optional<Invoicing> invoicing;
    std::optional<bool> suspension_stops_billing;  // suspension: stop (true) or continue (false)
    std::optional<bool> credit_suspension;

    friend bool operator==(const BillingSettings&, const BillingSettings&) = default;
};

// What holds for one sub-service when every level has been asked.
struct Terms {
    Model model = Model::cycle;
    std::optional<int> cycle_day;
    FirstCharge first_charge = FirstCharge::partial;
    std::optional<int> threshold_day;
    Invoicing invoicing = Invoicing::independent;
    bool suspension_stops_billing = true;
    bool credit_suspension = false;
};

// Setting by setting, the first level that says something. `levels`: most specific first; null levels are skipped.
// Source: billing rules, Billing models (hybrid).
Terms resolve(std::span<const BillingSettings* const> levels);

enum class TermsRefusal { pro_rata_needs_a_cycle_day, threshold_needs_a_threshold_day };
std::optional<TermsRefusal> refuse(const Terms& terms);
std::string_view message(TermsRefusal refusal);

}  // namespace sluice::customers
