#pragma once

#include "store/sql/connection.hpp"

namespace sluice::store {

// Carries out a statement that gives no rows, and makes it ready for the next time, also when it fails.
inline void run_once(Statement& statement) {
    try {
        statement.step();
    } catch (...) {
        statement.reset();
        throw;
    }
    statement.reset();
}

}  // namespace sluice::store
