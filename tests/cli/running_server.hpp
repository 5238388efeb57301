// A `sluice serve` of a test's own, on a free port.
#pragma once

#include <sys/types.h>

#include <string>

namespace sluice::test {

class RunningServer {
public:
    // `store`: a file of SQLite, or an address of PostgreSQL.  `log`: a file for what it says. Fails the test when it
    // does not begin to serve.
    RunningServer(const std::string& store, const std::string& log);
    ~RunningServer();  // lets it finish
    RunningServer(const RunningServer&) = delete;
    RunningServer& operator=(const RunningServer&) = delete;

    const std::string& url() const { return url_; }

private:
    pid_t process_ = -1;
    std::string url_;
};

}  // namespace sluice::test
