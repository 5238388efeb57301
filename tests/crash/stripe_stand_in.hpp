// A stand-in for Stripe that is fast: charges of saved cards, answers after some time, some never, and webhooks, some
// of them twice. web/tests/stripe has one that knows more.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <queue>
#include <string>
#include <thread>
#include <vector>

#include "serve/http/server.hpp"

namespace sluice::test {

class StripeStandIn final : private serve::http::Service {
public:
    struct Conduct {
        std::chrono::milliseconds latency{50};
        std::chrono::milliseconds silence{4'000};  // of what is not answered in time; longer than Sluice waits
        std::uint64_t one_in_silent = 100;         // requests; 0: none
        std::uint64_t one_in_twice = 100;          // webhooks
        std::string secret;                        // that webhooks are signed with
        std::string webhook;                       // "/webhooks/op/card"
        std::function<std::uint16_t()> port;       // of Sluice, which changes
    };
    explicit StripeStandIn(Conduct conduct);
    ~StripeStandIn() override;
    StripeStandIn(const StripeStandIn&) = delete;
    StripeStandIn& operator=(const StripeStandIn&) = delete;

    std::string url() const;

    // By Sluice's name of the attempt: how often money was moved for it, and how much altogether.
    struct Moved {
        int times = 0;
        std::int64_t amount = 0;
    };
    std::map<std::string, Moved> moved();
    std::size_t count_moved();
    std::uint64_t silent() const { return silent_; }
    std::uint64_t told_twice() const { return twice_; }
    std::size_t untold();  // webhooks

private:
    struct Intent {
        std::string attempt;
        std::int64_t amount;
        std::string status;
    };
    struct Due {
        std::chrono::steady_clock::time_point at;
        std::function<void()> action;
        bool operator<(const Due& other) const { return at > other.at; }
    };
    void handle(serve::http::Request request, serve::http::Answer answer) override;
    std::uint64_t body_limit(std::string_view, std::string_view) const override { return 64 * 1024; }
    serve::http::Response refuse(int status, std::string_view detail, const std::string&) const override;

    std::string answer_to(const serve::http::Request& request);
    std::string create(const serve::http::Request& request);
    std::string json_of(const std::string& id, const Intent& intent) const;
    void later(std::chrono::milliseconds after, std::function<void()> action);
    void keep_time();
    void send_webhooks();

    Conduct conduct_;
    std::mutex mutex_;
    std::map<std::string, Intent> intents_;
    std::map<std::string, std::string> by_key_;  // intents
    std::map<std::string, Moved> moved_;
    std::uint64_t count_ = 0;
    std::atomic<std::uint64_t> requests_ = 0, silent_ = 0, twice_ = 0;

    std::mutex time_mutex_;
    std::condition_variable time_;
    std::priority_queue<Due> due_;
    bool stopping_ = false;

    std::mutex webhooks_mutex_;
    std::condition_variable webhooks_wake_;
    std::queue<std::string> webhooks_;
    std::size_t untold_ = 0;

    std::unique_ptr<serve::http::Server> server_;
    std::vector<std::thread> threads_;
};

}  // namespace sluice::test
