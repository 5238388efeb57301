// Keys, kept answers, events and long work, as the faces need them.
#include "connect/crypto/sha256_hasher.hpp"
#include "contract/store_home.hpp"

namespace sluice::contract {
namespace {

using support::Shop;

Instant at(std::int64_t seconds) { return Instant{std::chrono::seconds{seconds}}; }

class Administration : public Contract {
protected:
    Administration() { found(shop); }

    std::vector<std::int64_t> sequences(const app::EventQuery& query = {}) {
        std::vector<std::int64_t> all;
        for (const auto& event : store().events(shop.op.id, query)) all.push_back(event.sequence);
        return all;
    }
    void happen(app::EventType type, int times) {
        written([&] {
            for (int i = 0; i < times; ++i) store().add_event(shop.op.id, {type, std::nullopt, 7});
        });
    }

    Shop shop;
};

TEST_P(Administration, EventsAreNumberedWithoutGapsWhateverIsUndone) {
    store().set_occasion({at(10), "tester"});
    happen(app::EventType::tax_created, 3);
    store().begin();
    store().add_event(shop.op.id, {app::EventType::price_changed, std::nullopt, 8});
    store().rollback();
    reopen();
    store().set_occasion({at(20), "other"});
    happen(app::EventType::product_created, 2);
    EXPECT_EQ(sequences(), (std::vector<std::int64_t>{1, 2, 3, 4, 5}));
    EXPECT_EQ(sequences({.after = 2, .limit = 2}), (std::vector<std::int64_t>{3, 4}));
    EXPECT_EQ(sequences({.type = app::EventType::product_created}), (std::vector<std::int64_t>{4, 5}));
    const auto first = store().events(shop.op.id, {}).front();
    EXPECT_EQ(first.actor, "tester");
    EXPECT_EQ(first.at, at(10));
    EXPECT_EQ(first.object, 7);
}

TEST_P(Administration, EventsOfEachOperatorCountForThemselves) {
    Shop other;
    other.op.code = "other";
    other.op.id = customers::OperatorId{shop.op.id.value() + 1};
    written([&] { store().add(other.op); });
    happen(app::EventType::tax_created, 2);
    written([&] { store().add_event(other.op.id, {app::EventType::tax_created, std::nullopt, 1}); });
    EXPECT_EQ(store().events(other.op.id, {}).size(), 1U);
    EXPECT_EQ(store().events(other.op.id, {}).front().sequence, 1);
    EXPECT_EQ(sequences(), (std::vector<std::int64_t>{1, 2}));
}

TEST_P(Administration, AnAnswerIsKeptUnderItsKeyOfItsOperatorUntilItIsOld) {
    const auto hash = connect::sha256_hasher()->of("request");
    written([&] {
        store().keep(shop.op.id, "k1", {hash, 201, "Location: /x\n", "body"}, at(100));
        store().keep(std::nullopt, "k1", {hash, 202, "", "platform"}, at(200));
    });
    reopen();
    const auto kept = store().find_answer(shop.op.id, "k1");
    ASSERT_TRUE(kept.has_value());
    EXPECT_EQ(kept->request, hash);
    EXPECT_EQ(kept->status, 201);
    EXPECT_EQ(kept->headers, "Location: /x\n");
    EXPECT_EQ(kept->body, "body");
    EXPECT_EQ(store().find_answer(std::nullopt, "k1")->body, "platform");
    EXPECT_FALSE(store().find_answer(shop.op.id, "k2").has_value());
    written([&] { EXPECT_EQ(store().forget_answers_before(at(150), 10), 1); });
    EXPECT_FALSE(store().find_answer(shop.op.id, "k1").has_value());
    EXPECT_TRUE(store().find_answer(std::nullopt, "k1").has_value());
}

TEST_P(Administration, AnApiKeyComesBackAsItWasMadeAndIsRevokedOnce) {
    const app::ApiKey key{.id = app::ApiKeyId{5},
                          .op = shop.op.id,
                          .name = "till",
                          .role = app::Role::clerk,
                          .secret_hash = connect::sha256_hasher()->of("secret"),
                          .created_at = at(1),
                          .created_by = "owner"};
    written([&] { store().add(key); });
    written([&] { store().revoke(key.id, at(2)); });
    written([&] { store().revoke(key.id, at(3)); });
    reopen();
    const auto keys = store().api_keys();
    ASSERT_EQ(keys.size(), 1U);
    EXPECT_EQ(keys[0].op, shop.op.id);
    EXPECT_EQ(keys[0].name, "till");
    EXPECT_EQ(keys[0].role, app::Role::clerk);
    EXPECT_EQ(keys[0].secret_hash, key.secret_hash);
    EXPECT_EQ(keys[0].revoked_at, at(2));
}

TEST_P(Administration, LongWorkIsFoundWhileItIsUnfinished) {
    app::Job job{.id = app::JobId{1},
                 .op = shop.op.id,
                 .kind = app::JobKind::bill_run,
                 .request = "{}",
                 .actor = "key",
                 .requested_at = at(1)};
    app::Job other = job;
    other.id = app::JobId{2};
    written([&] {
        store().add(job);
        store().add(other);
    });
    job.state = app::JobState::finished;
    job.progress = R"({"documents":3})";
    job.finished_at = at(5);
    written([&] { store().update(job); });
    reopen();
    const auto unfinished = store().unfinished_jobs();
    ASSERT_EQ(unfinished.size(), 1U);
    EXPECT_EQ(unfinished[0].id, other.id);
    const auto found = store().find_job(job.id);
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->state, app::JobState::finished);
    EXPECT_EQ(found->progress, job.progress);
    EXPECT_EQ(found->finished_at, at(5));
    EXPECT_EQ(store().jobs(shop.op.id, app::JobKind::bill_run, std::nullopt, 10).size(), 2U);
    EXPECT_EQ(store().jobs(shop.op.id, app::JobKind::bill_run, app::JobId{2}, 10).front().id, job.id);
    EXPECT_TRUE(store().jobs(shop.op.id, app::JobKind::import, std::nullopt, 10).empty());
}

TEST_P(Administration, ARevisionThatWasUndoneIsNeverGivenAgain) {
    const auto before = store().revision(shop.op.id);
    auto op = store().operators().front();
    op.name = "Another name";
    store().begin();
    store().update(op);
    const auto undone = store().revision(shop.op.id);
    store().rollback();
    EXPECT_EQ(store().revision(shop.op.id), before);
    op.name = "A third name";
    written([&] { store().update(op); });
    EXPECT_NE(undone, before);
    EXPECT_NE(store().revision(shop.op.id), before);
    EXPECT_NE(store().revision(shop.op.id), undone);
}

SLUICE_ON_EACH_STORE(Administration);

}  // namespace
}  // namespace sluice::contract
