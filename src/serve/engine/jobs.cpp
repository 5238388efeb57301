#include "serve/engine/jobs.hpp"

#include <algorithm>

#include "serve/engine/engine.hpp"
#include "serve/engine/work.hpp"

namespace sluice::serve {
namespace {

constexpr int thread_count = 2;

std::optional<app::EventType> end_of(const app::Job& job) {
    if (job.kind != app::JobKind::bill_run) return std::nullopt;
    if (job.state == app::JobState::finished) return app::EventType::bill_run_finished;
    return job.state == app::JobState::cancelled ? app::EventType::bill_run_cancelled : app::EventType::bill_run_failed;
}

}  // namespace

Jobs::Jobs(Engine& engine) : engine_(engine) {}

Jobs::~Jobs() { stop(); }

void Jobs::start() {
    for (int i = 0; i < thread_count; ++i) threads_.emplace_back([this] { loop(); });
}

void Jobs::take_up() {
    const auto unfinished = [&] {
        auto lease = engine_.readers().lend();
        return lease.store().unfinished_jobs();
    }();
    for (auto job : unfinished) {
        bool is_ours = false;
        engine_.writer().run([&](app::Store& store) { is_ours = store.take_job(job.id); });
        if (!is_ours) continue;  // another server is at it
        // What an import was to read is gone with the process that took it in.
        if (job.kind == app::JobKind::import)
            finish(job, app::JobState::failed, "the server was stopped before the import was done; start it again");
        else
            add(job);
    }
}

void Jobs::take_over(customers::OperatorId op, app::JobKind kind) {
    const auto unfinished = [&] {
        auto lease = engine_.readers().lend();
        return lease.store().unfinished_jobs();
    }();
    for (const auto& job : unfinished) {
        // One that has not begun is nobody's yet, and may be about to begin elsewhere.
        if (job.op != op || job.kind != kind || job.state != app::JobState::running) continue;
        {
            const std::lock_guard lock(mutex_);
            if (under_way_.contains(job.id) || ended_unwritten_.contains(job.id)) continue;
        }
        std::optional<app::Job> ours;
        engine_.writer().run([&](app::Store& store) {
            ours.reset();
            if (!store.take_job(job.id)) return;
            ours = store.find_job(job.id);
            if (ours && ours->state == app::JobState::running) return;
            ours.reset();
            store.give_back_job(job.id);
        });
        if (ours) add(*ours);
    }
}

void Jobs::add(const app::Job& job) {
    {
        const std::lock_guard lock(mutex_);
        under_way_[job.id].progress = job.progress;
        queue_.push_back(job);
    }
    wakes_.notify_one();
}

void Jobs::keep_input(app::JobId job, std::shared_ptr<const void> input) {
    const std::lock_guard lock(mutex_);
    under_way_[job].input = std::move(input);
}

std::shared_ptr<const void> Jobs::input_of(app::JobId job) {
    const std::lock_guard lock(mutex_);
    return under_way_[job].input;
}

bool Jobs::cancel(app::JobId job) {
    const std::lock_guard lock(mutex_);
    const auto found = under_way_.find(job);
    if (found == under_way_.end()) return false;
    found->second.cancelled = true;
    wakes_.notify_all();  // one that still waits for its turn need not wait any longer
    return true;
}

app::Job Jobs::latest(app::Job stored) const {
    const std::lock_guard lock(mutex_);
    if (const auto ended = ended_unwritten_.find(stored.id); ended != ended_unwritten_.end()) return ended->second;
    const auto found = under_way_.find(stored.id);
    if (found != under_way_.end() && stored.state == app::JobState::running) stored.progress = found->second.progress;
    return stored;
}

void Jobs::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wakes_.notify_all();
    for (auto& thread : threads_) thread.join();
    threads_.clear();
}

void Jobs::loop() {
    for (;;) {
        std::unique_lock lock(mutex_);
        auto next = queue_.end();
        wakes_.wait(lock, [&] {
            next = std::find_if(queue_.begin(), queue_.end(), [this](const auto& job) { return may_begin(job); });
            return stopping_ || next != queue_.end();
        });
        if (stopping_) return;
        const auto job = std::move(*next);
        queue_.erase(next);
        const bool bills = job.kind == app::JobKind::bill_run;
        if (bills) billing_.insert(*job.op);
        lock.unlock();
        carry_out(job);
        if (!bills) continue;
        lock.lock();
        billing_.erase(billing_.find(*job.op));
        wakes_.notify_all();
    }
}

// Bill runs of one operator are carried out one after the other.
bool Jobs::may_begin(const app::Job& job) const {
    const auto known = under_way_.find(job.id);
    const bool is_cancelled = known != under_way_.end() && known->second.cancelled;
    return job.kind != app::JobKind::bill_run || is_cancelled || !billing_.contains(*job.op);
}

void Jobs::carry_out(app::Job job) {
    const auto id = job.id;
    try {
        report(job);
        begin(job);
        serve::carry_out(engine_, job, [this](const app::Job& at) { report(at); });
        finish(job, app::JobState::finished, {});
    } catch (const Interrupted&) {
        // A job that the end of the program interrupts stays unfinished in its row, for the next start.
        if (interruption_of(id) == Interruption::cancelled) finish(job, app::JobState::cancelled, {});
    } catch (const std::exception& failure) {
        finish(job, app::JobState::failed, failure.what());
    }
    const std::lock_guard lock(mutex_);
    under_way_.erase(id);
}

void Jobs::begin(app::Job& job) {
    if (job.state == app::JobState::running) return;  // goes on
    job.state = app::JobState::running;
    job.started_at = engine_.now();
    engine_.writer().run([&](app::Store& store) {
        store.set_occasion({*job.started_at, job.actor});
        store.take_job(job.id);
        store.update(job);
        if (job.op && job.kind == app::JobKind::bill_run)
            store.add_event(*job.op, {app::EventType::bill_run_started, std::nullopt, job.id.value()});
    });
}

void Jobs::report(const app::Job& job) {
    if (interruption_of(job.id) != Interruption::none) throw Interrupted{};
    const std::lock_guard lock(mutex_);
    under_way_[job.id].progress = job.progress;
}

Jobs::Interruption Jobs::interruption_of(app::JobId job) {
    const std::lock_guard lock(mutex_);
    const auto found = under_way_.find(job);
    if (found != under_way_.end() && found->second.cancelled) return Interruption::cancelled;
    return stopping_ ? Interruption::stopping : Interruption::none;
}

void Jobs::finish(app::Job& job, app::JobState state, const std::string& error) {
    job.state = state;
    job.error = error;
    job.finished_at = engine_.now();
    try {
        engine_.writer().run([&](app::Store& store) {
            store.set_occasion({*job.finished_at, job.actor});
            store.update(job);
            const auto event = end_of(job);
            if (job.op && event) store.add_event(*job.op, {*event, std::nullopt, job.id.value()});
            store.give_back_job(job.id);
        });
    } catch (const std::exception& failure) {
        // The store does not answer: the row stays unfinished, and the job is taken up at the next start. Who asks
        // until then must not wait for ever.
        if (job.error.empty()) job.error = failure.what();
        job.state = app::JobState::failed;
        const std::lock_guard lock(mutex_);
        ended_unwritten_.insert_or_assign(job.id, job);
    }
}

}  // namespace sluice::serve
