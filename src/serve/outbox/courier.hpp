// Tells others what has happened: turns events into webhooks and e-mails, and sends what waits. In threads of its own.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "app/ports/message_store.hpp"
#include "app/ports/webhook_store.hpp"
#include "serve/engine/engine.hpp"
#include "serve/outbox/lanes.hpp"

namespace sluice::serve {

class Courier {
public:
    Courier(Engine& engine, std::function<void(const std::string&)> log);
    ~Courier();
    Courier(const Courier&) = delete;
    Courier& operator=(const Courier&) = delete;

    // After what is being sent.
    void stop();

private:
    void loop();
    void attempt(const char* what, const std::function<void()>& step);
    void wake();
    void release_what_was_left();
    void read_for_endpoints();
    void send_webhooks();
    void read_for_mail();
    void send_mail();
    void count();
    void forget();

    Engine& engine_;
    std::function<void(const std::string&)> log_;
    std::mutex mutex_;
    std::condition_variable wakes_;
    bool stopping_ = false;
    bool has_more_ = false;
    std::chrono::steady_clock::time_point counted_ = {};
    std::chrono::steady_clock::time_point forgotten_ = {};
    std::unique_ptr<Lanes> lanes_;
    std::thread thread_;
};

}  // namespace sluice::serve
