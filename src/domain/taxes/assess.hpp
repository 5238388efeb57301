// Taxes of a charge: which rules apply, and how much each is. Rounded once a tax and line.
// Source: billing rules, Tax.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "domain/catalog/catalog.hpp"
#include "domain/charging/charge.hpp"
#include "domain/customers/customers.hpp"
#include "values/money.hpp"

namespace sluice::taxes {

struct LineTax {
    catalog::TaxId tax;
    std::string code;
    std::string name;
    Decimal rate;  // percent
    bool included;
    Money amount;
};

// A charge with its taxes, frozen: a document's line.  Always: net + tax = gross.
struct TaxedCharge {
    charging::Charge charge;
    std::vector<LineTax> taxes;
    Money net;
    Money tax;
    Money gross;
};

// The rule of `code` that fits the subscriber and the date best: region before country before everywhere, then the
// latest.
const catalog::TaxRule* best_rule(const catalog::Catalog& catalog, std::string_view code,
                                  const customers::Subscriber& subscriber, Date date);

// REQUIRES: the charge is no credit and has a product of `catalog`.
TaxedCharge assess(charging::Charge charge, const catalog::Catalog& catalog, const customers::Subscriber& subscriber,
                   Date date, Rounding rounding);

// A charge with taxes that are known already (frozen on a line): their amounts are computed anew.
TaxedCharge assess_with(charging::Charge charge, std::vector<LineTax> taxes, Rounding rounding);

// One of `taxes` of a line, unrounded. `base`: the line's amount for an included tax, its net for one on top.
Amount exact_tax(const LineTax& tax, const std::vector<LineTax>& taxes, Money base);

// A credit carries the taxes of the line that it credits; with those of `earlier` credits of that line, it never gives
// back more of a tax than the line took.
TaxedCharge assess_credit(charging::Charge credit, const TaxedCharge& credited,
                          std::span<const TaxedCharge* const> earlier, Rounding rounding);

}  // namespace sluice::taxes
