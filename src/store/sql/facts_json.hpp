// The facts of a parked account as JSON, for whoever has to find out why it could not be billed.
#pragma once

#include <string>

#include "app/ports/store.hpp"

namespace sluice::store {

std::string facts_json(const app::BillingFacts& facts);

}  // namespace sluice::store
