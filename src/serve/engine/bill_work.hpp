// A bill run as long work: by one worker, or by several where several can write.
#pragma once

#include "serve/engine/work.hpp"

namespace sluice::serve {

// Carries out the run of `job`, which is running, through that date. Each batch is one transaction with what the job's
// row tells of it, so that a run that is cut off goes on where the books stand, with totals that are right.
void bill(Engine& engine, app::Job& job, Date through, int workers, const Report& report);

// What a run that has ended, or a dry run, tells of the accounts that are parked.
void finish(app::Job& job, BillRunState& state, const app::BillingSummary& summary);

}  // namespace sluice::serve
