#include "cli/running_server.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <sstream>
#include <thread>

namespace sluice::test {

RunningServer::RunningServer(const std::string& store, const std::string& log) {
    const auto address = store.starts_with("postgresql://") ? store : "sqlite:" + store;
    std::ofstream(log).close();  // what an earlier one said tells another port
    process_ = ::fork();
    if (process_ == 0) {
        const int file = ::open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        ::dup2(file, STDOUT_FILENO);
        ::dup2(file, STDERR_FILENO);
        ::execl(SLUICE_BINARY, SLUICE_BINARY, "serve", "--db", address.c_str(), "--listen", "127.0.0.1:0",
                "--log-level", "error", static_cast<char*>(nullptr));
        ::_exit(127);
    }
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (url_.empty() && std::chrono::steady_clock::now() < end && ::waitpid(process_, nullptr, WNOHANG) == 0) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        std::ostringstream text;
        text << std::ifstream(log).rdbuf();
        const auto said = text.str();
        const auto begin = said.find("http://");
        const auto blank = said.find(' ', begin);
        if (begin != std::string::npos && blank != std::string::npos) url_ = said.substr(begin, blank - begin);
    }
    EXPECT_NE(url_, "") << "the server does not begin to serve";
}

RunningServer::~RunningServer() {
    ::kill(process_, SIGTERM);
    ::waitpid(process_, nullptr, 0);
}

}  // namespace sluice::test
