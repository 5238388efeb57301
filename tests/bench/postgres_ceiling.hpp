// The fastest way into a PostgreSQL database for what a bill run writes: the same rows, in the same tables with the
// same indexes and the same durability, by COPY and set-based updates, with nothing computed.
#pragma once

#include <cstdint>
#include <string>

namespace sluice::bench {

void run_sql(const std::string& address, const std::string& sql);

// Writes what is in the database at `billed` into the one at `target`, which is as it was before the run, in batches of
// 1,000 documents. GIVES: seconds, of the writing alone.
double copy_ceiling(const std::string& billed, const std::string& target);

}  // namespace sluice::bench
