// How often an address may ask what is open to everybody.
#pragma once

#include <map>
#include <mutex>
#include <string>

#include "values/zone.hpp"

namespace sluice::serve::api {

class RateLimit {
public:
    explicit RateLimit(int a_minute) : a_minute_(a_minute) {}

    bool allows(const std::string& address, Instant now) {
        const std::lock_guard lock(mutex_);
        if (now - began_ >= std::chrono::minutes{1}) {
            asked_.clear();
            began_ = now;
        }
        return ++asked_[address] <= a_minute_;
    }

private:
    const int a_minute_;
    std::mutex mutex_;
    Instant began_{};
    std::map<std::string, int> asked_;  // since then
};

}  // namespace sluice::serve::api
