#include "serve/engine/bill_work.hpp"

#include <atomic>
#include <span>
#include <thread>
#include <vector>

namespace sluice::serve {
namespace {

namespace json = boost::json;

// What a run that has ended tells beside its progress.
std::string result_of(const app::BillingSummary& summary) {
    constexpr std::size_t most = 100;
    json::array accounts;
    for (const auto& account : std::span(summary.parked).first(std::min(most, summary.parked.size())))
        accounts.push_back(json::object{
            {"subscriber", account.subscriber_code}, {"date", account.date.text()}, {"reason", account.reason}});
    return json::serialize(json::object{{"parked_accounts", std::move(accounts)}});
}

// What one worker has billed. It is done again from `from` when its transaction is undone.
class Worker {
public:
    Worker(Engine& engine, app::Store& store, IdSource& ids, const customers::Operator& op, app::JobId job,
           std::string actor, Date through)
        : engine_(engine),
          op_(op.id),
          job_(job),
          actor_(std::move(actor)),
          through_(through),
          currency_(op.currency),
          run_(store, *engine.parts().hasher, ids, op) {}

    app::BillRun::Place place() const { return run_.place(); }

    // The next batch, inside a transaction. False when nothing more is due.
    bool bill_batch(app::Store& store, const app::BillRun::Place& from) {
        store.set_occasion({engine_.now(), actor_, job_});
        run_.go_to(from);
        const bool more = run_.step(through_);
        const auto& after = run_.progress();
        auto row = store.hold_job(job_);
        check(row.has_value(), "a bill run that is carried out has a row");
        auto state = read_bill_run_state(row->progress, currency_);
        const auto billed = after.sub_services - from.progress.sub_services;
        if (state.date != run_.place().date) {
            state.date = run_.place().date;
            state.due_on_date = store.count_due(op_, *state.date) + billed;
            state.billed_on_date = 0;
        }
        state.sub_services += billed;
        state.billed_on_date += billed;
        state.at = engine_.now();
        state.totals.add(after.totals, from.progress.totals);
        row->progress = text_of(state);
        store.update(*row);
        progress_ = row->progress;
        return more;
    }
    const std::string& progress() const { return progress_; }
    app::BillingSummary finish() { return run_.finish(through_); }

private:
    Engine& engine_;
    customers::OperatorId op_;
    app::JobId job_;
    std::string actor_;
    Date through_;
    Currency currency_;
    app::BillRun run_;
    std::string progress_;
};

// More workers, each with a connection and a thread of its own, until nothing is due or they are to stop. What one of
// them cannot do, because its connection is lost or others are in its way too often, is left to the first worker.
class Helpers {
public:
    Helpers(Engine& engine, const customers::Operator& op, const app::Job& job, Date through, int count) {
        for (int i = 0; i < count; ++i)
            threads_.emplace_back([this, &engine, op, id = job.id, actor = job.actor, through] {
                try {
                    bill(engine, op, id, actor, through);
                } catch (const std::exception&) {
                    // The first worker meets the same, or does the rest.
                }
            });
    }
    ~Helpers() {
        stop_ = true;
        for (auto& thread : threads_) thread.join();
    }
    Helpers(const Helpers&) = delete;
    Helpers& operator=(const Helpers&) = delete;

private:
    void bill(Engine& engine, const customers::Operator& op, app::JobId job, const std::string& actor, Date through) {
        const auto store = engine.open_writer();
        check(store != nullptr, "several workers bill where several can write");
        auto ids = engine.ids_of(*store);
        Worker worker(engine, *store, ids, op, job, actor, through);
        int failures = 0;
        for (bool more = true; more && !stop_;) {
            const auto from = worker.place();
            try {
                app::Transaction transaction(*store);
                more = worker.bill_batch(*store, from);
                transaction.commit();
                failures = 0;
            } catch (const app::StoreFailure&) {
                constexpr int most_failures = 5;
                if (++failures == most_failures) throw;
            }
        }
    }

    std::atomic<bool> stop_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace

void bill(Engine& engine, app::Job& job, Date through, int workers, const Report& report) {
    auto& writer = engine.writer();
    std::optional<customers::Operator> op;
    std::optional<Worker> worker;
    writer.run([&](app::Store& store) {
        op = store.find_operator(*job.op);
        check(op.has_value(), "the operator of a bill run exists");
        auto state = read_bill_run_state(job.progress, op->currency);
        if (!state.date) {
            state.due_at_start = store.count_due(op->id, through);
            state.after = op->billed_through;
        }
        state.since = engine.now();
        state.billed_before = state.sub_services;
        state.at.reset();
        job.progress = text_of(state);
        store.update(job);
        worker.emplace(engine, store, engine.ids(), *op, job.id, job.actor, through);
    });
    {
        const Helpers helpers(engine, *op, job, through, workers - 1);
        for (bool more = true; more;) {
            report(job);
            const auto from = worker->place();
            writer.run([&](app::Store& store) { more = worker->bill_batch(store, from); });
            job.progress = worker->progress();
        }
    }
    writer.run([&](app::Store& store) {
        store.set_occasion({engine.now(), job.actor, job.id});
        const auto summary = worker->finish();
        auto row = store.hold_job(job.id);
        auto state = read_bill_run_state(row->progress, op->currency);
        state.parked = static_cast<std::int64_t>(summary.parked.size());
        job.progress = text_of(state);
        job.result = result_of(summary);
        store.update(job);
    });
}

void finish(app::Job& job, BillRunState& state, const app::BillingSummary& summary) {
    state.parked = static_cast<std::int64_t>(summary.parked.size());
    job.result = result_of(summary);
}

}  // namespace sluice::serve
