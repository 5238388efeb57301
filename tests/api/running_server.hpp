// The real program, serving: started, stopped and killed as an operating system would do it.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace sluice::test {

// A directory of its own, gone afterwards.
class TemporaryDirectory {
public:
    TemporaryDirectory();
    ~TemporaryDirectory();
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

class RunningServer {
public:
    // Starts `sluice serve` on a free port with that store; without one, with the `store.db` of that directory.
    explicit RunningServer(const std::filesystem::path& directory, std::vector<std::string> more_options = {},
                           std::string store = {});
    ~RunningServer();
    RunningServer(const RunningServer&) = delete;
    RunningServer& operator=(const RunningServer&) = delete;

    // Throws with what the program said when it does not come up.
    void start();
    int stop();            // SIGTERM; the exit status, or -1 when a signal ended it
    void terminate_now();  // SIGTERM, without waiting
    int wait_for_end();    // the exit status, or -1
    void kill();           // SIGKILL

    std::uint16_t port() const { return port_; }
    const std::string& first_key() const { return first_key_; }  // of the very first start
    const std::string& store() const { return store_; }
    std::string log() const;  // what it has said on standard error

private:
    std::filesystem::path directory_;
    std::vector<std::string> more_options_;
    std::string store_;
    pid_t process_ = -1;
    std::uint16_t port_ = 0;
    std::string first_key_;
};

struct Outcome {
    int status;
    std::string out;  // both streams
};
// The program with these arguments, until it ends.
Outcome run_sluice(const std::string& arguments);

}  // namespace sluice::test
