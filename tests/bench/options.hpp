// What all benches can be told.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace sluice::bench {

class Options {
public:
    explicit Options(const std::string& purpose);

    // More of them are the bench's own.
    template <typename Value>
    void add(const std::string& name, Value& value, const std::string& help) {
        app_.add_option(name, value, help)->capture_default_str();
    }
    // The end of the program when --help was asked for, or something wrong was written.
    void read(int argc, char** argv);
    // For what is about PostgreSQL alone: one of the bench's own unless another is named.
    void need_a_server();

    int runs = 3;
    std::string json;    // a file; empty: none
    std::string server;  // of PostgreSQL; empty: SQLite

private:
    CLI::App app_;
    bool own_server_ = false;
};

}  // namespace sluice::bench
