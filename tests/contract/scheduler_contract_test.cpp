// What servers do by themselves, by a clock that the test moves, on each store.
#include <atomic>
#include <thread>

#include "app/bill_accounts.hpp"
#include "app/schedule.hpp"
#include "app/verify.hpp"
#include "connect/crypto/sha256_hasher.hpp"
#include "contract/store_home.hpp"
#include "serve/engine/engine.hpp"
#include "store/open_store.hpp"

namespace sluice::contract {
namespace {

using std::chrono::steady_clock;
using support::date;
using support::Shop;

constexpr std::chrono::seconds patience{60};

class ByItself : public Contract {
protected:
    ByItself() : hasher(connect::sha256_hasher()) {
        shop.service("net", "100");
        found(shop);
        written([&] {
            app::Commands commands(store(), *hasher, shop.ids, shop.op);
            EXPECT_TRUE(commands.create_subscriber({.code = "ann", .contact = "Ann"}).ok());
            EXPECT_TRUE(
                commands.add_sub_service(date("2026-01-10"), {.subscriber = "ann", .code = "n", .service = "net"})
                    .ok());
            EXPECT_TRUE(commands.activate(date("2026-01-10"), {"ann", "n"}).ok());
        });
        set(true);
        close();
    }

    void set(bool enabled, bool compares = false) {
        written([&] {
            app::ScheduledTask task{.op = shop.op.id, .task = "billing", .compares = compares};
            app::set_schedule(task, enabled, 2, Zone::named(shop.op.time_zone).value(), now.load());
            store().save_scheduled_task(task);
        });
    }
    std::unique_ptr<serve::Engine> server() {
        auto engine = std::make_unique<serve::Engine>(
            store::open_database(home->address(), true),
            serve::EngineParts{.open_store = {},
                               .hasher = hasher.get(),
                               .now = [this] { return now.load(); },
                               .random_bytes = [](std::size_t bytes) { return std::string(bytes, 'x'); },
                               .node = 3});
        engine->jobs().start();
        return engine;
    }
    app::ScheduledTask task(serve::Engine& engine) {
        auto lease = engine.readers().lend();
        return lease.store().scheduled_tasks(shop.op.id).front();
    }
    void wait_until_done_for(serve::Engine& engine, const char* wanted) {
        for (const auto end = steady_clock::now() + patience; steady_clock::now() < end;) {
            if (task(engine).last_date == date(wanted) && task(engine).claim == 0) return;
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
        FAIL() << "not done for " << wanted << ": " << task(engine).error;
    }
    // GIVES: of each bill run, oldest first, what was asked for and what came out.
    std::vector<std::string> compared_runs() {
        reopen();
        std::vector<std::string> told;
        for (const auto& run : store().jobs(shop.op.id, app::JobKind::bill_run, std::nullopt, 100)) {
            const bool asked = run.request.find("\"compare\":true") != std::string::npos;
            const bool made = run.result.find("\"comparison\":{") != std::string::npos;
            told.insert(told.begin(), std::string(asked ? "compared" : "not compared") + (made ? ", told" : ""));
        }
        return told;
    }
    void expect_runs(std::size_t count) {
        reopen();
        const auto runs = store().jobs(shop.op.id, app::JobKind::bill_run, std::nullopt, 100);
        EXPECT_EQ(runs.size(), count);
        for (const auto& run : runs) EXPECT_EQ(run.state, app::JobState::finished);
        EXPECT_TRUE(app::verify(store(), *hasher, shop.op).findings.empty());
    }

    std::unique_ptr<app::Hasher> hasher;
    Shop shop;
    std::atomic<Instant> now = parse_instant("2026-01-10T01:00:00Z").value();
};

TEST_P(ByItself, ItBillsEachDateOnceAndAfterAPauseAllAtOnce) {
    {
        const auto engine = server();
        engine->scheduler().start({});
        now = parse_instant("2026-01-10T02:00:01Z").value();
        wait_until_done_for(*engine, "2026-01-10");
        EXPECT_EQ(task(*engine).next_at, parse_instant("2026-01-11T02:00:00Z"));
    }
    now = parse_instant("2026-03-15T12:00:00Z").value();
    {
        const auto engine = server();
        engine->scheduler().start({});
        wait_until_done_for(*engine, "2026-03-15");
        EXPECT_EQ(engine->scheduler().figures().at("billing").succeeded, 1U);
    }
    expect_runs(2);
    EXPECT_EQ(store().documents(shop.op.id, {}, std::nullopt, 100).size(), 3U) << "January, February, March";
}

TEST_P(ByItself, ItComparesItsRunsWhereItIsSetTo) {
    {
        const auto engine = server();
        engine->scheduler().start({});
        now = parse_instant("2026-01-10T02:00:01Z").value();
        wait_until_done_for(*engine, "2026-01-10");
        EXPECT_FALSE(task(*engine).compares) << "unless somebody wants it";
    }
    reopen();
    set(true, true);
    close();
    now = parse_instant("2026-02-10T02:00:01Z").value();
    {
        const auto engine = server();
        engine->scheduler().start({});
        wait_until_done_for(*engine, "2026-02-10");
        EXPECT_TRUE(task(*engine).compares) << "from now on";
    }
    EXPECT_EQ(compared_runs(), (std::vector<std::string>{"not compared", "compared, told"}));
    expect_runs(2);
}

TEST_P(ByItself, NothingIsDoneByItselfThatIsOff) {
    reopen();
    set(false);
    close();
    {
        const auto engine = server();
        engine->scheduler().start({});
        now = parse_instant("2026-02-10T02:00:01Z").value();
        std::this_thread::sleep_for(std::chrono::seconds(3));
    }
    expect_runs(0);
}

TEST_P(ByItself, WhatADeadServerHadClaimedIsDoneWhenItsClaimHasEnded) {
    now = parse_instant("2026-01-10T02:00:01Z").value();
    reopen();
    written([&] {
        auto task = store().hold_scheduled_task(shop.op.id, "billing").value();
        app::begin(task, 99, false, Zone::named(shop.op.time_zone).value(), now.load());
        store().save_scheduled_task(task);
    });
    close();
    {
        const auto engine = server();
        engine->scheduler().start({});
        std::this_thread::sleep_for(std::chrono::seconds(3));
        EXPECT_FALSE(task(*engine).last_date) << "it may still be at it";
        now = now.load() + app::longest_silence;
        wait_until_done_for(*engine, "2026-01-10");
    }
    expect_runs(1);
}

TEST_P(ByItself, ABillRunThatIsUnderWayIsWaitedFor) {
    now = parse_instant("2026-01-10T02:00:01Z").value();
    reopen();
    written([&] {
        store().add(app::Job{.id = shop.ids.next<app::JobId>(),
                             .op = shop.op.id,
                             .kind = app::JobKind::bill_run,
                             .request = R"({"through":"2026-01-10","dry_run":false,"workers":1})",
                             .actor = "test",
                             .requested_at = now.load()});
    });
    close();
    {
        const auto engine = server();
        engine->scheduler().start({});
        for (const auto end = steady_clock::now() + patience; steady_clock::now() < end;)
            if (task(*engine).next_at > now.load()) break;
        EXPECT_EQ(task(*engine).next_at, now.load() + std::chrono::minutes(1));
        EXPECT_TRUE(task(*engine).error.empty()) << "that is no failure";
        engine->jobs().take_up();
        now = now.load() + std::chrono::minutes(1);
        wait_until_done_for(*engine, "2026-01-10");
    }
    expect_runs(2);
}

TEST_P(ByItself, OfTwoServersOneDoesIt) {
    if (!home->is_shared()) GTEST_SKIP() << "one process has the store";
    {
        const auto one = server();
        const auto other = server();
        one->scheduler().start({});
        other->scheduler().start({});
        for (const auto* day : {"2026-01-10", "2026-01-11", "2026-01-12"}) {
            now = parse_instant(std::string(day) + "T02:00:01Z").value();
            wait_until_done_for(*one, day);
        }
        std::uint64_t done = 0;
        for (auto* engine : {one.get(), other.get()})
            for (const auto& entry : engine->scheduler().figures()) done += entry.second.succeeded;
        EXPECT_EQ(done, 3U);
    }
    expect_runs(3);
}

SLUICE_ON_EACH_STORE(ByItself);

}  // namespace
}  // namespace sluice::contract
