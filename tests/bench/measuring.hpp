// What every bench measures by: seconds, medians, and the peak memory of a phase in a process of its own.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <type_traits>
#include <vector>

namespace sluice::bench {

class Stopwatch {
public:
    double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count(); }

private:
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

double median(std::vector<double> values);  // REQUIRES: at least one

// The bench measured something else than it should: says what and ends the program with status 1.
[[noreturn]] void give_up(const std::string& why);
void expect(bool holds, const std::string& what);
// "documents: 17, expected 18"
void expect_equal(const std::string& what, std::int64_t found, std::int64_t expected);

// Runs `phase` in a child process, so that its memory is its own. GIVES: the peak of that memory, in megabytes.
double in_own_process(const std::function<std::string()>& phase, std::string& result);

// The same, with what the phase returns.  REQUIRES: a type that can be copied byte by byte.
template <typename Result>
struct Finished {
    Result result;
    double peak_megabytes;
};
template <typename Phase, typename Result = std::invoke_result_t<Phase>>
Finished<Result> in_own_process(const Phase& phase) {
    static_assert(std::is_trivially_copyable_v<Result>);
    std::string bytes;
    const auto megabytes = in_own_process(
        [&] {
            const Result result = phase();
            return std::string(reinterpret_cast<const char*>(&result), sizeof result);
        },
        bytes);
    expect(bytes.size() == sizeof(Result), "a phase tells all of its result");
    Finished<Result> finished{{}, megabytes};
    bytes.copy(reinterpret_cast<char*>(&finished.result), sizeof finished.result);
    return finished;
}

}  // namespace sluice::bench
