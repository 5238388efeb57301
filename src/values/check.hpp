// Promises that the code makes to itself, kept on in release builds. A broken one is a bug of ours, never the user's:
// the account at hand is parked with its facts and the run goes on (ARCHITECTURE.md, three kinds of wrong).
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace sluice {

class BrokenPromise : public std::logic_error {
public:
    using std::logic_error::logic_error;
};

// A sum or product left the range of exact arithmetic (128 bits inside, 64-bit minor units in a Money).
class ArithmeticOverflow : public std::overflow_error {
public:
    using std::overflow_error::overflow_error;
};

[[noreturn]] inline void fail_promise(std::string_view promise, const char* file, int line) {
    throw BrokenPromise(std::string(promise) + " (" + file + ":" + std::to_string(line) + ")");
}

// Throws BrokenPromise with the promise in words unless `holds`.
inline void check(bool holds, std::string_view promise, const char* file = __builtin_FILE(),
                  int line = __builtin_LINE()) {
    if (!holds) [[unlikely]]
        fail_promise(promise, file, line);
}

}  // namespace sluice
