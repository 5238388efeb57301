#include "serve/outbox/lanes.hpp"

namespace sluice::serve {
namespace {

constexpr std::size_t all_threads = 32;
constexpr std::size_t threads_for_one = 16;
constexpr std::size_t most_waiting = 128;
constexpr int failures_in_a_row = 3;

}  // namespace

Lanes::Lanes(Engine& engine, std::function<void()> has_room) : engine_(engine), has_room_(std::move(has_room)) {
    for (std::size_t i = 0; i < all_threads; ++i) threads_.emplace_back([this] { work(); });
}

Lanes::~Lanes() { stop(); }

void Lanes::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wakes_.notify_all();
    for (auto& thread : threads_)
        if (thread.joinable()) thread.join();
}

std::size_t Lanes::width(const Lane& lane) { return lane.failures >= failures_in_a_row ? 1 : threads_for_one; }

std::int64_t Lanes::room_for(std::int64_t receiver) {
    const std::lock_guard lock(mutex_);
    const auto found = lanes_.find(receiver);
    if (found == lanes_.end()) return most_waiting;
    const auto& lane = found->second;
    if (width(lane) == 1) return lane.waiting.empty() && lane.running == 0 ? 1 : 0;
    return lane.waiting.size() > most_waiting / 2 ? 0 : static_cast<std::int64_t>(most_waiting - lane.waiting.size());
}

void Lanes::add(std::int64_t receiver, std::vector<Sending> sendings) {
    {
        const std::lock_guard lock(mutex_);
        auto& lane = lanes_[receiver];
        for (auto& sending : sendings) lane.waiting.push_back(std::move(sending));
    }
    wakes_.notify_all();
}

// The next one in turn that has something to send and a place for it.
Lanes::Lane* Lanes::next_lane() {
    auto at = lanes_.upper_bound(last_);
    for (std::size_t i = 0; i < lanes_.size(); ++i, ++at) {
        if (at == lanes_.end()) at = lanes_.begin();
        if (at->second.waiting.empty() || at->second.running >= width(at->second)) continue;
        last_ = at->first;
        return &at->second;
    }
    return nullptr;
}

void Lanes::work() {
    SendingTools tools;
    std::unique_lock lock(mutex_);
    for (;;) {
        Lane* lane = nullptr;
        wakes_.wait(lock, [&] { return stopping_ || (lane = next_lane()) != nullptr; });
        if (stopping_) return;
        const auto sending = std::move(lane->waiting.front());
        lane->waiting.pop_front();
        ++lane->running;
        lock.unlock();
        const bool is_late = engine_.now() >= sending.until;  // somebody else may have it by now
        const bool taken = !is_late && sending.send(tools);
        lock.lock();
        --lane->running;
        if (taken) lane->failures = 0;
        if (!taken && !is_late) ++lane->failures;
        // What has been claimed for a receiver that does not answer goes back by itself.
        if (lane->failures == failures_in_a_row && !taken) lane->waiting.clear();
        const bool has_room = lane->waiting.size() <= most_waiting / 2;
        lock.unlock();
        wakes_.notify_one();
        if (has_room) has_room_();
        lock.lock();
    }
}

}  // namespace sluice::serve
