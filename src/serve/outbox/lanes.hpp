// Sending to many at once, so that nobody who is slow or gone holds up the others: each receiver has a lane of its own,
// with so many at a time; one after several failures in a row, until something is taken again.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "app/ports/http_client.hpp"
#include "app/ports/mailer.hpp"
#include "serve/engine/engine.hpp"

namespace sluice::serve {

// What a thread sends with.
struct SendingTools {
    std::unique_ptr<app::HttpClient> http;
    std::unique_ptr<app::Mailer> mailer;
};

struct Sending {
    // GIVES: whether it was taken. Throws nothing.
    std::function<bool(SendingTools&)> send;
    Instant until;  // not begun any more after this
};

class Lanes {
public:
    // `has_room` is called, from any thread, when there may be room for more.
    Lanes(Engine& engine, std::function<void()> has_room);
    ~Lanes();
    Lanes(const Lanes&) = delete;
    Lanes& operator=(const Lanes&) = delete;

    // How many more this receiver's lane takes now; 0 while it has enough.
    std::int64_t room_for(std::int64_t receiver);
    void add(std::int64_t receiver, std::vector<Sending> sendings);
    // After what is being sent.
    void stop();

private:
    struct Lane {
        std::deque<Sending> waiting;
        std::size_t running = 0;
        int failures = 0;  // in a row
    };

    static std::size_t width(const Lane& lane);
    void work();
    Lane* next_lane();

    Engine& engine_;
    std::function<void()> has_room_;
    std::mutex mutex_;
    std::condition_variable wakes_;
    std::map<std::int64_t, Lane> lanes_;
    std::int64_t last_ = 0;  // the lane that was served last
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace sluice::serve
