// A line computed once more from what it says that it was computed from. `sluice verify` compares, `sluice explain`
// tells.
#pragma once

#include <optional>
#include <vector>

#include "domain/catalog/discount.hpp"
#include "domain/invoicing/document.hpp"
#include "domain/subscriptions/sub_service.hpp"

namespace sluice::app {

// A line with the lines that its amount depends on.
struct LineFacts {
    const invoicing::Line& line;
    const invoicing::Line* credited = nullptr;                 // of a credit or discount: the line that it takes from
    std::vector<const invoicing::Line*> earlier_credits = {};  // of such: those (and discounts) of that line before it
    const catalog::Discount* discount = nullptr;               // of a discount
};

struct RecomputedTax {
    Money base;    // the line's amount for an included tax, its net for one on top
    Amount exact;  // unrounded, before what limits a credit
};

struct Recomputed {
    Amount exact;          // unrounded: the amount, or the total that instalments are parts of
    Money rounded;         // exact, rounded: the line's amount but for instalments and the last credit of a line
    Money left;            // what could still be credited; without meaning for other kinds
    invoicing::Line line;  // as it must be
    std::vector<RecomputedTax> taxes;  // of each tax of the line
};

// GIVES: what the line must be, taken its price, quantity, days, parts and tax rates for granted.
// REQUIRES: nothing; facts that cannot be (no days in a full period, a credit without its line) break a promise, and
// numbers out of range throw ArithmeticOverflow.
Recomputed recompute(const LineFacts& facts);

// The full period that a recurring line is a part of, when the sub-service's present calendar tells: not for lines of
// an earlier calendar.
std::optional<Period> full_period_of(const charging::Charge& charge, const subscriptions::SubService& sub_service);

// The days of `period` on which the sub-service was suspended without being billed.
std::int32_t suspended_days(const subscriptions::SubService& sub_service, Period period);

}  // namespace sluice::app
