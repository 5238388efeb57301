#include "support/postgres_server.hpp"

#include <fcntl.h>
#include <grp.h>
#include <libpq-fe.h>
#include <netinet/in.h>
#include <pwd.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <vector>

namespace sluice::test {
namespace {

namespace fs = std::filesystem;
using std::chrono::steady_clock;
constexpr int oldest_version = 15;
constexpr std::chrono::seconds patience{60};

// Debian keeps the versions beside each other.
fs::path newest_binaries() {
    int newest = 0;
    const fs::path versions = "/usr/lib/postgresql";
    if (fs::exists(versions))
        for (const auto& entry : fs::directory_iterator(versions))
            if (fs::exists(entry.path() / "bin" / "postgres"))
                newest = std::max(newest, std::atoi(entry.path().filename().c_str()));
    if (newest < oldest_version)
        throw std::runtime_error("these tests need a PostgreSQL server: install postgresql-15, as scripts/setup does");
    return versions / std::to_string(newest) / "bin";
}

// It refuses to run as root; the package has made a user for it.
const passwd* user_to_become() {
    if (::geteuid() != 0) return nullptr;
    const auto* user = ::getpwnam("postgres");
    if (user == nullptr) throw std::runtime_error("these tests need the user `postgres`, which postgresql-15 makes");
    return user;
}

struct Streams {
    fs::path log;
    int input = -1;  // none
};

// Starts a program in a session of its own, so that a Ctrl-C for the tests is not one for it.
pid_t start_program(const std::vector<std::string>& words, const passwd* user, const Streams& streams) {
    std::vector<char*> arguments;
    for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    const pid_t process = ::fork();
    if (process != 0) return process;
    ::setsid();
    const int log = ::open(streams.log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
    ::dup2(streams.input >= 0 ? streams.input : ::open("/dev/null", O_RDONLY), STDIN_FILENO);
    ::dup2(log, STDOUT_FILENO);
    ::dup2(log, STDERR_FILENO);
    ::close_range(3, ~0U, 0);
    const bool is_user =
        user == nullptr || (::setgroups(0, nullptr) == 0 && ::setgid(user->pw_gid) == 0 && ::setuid(user->pw_uid) == 0);
    if (is_user && ::chdir("/") == 0) ::execv(arguments[0], arguments.data());
    ::_exit(127);
}

std::uint16_t free_port() {
    const int probe = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    const bool ok = ::bind(probe, reinterpret_cast<const sockaddr*>(&address), size) == 0 &&
                    ::getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size) == 0;
    ::close(probe);
    if (!ok) throw std::runtime_error("no port of the loopback is free");
    return ntohs(address.sin_port);
}

class Connection {
public:
    explicit Connection(const std::string& address) : connection_(PQconnectdb(address.c_str()), &PQfinish) {
        PQsetNoticeProcessor(
            connection_.get(), [](void*, const char*) {}, nullptr);
    }
    std::string query(const std::string& sql) const {
        const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(connection_.get(), sql.c_str()), &PQclear);
        const auto status = PQresultStatus(result.get());
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
            throw std::runtime_error(sql + ": " + PQerrorMessage(connection_.get()));
        return PQntuples(result.get()) > 0 ? PQgetvalue(result.get(), 0, 0) : "";
    }
    bool is_alive() {
        PQclear(PQexec(connection_.get(), "SELECT 1"));
        return PQstatus(connection_.get()) == CONNECTION_OK;
    }

private:
    std::unique_ptr<PGconn, decltype(&PQfinish)> connection_;
};

std::string name_of(const std::string& address) { return address.substr(address.rfind('/') + 1); }

}  // namespace

PostgresServer& PostgresServer::shared() {
    static PostgresServer server(fs::temp_directory_path());
    return server;
}

PostgresServer& PostgresServer::forgetful() {
    static PostgresServer server(fs::temp_directory_path(), {"-c", "fsync=off", "-c", "full_page_writes=off"});
    return server;
}

PostgresServer::PostgresServer(const fs::path& parent, std::vector<std::string> settings)
    : binaries_(newest_binaries()), settings_(std::move(settings)) {
    auto name = (parent / "sluice-postgres-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make the directory " + name);
    directory_ = name;
    watch();
    make_cluster();
    start();
}

PostgresServer::~PostgresServer() {
    ::close(alive_);
    ::waitpid(server_, nullptr, 0);
    ::waitpid(watcher_, nullptr, 0);
}

void PostgresServer::make_cluster() const {
    const auto* user = user_to_become();
    if (user != nullptr && ::chown(directory_.c_str(), user->pw_uid, user->pw_gid) != 0)
        throw std::runtime_error("cannot give " + directory_.string() + " to the user `postgres`");
    // What is durable later need not be so already: no-sync is for the making alone.
    const auto process =
        start_program({binaries_ / "initdb", "--pgdata=" + (directory_ / "data").string(), "--username=sluice",
                       "--encoding=UTF8", "--locale=C.UTF-8", "--auth=trust", "--no-sync", "--no-instructions"},
                      user, {directory_ / "log"});
    int status = 0;
    ::waitpid(process, &status, 0);
    if (status != 0) throw std::runtime_error("initdb failed: " + log());
}

// A process that outlives this one: reads until there is nobody left who could write, and then cleans up.
void PostgresServer::watch() {
    static const std::string clean_up = R"(
        cat >/dev/null
        if read -r server <"$1/data/postmaster.pid"; then
            kill -QUIT "$server"
            for i in $(seq 100); do kill -0 "$server" && sleep 0.05; done
            kill -KILL "$server"
        fi
        rm -rf "$1" || { sleep 1; rm -rf "$1"; })";
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe for the watcher of PostgreSQL");
    watcher_ = start_program({"/bin/sh", "-c", clean_up, "sh", directory_}, nullptr, {"/dev/null", ends[0]});
    ::close(ends[0]);
    alive_ = ends[1];
}

void PostgresServer::start() {
    const bool is_first = port_ == 0;
    const auto end = steady_clock::now() + patience;
    while (steady_clock::now() < end) {
        if (is_first) port_ = free_port();
        // Small, and to be reached from this machine alone; durable as it is when installed, unless the settings say
        // else.
        std::vector<std::string> command{binaries_ / "postgres",     "-D", directory_ / "data",          "-p",
                                         std::to_string(port_),      "-c", "listen_addresses=127.0.0.1", "-c",
                                         "unix_socket_directories=", "-c", "shared_buffers=128MB",       "-c",
                                         "max_connections=50"};
        command.insert(command.end(), settings_.begin(), settings_.end());
        server_ = start_program(command, user_to_become(), {directory_ / "log"});
        while (::waitpid(server_, nullptr, WNOHANG) == 0 && steady_clock::now() < end) {
            if (is_ready()) return;
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        // Somebody took the port, or backends of a killed server have not ended yet: once more.
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    throw std::runtime_error("PostgreSQL does not start: " + log());
}

// The server tells it in the eighth line of this file.
bool PostgresServer::is_ready() const {
    std::ifstream file(directory_ / "data" / "postmaster.pid");
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);) lines.push_back(line);
    return lines.size() >= 8 && lines.front() == std::to_string(server_) && lines[7].starts_with("ready");
}

std::string PostgresServer::log() const {
    std::ostringstream text;
    text << std::ifstream(directory_ / "log").rdbuf();
    return text.str();
}

std::string PostgresServer::address(const std::string& name) const {
    return "postgresql://sluice@127.0.0.1:" + std::to_string(port_) + "/" + name;
}

std::string PostgresServer::new_database() {
    const auto name = "test_" + std::to_string(++databases_);
    query(address("postgres"), "CREATE DATABASE " + name + " TEMPLATE template0");
    return address(name);
}

void PostgresServer::drop_database(const std::string& address_of_it) {
    query(address("postgres"), "DROP DATABASE IF EXISTS " + name_of(address_of_it) + " WITH (FORCE)");
}

std::string PostgresServer::query(const std::string& address_of_it, const std::string& sql) const {
    const Connection connection(address_of_it);
    return connection.query(sql);
}

void PostgresServer::kill_9() {
    ::kill(server_, SIGKILL);
    ::waitpid(server_, nullptr, 0);
}

void PostgresServer::wait_until_it_answers() {
    const auto end = steady_clock::now() + patience;
    while (PQping(address("postgres").c_str()) != PQPING_OK && steady_clock::now() < end)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
}

void PostgresServer::recover() {
    const auto end = steady_clock::now() + patience;
    while (PQping(address("postgres").c_str()) != PQPING_OK && steady_clock::now() < end) {
        if (::waitpid(server_, nullptr, WNOHANG) != 0) return start();
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
}

bool PostgresServer::kill_9_a_backend(const std::string& address_of_it) {
    Connection witness(address("postgres"));
    const auto backend =
        witness.query("SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND datname = '" +
                      name_of(address_of_it) + "' ORDER BY random() LIMIT 1");
    if (backend.empty() || ::kill(std::stoi(backend), SIGKILL) != 0) return false;
    const auto end = steady_clock::now() + patience;
    while (witness.is_alive() && steady_clock::now() < end) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return true;
}

}  // namespace sluice::test
