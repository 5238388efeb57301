// The order of lines on a document. A journal entry's hash covers the lines in this order, so it stands here once.
// Source: billing rules, Documents.
#pragma once

#include <tuple>

#include "domain/charging/charge.hpp"

namespace sluice::invoicing {

// Lines are printed by ascending rank: sub-services in the order they were created; in each, credits, main service
// (setup fee after it), add-ons, CPEs, each line with its discounts.  `type`: of the product that is charged for.
inline auto printing_rank(const charging::Charge& charge, catalog::ProductType type) {
    const bool is_credit = charge.kind == charging::ChargeKind::credit;
    // A discount comes right after its line. A main service is charged by periods, and once for the setup fee.
    const bool is_discount_of_fee =
        charge.kind == charging::ChargeKind::discount && !charge.period && type == catalog::ProductType::service;
    const bool is_setup_fee = charge.kind == charging::ChargeKind::setup_fee || is_discount_of_fee;
    return std::tuple(charge.sub_service, !is_credit, type, is_setup_fee, charge.item, charge.id);
}

}  // namespace sluice::invoicing
