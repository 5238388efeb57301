// Long work: bill runs, verifications, imports. Each is a row that says how far it has got; a bill run that was cut off
// goes on when the program starts again.
#pragma once

#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include "app/ports/administration.hpp"

namespace sluice::serve {

class Engine;

class Jobs {
public:
    explicit Jobs(Engine& engine);
    ~Jobs();
    Jobs(const Jobs&) = delete;
    Jobs& operator=(const Jobs&) = delete;

    // Begins to work.
    void start();
    // Takes up what an earlier process left.
    void take_up();
    // Takes up runs of an operator that another server has left in the middle.
    void take_over(customers::OperatorId op, app::JobKind kind);
    // A job whose row is stored.
    void add(const app::Job& job);
    // Texts of an import, which are too large for its row; held until it is done.
    void keep_input(app::JobId job, std::shared_ptr<const void> input);
    std::shared_ptr<const void> input_of(app::JobId job);
    // The job ends before its next step. False when it is not under way any more.
    bool cancel(app::JobId job);
    // The job with its latest progress, which may be newer than its row.
    app::Job latest(app::Job stored) const;
    // Ends after the present steps; what is unfinished stays so in its row.
    void stop();

private:
    enum class Interruption { none, cancelled, stopping };
    struct UnderWay {
        bool cancelled = false;
        std::string progress;
        std::shared_ptr<const void> input;
    };
    class Interrupted {};

    void loop();
    bool may_begin(const app::Job& job) const;
    void carry_out(app::Job job);
    void begin(app::Job& job);
    // Throws Interrupted when the job has been cancelled or the program ends.
    void report(const app::Job& job);
    Interruption interruption_of(app::JobId job);
    void finish(app::Job& job, app::JobState state, const std::string& error);

    Engine& engine_;
    mutable std::mutex mutex_;
    std::condition_variable wakes_;
    std::deque<app::Job> queue_;
    std::map<app::JobId, UnderWay> under_way_;
    std::map<app::JobId, app::Job> ended_unwritten_;
    std::multiset<customers::OperatorId> billing_;  // operators whose bill runs are carried out now
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace sluice::serve
