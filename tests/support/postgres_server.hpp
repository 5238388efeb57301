// A PostgreSQL of the tests' own: one cluster for each test process, in a temporary directory, started on first use. It
// is gone, with its directory, when the process ends, in whatever way.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace sluice::test {

class PostgresServer {
public:
    // Throws when Debian's package postgresql-15 (or a later one) is not installed, or the server does not start.
    static PostgresServer& shared();
    // One that does not wait for the disk: where nothing is killed, a test is done in half the time.
    static PostgresServer& forgetful();
    // One whose files are in a directory of this one; durable.
    explicit PostgresServer(const std::filesystem::path& parent) : PostgresServer(parent, {}) {}
    ~PostgresServer();
    PostgresServer(const PostgresServer&) = delete;
    PostgresServer& operator=(const PostgresServer&) = delete;

    // An empty database. GIVES: its address, "postgresql://sluice@127.0.0.1:PORT/NAME".
    std::string new_database();
    void drop_database(const std::string& address);  // whoever is connected to it
    std::string address(const std::string& name) const;
    // A program of the server's own version: "pg_dump".
    std::string program(const std::string& name) const { return (binaries_ / name).string(); }

    // Runs SQL on the database at that address. GIVES: the first column of the first row, empty when there is none.
    std::string query(const std::string& address, const std::string& sql) const;

    // Kills the server, which is then down until start(); its backends end as soon as they notice.
    void kill_9();
    // Kills one backend that is connected to this database, any of them, and returns when the server has noticed: it
    // ends all others and recovers.  GIVES: whether there was one.
    bool kill_9_a_backend(const std::string& address);
    void start();                  // of a server that was killed; waits until it answers
    void wait_until_it_answers();  // while it recovers
    void recover();                // the same; starts it when it has given up

private:
    PostgresServer(const std::filesystem::path& parent, std::vector<std::string> settings);
    void make_cluster() const;
    void watch();
    bool is_ready() const;
    std::string log() const;

    std::filesystem::path binaries_;
    std::vector<std::string> settings_;
    std::filesystem::path directory_;
    std::uint16_t port_ = 0;
    pid_t server_ = -1;
    pid_t watcher_ = -1;
    int alive_ = -1;  // the watcher cleans up as soon as this end of its pipe is closed
    int databases_ = 0;
};

}  // namespace sluice::test
