#include "measuring.hpp"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>

namespace sluice::bench {

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

void give_up(const std::string& why) {
    std::fprintf(stderr, "%s\n", why.c_str());
    std::exit(1);
}

void expect(bool holds, const std::string& what) {
    if (!holds) give_up("this does not hold: " + what);
}

void expect_equal(const std::string& what, std::int64_t found, std::int64_t expected) {
    if (found != expected) give_up(what + ": " + std::to_string(found) + ", expected " + std::to_string(expected));
}

namespace {

struct Told {
    double megabytes;
    std::size_t size;
};

// Ends the child without the destructors of its parent's objects.
[[noreturn]] void tell(int pipe, const std::function<std::string()>& phase) {
    try {
        const auto result = phase();
        rusage usage{};
        ::getrusage(RUSAGE_SELF, &usage);
        const Told told{static_cast<double>(usage.ru_maxrss) / 1024.0, result.size()};
        const bool written = ::write(pipe, &told, sizeof told) == sizeof told &&
                             ::write(pipe, result.data(), told.size) == static_cast<ssize_t>(told.size);
        ::_exit(written ? 0 : 1);
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "%s\n", failure.what());
        ::_exit(1);
    }
}

}  // namespace

double in_own_process(const std::function<std::string()>& phase, std::string& result) {
    std::fflush(stdout);
    int ends[2];
    expect(::pipe(ends) == 0, "there is a pipe");
    const auto child = ::fork();
    if (child == 0) tell(ends[1], phase);
    ::close(ends[1]);
    Told told{};
    bool read = ::read(ends[0], &told, sizeof told) == sizeof told;
    result.resize(told.size);
    read = read && ::read(ends[0], result.data(), told.size) == static_cast<ssize_t>(told.size);
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    expect(read && status == 0, "a phase ends well");
    return told.megabytes;
}

}  // namespace sluice::bench
