// What of this program's schema a store has, and what it lacks.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace sluice::app {

struct SchemaPlan {
    std::int64_t present;            // 0: the store is empty
    std::int64_t known;              // to this program
    std::vector<std::string> steps;  // from the one to the other, in order: "0003_lists"
};

enum class Migration { only_planned, carried_out };

// GIVES: what was found, and so is to be run or was run. Only planned, nothing is changed, locked or made.
// Throws StoreFailure, also for a store that a newer program made; a step that fails is undone, those before it stay.
using Migrate = std::function<SchemaPlan(const std::string& address, Migration)>;

}  // namespace sluice::app
