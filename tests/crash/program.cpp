#include "crash/program.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <sstream>
#include <thread>
#include <utility>

namespace sluice::test {
namespace {

using std::chrono::steady_clock;

rlimit limit_of(std::optional<std::uint64_t> bytes) {
    return {bytes.value_or(RLIM_INFINITY), RLIM_INFINITY};  // raised again later, when it is lower now
}

int status_in(int raw) { return WIFEXITED(raw) ? WEXITSTATUS(raw) : -WTERMSIG(raw); }

}  // namespace

Program::Program(const std::vector<std::string>& arguments, std::filesystem::path log,
                 std::optional<std::uint64_t> file_limit)
    : log_(std::move(log)) {
    if (std::filesystem::exists(log_)) log_begins_at_ = std::filesystem::file_size(log_);
    std::vector<std::string> words{SLUICE_BINARY};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> pointers;
    for (auto& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    const auto limit = limit_of(file_limit);
    const pid_t parent = ::getpid();
    process_ = ::fork();
    if (process_ != 0) return;
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // no test that is cut off leaves it behind
    if (::getppid() != parent) ::_exit(1);
    ::signal(SIGXFSZ, SIG_IGN);  // a disk that is full sends no signal
    ::setrlimit(RLIMIT_FSIZE, &limit);
    const int out = ::open(log_.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    ::dup2(::open("/dev/null", O_RDONLY), STDIN_FILENO);
    ::dup2(out, STDOUT_FILENO);
    ::dup2(out, STDERR_FILENO);
    for (const auto* name : {"SLUICE_DB", "SLUICE_SERVER", "SLUICE_KEY"}) ::unsetenv(name);
    ::execv(pointers.front(), pointers.data());
    ::_exit(127);
}

Program::~Program() {
    if (!status_) kill_9();
}

void Program::kill_9() {
    ::kill(process_, SIGKILL);
    wait();
}

void Program::terminate() { ::kill(process_, SIGTERM); }

int Program::wait() {
    int raw = 0;
    if (!status_ && ::waitpid(process_, &raw, 0) == process_) status_ = status_in(raw);
    return status_.value_or(-1);
}

bool Program::ends_within(std::chrono::milliseconds time) {
    const auto end = steady_clock::now() + time;
    int raw = 0;
    while (!status_) {
        if (::waitpid(process_, &raw, WNOHANG) == process_)
            status_ = status_in(raw);
        else if (steady_clock::now() >= end)
            return false;
        else
            std::this_thread::sleep_for(std::chrono::microseconds(200));
    }
    return true;
}

void Program::limit_files(std::optional<std::uint64_t> bytes) {
    const auto limit = limit_of(bytes);
    ::prlimit(process_, RLIMIT_FSIZE, &limit, nullptr);
}

std::string Program::said() const {
    std::ifstream file(log_);
    file.seekg(static_cast<std::streamoff>(log_begins_at_));
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

Ended run(const std::vector<std::string>& arguments, const std::filesystem::path& log,
          std::optional<std::uint64_t> file_limit) {
    Program program(arguments, log, file_limit);
    const int status = program.wait();
    return {status, program.said()};
}

}  // namespace sluice::test
