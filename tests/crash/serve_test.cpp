// A server that is killed while clerks work: what they asked for is done once, whoever asks again gets the answer that
// was lost, and the books are those of a server that nobody disturbed.
#include <boost/json.hpp>
#include <functional>
#include <iostream>
#include <set>

#include "api/world.hpp"
#include "crash/clerks.hpp"
#include "support/postgres_server.hpp"

namespace sluice::test {
namespace {

namespace json = boost::json;
using std::chrono::milliseconds;
constexpr int clerk_count = 6;

void make_world(const Client& platform) {
    auto op = make_operator(platform, "op");
    make_catalog(op);
}

// Ids differ from server to server, and so do the numbers of the documents that a payment has paid.
void leave_out_what_differs(json::value& value) {
    if (auto* items = value.if_array())
        for (auto& item : *items) leave_out_what_differs(item);
    auto* object = value.if_object();
    if (object == nullptr) return;
    for (const auto* name : {"id", "paid"}) object->erase(name);
    for (auto& [name, member] : *object) leave_out_what_differs(member);
}

std::vector<std::string> list_of(Client op, const std::string& target) {
    std::vector<std::string> rows;
    for (auto& row : op.all(target)) {
        leave_out_what_differs(row);
        rows.push_back(json::serialize(row));
    }
    std::sort(rows.begin(), rows.end());
    return rows;
}

class Serve : public Crash {
protected:
    void SetUp() override {
        make_world(server_.platform());
        for (int i = 0; i < clerk_count; ++i)
            clerks_.push_back(std::make_unique<Clerk>(i, server_.platform().for_operator("op"), server_, seed()));
    }

    // Lets the clerks work, and disturbs them so many times.
    void disturb(int times, const std::function<void()>& disturb) {
        std::atomic<bool> is_over = false;
        std::vector<std::jthread> threads;
        for (auto& clerk : clerks_) threads.emplace_back([&] { clerk->work_until(is_over); });
        try {
            for (int i = 0; i < times && !HasFailure(); ++i) {
                std::this_thread::sleep_for(milliseconds(50) + some_time(milliseconds(400)));
                disturb();
            }
        } catch (const std::exception& failure) {
            ADD_FAILURE() << failure.what();
        }
        is_over = true;
        threads.clear();
        tell(times);
    }
    void tell(int times) const {
        std::size_t asked = 0;
        int lost = 0;
        int found_done = 0;
        for (const auto& clerk : clerks_) {
            asked += clerk->asked().size();
            lost += clerk->lost_answers();
            found_done += clerk->found_done();
        }
        std::cout << times << " times disturbed, " << asked << " requests, " << lost
                  << " of them asked again for want of an answer, of which " << found_done << " had been done"
                  << std::endl;
    }

    void expect_each_done_once() {
        in_threads([](Clerk& clerk) { clerk.expect_the_same_answers_again(); });
        if (HasFailure()) return;
        auto op = server_.platform().for_operator("op");
        wait_until_readers_answer(op);
        expect_each_payment_once(op);
        expect_gapless_events(op);
        expect_the_same_as_undisturbed(op);
        EXPECT_EQ(server_.stop(), 0) << server_.program().said();
        expect_sound_books(*disturbed_);
    }

    std::unique_ptr<Place> disturbed_ = place("disturbed");
    Server server_{*disturbed_, file("server.log")};
    std::vector<std::unique_ptr<Clerk>> clerks_;

private:
    template <typename Do>
    void in_threads(const Do& what) {
        std::vector<std::thread> threads;
        for (auto& clerk : clerks_) threads.emplace_back([&] { what(*clerk); });
        for (auto& thread : threads) thread.join();
    }
    // Those whose connection was lost notice it one by one.
    static void wait_until_readers_answer(Client& op) {
        for (int answered = 0, tries = 0; answered < 20 && tries < 1'000; ++tries) {
            answered = op.get("/api/v1/payments").status == 200 ? answered + 1 : 0;
            std::this_thread::sleep_for(milliseconds(10));
        }
    }
    void expect_each_payment_once(Client& op) {
        for (const auto& payment : op.all("/api/v1/payments")) {
            const auto reference = text_at(payment, "/reference");
            EXPECT_TRUE(payments_.insert(reference).second) << reference << " is there twice";
        }
        std::size_t expected = 0;
        for (const auto& clerk : clerks_) {
            for (const auto& reference : clerk->payments())
                ASSERT_TRUE(payments_.contains(reference)) << reference << " is lost";
            for (const auto& reference : clerk->refused_payments())
                ASSERT_FALSE(payments_.contains(reference)) << reference << " was said to have changed nothing";
            expected += clerk->payments().size();
            for (const auto& reference : clerk->uncertain_payments()) expected += payments_.contains(reference);
        }
        EXPECT_EQ(payments_.size(), expected);
    }
    static void expect_gapless_events(Client& op) {
        std::int64_t after = 0;
        for (;;) {
            const auto page = op.get("/api/v1/events?limit=500&after=" + std::to_string(after));
            for (const auto& event : page.list()) ASSERT_EQ(event.at("sequence").as_int64(), ++after);
            if (page.list().empty()) break;
        }
    }
    // The same requests to another server, each clerk's in their order; then both bill.
    void expect_the_same_as_undisturbed(Client& op) {
        const auto undisturbed = place("undisturbed");
        Server other_server(*undisturbed, file("undisturbed.log"));
        make_world(other_server.platform());
        auto other = other_server.platform().for_operator("op");
        in_threads([&](Clerk& clerk) {
            auto client = other.again();
            for (const auto& asked : clerk.asked()) {
                if (!asked.reference.empty() && !payments_.contains(asked.reference)) continue;
                EXPECT_LT(client.ask(asked.question).status, 300) << asked.question.target;
            }
        });
        for (auto* each : {&op, &other}) EXPECT_EQ(each->bill("2026-03-31").text("/state"), "finished");
        for (const auto* list : {"/api/v1/balances", "/api/v1/sub-services", "/api/v1/payments"})
            EXPECT_EQ(list_of(op.again(), list), list_of(other.again(), list)) << list;
    }

    std::set<std::string> payments_;  // that are there, by their references
};

TEST_P(Serve, KilledUnderClerksDoesEachRequestOnceAndRepeatsTheAnswer) {
    disturb(kills(), [this] {
        server_.kill_9();
        server_.start();
    });
    expect_each_done_once();
}

SLUICE_ON_EACH_STORE(Serve);

class ServeOnAFullDisk : public Serve {};

TEST_P(ServeOnAFullDisk, RefusesUntilThereIsSpaceAndLosesNothing) {
    disturb(std::max(3, kills() / 2), [this] {
        // Less than the store is large already, so that whatever is written next does not fit.
        server_.program().limit_files(static_cast<std::uint64_t>(chance(0, 64 << 10)));
        std::this_thread::sleep_for(some_time(milliseconds(200)));
        EXPECT_EQ(server_.platform().get("/health/live").status, 200);
        server_.program().limit_files({});
    });
    expect_each_done_once();
}

INSTANTIATE_TEST_SUITE_P(Stores, ServeOnAFullDisk, testing::Values(StoreKind::sqlite),
                         [](const auto&) { return "Sqlite"; });

// The database of another process, which may end while this one serves.
class ServeWithoutItsDatabase : public Serve {
protected:
    static PostgresServer& postgres() { return PostgresServer::shared(); }
    // Whether it goes on by itself or has to be started again: nothing is lost.
    void go_on() {
        if (!server_.program().ends_within(milliseconds(50))) return;
        EXPECT_EQ(server_.program().wait(), 3) << server_.program().said();
        server_.start();
    }
};

TEST_P(ServeWithoutItsDatabase, LosesNothingWhenItsServerWasKilled) {
    disturb(std::max(2, kills() / 3), [this] {
        postgres().kill_9();
        std::this_thread::sleep_for(some_time(milliseconds(200)));
        postgres().start();
        go_on();
    });
    expect_each_done_once();
}

TEST_P(ServeWithoutItsDatabase, LosesNothingWhenABackendWasKilled) {
    disturb(std::max(2, kills() / 3), [this] {
        postgres().kill_9_a_backend(disturbed_->address());
        postgres().wait_until_it_answers();
        go_on();
    });
    expect_each_done_once();
}

TEST_P(ServeWithoutItsDatabase, TellsAllWhoWaitAndGoesOnWhenItIsBack) {
    postgres().kill_9();
    {
        std::vector<std::jthread> waiting;
        for (int i = 0; i < 16; ++i)
            waiting.emplace_back([this, i] {
                auto op = server_.platform().for_operator("op");
                std::this_thread::sleep_for(milliseconds(100 * i));  // so that they are not all of one group
                // Each is expected to be answered within five seconds.
                EXPECT_EQ(op.post("/api/v1/subscribers", R"({"code": "w)" + std::to_string(i) + R"(", "contact": "W"})")
                              .status,
                          503);
            });
        auto platform = server_.platform();
        const auto began = std::chrono::steady_clock::now();
        EXPECT_EQ(platform.get("/health/ready").status, 503);
        EXPECT_EQ(platform.get("/health/live").status, 200);
        EXPECT_LT(std::chrono::steady_clock::now() - began, milliseconds(2'000));
    }
    postgres().start();
    auto op = server_.platform().for_operator("op");
    EXPECT_EQ(op.get("/health/ready").status, 200);
    EXPECT_EQ(op.post("/api/v1/subscribers", R"({"code": "after", "contact": "A"})").status, 201);
}

INSTANTIATE_TEST_SUITE_P(Stores, ServeWithoutItsDatabase, testing::Values(StoreKind::postgres),
                         [](const auto&) { return "Postgres"; });

}  // namespace
}  // namespace sluice::test
