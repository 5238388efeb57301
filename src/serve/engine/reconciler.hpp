// Finds out what gateways have not told: outcomes that are unknown, webhooks that were lost. In a thread of its own.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "serve/engine/engine.hpp"

namespace sluice::serve {

class Reconciler {
public:
    Reconciler(Engine& engine, std::function<void(const std::string&)> log);
    ~Reconciler();
    Reconciler(const Reconciler&) = delete;
    Reconciler& operator=(const Reconciler&) = delete;

    // After the question that is being asked.
    void stop();

private:
    void loop();
    bool is_stopping();
    void look();
    void look_after_payouts();

    Engine& engine_;
    std::function<void(const std::string&)> log_;
    std::mutex mutex_;
    std::condition_variable wakes_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace sluice::serve
