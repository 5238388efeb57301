// Copies of a whole store, made while it is in use, and stores made of such copies.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "values/date.hpp"
#include "values/result.hpp"

namespace sluice::app {

// What a copy holds, in few words.
struct CopyContents {
    struct Books {
        std::string code;
        std::string name;
        std::optional<Date> billed_through;
    };
    std::int64_t bytes = 0;
    std::int64_t schema = 0;
    std::vector<Books> operators = {};
};

enum class CopyStep { copying, checking };

// Called often, on the way: how much of a step is done (`of` is 0 where that is not known). False stops the work, of
// which nothing stays.
using CopyProgress = std::function<bool(CopyStep step, std::int64_t done, std::int64_t of)>;

struct BackupWish {
    std::string address;  // of the store
    std::string file;
    bool replace = false;  // a file that is there
};

struct RestoreWish {
    std::string file;
    std::string address;
    // A store that is there gets this behind its name; empty: there must be none.
    std::string aside_suffix = {};
};

struct Restored {
    CopyContents contents;
    std::string moved_aside;  // where the store is now that was there; empty: there was none
};

// In order of precedence.
enum class CopyRefusal {
    database_has_its_own_tools,
    file_is_missing,
    file_is_no_regular_file,
    file_is_the_store,
    file_belongs_to_a_store,
    file_exists,
    store_exists,
    file_is_no_store,
    file_is_of_a_newer_program,
    file_is_damaged,
    stopped,
};

// Both throw StoreFailure, and then leave nothing half-done.
using BackUp = std::function<Result<CopyContents, CopyRefusal>(const BackupWish&, const CopyProgress&)>;
using Restore = std::function<Result<Restored, CopyRefusal>(const RestoreWish&, const CopyProgress&)>;

}  // namespace sluice::app
