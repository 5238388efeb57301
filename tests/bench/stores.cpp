#include "stores.hpp"

#include <unistd.h>

#include <filesystem>
#include <set>

#include "bare_store.hpp"

namespace sluice::bench {
namespace {

namespace fs = std::filesystem;

class Files final : public Stores {
public:
    ~Files() override { fs::remove_all(directory_); }
    std::string kind() const override { return "SQLite"; }
    std::string address(const std::string& name) const override { return "sqlite:" + file(name); }
    std::string make_room(const std::string& name) override {
        for (const char* suffix : {"", "-wal", "-shm"}) fs::remove(file(name) + suffix);
        return address(name);
    }
    std::string copy(const std::string& from, const std::string& to) override {
        make_room(to);
        fs::copy_file(file(from), file(to));
        ::sync();
        return address(to);
    }

private:
    static fs::path made() {
        auto directory = fs::temp_directory_path() / ("sluice-bench-" + std::to_string(::getpid()));
        fs::create_directories(directory);
        return directory;
    }
    std::string file(const std::string& name) const { return (directory_ / (name + ".db")).string(); }

    fs::path directory_ = made();
};

class Databases final : public Stores {
public:
    explicit Databases(std::string server) : server_(std::move(server)) {}
    ~Databases() override {
        for (const auto& name : std::set(names_)) drop(name);
    }
    std::string kind() const override { return "PostgreSQL"; }
    std::string address(const std::string& name) const override {
        return server_.substr(0, server_.rfind('/')) + "/sluice_bench_" + name;
    }
    std::string make_room(const std::string& name) override { return make(name, "template0"); }
    std::string copy(const std::string& from, const std::string& to) override {
        run(address(from), "VACUUM ANALYZE");
        make(to, "sluice_bench_" + from);
        run(server_, "CHECKPOINT");
        return address(to);
    }

private:
    std::string make(const std::string& name, const std::string& pattern) {
        drop(name);
        run(server_, "CREATE DATABASE sluice_bench_" + name + " TEMPLATE " + pattern);
        names_.insert(name);
        return address(name);
    }
    void drop(const std::string& name) {
        run(server_, "DROP DATABASE IF EXISTS sluice_bench_" + name + " WITH (FORCE)");
        names_.erase(name);
    }
    static void run(const std::string& address, const std::string& sql) { open_bare_postgres(address)->run(sql); }

    std::string server_;
    std::set<std::string> names_;
};

}  // namespace

std::unique_ptr<Stores> open_stores(const std::string& server) {
    if (server.empty()) return std::make_unique<Files>();
    return std::make_unique<Databases>(server);
}

}  // namespace sluice::bench
