// Carries out what is to be done by itself for each operator, in threads of its own: what is due is asked for with one
// query every few seconds, for all operators. A task is claimed before it is begun, so that of several servers one does
// it; when that one dies, another goes on after a while.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

#include "app/schedule.hpp"

namespace sluice::serve {

class Engine;

class Scheduler {
public:
    struct Figures {
        std::uint64_t succeeded = 0;
        std::uint64_t failed = 0;
        std::optional<Instant> last_success = {};
    };

    explicit Scheduler(Engine& engine) : engine_(engine) {}
    ~Scheduler() { stop(); }
    Scheduler(const Scheduler&) = delete;
    Scheduler& operator=(const Scheduler&) = delete;

    // From now on it looks for what is due.
    void start(std::function<void(const std::string&)> log);
    // One task that somebody has asked for, whether it looks or not.
    void carry_out(customers::OperatorId op, const std::string& task);
    // What is under way is given back, for another time.
    void stop();
    // Of this process, by task.
    std::map<std::string, Figures> figures() const;

private:
    using Name = std::pair<customers::OperatorId, std::string>;
    struct UnderWay {
        Name name;
        std::int64_t claim;
        Date date;
        bool compares;
        bool done = false;
        std::thread thread = {};
    };
    class Stopped {};

    void begin_thread();
    void loop();
    void gather();
    void renew();
    void look();
    bool has_room() const;
    void begin(const Name& name);
    void run(UnderWay& at);
    void wait();
    void count(const std::string& task, bool succeeded);
    void change(const UnderWay& at, const std::function<void(app::ScheduledTask&, const Zone&)>& action);
    void tell(const std::string& what);

    Engine& engine_;
    std::function<void(const std::string&)> log_;
    mutable std::mutex mutex_;
    std::condition_variable wakes_;
    bool looks_ = false;
    bool stopping_ = false;
    std::deque<Name> asked_;
    std::list<UnderWay> under_way_;  // changed by the one thread alone
    std::map<std::string, Figures> figures_;
    std::chrono::steady_clock::time_point renewed_;
    std::thread thread_;
};

}  // namespace sluice::serve
