#include "serve/engine/tasks.hpp"

#include <algorithm>
#include <array>

#include "app/pro_formas.hpp"
#include "serve/engine/work.hpp"

namespace sluice::serve {
namespace {

namespace json = boost::json;

bool is_bill_run_of(const app::Job& job, customers::OperatorId op) {
    return job.kind == app::JobKind::bill_run && job.op == op;
}

// A run that is seen, cancelled and gone on with as those that somebody asks for.
app::Job start_job(const TaskRun& run, app::JobKind kind, const json::object& request) {
    app::Job job{.id = app::JobId{0},
                 .op = run.op,
                 .kind = kind,
                 .request = json::serialize(request),
                 .actor = "sluice",
                 .requested_at = run.engine.now()};
    run.engine.writer().run([&](app::Store& store) {
        store.hold(run.op);
        for (const auto& other : store.unfinished_jobs())
            if (is_bill_run_of(other, run.op)) throw Postponed("a bill run is under way");
        job.id = run.engine.ids().next<app::JobId>();
        store.add(job);
    });
    run.engine.jobs().add(job);
    return job;
}

app::Job latest(const TaskRun& run, app::JobId id) {
    auto lease = run.engine.readers().lend();
    auto job = lease.store().find_job(id);
    check(job.has_value(), "long work that was begun has a row");
    return run.engine.jobs().latest(std::move(*job));
}

app::Job carry_out_job(const TaskRun& run, app::JobKind kind, const json::object& request) {
    auto job = start_job(run, kind, request);
    while (job.state == app::JobState::queued || job.state == app::JobState::running) {
        run.wait();
        job = latest(run, job.id);
    }
    if (job.state == app::JobState::failed) throw std::runtime_error(job.error);
    return job;
}

// When what is due is billed.
std::string collect(const TaskRun& run) {
    const auto job = carry_out_job(run, app::JobKind::collection_run, {{"date", run.date.text()}});
    const auto name = id_text("col", job.id.value());
    const auto done = json::parse(job.progress).as_object();
    const auto count = [&](const char* words, const char* member) {
        const auto* number = done.if_contains(member);
        return ", " + std::string(words) + ": " + std::to_string(number ? number->to_number<std::int64_t>() : 0);
    };
    return name + count("reminders", "reminders") + count("suspended", "suspended") + count("resumed", "resumed");
}

// Before what is due is billed, so that there is money for it.
std::string charge(const TaskRun& run) {
    run.engine.jobs().take_over(run.op, app::JobKind::automatic_payment_run);
    const auto job = carry_out_job(run, app::JobKind::automatic_payment_run, {{"date", run.date.text()}});
    const auto done = json::parse(job.progress).as_object();
    const auto count = [&](const char* member) {
        const auto* number = done.if_contains(member);
        return ", " + std::string(member) + ": " + std::to_string(number ? number->to_number<std::int64_t>() : 0);
    };
    return id_text("apr", job.id.value()) + count("charges") + count("succeeded") + count("failed") + count("unknown");
}

// Nothing waits for a task that has failed.
void wait_for_charges(const TaskRun& run) {
    auto lease = run.engine.readers().lend();
    for (const auto& task : lease.store().scheduled_tasks(run.op))
        if (task.task == "automatic_payments" && task.is_enabled && task.next_date && *task.next_date <= run.date &&
            task.next_at && *task.next_at <= run.engine.now() && task.attempts == 0)
            throw Postponed("automatic payments come first");
}

std::string bill(const TaskRun& run) {
    wait_for_charges(run);
    run.engine.jobs().take_over(run.op, app::JobKind::bill_run);
    const auto job =
        carry_out_job(run, app::JobKind::bill_run,
                      {{"through", run.date.text()}, {"dry_run", false}, {"workers", 1}, {"compare", run.compares}});
    const auto name = id_text("run", job.id.value());
    // Somebody has ended it, and does not want to see it begin again.
    if (job.state == app::JobState::cancelled) return name + ", cancelled";
    const auto op = [&] {
        auto lease = run.engine.readers().lend();
        return run.engine.books().of(lease.store(), run.op);
    }();
    const auto state = read_bill_run_state(job.progress, op->op.currency);
    const auto documents = state.totals.invoices + state.totals.credit_notes;
    return name + ", documents: " + std::to_string(documents) +
           (state.parked > 0 ? ", parked accounts: " + std::to_string(state.parked) : "");
}

// A transaction of the writer for each batch.
std::string ask_in_advance(const TaskRun& run) {
    app::ProFormaRun::Place place;
    for (bool more = true; more;) {
        auto reached = place;
        run.engine.writer().run([&](app::Store& store) {
            store.set_occasion({run.engine.now(), "sluice"});
            const auto op = store.find_operator(run.op);
            check(op.has_value(), "the operator of a task exists");
            app::ProFormaRun asking(store, run.engine.ids(), *op, run.date);
            asking.go_to(place);
            more = asking.step();
            reached = asking.place();
        });
        place = reached;
    }
    const auto& done = place.figures;
    return "issued: " + std::to_string(done.issued) + ", reminded: " + std::to_string(done.reminded) +
           ", withdrawn: " + std::to_string(done.withdrawn) + ", expired: " + std::to_string(done.expired);
}

constexpr std::array<Task, 4> all{{
    {"billing", "bills what is due up to today", false, bill, true},
    {"collection", "reminds, suspends and resumes by the ladders", false, collect},
    {"automatic_payments", "charges saved methods for what is due, before it is billed", false, charge},
    {"pro_formas", "asks for money before it runs out; ends pro-forma documents that nobody paid", false,
     ask_in_advance},
}};

}  // namespace

std::span<const Task> tasks() { return all; }

const Task* find_task(std::string_view name) {
    const auto found = std::find_if(all.begin(), all.end(), [&](const Task& task) { return task.name == name; });
    return found == all.end() ? nullptr : found;
}

}  // namespace sluice::serve
