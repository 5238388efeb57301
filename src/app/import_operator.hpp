// Importing an operator as another system left it: subscribers, their units and their sub-services.
#pragma once

#include <array>
#include <functional>
#include <string>
#include <vector>

#include "app/import_row.hpp"
#include "app/ports/import_source.hpp"
#include "app/ports/store.hpp"
#include "app/set_up.hpp"

namespace sluice::app {

struct ImportProgress {
    std::string file;
    std::int64_t rows;  // of this file, good and bad
    std::int64_t bytes;
    std::int64_t bytes_total;  // of all files
};

struct ImportOptions {
    Date as_of;
    // Imports the good rows and sets the bad ones aside; else one bad row keeps everything out.
    bool partial = false;
    std::size_t max_problems = 1'000;  // kept in the report; all are counted
    std::function<void(const ImportProgress&)> progress = {};
};

struct ImportReport {
    bool is_stored = false;
    std::int64_t subscribers = 0;  // imported, as the next three
    std::int64_t units = 0;
    std::int64_t sub_services = 0;
    std::int64_t items = 0;                  // main services, add-ons and CPEs
    std::array<std::int64_t, 3> bad_rows{};  // by ImportTable
    std::int64_t problem_count = 0;
    std::vector<ImportProblem> problems;  // in the order of files and lines
};

// One transaction: nothing is stored unless everything that is to be imported is. With `partial`, too, an operator
// that is stored already and files whose columns are wrong keep everything out.
ImportReport import_operator(Store& store, IdSource& ids, const OperatorSetup& setup, ImportSource& source,
                             const ImportOptions& options);

}  // namespace sluice::app
