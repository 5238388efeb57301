// Puts what they can spend into accounts whose terms are limited.
#pragma once

#include <vector>

#include "app/ports/store.hpp"

namespace sluice::app {

// REQUIRES: the accounts are in order of creation.
void give_purses(Store& store, const customers::Operator& op, std::vector<BillingFacts>& accounts);
invoicing::Purse purse_of(Store& store, const customers::Subscriber& subscriber, Currency currency);

}  // namespace sluice::app
