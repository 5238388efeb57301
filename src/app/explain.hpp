// `sluice explain LINE`: how an amount came about, in words and numbers, each number computed once more.
#pragma once

#include <string>
#include <vector>

#include "app/ports/store.hpp"

namespace sluice::app {

struct ExplanationStep {
    std::string label;   // "rounded"
    std::string value;   // "19.35 USD"
    std::string remark;  // "half up to 2 decimals"; may be empty
    // False: what is stored differs from what it computes to; the remark tells both.
    bool agrees = true;
};

struct Explanation {
    std::string line;  // its id
    std::vector<ExplanationStep> steps;
    bool agrees = true;  // all of the steps
};

Explanation explain(Store& store, const customers::Operator& op, const StoredLine& line);

// Aligned lines of plain text; the last one says whether everything agrees.
std::string text(const Explanation& explanation);

}  // namespace sluice::app
