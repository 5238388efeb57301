// The one thread that writes. Requests from many clients share its transactions: what has queued up while one commit
// reaches the disk is carried out and committed together by the next (group commit), each in a savepoint of its own, so
// that one request's failure undoes nothing of its neighbours'.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "app/ports/store.hpp"

namespace sluice::serve {

// More waits to be written than the queue holds, or the writer is closing.
class Busy : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

class Writer {
public:
    // Carried out in a transaction; what it throws undoes it. It may be carried out again when a neighbour's failure
    // took the whole transaction down, so it must not depend on having run before.
    using Work = std::function<void(app::Store&)>;
    // Called when the work is durable (null), or with what it, or its commit, threw.
    using Done = std::function<void(std::exception_ptr)>;

    struct Figures {
        std::uint64_t works = 0;
        std::uint64_t commits = 0;
        std::size_t waiting = 0;
    };

    // A group ends with so many, so that its first does not wait long for its last; with 1, each has its own commit.
    static constexpr std::size_t usual_group = 512;

    explicit Writer(app::Store& store, std::size_t max_group = usual_group, std::size_t max_waiting = 10'000);
    ~Writer();  // as close()
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    // Throws Busy.
    void submit(Work work, Done done);
    // Waits until it is durable; throws what it threw.
    void run(Work work);
    // Carries out what waits, then takes nothing more.
    void close();
    Figures figures() const;

private:
    struct Waiting {
        Work work;
        Done done;
    };
    struct Carried {
        Waiting waiting;
        std::exception_ptr failure;
    };

    enum class Outcome { done, in_the_way, lost };

    void loop();
    bool take(Waiting& next, bool wait);
    void put_back(Waiting waiting);
    void carry_out_group(Waiting first, std::size_t max_group, int attempts);
    Outcome carry_out(std::vector<Carried>& group);
    void finish(std::vector<Carried>& group, std::exception_ptr failure);

    app::Store& store_;
    const std::size_t max_group_;
    const std::size_t max_waiting_;
    mutable std::mutex mutex_;
    std::condition_variable wakes_;
    std::deque<Waiting> queue_;
    bool closing_ = false;
    std::atomic<std::uint64_t> works_ = 0;
    std::atomic<std::uint64_t> commits_ = 0;
    std::thread thread_;
};

}  // namespace sluice::serve
