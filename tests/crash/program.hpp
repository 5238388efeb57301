// The program as a process that can be killed at any moment.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace sluice::test {

class Program {
public:
    // Starts it. What it says goes to `log`, at whose end it is added. With `file_limit` none of its files may grow
    // beyond so many bytes, as if the disk were full.
    Program(const std::vector<std::string>& arguments, std::filesystem::path log,
            std::optional<std::uint64_t> file_limit = {});
    ~Program();  // kills it when it runs still
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    void kill_9();
    void terminate();
    int wait();  // GIVES: its exit status, or -N when signal N has ended it
    // GIVES: whether it ended by itself, within that time.
    bool ends_within(std::chrono::milliseconds time);
    void limit_files(std::optional<std::uint64_t> bytes);  // while it runs; none: they may grow again
    std::string said() const;                              // since its start, on both streams

private:
    std::filesystem::path log_;
    std::uintmax_t log_begins_at_ = 0;
    pid_t process_ = -1;
    std::optional<int> status_;
};

// Runs it to its end.
struct Ended {
    int status;
    std::string said;
};
Ended run(const std::vector<std::string>& arguments, const std::filesystem::path& log,
          std::optional<std::uint64_t> file_limit = {});

}  // namespace sluice::test
