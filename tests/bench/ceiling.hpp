// The ceiling: what our program wrote into one store, written once more into another by the database's fastest means.
#pragma once

#include <string>
#include <vector>

#include "bare_store.hpp"

namespace sluice::bench {

// What a bill run writes into a store that had no lines, documents and entries before.
std::vector<Written> written_by_a_bill_run();
// What an import writes into an empty store.
std::vector<Written> written_by_an_import();

struct Batches {
    std::int64_t sub_services;        // so many each; an account is never divided
    bool in_one_transaction = false;  // else each has its own
};

// Writes what is in the store at `from` into the one at `to`, which is as it was before our program ran.
// GIVES: seconds, of the writing alone; both stores hold the same then, as far as counts and totals tell.
double write_again(const std::string& from, const std::string& to, const std::vector<Written>& what, Batches batches);

}  // namespace sluice::bench
