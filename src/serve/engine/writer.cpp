#include "serve/engine/writer.hpp"

#include <chrono>
#include <future>
#include <memory>
#include <utility>
#include <vector>

namespace sluice::serve {
namespace {

// Then a group ends, however small it is.
constexpr std::chrono::milliseconds max_group_time{20};

constexpr int most_attempts = 4;  // when others are in the way

bool is_contention(const std::exception_ptr& failure) {
    try {
        if (failure) std::rethrow_exception(failure);
    } catch (const app::Contention&) {
        return true;
    } catch (...) {
        return false;
    }
    return false;
}

}  // namespace

Writer::Writer(app::Store& store, std::size_t max_group, std::size_t max_waiting)
    : store_(store), max_group_(max_group), max_waiting_(max_waiting), thread_([this] { loop(); }) {}

Writer::~Writer() { close(); }

void Writer::submit(Work work, Done done) {
    {
        const std::lock_guard lock(mutex_);
        if (closing_) throw Busy("the server is shutting down");
        if (queue_.size() >= max_waiting_) throw Busy("too many requests wait to be written");
        queue_.push_back({std::move(work), std::move(done)});
    }
    wakes_.notify_one();
}

void Writer::run(Work work) {
    // Shared: who waits may be gone before the writing thread has finished telling.
    const auto promise = std::make_shared<std::promise<void>>();
    auto future = promise->get_future();
    submit(std::move(work),
           [promise](std::exception_ptr failure) { failure ? promise->set_exception(failure) : promise->set_value(); });
    future.get();
}

void Writer::close() {
    {
        const std::lock_guard lock(mutex_);
        closing_ = true;
    }
    wakes_.notify_one();
    if (thread_.joinable()) thread_.join();
}

Writer::Figures Writer::figures() const {
    const std::lock_guard lock(mutex_);
    return {works_, commits_, queue_.size()};
}

bool Writer::take(Waiting& next, bool wait) {
    std::unique_lock lock(mutex_);
    if (wait) wakes_.wait(lock, [this] { return closing_ || !queue_.empty(); });
    if (queue_.empty()) return false;
    next = std::move(queue_.front());
    queue_.pop_front();
    return true;
}

void Writer::put_back(Waiting waiting) {
    const std::lock_guard lock(mutex_);
    queue_.push_front(std::move(waiting));
}

void Writer::loop() {
    for (Waiting next; take(next, true);) carry_out_group(std::move(next), max_group_, most_attempts);
}

// The first of a group waits for others who hold what it needs; the next ones do not, since others may wait for what
// the group holds by then. Such a one ends the group and is the first of the next.
void Writer::carry_out_group(Waiting first, std::size_t max_group, int attempts) {
    const auto started = std::chrono::steady_clock::now();
    std::vector<Carried> group;
    group.push_back({std::move(first), nullptr});
    try {
        app::Transaction transaction(store_);
        bool waits_shortly = false;
        for (;;) {
            const auto outcome = carry_out(group);
            if (outcome == Outcome::lost) break;  // the whole transaction
            const bool is_full = outcome == Outcome::in_the_way || group.size() >= max_group ||
                                 std::chrono::steady_clock::now() - started >= max_group_time;
            if (outcome == Outcome::in_the_way) {
                put_back(std::move(group.back().waiting));
                group.pop_back();
            }
            Waiting next;
            if (is_full || !take(next, false)) {
                if (waits_shortly) store_.wait_shortly(false);
                transaction.commit();
                ++commits_;
                return finish(group, nullptr);
            }
            if (!std::exchange(waits_shortly, true)) store_.wait_shortly(true);
            group.push_back({std::move(next), nullptr});
        }
    } catch (const app::Contention&) {
        if (group.size() == 1) group.front().failure = std::current_exception();
    } catch (const std::exception&) {
        return finish(group, std::current_exception());  // the commit failed, for all
    }
    if (group.size() > 1) {
        for (auto& carried : group) carry_out_group(std::move(carried.waiting), 1, most_attempts);
    } else if (attempts > 1 && is_contention(group.front().failure)) {
        carry_out_group(std::move(group.front().waiting), 1, attempts - 1);
    } else {
        finish(group, group.front().failure);
    }
}

// Carries out the last one of the group. When the store itself has failed nothing of the group can stay.
Writer::Outcome Writer::carry_out(std::vector<Carried>& group) {
    auto& [waiting, failure] = group.back();
    const auto carry_out_once = [&] {
        app::Transaction savepoint(store_);
        waiting.work(store_);
        savepoint.commit();
    };
    try {
        try {
            carry_out_once();
        } catch (const app::ConstraintViolated&) {
            carry_out_once();  // another process may have taken the same code or key at this moment: now it is seen
        }
    } catch (const app::ConstraintViolated&) {
        failure = std::current_exception();
    } catch (const app::Contention&) {
        failure = std::current_exception();
        return group.size() > 1 ? Outcome::in_the_way : Outcome::lost;
    } catch (const app::StoreFailure&) {
        failure = std::current_exception();
        return Outcome::lost;
    } catch (...) {
        failure = std::current_exception();
    }
    return Outcome::done;
}

void Writer::finish(std::vector<Carried>& group, std::exception_ptr failure) {
    works_ += group.size();
    for (auto& carried : group) carried.waiting.done(carried.failure ? carried.failure : failure);
}

}  // namespace sluice::serve
