#include "api/running_server.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace sluice::test {
namespace {

constexpr int patience_ms = 20'000;

std::string text_of_file(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

// What the program says on standard output until the line that it serves; what it said when it ended without it.
std::string read_greeting(int pipe) {
    std::string said;
    char bytes[1024];
    while (said.find("Serving ") == std::string::npos || said.back() != '\n') {
        pollfd waiting{pipe, POLLIN, 0};
        if (::poll(&waiting, 1, patience_ms) <= 0) break;
        const auto count = ::read(pipe, bytes, sizeof bytes);
        if (count <= 0) break;
        said.append(bytes, static_cast<std::size_t>(count));
    }
    return said;
}

std::string between(const std::string& text, const std::string& before, char after) {
    const auto at = text.find(before);
    if (at == std::string::npos) return {};
    const auto begin = at + before.size();
    return text.substr(begin, text.find(after, begin) - begin);
}

}  // namespace

TemporaryDirectory::TemporaryDirectory() {
    auto pattern = (std::filesystem::temp_directory_path() / "sluice-api-XXXXXX").string();
    if (!::mkdtemp(pattern.data())) throw std::runtime_error("cannot make a temporary directory");
    path_ = pattern;
}

TemporaryDirectory::~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

RunningServer::RunningServer(const std::filesystem::path& directory, std::vector<std::string> more_options,
                             std::string store)
    : directory_(directory),
      more_options_(std::move(more_options)),
      store_(store.empty() ? "sqlite:" + (directory / "store.db").string() : std::move(store)) {
    start();
}

RunningServer::~RunningServer() {
    if (process_ > 0) kill();
}

void RunningServer::start() {
    std::vector<std::string> words{SLUICE_BINARY, "serve",       "--db",        store(),
                                   "--listen",    "127.0.0.1:0", "--log-level", "warn"};
    words.insert(words.end(), more_options_.begin(), more_options_.end());
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    const auto log_file = (directory_ / "log").string();
    int out[2];
    if (::pipe2(out, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    const pid_t parent = ::getpid();
    process_ = ::fork();
    if (process_ == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // no test that is cut off leaves a server behind
        if (::getppid() != parent) ::_exit(1);
        ::dup2(out[1], STDOUT_FILENO);
        ::dup2(::open(log_file.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600), STDERR_FILENO);
        ::setenv("SLUICE_STRIPE_API", "http://127.0.0.1:1", 0);  // no test reaches a gateway by accident
        ::execv(arguments.front(), arguments.data());
        ::_exit(127);
    }
    ::close(out[1]);
    const auto said = read_greeting(out[0]);
    ::close(out[0]);
    const auto port = between(said, "on http://localhost:", ' ');
    if (port.empty()) {
        kill();
        throw std::runtime_error("sluice serve did not come up: " + said + log());
    }
    port_ = static_cast<std::uint16_t>(std::stoi(port));
    if (const auto key = between(said, "  slk_", '\n'); !key.empty()) first_key_ = "slk_" + key;
}

void RunningServer::terminate_now() { ::kill(process_, SIGTERM); }

int RunningServer::wait_for_end() {
    int status = 0;
    ::waitpid(std::exchange(process_, -1), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int RunningServer::stop() {
    terminate_now();
    return wait_for_end();
}

void RunningServer::kill() {
    ::kill(process_, SIGKILL);
    wait_for_end();
}

std::string RunningServer::log() const { return text_of_file(directory_ / "log"); }

Outcome run_sluice(const std::string& arguments) {
    const auto command = std::string(SLUICE_BINARY " ") + arguments + " 2>&1 </dev/null";
    std::FILE* pipe = ::popen(command.c_str(), "re");
    if (!pipe) throw std::runtime_error("cannot run " + command);
    std::string out;
    char bytes[4096];
    while (const auto count = std::fread(bytes, 1, sizeof bytes, pipe)) out.append(bytes, count);
    const int status = ::pclose(pipe);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, out};
}

}  // namespace sluice::test
