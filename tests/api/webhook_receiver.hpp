// Somebody who is told of events: takes down what comes, and answers as a test wants it.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "serve/http/server.hpp"

namespace sluice::test {

class WebhookReceiver final : public serve::http::Service {
public:
    using Request = serve::http::Request;
    using Response = serve::http::Response;

    // `delay`: until an answer.
    explicit WebhookReceiver(std::chrono::milliseconds delay = {})
        : delay_(delay),
          server_({.port = 0}, *this),
          late_([this](const std::stop_token& stop) { answer_late(stop); }) {
        server_.start();
    }
    ~WebhookReceiver() override { server_.stop(std::chrono::milliseconds(0)); }

    std::string url() const { return "http://127.0.0.1:" + std::to_string(server_.port()) + "/hook"; }
    // What is answered from now on, by how many have come before; none: nothing, ever.
    void answer_with(std::function<std::optional<int>(std::size_t)> answer) {
        const std::lock_guard lock(mutex_);
        answer_ = std::move(answer);
    }
    // Waits until so many have come; false when they do not.
    bool wait_for(std::size_t count, std::chrono::seconds patience = std::chrono::seconds(20)) {
        std::unique_lock lock(mutex_);
        return came_.wait_for(lock, patience, [&] { return requests_.size() >= count; });
    }
    std::vector<Request> requests() {
        const std::lock_guard lock(mutex_);
        return requests_;
    }
    // How often each id was taken with 2xx.
    std::map<std::string, int> taken() {
        const std::lock_guard lock(mutex_);
        return taken_;
    }

    void handle(Request request, serve::http::Answer answer) override {
        const std::lock_guard lock(mutex_);
        const auto status = answer_(requests_.size());
        if (status && *status < 300) ++taken_[std::string(request.header("webhook-id"))];
        requests_.push_back(std::move(request));
        came_.notify_all();
        Response response{.status = status.value_or(200), .content_type = "text/plain", .body = "thanks"};
        if (status && delay_.count() > 0)
            due_.push_back({std::chrono::steady_clock::now() + delay_, std::move(answer), std::move(response)});
        else if (status)
            answer(std::move(response));
        else
            kept_.push_back(std::move(answer));
    }
    std::uint64_t body_limit(std::string_view, std::string_view) const override { return 1 << 20; }
    Response refuse(int status, std::string_view, const std::string&) const override {
        return {.status = status, .body = {}};
    }

private:
    struct Due {
        std::chrono::steady_clock::time_point at;
        serve::http::Answer answer;
        Response response;
    };
    void answer_late(const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
            const std::lock_guard lock(mutex_);
            for (; !due_.empty() && due_.front().at <= std::chrono::steady_clock::now(); due_.pop_front())
                due_.front().answer(std::move(due_.front().response));
        }
    }

    std::chrono::milliseconds delay_;
    std::mutex mutex_;
    std::deque<Due> due_;
    std::condition_variable came_;
    std::function<std::optional<int>(std::size_t)> answer_ = [](std::size_t) { return 200; };
    std::vector<Request> requests_;
    std::map<std::string, int> taken_;
    std::vector<serve::http::Answer> kept_;
    serve::http::Server server_;
    std::jthread late_;
};

// Receivers of tests are on this machine. REQUIRES: made before the server is started.
struct PrivateWebhooksAllowed {
    PrivateWebhooksAllowed() { ::setenv("SLUICE_PRIVATE_WEBHOOKS", "allow", 1); }
    ~PrivateWebhooksAllowed() { ::unsetenv("SLUICE_PRIVATE_WEBHOOKS"); }
};

}  // namespace sluice::test
