// What the machine's operator sees: a log line and figures for each request.
#pragma once

#include <prometheus/counter.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "serve/engine/engine.hpp"

namespace spdlog {
class logger;
}

namespace sluice::serve::api {

struct RequestRecord {
    std::string id;
    std::string_view method;
    std::string_view path;       // without the query, which may hold names of people
    std::string_view operation;  // empty when there is none of that path
    std::string_view peer;
    std::string key;  // id of the API key; empty when there was none
    int status;
    std::chrono::microseconds took;
    std::size_t bytes;
    std::string_view failure;  // why a 5xx; empty else
};

class Log {
public:
    enum class Format { text, json };
    // Writes to standard error. `level`: "debug", "info", "warn" or "error"; requests are told at info, failures at
    // error.
    Log(Format format, const std::string& level);
    ~Log();
    Log(const Log&) = delete;
    Log& operator=(const Log&) = delete;

    void request(const RequestRecord& record);
    void info(const std::string& message);
    void error(const std::string& message);
    void flush();

private:
    std::string line(std::string_view level, const std::string& message) const;

    Format format_;
    std::shared_ptr<spdlog::logger> logger_;
};

// Figures for Prometheus.
class Metrics {
public:
    Metrics(Engine& engine, const std::vector<std::string>& operations);
    void observe(std::string_view operation, int status, std::chrono::microseconds took);
    std::string text();

private:
    struct OfOperation {
        std::vector<prometheus::Counter*> by_class;  // 1xx … 5xx
        prometheus::Histogram* seconds;
    };

    Engine& engine_;
    prometheus::Registry registry_;
    std::unordered_map<std::string, OfOperation> operations_;
};

}  // namespace sluice::serve::api
