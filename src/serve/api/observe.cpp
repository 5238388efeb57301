#include "serve/api/observe.hpp"

#include <prometheus/gauge.h>
#include <prometheus/text_serializer.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/base_sink.h>

#include <boost/json.hpp>
#include <cstdio>
#include <mutex>

#include "serve/api/encode.hpp"

namespace sluice::serve::api {
namespace {

namespace json = boost::json;

constexpr std::size_t buffer_bytes = 64 * 1024;
constexpr std::chrono::milliseconds longest_in_buffer{500};
constexpr std::string_view no_operation = "none";

// Lines are collected: a system call for each would cost more than many a request. Whatever is important goes out at
// once, the rest soon.
class BufferedStderr final : public spdlog::sinks::base_sink<std::mutex> {
protected:
    void sink_it_(const spdlog::details::log_msg& message) override {
        buffer_.append(message.payload.data(), message.payload.size());
        buffer_ += '\n';
        const auto now = std::chrono::steady_clock::now();
        const bool urgent = message.level >= spdlog::level::warn || buffer_.size() >= buffer_bytes;
        if (urgent || now - flushed_ >= longest_in_buffer) flush_();
    }
    void flush_() override {
        std::fwrite(buffer_.data(), 1, buffer_.size(), stderr);
        std::fflush(stderr);
        buffer_.clear();
        flushed_ = std::chrono::steady_clock::now();
    }

private:
    std::string buffer_;
    std::chrono::steady_clock::time_point flushed_;
};

// What this process has done by itself.
void add_scheduled(std::vector<prometheus::MetricFamily>& families,
                   const std::map<std::string, Scheduler::Figures>& figures) {
    using enum prometheus::MetricType;
    prometheus::MetricFamily runs{
        "sluice_scheduled_runs_total", "Tasks done by themselves or asked for, by outcome", Counter, {}};
    prometheus::MetricFamily success{"sluice_scheduled_last_success_seconds",
                                     "When a task was last done without a failure, in seconds since 1970",
                                     Gauge,
                                     {}};
    for (const auto& entry : figures) {
        const auto& task = entry.first;
        const auto& of_task = entry.second;
        const auto add = [&](const std::string& outcome, std::uint64_t count) {
            prometheus::ClientMetric metric;
            metric.label = {{"task", task}, {"outcome", outcome}};
            metric.counter.value = static_cast<double>(count);
            runs.metric.push_back(metric);
        };
        add("succeeded", of_task.succeeded);
        add("failed", of_task.failed);
        if (!of_task.last_success) continue;
        prometheus::ClientMetric metric;
        metric.label = {{"task", task}};
        metric.gauge.value = std::chrono::duration<double>(of_task.last_success->time_since_epoch()).count();
        success.metric.push_back(metric);
    }
    families.push_back(std::move(runs));
    families.push_back(std::move(success));
}

std::string now_text() {
    const auto now = std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
    return std::string(json_of(now).as_string());
}

}  // namespace

Log::Log(Format format, const std::string& level) : format_(format) {
    logger_ = std::make_shared<spdlog::logger>("sluice", std::make_shared<BufferedStderr>());
    logger_->set_level(spdlog::level::from_str(level));
}

Log::~Log() { flush(); }

void Log::flush() { logger_->flush(); }

std::string Log::line(std::string_view level, const std::string& message) const {
    if (format_ == Format::text) return now_text() + " " + std::string(level) + " " + message;
    return json::serialize(json::object{{"at", now_text()}, {"level", level}, {"message", message}});
}

void Log::info(const std::string& message) {
    logger_->info(line("info", message));
    logger_->flush();
}

void Log::error(const std::string& message) { logger_->error(line("error", message)); }

void Log::request(const RequestRecord& r) {
    const bool failed = r.status >= 500;
    if (!logger_->should_log(failed ? spdlog::level::err : spdlog::level::info)) return;
    std::string text;
    if (format_ == Format::json) {
        json::object object{{"at", now_text()},
                            {"level", failed ? "error" : "info"},
                            {"message", "request"},
                            {"request_id", r.id},
                            {"method", r.method},
                            {"path", r.path},
                            {"operation", r.operation},
                            {"status", r.status},
                            {"microseconds", r.took.count()},
                            {"bytes", r.bytes},
                            {"peer", r.peer},
                            {"key", r.key}};
        if (!r.failure.empty()) object["failure"] = r.failure;
        text = json::serialize(object);
    } else {
        text = now_text() + (failed ? " error " : " info ") + std::string(r.method) + " " + std::string(r.path) + " " +
               std::to_string(r.status) + " " + std::to_string(r.took.count()) + "us " + r.id + " " +
               std::string(r.peer) + (r.key.empty() ? "" : " " + r.key) +
               (r.failure.empty() ? "" : ": " + std::string(r.failure));
    }
    logger_->log(failed ? spdlog::level::err : spdlog::level::info, text);
}

Metrics::Metrics(Engine& engine, const std::vector<std::string>& operations) : engine_(engine) {
    auto& requests = prometheus::BuildCounter()
                         .Name("sluice_http_requests_total")
                         .Help("Requests answered, by operation and class of status")
                         .Register(registry_);
    auto& seconds = prometheus::BuildHistogram()
                        .Name("sluice_http_request_seconds")
                        .Help("From the end of the request to the begin of its answer")
                        .Register(registry_);
    const prometheus::Histogram::BucketBoundaries boundaries{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025,
                                                             0.05,   0.1,   0.25,   1.0,   5.0};
    auto names = operations;
    names.emplace_back(no_operation);
    for (const auto& name : names) {
        OfOperation figures{.by_class = {}, .seconds = &seconds.Add({{"operation", name}}, boundaries)};
        for (const auto* status : {"1xx", "2xx", "3xx", "4xx", "5xx"})
            figures.by_class.push_back(&requests.Add({{"operation", name}, {"status", status}}));
        operations_.emplace(name, std::move(figures));
    }
}

void Metrics::observe(std::string_view operation, int status, std::chrono::microseconds took) {
    const auto found = operations_.find(std::string(operation.empty() ? no_operation : operation));
    if (found == operations_.end()) return;
    const auto status_class = static_cast<std::size_t>(std::min(std::max(status / 100, 1), 5) - 1);
    found->second.by_class[status_class]->Increment();
    found->second.seconds->Observe(std::chrono::duration<double>(took).count());
}

std::string Metrics::text() {
    auto families = registry_.Collect();
    const auto figures = engine_.writer().figures();
    const auto add = [&](const std::string& name, const std::string& help, prometheus::MetricType type, double value) {
        prometheus::MetricFamily family{name, help, type, {}};
        prometheus::ClientMetric metric;
        (type == prometheus::MetricType::Counter ? metric.counter.value : metric.gauge.value) = value;
        family.metric.push_back(metric);
        families.push_back(std::move(family));
    };
    using enum prometheus::MetricType;
    add("sluice_writes_total", "Requests and steps carried out by the writing thread", Counter,
        static_cast<double>(figures.works));
    add("sluice_commits_total", "Transactions that they shared", Counter, static_cast<double>(figures.commits));
    add("sluice_writes_waiting", "Waiting for the writing thread now", Gauge, static_cast<double>(figures.waiting));
    add_scheduled(families, engine_.scheduler().figures());
    const auto& outbox = engine_.outbox();
    const auto figure = [](const auto& atomic) { return static_cast<double>(atomic.load()); };
    add("sluice_webhooks_delivered_total", "Webhooks that were taken", Counter, figure(outbox.webhooks_delivered));
    add("sluice_webhooks_failed_total", "Attempts to deliver a webhook that failed", Counter,
        figure(outbox.webhooks_failed));
    add("sluice_webhooks_waiting", "Webhooks that wait to be delivered, counted every few seconds", Gauge,
        figure(outbox.webhooks_waiting));
    add("sluice_messages_sent_total", "E-mails that a mail server has taken", Counter, figure(outbox.messages_sent));
    add("sluice_messages_failed_total", "Attempts to send an e-mail that failed", Counter,
        figure(outbox.messages_failed));
    add("sluice_messages_waiting", "E-mails that wait to be sent, counted every few seconds", Gauge,
        figure(outbox.messages_waiting));
    return prometheus::TextSerializer().Serialize(families);
}

}  // namespace sluice::serve::api
