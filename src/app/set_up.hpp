// Setting up an operator with its catalogue.
#pragma once

#include <vector>

#include "app/ports/store.hpp"

namespace sluice::app {

struct OperatorSetup {
    customers::Operator op;
    std::vector<catalog::Product> products;
    std::vector<catalog::PriceVersion> prices;
    std::vector<catalog::TaxRule> taxes;
    std::vector<catalog::Discount> discounts = {};
    std::vector<PromoCode> promo_codes = {};
};

// REQUIRES: within a transaction of the caller; no operator of that code is stored.
void store_setup(Store& store, const OperatorSetup& setup);

}  // namespace sluice::app
