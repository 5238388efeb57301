// The rules of the house that a machine can check: who may include whom, and one door each for now, SQL and rounding.
// Source: ARCHITECTURE.md.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sluice::house {

// A broken rule: where, and which.
struct Complaint {
    std::string file;
    int line;
    std::string what;
};

// What a file breaks. `file` is its path below src/, with '/'.
std::vector<Complaint> inspect(const std::string& file, std::string_view text);

// The parts of a source that rules look at, each with its lines kept in place.
struct Source {
    std::string code;     // comments and the insides of literals replaced by blanks
    std::string strings;  // everything but the insides of string literals replaced by blanks
};
Source take_apart(std::string_view text);

}  // namespace sluice::house
