#include "serve/outbox/courier.hpp"

#include "serve/outbox/mail_sending.hpp"
#include "serve/outbox/webhook_sending.hpp"

namespace sluice::serve {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::milliseconds between_looks{500};
constexpr std::chrono::seconds between_counts{5};
constexpr std::chrono::hours between_cleanings{1};
constexpr std::chrono::hours kept_for{24 * 90};
constexpr std::int64_t forgotten_at_once = 500;
constexpr std::int64_t events_at_once = 500;
// Longer than anything that is sent takes; who was killed in the middle leaves it to others after so long.
constexpr std::chrono::seconds claimed_for{60};
constexpr std::chrono::seconds longest_sending{20};
constexpr std::chrono::seconds mail_claimed_for{180};  // mail servers think longer
constexpr std::chrono::seconds longest_mailing{65};

}  // namespace

Courier::Courier(Engine& engine, std::function<void(const std::string&)> log)
    : engine_(engine), log_(std::move(log)), lanes_(std::make_unique<Lanes>(engine, [this] { wake(); })) {
    thread_ = std::thread([this] { loop(); });
}

Courier::~Courier() { stop(); }

void Courier::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wakes_.notify_one();
    if (thread_.joinable()) thread_.join();
    lanes_->stop();
}

void Courier::wake() {
    {
        const std::lock_guard lock(mutex_);
        has_more_ = true;
    }
    wakes_.notify_one();
}

void Courier::attempt(const char* what, const std::function<void()>& step) {
    try {
        step();
    } catch (const std::exception& failure) {
        log_(std::string(what) + ": " + failure.what());
    }
}

void Courier::loop() {
    attempt("claims could not be given back", [this] { release_what_was_left(); });
    for (;;) {
        attempt("events could not be read for webhooks", [this] { read_for_endpoints(); });
        attempt("webhooks could not be sent", [this] { send_webhooks(); });
        attempt("events could not be read for e-mail", [this] { read_for_mail(); });
        attempt("e-mail could not be sent", [this] { send_mail(); });
        attempt("what waits could not be counted", [this] { count(); });
        attempt("old deliveries could not be forgotten", [this] { forget(); });
        std::unique_lock lock(mutex_);
        wakes_.wait_for(lock, between_looks, [this] { return stopping_ || has_more_; });
        if (stopping_) return;
        has_more_ = false;
    }
}

// Where nobody else can be sending, claims are of a process that is gone.
void Courier::release_what_was_left() {
    if (engine_.has_many_writers()) return;
    engine_.writer().run([](app::Store& store) {
        store.webhooks().release(std::nullopt);
        store.messages().release(std::nullopt);
    });
}

void Courier::read_for_endpoints() {
    const auto behind = [&] {
        auto lease = engine_.readers().lend();
        return lease.store().webhooks().endpoints_behind();
    }();
    for (const auto& endpoint : behind) {
        bool is_behind = false;
        engine_.writer().run([&](app::Store& store) {
            is_behind = read_events(store, engine_.ids(), endpoint.id, engine_.now(), events_at_once);
        });
        if (is_behind) wake();
    }
}

void Courier::send_webhooks() {
    const auto due = [&] {
        auto lease = engine_.readers().lend();
        return lease.store().webhooks().endpoints_due(engine_.now());
    }();
    for (const auto& endpoint : due) {
        const auto room = lanes_->room_for(endpoint.id.value());
        if (room == 0) continue;
        std::vector<app::DueDelivery> claimed;
        const auto now = engine_.now();
        engine_.writer().run([&](app::Store& store) {
            const auto claim = engine_.ids().next<app::ClaimId>();
            claimed = store.webhooks().claim(endpoint.id, claim, now, now + claimed_for, room);
        });
        std::vector<Sending> sendings;
        for (auto& one : claimed)
            sendings.push_back(webhook_sending(engine_, endpoint, std::move(one), now + claimed_for - longest_sending));
        lanes_->add(endpoint.id.value(), std::move(sendings));
    }
}

void Courier::read_for_mail() {
    const auto behind = [&] {
        auto lease = engine_.readers().lend();
        return lease.store().messages().senders_behind();
    }();
    for (const auto& settings : behind) {
        bool is_behind = false;
        engine_.writer().run([&](app::Store& store) {
            const auto book = engine_.books().of(store, settings.op);
            is_behind = read_mail_events(store, engine_.ids(), *book, engine_.now(), events_at_once);
        });
        if (is_behind) wake();
    }
}

void Courier::send_mail() {
    const auto due = [&] {
        auto lease = engine_.readers().lend();
        return lease.store().messages().senders_due(engine_.now());
    }();
    for (const auto& settings : due) {
        const auto room = lanes_->room_for(settings.op.value());
        if (room == 0) continue;
        std::vector<app::Message> claimed;
        const auto now = engine_.now();
        engine_.writer().run([&](app::Store& store) {
            const auto claim = engine_.ids().next<app::ClaimId>();
            claimed = store.messages().claim(settings.op, claim, now, now + mail_claimed_for, room);
        });
        std::vector<Sending> sendings;
        for (auto& message : claimed)
            sendings.push_back(
                mail_sending(engine_, settings, std::move(message), now + mail_claimed_for - longest_mailing));
        lanes_->add(settings.op.value(), std::move(sendings));
    }
}

void Courier::count() {
    if (steady_clock::now() - counted_ < between_counts) return;
    auto lease = engine_.readers().lend();
    engine_.outbox().webhooks_waiting = lease.store().webhooks().count_waiting();
    engine_.outbox().messages_waiting = lease.store().messages().count_waiting();
    counted_ = steady_clock::now();
}

void Courier::forget() {
    if (steady_clock::now() - forgotten_ < between_cleanings) return;
    const auto before = engine_.now() - kept_for;
    bool more = true;
    engine_.writer().run([&](app::Store& store) {
        more = store.webhooks().forget_before(before, forgotten_at_once) == forgotten_at_once;
        more = store.messages().forget_before(before, forgotten_at_once) == forgotten_at_once || more;
    });
    if (!more) forgotten_ = steady_clock::now();
}

}  // namespace sluice::serve
