#include "serve/engine/reconciler.hpp"

#include "app/payouts.hpp"
#include "serve/engine/checkout_tools.hpp"

namespace sluice::serve {
namespace {

constexpr std::chrono::seconds between_looks{2};
constexpr std::int64_t most_at_once = 50;

}  // namespace

Reconciler::Reconciler(Engine& engine, std::function<void(const std::string&)> log)
    : engine_(engine), log_(std::move(log)), thread_([this] { loop(); }) {}

Reconciler::~Reconciler() { stop(); }

void Reconciler::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wakes_.notify_one();
    if (thread_.joinable()) thread_.join();
}

bool Reconciler::is_stopping() {
    const std::lock_guard lock(mutex_);
    return stopping_;
}

void Reconciler::loop() {
    for (;;) {
        try {
            look();
        } catch (const std::exception& failure) {
            log_(std::string("checkouts could not be looked after: ") + failure.what());
        }
        std::unique_lock lock(mutex_);
        if (wakes_.wait_for(lock, between_looks, [this] { return stopping_; })) return;
    }
}

// One by one: when one cannot be asked about, the others can.
void Reconciler::look() {
    const auto due = [&] {
        auto lease = engine_.readers().lend();
        return lease.store().checkouts_to_query(engine_.now(), most_at_once);
    }();
    for (const auto& row : due) {
        if (is_stopping()) return;
        const auto& id = row.checkout.id;
        try {
            CheckoutsAtWork checkouts(engine_, row.checkout.op, {engine_.now(), "sluice"});
            if (const auto asked = checkouts->query(id); !asked) log_(id.text() + ": " + asked.refusal().message);
        } catch (const std::exception& failure) {
            log_(id.text() + " could not be asked about: " + failure.what());
        }
    }
    look_after_payouts();
}

void Reconciler::look_after_payouts() {
    const auto due = [&] {
        auto lease = engine_.readers().lend();
        return lease.store().payouts().to_query(engine_.now(), most_at_once);
    }();
    for (const auto& row : due) {
        if (is_stopping()) return;
        const auto& payout = row.payout;
        try {
            CheckoutsAtWork checkouts(engine_, payout.op, {engine_.now(), "sluice"});
            const auto asked = app::query_payout(checkouts.tools(), payout.id);
            if (asked && asked->payout.state == app::PayoutState::under_way)
                log_(payout.id.text() + ": " + asked->payout.message);
        } catch (const std::exception& failure) {
            log_(payout.id.text() + " could not be looked after: " + failure.what());
        }
    }
}

}  // namespace sluice::serve
