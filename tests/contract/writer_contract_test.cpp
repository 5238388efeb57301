// Many that write through one thread: who shares a commit with whom, and what becomes of neighbours when one fails.
#include <atomic>
#include <future>
#include <thread>

#include "contract/store_home.hpp"
#include "serve/engine/writer.hpp"

namespace sluice::contract {
namespace {

using serve::Busy;
using serve::Writer;

class Writing : public Contract {
protected:
    Writing() : writer(std::make_unique<Writer>(store(), 512, 100)) {}
    ~Writing() override { writer.reset(); }

    // Holds the writing thread, so that what is submitted meanwhile waits together.
    void hold() {
        const auto begun = std::make_shared<std::promise<void>>();
        auto has_begun = begun->get_future();
        writer->submit(
            [begun, may_go_on = may_go_on_.get_future().share()](app::Store&) {
                begun->set_value();
                may_go_on.wait();
            },
            [](std::exception_ptr) {});
        has_begun.wait();
    }
    void release() { may_go_on_.set_value(); }

    // Leaves a key of that name; then does `more`.
    void submit(
        const std::string& name, std::function<void()> more = [] {}) {
        const app::ApiKey key{.id = ids_.next<app::ApiKeyId>(),
                              .op = std::nullopt,
                              .name = name,
                              .role = app::Role::viewer,
                              .secret_hash = {},
                              .created_at = Instant{},
                              .created_by = "test"};
        writer->submit(
            [key, more](app::Store& store) {
                store.add(key);
                more();
            },
            [this, name](std::exception_ptr failure) { (failure ? failed_ : done_).push_back(name); });
    }
    std::vector<std::string> stored() {
        std::vector<std::string> names;
        for (const auto& key : store().api_keys()) names.push_back(key.name);
        return names;
    }
    using Names = std::vector<std::string>;

    std::unique_ptr<Writer> writer;
    Names done_;  // written by the writing thread, read after close()
    Names failed_;

private:
    std::promise<void> may_go_on_;
    IdSource ids_{1'000, 1};
};

TEST_P(Writing, WhatWaitsTogetherSharesACommit) {
    hold();
    for (int i = 0; i < 50; ++i) submit("k" + std::to_string(i));
    release();
    writer->close();
    EXPECT_EQ(done_.size(), 50U);
    EXPECT_EQ(stored().size(), 50U);
    EXPECT_EQ(writer->figures().works, 51U);
    EXPECT_LE(writer->figures().commits, 10U);
}

TEST_P(Writing, WhatOneThrowsUndoesNothingOfItsNeighbours) {
    hold();
    submit("before");
    submit("wrong", [] { throw std::runtime_error("no"); });
    submit("after");
    release();
    writer->close();
    EXPECT_EQ(done_, (Names{"before", "after"}));
    EXPECT_EQ(failed_, Names{"wrong"});
    EXPECT_EQ(stored(), (Names{"before", "after"}));
}

TEST_P(Writing, AFailureOfTheStoreHitsOnlyWhoMeetsItAgainAlone) {
    std::atomic<int> tries = 0;
    hold();
    submit("before");
    submit("unlucky", [&tries] {
        if (++tries == 1) throw app::StoreFailure("gone for a moment");
    });
    submit("doomed", [] { throw app::StoreFailure("gone"); });
    submit("after");
    release();
    writer->close();
    EXPECT_EQ(failed_, Names{"doomed"});
    EXPECT_EQ(stored(), (Names{"before", "unlucky", "after"}));
    EXPECT_EQ(tries, 2);
}

TEST_P(Writing, WhoWasInSomebodysWayIsCarriedOutAgain) {
    hold();
    int times = 0;
    submit("neighbour");
    submit("in the way", [&times] {
        if (++times < 4) throw app::Contention("a deadlock");
    });
    submit("always in the way", [] { throw app::Contention("a deadlock"); });
    release();
    writer->close();
    EXPECT_EQ(done_, (Names{"neighbour", "in the way"}));
    EXPECT_EQ(failed_, Names{"always in the way"});
    EXPECT_EQ(stored(), (Names{"neighbour", "in the way"})) << "each once";
}

TEST_P(Writing, AFullQueueIsBusyInsteadOfGrowing) {
    hold();
    for (int i = 0; i < 100; ++i) submit("k" + std::to_string(i));
    EXPECT_THROW(submit("one too many"), Busy);
    release();
    writer->close();
    EXPECT_EQ(stored().size(), 100U);
}

TEST_P(Writing, ClosingCarriesOutWhatWaitsAndTakesNothingMore) {
    hold();
    submit("waits");
    auto closing = std::async(std::launch::async, [&] { writer->close(); });
    release();
    closing.wait();
    EXPECT_EQ(stored(), Names{"waits"});
    EXPECT_THROW(submit("late"), Busy);
}

TEST_P(Writing, RunWaitsAndThrowsWhatWasThrown) {
    bool ran = false;
    writer->run([&](app::Store&) { ran = true; });
    EXPECT_TRUE(ran);
    EXPECT_THROW(writer->run([](app::Store&) { throw std::runtime_error("no"); }), std::runtime_error);
    writer->close();
}

SLUICE_ON_EACH_STORE(Writing);

}  // namespace
}  // namespace sluice::contract
