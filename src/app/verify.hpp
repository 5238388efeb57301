// `sluice verify`: everything that is derived is derived once more from the stored facts, account by account, and
// compared with what is stored. It repairs nothing.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "app/ports/hasher.hpp"
#include "app/ports/store.hpp"

namespace sluice::app {

struct Finding {
    std::string code;     // for programs: "line_amount", "number_missing" …
    std::string where;    // the document's number, the line's id, the subscriber's code, "subscriber/sub-service"
    std::string message;  // for people: what is stored and what it should be
};

struct VerifyReport {
    std::int64_t accounts = 0;
    std::int64_t documents = 0;
    std::int64_t lines = 0;
    std::int64_t entries = 0;
    // The first 1,000; when there are more, one of code "more_findings" says how many.
    std::vector<Finding> findings = {};
};

// Reads page by page: memory holds one page of accounts, and one bit a document for the numbers.  `progress` is called
// after each page, with what has been verified so far.
VerifyReport verify(Store& store, const Hasher& hasher, const customers::Operator& op,
                    const std::function<void(const VerifyReport&)>& progress = {});

}  // namespace sluice::app
