// Webhooks as the store keeps them: events become deliveries once, and each is sent by one at a time.
#include "app/commands.hpp"
#include "app/ports/webhook_store.hpp"
#include "app/webhooks.hpp"
#include "connect/crypto/sha256_hasher.hpp"
#include "contract/store_home.hpp"
#include "serve/outbox/webhook_sending.hpp"

namespace sluice::contract {
namespace {

using app::DeliveryState;
using support::Shop;

Instant at(std::int64_t seconds) { return Instant{std::chrono::seconds{seconds}}; }

class WebhooksInStore : public Contract {
protected:
    WebhooksInStore() {
        found(shop);
        written([&] { store().webhooks().add(endpoint()); });
    }
    app::WebhookEndpoint endpoint(std::int64_t id = 5) {
        return {.id = app::WebhookEndpointId{id},
                .op = shop.op.id,
                .url = "https://crm.example.com/",
                .description = "CRM",
                .event_types = {"subscriber.created", "subscriber.updated"},
                .sealed_secret = "sealed",
                .read_through = store().webhooks().last_event(shop.op.id),
                .created_at = at(1)};
    }
    void happen(app::EventType type, int times) {
        written([&] {
            for (int i = 0; i < times; ++i) store().add_event(shop.op.id, {type, std::nullopt, 1});
        });
    }
    bool read(std::int64_t limit = 100) {
        bool more = false;
        written([&] { more = serve::read_events(store(), shop.ids, app::WebhookEndpointId{5}, at(10), limit); });
        return more;
    }
    std::vector<app::DueDelivery> claim(app::Store& from, std::int64_t now, std::int64_t limit = 100) {
        app::Transaction transaction(from);
        auto due = from.webhooks().claim(app::WebhookEndpointId{5}, shop.ids.next<app::ClaimId>(), at(now),
                                         at(now + 60), limit);
        transaction.commit();
        return due;
    }
    std::vector<app::WebhookDelivery> all() { return store().webhooks().deliveries(shop.op.id, {.limit = 1'000}); }
    void record(app::WebhookDelivery delivery, const std::string& reason, std::int64_t now) {
        const app::WebhookAttempt attempt{.number = 0,
                                          .at = at(now),
                                          .took_us = 7,
                                          .status = reason.empty() ? 200 : 500,
                                          .answer = "ok",
                                          .reason = reason};
        app::conclude(delivery, attempt, at(now));
        written([&] { store().webhooks().record(delivery, attempt); });
    }

    Shop shop;
};

TEST_P(WebhooksInStore, KeepsEndpointsAsTheyAre) {
    reopen();
    auto kept = store().webhooks().endpoints(shop.op.id);
    ASSERT_EQ(kept.size(), 1U);
    EXPECT_EQ(kept[0].url, "https://crm.example.com/");
    EXPECT_EQ(kept[0].event_types, (std::vector<std::string>{"subscriber.created", "subscriber.updated"}));
    EXPECT_TRUE(kept[0].is_enabled);
    kept[0].sealed_old_secret = "old";
    kept[0].old_secret_until = at(9);
    kept[0].event_types.clear();
    kept[0].is_enabled = false;
    written([&] { store().webhooks().update(kept[0]); });
    const auto found = store().webhooks().find_endpoint(kept[0].id);
    EXPECT_EQ(found->old_secret_until, at(9));
    EXPECT_TRUE(found->event_types.empty());
    EXPECT_FALSE(found->is_enabled);
    EXPECT_TRUE(store().webhooks().endpoints_behind().empty()) << "one that is not enabled waits";
    kept[0].removed_at = at(11);
    written([&] { store().webhooks().update(kept[0]); });
    EXPECT_TRUE(store().webhooks().endpoints(shop.op.id).empty());
}

TEST_P(WebhooksInStore, EventsBecomeDeliveriesOnceInSteps) {
    happen(app::EventType::subscriber_created, 3);
    happen(app::EventType::document_issued, 2);
    happen(app::EventType::subscriber_updated, 2);
    EXPECT_EQ(store().webhooks().endpoints_behind().size(), 1U);
    EXPECT_TRUE(read(3));
    EXPECT_TRUE(read(3));
    EXPECT_FALSE(read(3));
    EXPECT_FALSE(read(3));
    EXPECT_TRUE(store().webhooks().endpoints_behind().empty());
    ASSERT_EQ(all().size(), 5U) << "of what it has asked for";
    EXPECT_EQ(all().front().event_type, "subscriber.updated");
    EXPECT_EQ(all().front().event, store().webhooks().last_event(shop.op.id));
    EXPECT_EQ(store().webhooks().count_waiting(), 5);
}

TEST_P(WebhooksInStore, OneThatIsClaimedIsNobodyElsesUntilTheClaimEnds) {
    happen(app::EventType::subscriber_created, 3);
    read();
    EXPECT_EQ(store().webhooks().endpoints_due(at(10)).size(), 1U);
    EXPECT_EQ(claim(store(), 10, 2).size(), 2U);
    EXPECT_EQ(claim(store(), 11).size(), 1U);
    EXPECT_TRUE(store().webhooks().endpoints_due(at(12)).empty());
    EXPECT_TRUE(claim(store(), 12).empty());
    EXPECT_EQ(claim(store(), 71).size(), 3U) << "whoever had them is gone";
    written([&] { store().webhooks().release(std::nullopt); });
    const auto due = claim(store(), 72);
    ASSERT_EQ(due.size(), 3U);
    EXPECT_EQ(due[0].event->sequence, *due[0].delivery.event);
    EXPECT_EQ(due[0].event->actor, "sluice");
}

TEST_P(WebhooksInStore, TwoServersShareWhatIsDue) {
    if (!home->is_shared()) GTEST_SKIP() << "one process alone";
    happen(app::EventType::subscriber_created, 4);
    read();
    const auto other = home->open();
    app::Transaction mine(store());
    const auto first = store().webhooks().claim(app::WebhookEndpointId{5}, app::ClaimId{1}, at(10), at(70), 2);
    const auto theirs = claim(*other, 10);  // waits for nobody
    mine.commit();
    ASSERT_EQ(first.size(), 2U);
    ASSERT_EQ(theirs.size(), 2U);
    for (const auto& one : first)
        for (const auto& two : theirs) EXPECT_NE(one.delivery.id, two.delivery.id);
}

TEST_P(WebhooksInStore, AttemptsAreInTheLog) {
    happen(app::EventType::subscriber_created, 1);
    read();
    record(claim(store(), 10)[0].delivery, "answered 500", 11);
    EXPECT_TRUE(store().webhooks().endpoints_due(at(20)).empty());
    EXPECT_EQ(store().webhooks().endpoints_due(at(21)).size(), 1U) << "after ten seconds";
    record(claim(store(), 21)[0].delivery, "", 22);
    const auto delivery = all().front();
    EXPECT_EQ(delivery.state, DeliveryState::delivered);
    EXPECT_EQ(delivery.attempts, 2);
    const auto log = store().webhooks().attempts(delivery);
    ASSERT_EQ(log.size(), 2U);
    EXPECT_EQ(log[0].reason, "answered 500");
    EXPECT_EQ(log[1].number, 2);
    EXPECT_EQ(log[1].status, 200);
    EXPECT_EQ(log[1].answer, "ok");
}

TEST_P(WebhooksInStore, AFailureThatComesAfterTheSuccessOfAnotherServerChangesNothing) {
    happen(app::EventType::subscriber_created, 1);
    read();
    const auto sent_twice = claim(store(), 10)[0].delivery;
    record(sent_twice, "", 11);
    record(sent_twice, "answered 500", 12);
    EXPECT_EQ(all().front().state, DeliveryState::delivered);
    EXPECT_EQ(store().webhooks().attempts(sent_twice).size(), 2U);
}

TEST_P(WebhooksInStore, WhatIsSentAgainKeepsItsId) {
    happen(app::EventType::subscriber_created, 2);
    read();
    const auto due = claim(store(), 10);
    for (const auto& one : due) record(one.delivery, "", 11);
    auto again = *store().webhooks().find_endpoint(app::WebhookEndpointId{5});
    again.read_through = 0;
    written([&] { store().webhooks().update(again); });
    read();
    const auto repeated = claim(store(), 12);
    ASSERT_EQ(repeated.size(), 2U);
    EXPECT_EQ(repeated[0].delivery.id, due[0].delivery.id);
    record(repeated[0].delivery, "", 13);
    written([&] { store().webhooks().send_again(repeated[0].delivery, at(14)); });
    EXPECT_EQ(claim(store(), 14)[0].delivery.id, due[0].delivery.id);
}

TEST_P(WebhooksInStore, WhatHasEndedIsForgottenInSteps) {
    happen(app::EventType::subscriber_created, 3);
    read();
    const auto due = claim(store(), 10);
    record(due[0].delivery, "", 11);
    record(due[1].delivery, "", 12);
    std::int64_t forgotten = -1;
    written([&] { forgotten = store().webhooks().forget_before(at(100), 1); });
    EXPECT_EQ(forgotten, 1);
    written([&] { forgotten = store().webhooks().forget_before(at(100), 10); });
    EXPECT_EQ(forgotten, 1);
    EXPECT_EQ(all().size(), 1U) << "what waits is never forgotten";
    record(due[0].delivery, "answered late", 101);  // nobody knows it any more
    EXPECT_EQ(all().size(), 1U);
}

SLUICE_ON_EACH_STORE(WebhooksInStore);

}  // namespace
}  // namespace sluice::contract
