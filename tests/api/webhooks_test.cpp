// Webhooks from the event to the receiver: signed, retried, in a log, sent again.
#include "app/webhooks.hpp"
#include "api/webhook_receiver.hpp"
#include "api/world.hpp"
#include "connect/crypto/sha256_hasher.hpp"

namespace sluice::test {
namespace {

namespace json = boost::json;

const std::string endpoints = "/api/v1/webhook-endpoints";
const std::string deliveries = "/api/v1/webhook-deliveries";

class Webhooks : private PrivateWebhooksAllowed, public OverHttp {
protected:
    Reply tell(const std::string& url, const std::string& more = "") {
        auto made = op_.post(endpoints, R"({"url": ")" + url + "\"" + more + "}");
        EXPECT_EQ(made.status, 201) << made.body;
        return made;
    }
    Reply wait_for_state(const std::string& delivery, const std::string& state) {
        Reply reply;
        for (int tries = 0; tries < 400; ++tries) {
            reply = op_.get(deliveries + "/" + delivery);
            if (reply.text("/state") == state) break;
            std::this_thread::sleep_for(std::chrono::milliseconds(25));
        }
        return reply;
    }
    std::string signature_of(const WebhookReceiver::Request& request, const std::string& secret) const {
        return app::webhook_signature(*connect::sha256_hasher(), secret, request.header("webhook-id"),
                                      request.header("webhook-timestamp"), request.body);
    }

    WebhookReceiver receiver_;
    Client op_ = make_operator(platform(), "op");
};

TEST_F(Webhooks, AnEventIsSentAsTheApiTellsIt) {
    const auto made = tell(receiver_.url(), R"(, "event_types": ["subscriber.created"])");
    make_subscriber(op_, "ann");
    ASSERT_TRUE(receiver_.wait_for(1));
    const auto request = receiver_.requests().front();
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.header("Content-Type"), "application/json");
    EXPECT_EQ(request.header("webhook-signature"), signature_of(request, made.text("/secret")));
    const auto event = op_.get("/api/v1/events?type=subscriber.created").list()[0];
    EXPECT_EQ(json::parse(request.body), event);
    const auto delivery = wait_for_state(std::string(request.header("webhook-id")), "delivered");
    EXPECT_EQ(delivery.text("/event_type"), "subscriber.created");
    EXPECT_EQ(delivery.text("/body"), request.body);
    ASSERT_EQ(delivery.list("/log").size(), 1U);
    EXPECT_EQ(delivery.number("/log/0/status"), 200);
    EXPECT_EQ(delivery.text("/log/0/answer"), "thanks");
    EXPECT_EQ(op_.get(deliveries + "?state=delivered&endpoint=" + made.text("/id")).list().size(), 1U);
    EXPECT_NE(Client(op_.port(), "").get("/metrics").body.find("sluice_webhooks_delivered_total 1"), std::string::npos);
}

TEST_F(Webhooks, ASecretIsShownOnce) {
    const Headers key{{"Idempotency-Key", "once"}};
    const std::string body = R"({"url": ")" + receiver_.url() + "\"}";
    const auto made = op_.post(endpoints, body, key);
    EXPECT_TRUE(made.text("/secret").starts_with("whsec_"));
    EXPECT_TRUE(op_.post(endpoints, body, key).is_null("/secret"));
    const auto shown = op_.get(made.header("Location"));
    EXPECT_EQ(shown.status, 200);
    EXPECT_EQ(shown.body.find("whsec_"), std::string::npos);
}

TEST_F(Webhooks, WhatFailsIsTriedAgainUnderItsId) {
    receiver_.answer_with([](std::size_t before) { return before == 0 ? 500 : 200; });
    tell(receiver_.url(), R"(, "event_types": ["subscriber.created"])");
    make_subscriber(op_, "ann");
    ASSERT_TRUE(receiver_.wait_for(1));
    const auto id = std::string(receiver_.requests()[0].header("webhook-id"));
    const auto waits = wait_for_state(id, "waiting");
    ASSERT_TRUE(receiver_.wait_for(2)) << "after ten seconds";
    const auto again = receiver_.requests()[1];
    EXPECT_EQ(again.header("webhook-id"), id);
    EXPECT_EQ(again.body, receiver_.requests()[0].body);
    const auto delivery = wait_for_state(id, "delivered");
    EXPECT_EQ(delivery.number("/attempts"), 2);
    EXPECT_EQ(delivery.text("/log/0/reason"), "answered 500");
}

TEST_F(Webhooks, WhoDoesNotAnswerHoldsUpNobodyElse) {
    WebhookReceiver silent;
    silent.answer_with([](std::size_t) { return std::optional<int>(); });
    tell(silent.url());
    tell("http://127.0.0.1:1/nobody");
    tell(receiver_.url(), R"(, "event_types": ["subscriber.created"])");
    for (int i = 0; i < 200; ++i) make_subscriber(op_, "s" + std::to_string(i));
    ASSERT_TRUE(receiver_.wait_for(200, std::chrono::seconds(10)));
    ASSERT_TRUE(silent.wait_for(1));
    const auto failed = op_.get(deliveries + "?state=waiting");
    EXPECT_GE(failed.list().size(), 1U);
}

TEST_F(Webhooks, OneOrAllAreSentAgain) {
    const auto made = tell(receiver_.url(), R"(, "event_types": ["subscriber.created"])");
    for (const auto* code : {"a", "b", "c"}) make_subscriber(op_, code);
    ASSERT_TRUE(receiver_.wait_for(3));
    const auto id = std::string(receiver_.requests()[1].header("webhook-id"));
    wait_for_state(id, "delivered");
    EXPECT_EQ(op_.post(deliveries + "/" + id + "/replay").status, 200);
    ASSERT_TRUE(receiver_.wait_for(4));
    EXPECT_EQ(receiver_.requests()[3].header("webhook-id"), id);
    EXPECT_EQ(op_.post(made.header("Location") + "/replay", R"({"after": 0})").status, 200);
    ASSERT_TRUE(receiver_.wait_for(7));
    EXPECT_EQ(receiver_.taken().size(), 3U) << "by their ids they are the same";
    const auto none = op_.post(made.header("Location") + "/replay", R"({"from": "2999-01-01"})");
    EXPECT_GE(none.number("/read_through"), 3);
    EXPECT_EQ(op_.post(made.header("Location") + "/replay", R"({"from": "2020-01-01"})").number("/read_through"), 0);
    ASSERT_TRUE(receiver_.wait_for(10));
    EXPECT_EQ(op_.post(made.header("Location") + "/replay", "{}").status, 400);
}

TEST_F(Webhooks, ATestIsSentAndSignedByBothSecretsWhileOneIsReplaced) {
    const auto made = tell(receiver_.url());
    ASSERT_TRUE(receiver_.wait_for(1)) << "of its own creation";
    const auto rotated = op_.post(made.header("Location") + "/rotate-secret");
    ASSERT_EQ(rotated.status, 200) << rotated.body;
    EXPECT_NE(rotated.text("/secret"), made.text("/secret"));
    ASSERT_TRUE(receiver_.wait_for(2));
    const auto test = op_.post(made.header("Location") + "/test");
    ASSERT_EQ(test.status, 201) << test.body;
    ASSERT_TRUE(receiver_.wait_for(3));
    const auto request = receiver_.requests()[2];
    EXPECT_EQ(request.header("webhook-id"), test.text("/id"));
    EXPECT_EQ(request.header("webhook-signature"),
              signature_of(request, rotated.text("/secret")) + " " + signature_of(request, made.text("/secret")));
    EXPECT_EQ(wait_for_state(test.text("/id"), "delivered").text("/event_type"), "webhook.test");
}

TEST_F(Webhooks, OneThatIsNotEnabledIsToldLaterAndOneThatIsRemovedNever) {
    const auto made = tell(receiver_.url(), R"(, "event_types": ["subscriber.created"], "enabled": false)");
    make_subscriber(op_, "ann");
    EXPECT_FALSE(receiver_.wait_for(1, std::chrono::seconds(2)));
    EXPECT_EQ(op_.patch(made.header("Location"), R"({"enabled": true})").status, 200);
    ASSERT_TRUE(receiver_.wait_for(1));
    EXPECT_EQ(op_.del(made.header("Location")).status, 204);
    make_subscriber(op_, "bob");
    EXPECT_FALSE(receiver_.wait_for(2, std::chrono::seconds(2)));
    EXPECT_EQ(op_.get(made.header("Location")).status, 404);
    const auto id = std::string(receiver_.requests()[0].header("webhook-id"));
    EXPECT_EQ(op_.post(deliveries + "/" + id + "/replay").code(), "webhook_endpoint_removed");
}

TEST_F(OverHttp, AWebhookNeverLeadsIntoAPrivateNetwork) {
    auto op = make_operator(platform(), "op");
    const auto plain = op.post(endpoints, R"({"url": "http://127.0.0.1:9/"})");
    EXPECT_EQ(plain.status, 400);
    EXPECT_NE(plain.body.find("must begin with https://"), std::string::npos) << plain.body;
    const auto made = op.post(endpoints, R"({"url": "https://localhost:9/", "event_types": ["tax.created"]})");
    ASSERT_EQ(made.status, 201) << made.body;
    const auto test = op.post(made.header("Location") + "/test").text("/id");
    Reply delivery;
    for (int tries = 0; tries < 200 && delivery.number("/attempts") < 1; ++tries) {
        std::this_thread::sleep_for(std::chrono::milliseconds(25));
        delivery = op.get(deliveries + "/" + test);
    }
    EXPECT_NE(delivery.text("/log/0/reason").find("private network"), std::string::npos) << delivery.body;
}

}  // namespace
}  // namespace sluice::test
