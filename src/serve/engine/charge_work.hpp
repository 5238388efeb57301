// A run of automatic payments as long work: charges are written in batches, and carried out by a bounded number of
// threads that wait for gateways.
#pragma once

#include "serve/engine/work.hpp"

namespace sluice::serve {

// A run's `request` is {"date": date}, its `progress` {"accounts", "charges", "succeeded", "failed", "unknown",
// "above_cap"}. One that was cut off goes on where it was: what it had written and not begun is begun first.
void charge_automatically(Engine& engine, app::Job& job, const Report& report);

}  // namespace sluice::serve
