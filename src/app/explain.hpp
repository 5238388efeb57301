// `sluice explain LINE`: how an amount came about, in words and numbers, each number computed once more.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/phrases.hpp"
#include "app/ports/store.hpp"

namespace sluice::app {

struct StepPhrases {
    Phrase label;
    Phrase value;
    std::vector<Phrase> remark;
};

struct ExplanationStep {
    std::string label;   // "rounded"
    std::string value;   // "19.35 USD"
    std::string remark;  // "half up to 2 decimals"; may be empty
    // False: what is stored differs from what it computes to; the remark tells both.
    bool agrees = true;
    // What the three texts are made of; empty for a step that was read from an answer.
    std::optional<StepPhrases> phrases = {};
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
