// What a bill run or a payment does to documents, as events.
#pragma once

#include <vector>

#include "app/ports/store.hpp"

namespace sluice::app {

// Documents that were issued, and those that are paid in full now.
std::vector<NewEvent> document_events(const BilledAccount& account);

}  // namespace sluice::app
