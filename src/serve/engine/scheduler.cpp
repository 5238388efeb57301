#include "serve/engine/scheduler.hpp"

#include <algorithm>

#include "serve/engine/tasks.hpp"

namespace sluice::serve {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::seconds between_looks{2};
constexpr std::chrono::seconds between_renewals{20};
constexpr std::chrono::milliseconds a_moment{50};
constexpr std::size_t most_at_once = 4;
constexpr std::int64_t most_looked_at = 100;

}  // namespace

void Scheduler::start(std::function<void(const std::string&)> log) {
    {
        const std::lock_guard lock(mutex_);
        log_ = std::move(log);
        looks_ = true;
    }
    begin_thread();
}

void Scheduler::carry_out(customers::OperatorId op, const std::string& task) {
    {
        const std::lock_guard lock(mutex_);
        asked_.emplace_back(op, task);
    }
    begin_thread();
    wakes_.notify_all();
}

void Scheduler::begin_thread() {
    const std::lock_guard lock(mutex_);
    if (stopping_ || thread_.joinable()) return;
    renewed_ = steady_clock::now();
    thread_ = std::thread([this] { loop(); });
}

void Scheduler::stop() {
    std::thread thread;
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        thread.swap(thread_);
    }
    wakes_.notify_all();
    if (thread.joinable()) thread.join();
}

std::map<std::string, Scheduler::Figures> Scheduler::figures() const {
    const std::lock_guard lock(mutex_);
    return figures_;
}

void Scheduler::loop() {
    for (;;) {
        try {
            gather();
            renew();
            look();
        } catch (const std::exception& failure) {
            tell(std::string("the scheduler could not look for what is due: ") + failure.what());
        }
        std::unique_lock lock(mutex_);
        const auto ended = [](const UnderWay& at) { return at.done; };
        wakes_.wait_for(lock, between_looks, [&] {
            const bool any_ended = std::any_of(under_way_.begin(), under_way_.end(), ended);
            return stopping_ || any_ended || (!asked_.empty() && under_way_.size() < most_at_once);
        });
        if (stopping_) break;
    }
    for (auto& at : under_way_) at.thread.join();
    under_way_.clear();
}

// Threads that have done their task.
void Scheduler::gather() {
    std::list<UnderWay> done;
    {
        const std::lock_guard lock(mutex_);
        for (auto at = under_way_.begin(); at != under_way_.end();) {
            const auto next = std::next(at);
            if (at->done) done.splice(done.end(), under_way_, at);
            at = next;
        }
    }
    for (auto& at : done) at.thread.join();
}

void Scheduler::renew() {
    if (steady_clock::now() - renewed_ < between_renewals) return;
    renewed_ = steady_clock::now();
    for (const auto& at : under_way_)
        change(at, [&](app::ScheduledTask& task, const Zone&) { app::renew(task, at.claim, engine_.now()); });
}

bool Scheduler::has_room() const { return under_way_.size() < most_at_once; }

void Scheduler::look() {
    std::deque<Name> names;
    bool looks = false;
    {
        const std::lock_guard lock(mutex_);
        names.swap(asked_);
        looks = looks_;
    }
    if (looks && has_room()) {
        auto lease = engine_.readers().lend();
        for (auto& due : lease.store().due_tasks(engine_.now(), most_looked_at)) names.push_back(std::move(due));
    }
    const auto asked = names.size();
    for (std::size_t i = 0; i < asked && !names.empty(); ++i) {
        if (!has_room()) break;
        begin(names.front());
        names.pop_front();
    }
    if (looks) return;  // they are found again
    const std::lock_guard lock(mutex_);
    asked_.insert(asked_.begin(), names.begin(), names.end());
}

void Scheduler::begin(const Name& name) {
    const auto* task = find_task(name.second);
    if (!task) return;  // of a newer program
    std::optional<Date> date;
    std::int64_t claim = 0;
    bool compares = false;
    engine_.writer().run([&](app::Store& store) {
        date.reset();
        auto row = store.hold_scheduled_task(name.first, name.second);
        if (!row || !app::is_due(*row, engine_.now())) return;  // another server was first
        const auto book = engine_.books().of(store, name.first);
        compares = row->compares;
        claim = engine_.ids().next<app::JobId>().value();
        date = app::begin(*row, claim, task->each_date, book->zone, engine_.now());
        store.save_scheduled_task(*row);
    });
    if (!date) return;
    const std::lock_guard lock(mutex_);
    auto& at = under_way_.emplace_back(UnderWay{.name = name, .claim = claim, .date = *date, .compares = compares});
    at.thread = std::thread([this, &at] { run(at); });
}

void Scheduler::run(UnderWay& at) {
    const auto what = [&] { return at.name.second + " for " + at.date.text(); };
    try {
        try {
            const auto result = find_task(at.name.second)
                                    ->run({.engine = engine_,
                                           .op = at.name.first,
                                           .date = at.date,
                                           .compares = at.compares,
                                           .wait = [this] { wait(); }});
            change(at, [&](app::ScheduledTask& task, const Zone& zone) {
                app::succeed(task, at.claim, at.date, result, zone, engine_.now());
            });
            count(at.name.second, true);
        } catch (const Stopped&) {
            change(at, [&](app::ScheduledTask& task, const Zone&) { app::give_back(task, at.claim); });
        } catch (const Postponed&) {
            change(at, [&](app::ScheduledTask& task, const Zone&) { app::postpone(task, at.claim, engine_.now()); });
        } catch (const std::exception& failure) {
            count(at.name.second, false);
            tell(what() + " failed, and is tried again: " + failure.what());
            change(at, [&](app::ScheduledTask& task, const Zone&) {
                app::fail(task, at.claim, failure.what(), engine_.now());
            });
        }
    } catch (const std::exception& failure) {
        // The claim ends by itself, and then it is carried out again.
        tell("the end of " + what() + " could not be written: " + failure.what());
    }
    {
        const std::lock_guard lock(mutex_);
        at.done = true;
    }
    wakes_.notify_all();
}

void Scheduler::wait() {
    std::unique_lock lock(mutex_);
    if (wakes_.wait_for(lock, a_moment, [this] { return stopping_; })) throw Stopped{};
}

void Scheduler::count(const std::string& task, bool succeeded) {
    const std::lock_guard lock(mutex_);
    auto& figures = figures_[task];
    ++(succeeded ? figures.succeeded : figures.failed);
    if (succeeded) figures.last_success = engine_.now();
}

void Scheduler::change(const UnderWay& at, const std::function<void(app::ScheduledTask&, const Zone&)>& action) {
    engine_.writer().run([&](app::Store& store) {
        auto task = store.hold_scheduled_task(at.name.first, at.name.second);
        if (!task) return;
        action(*task, engine_.books().of(store, at.name.first)->zone);
        store.save_scheduled_task(*task);
    });
}

void Scheduler::tell(const std::string& what) {
    const auto log = [&] {
        const std::lock_guard lock(mutex_);
        return log_;
    }();
    if (log) log(what);
}

}  // namespace sluice::serve
