#include "serve/engine/charge_work.hpp"

#include "app/automatic_payments.hpp"
#include "serve/engine/checkout_tools.hpp"

namespace sluice::serve {
namespace {

namespace json = boost::json;

constexpr std::int64_t batch_size = 250;  // accounts
constexpr int most_rounds = 4;
constexpr int most_tries = 5;  // of what a gateway does not answer
constexpr std::chrono::milliseconds first_wait{200};

// Threads that carry out charges. What one of them throws ends all.
class Chargers {
public:
    Chargers(Engine& engine, customers::OperatorId op, std::string actor, int count)
        : engine_(engine), op_(op), actor_(std::move(actor)), most_(count) {}
    ~Chargers() {
        {
            const std::lock_guard lock(mutex_);
            stopping_ = true;
        }
        changes_.notify_all();
        for (auto& thread : threads_) thread.join();
    }
    Chargers(const Chargers&) = delete;
    Chargers& operator=(const Chargers&) = delete;

    void add(std::vector<app::CheckoutStart> charges) {
        {
            const std::lock_guard lock(mutex_);
            for (auto& charge : charges) queue_.push_back(std::move(charge));
            while (threads_.size() < std::min(queue_.size() + busy_, static_cast<std::size_t>(most_)))
                threads_.emplace_back([this] { loop(); });
        }
        changes_.notify_all();
    }

    // Until so few wait, or a moment has passed; false while more do.
    bool wait(std::size_t few, bool until_idle) {
        std::unique_lock lock(mutex_);
        const auto is_enough = [&] { return failure_ || (queue_.size() <= few && (!until_idle || busy_ == 0)); };
        const bool enough = done_.wait_for(lock, std::chrono::milliseconds(100), is_enough);
        if (failure_) std::rethrow_exception(failure_);
        return enough;
    }

    // What came of charges since the last time.
    app::AutomaticFigures take_figures() {
        const std::lock_guard lock(mutex_);
        return std::exchange(figures_, {});
    }

private:
    void loop() {
        std::shared_ptr<app::HttpClient> http;
        for (;;) {
            std::unique_lock lock(mutex_);
            changes_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
            if (stopping_) return;
            const auto charge = std::move(queue_.front());
            queue_.pop_front();
            ++busy_;
            lock.unlock();
            std::exception_ptr failure;
            auto state = app::CheckoutState::unknown;
            try {
                if (!http) http = engine_.parts().http_client();
                state = carry_out(charge, http);
            } catch (...) {
                failure = std::current_exception();
            }
            lock.lock();
            --busy_;
            ++(state == app::CheckoutState::succeeded ? figures_.succeeded
               : state == app::CheckoutState::unknown ? figures_.unknown
                                                      : figures_.failed);
            if (failure && !failure_) failure_ = failure;
            if (failure) queue_.clear();
            lock.unlock();
            done_.notify_one();
        }
    }

    app::CheckoutState carry_out(const app::CheckoutStart& charge, const std::shared_ptr<app::HttpClient>& http) {
        CheckoutsAtWork checkouts(engine_, op_, {engine_.now(), actor_}, http);
        const auto done = charge.known
                              ? checkouts->query(charge.known->checkout.id)
                              : checkouts->carry_out(charge, [this](int failures) { return wait_again(failures); });
        return done ? done->checkout.state : app::CheckoutState::failed;
    }

    bool wait_again(int failures) {
        std::unique_lock lock(mutex_);
        if (failures >= most_tries || stopping_) return false;
        changes_.wait_for(lock, first_wait * (1 << failures), [this] { return stopping_; });
        return true;
    }

    Engine& engine_;
    customers::OperatorId op_;
    std::string actor_;
    int most_;
    std::mutex mutex_;
    std::condition_variable changes_;
    std::condition_variable done_;
    std::deque<app::CheckoutStart> queue_;
    std::size_t busy_ = 0;
    bool stopping_ = false;
    std::exception_ptr failure_;
    app::AutomaticFigures figures_;
    std::vector<std::thread> threads_;
};

std::string text_of(const app::AutomaticFigures& figures) {
    return json::serialize(json::object{{"accounts", figures.accounts},
                                        {"charges", figures.charges},
                                        {"succeeded", figures.succeeded},
                                        {"failed", figures.failed},
                                        {"unknown", figures.unknown},
                                        {"above_cap", figures.above_cap}});
}

class AutomaticWork {
public:
    AutomaticWork(Engine& engine, app::Job& job, const Report& report, Date date)
        : engine_(engine),
          job_(job),
          report_(report),
          date_(date),
          chargers_(engine, *job.op, job.actor, engine.parts().charges_at_once) {
        const auto so_far = json::parse(job.progress).as_object();
        const auto number = [&](const char* member) {
            const auto* value = so_far.if_contains(member);
            return value ? value->to_number<std::int64_t>() : 0;
        };
        figures_.accounts = number("accounts");
        figures_.above_cap = number("above_cap");
    }

    // What turns out never to have reached its gateway is charged in the next round.
    void carry_out() {
        go_on();
        for (int round = 0; round < most_rounds && (begin_all() > 0 || round == 0); ++round) ask_about_unknown();
        count();
        report_(job_);
    }

private:
    // The charges that were written before the run was cut off.
    void go_on() {
        std::optional<app::CheckoutId> after;
        do {
            app::AutomaticBatch batch;
            in_books([&](app::Books& books, const app::AutomaticRun& run) {
                batch = app::unbegun_charges(books, run, after, batch_size);
            });
            chargers_.add(std::move(batch.charges));
            while (!chargers_.wait(static_cast<std::size_t>(batch_size), false)) tell();
        } while (after);
        count();
    }

    // GIVES: how many charges were begun.
    std::int64_t begin_all() {
        std::int64_t begun = 0;
        for (std::optional<customers::SubscriberId> after;;) {
            auto next = begin(after);
            after = next.after;
            begun += std::ssize(next.charges);
            chargers_.add(std::move(next.charges));
            tell();
            if (!after) break;
            while (!chargers_.wait(static_cast<std::size_t>(batch_size), false)) tell();
        }
        while (!chargers_.wait(0, true)) tell();
        return begun;
    }

    void ask_about_unknown() {
        std::optional<app::CheckoutId> after;
        do {
            std::vector<app::CheckoutStart> questions;
            {
                auto lease = engine_.readers().lend();
                const auto rows = lease.store().automatic().of_run(*job_.op, job_.id.value(),
                                                                   app::CheckoutState::unknown, after, batch_size);
                after = rows.empty() ? std::nullopt : std::optional(rows.back().checkout.id);
                for (const auto& row : rows) questions.push_back({.known = row});
            }
            chargers_.add(std::move(questions));
            while (!chargers_.wait(0, true)) report_(job_);
        } while (after);
        count();
    }

    app::AutomaticBatch begin(std::optional<customers::SubscriberId> after) {
        app::AutomaticBatch batch;
        auto figures = figures_;
        in_books([&](app::Books& books, const app::AutomaticRun& run) {
            figures = figures_;
            batch = app::begin_charges(books, run, after, batch_size);
            figures.accounts += batch.accounts;
            figures.charges += std::ssize(batch.charges);
            figures.above_cap += batch.above_cap;
            job_.progress = text_of(figures);
            books.store.update(job_);
        });
        figures_ = figures;
        return batch;
    }

    void in_books(const std::function<void(app::Books&, const app::AutomaticRun&)>& step) {
        engine_.writer().run([&](app::Store& store) {
            const auto now = engine_.now();
            store.set_occasion({now, job_.actor});
            const auto book = engine_.books().of(store, *job_.op);
            app::Books books{store, engine_.commands(store, *book), engine_.ids()};
            step(books, {engine_.parts().gateways, date_, job_.id.value(), now});
        });
    }

    void tell() {
        const auto done = chargers_.take_figures();
        figures_.succeeded += done.succeeded;
        figures_.failed += done.failed;
        figures_.unknown += done.unknown;
        job_.progress = text_of(figures_);
        report_(job_);
    }

    // As the store has it, with what was done before the run was cut off, and what has become known since.
    void count() {
        chargers_.take_figures();
        figures_.charges = figures_.succeeded = figures_.failed = figures_.unknown = 0;
        auto lease = engine_.readers().lend();
        for (const auto& [state, number] : lease.store().automatic().counts_of_run(job_.id.value())) {
            figures_.charges += number;
            switch (state) {
                case app::CheckoutState::succeeded:
                    figures_.succeeded += number;
                    break;
                case app::CheckoutState::failed:
                case app::CheckoutState::expired:
                    figures_.failed += number;
                    break;
                case app::CheckoutState::pending:
                case app::CheckoutState::unknown:
                    figures_.unknown += number;
                    break;
            }
        }
        job_.progress = text_of(figures_);
    }

    Engine& engine_;
    app::Job& job_;
    const Report& report_;
    Date date_;
    Chargers chargers_;
    app::AutomaticFigures figures_;
};

}  // namespace

void charge_automatically(Engine& engine, app::Job& job, const Report& report) {
    const auto date = Date::parse(std::string(json::parse(job.request).as_object().at("date").as_string()));
    check(date.has_value(), "a stored run of automatic payments has a date");
    AutomaticWork(engine, job, report, *date).carry_out();
}

}  // namespace sluice::serve
