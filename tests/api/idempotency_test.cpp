// Requests that are sent again: lost answers, impatient clients, a server that was killed in between.
#include <mutex>
#include <set>
#include <thread>

#include "api/world.hpp"

namespace sluice::test {
namespace {

class Repeating : public OverHttp {
protected:
    Repeating() {
        make_catalog(op_);
        make_subscriber(op_, "anna");
    }
    static std::string payment(const std::string& amount, const std::string& subscriber = "anna") {
        return R"({"subscriber": ")" + subscriber + R"(", "amount": )" + money(amount) + R"(, "method": "bank"})";
    }
    static Headers under(const std::string& key) { return {{"Idempotency-Key", key}}; }
    std::size_t payments() { return op_.all("/api/v1/payments").size(); }

    Client op_ = make_operator(platform(), "op");
};

TEST_F(Repeating, TheSameRequestGetsTheSameAnswerAndNoSecondEffect) {
    const auto first = op_.post("/api/v1/payments", payment("10.00"), under("k1"));
    ASSERT_EQ(first.status, 201) << first.body;
    EXPECT_EQ(first.header("Idempotency-Replayed"), "");
    const auto second = op_.post("/api/v1/payments", payment("10.00"), under("k1"));
    EXPECT_EQ(second.status, 201);
    EXPECT_EQ(second.body, first.body);
    EXPECT_EQ(second.header("Location"), first.header("Location"));
    EXPECT_EQ(second.header("Idempotency-Replayed"), "true");
    EXPECT_EQ(payments(), 1U);
    op_.post("/api/v1/payments", payment("10.00"), under("k2"));
    EXPECT_EQ(payments(), 2U) << "another key is another payment";
}

TEST_F(Repeating, ARefusalIsRepeatedToo) {
    sell_net(op_, "anna", "home", "2026-01-10");
    const auto path = sub_service_path("anna", "home") + "/activate";
    const auto refused = op_.post(path, R"({"date": "2026-01-10"})", under("again"));
    EXPECT_EQ(refused.status, 409);
    EXPECT_EQ(refused.code(), "already_active");
    const auto repeated = op_.post(path, R"({"date": "2026-01-10"})", under("again"));
    EXPECT_EQ(repeated.body, refused.body);
    EXPECT_EQ(repeated.header("Idempotency-Replayed"), "true");
}

TEST_F(Repeating, AnotherRequestUnderTheSameKeyIsRefused) {
    ASSERT_EQ(op_.post("/api/v1/payments", payment("10.00"), under("k")).status, 201);
    for (const auto& other : {payment("11.00"), payment("10.00", "bert")}) {
        const auto refused = op_.post("/api/v1/payments", other, under("k"));
        EXPECT_EQ(refused.status, 422);
        EXPECT_EQ(refused.code(), "idempotency_key_reused");
    }
    const auto elsewhere = op_.post("/api/v1/subscribers", R"({"code": "carl", "contact": "Carl"})", under("k"));
    EXPECT_EQ(elsewhere.code(), "idempotency_key_reused");
    EXPECT_EQ(payments(), 1U);
}

TEST_F(Repeating, ARequestThatIsNotWellFormedUsesNoKey) {
    EXPECT_EQ(op_.ask({"POST", "/api/v1/payments", under("k"), payment("ten"), false}).status, 400);
    EXPECT_EQ(op_.post("/api/v1/payments", payment("10.00"), under("k")).status, 201);
    for (const auto& key : {std::string(), std::string(201, 'k'), std::string("two words"), std::string("\xC3\xA9")})
        EXPECT_EQ(op_.ask({.method = "POST",
                           .target = "/api/v1/payments",
                           .headers = under(key),
                           .body = payment("10.00"),
                           .is_good = false})
                      .status,
                  400)
            << key;
    EXPECT_EQ(payments(), 1U);
}

TEST_F(Repeating, KeysOfEachOperatorAreTheirOwn) {
    auto other = make_operator(platform(), "other");
    make_subscriber(other, "anna");
    ASSERT_EQ(op_.post("/api/v1/payments", payment("10.00"), under("k")).status, 201);
    const auto theirs = other.post("/api/v1/payments", payment("10.00"), under("k"));
    EXPECT_EQ(theirs.status, 201);
    EXPECT_EQ(theirs.header("Idempotency-Replayed"), "");
    EXPECT_EQ(payments(), 1U);
    EXPECT_EQ(other.all("/api/v1/payments").size(), 1U);
}

TEST_F(Repeating, AnAnswerThatWasLostIsGivenAgainAfterTheServerWasKilled) {
    const auto answered = op_.post("/api/v1/payments", payment("10.00"), under("answered"));
    ASSERT_EQ(answered.status, 201);
    const Question lost{
        .method = "POST", .target = "/api/v1/payments", .headers = under("lost"), .body = payment("20.00")};
    op_.ask_and_leave(lost);
    server_.kill();
    server_.start();
    auto again = op_.at_port(server_.port());
    const auto repeated = again.post("/api/v1/payments", payment("10.00"), under("answered"));
    EXPECT_EQ(repeated.body, answered.body);
    EXPECT_EQ(repeated.header("Idempotency-Replayed"), "true");
    EXPECT_EQ(again.ask(lost).status, 201);  // carried out before the kill, or now: once
    EXPECT_EQ(again.all("/api/v1/payments").size(), 2U);
    expect_sound_books(again);
}

TEST_F(Repeating, DuplicatesAtTheSameMomentAreCarriedOutOnce) {
    std::mutex mutex;
    std::set<std::string> answers;
    std::vector<std::thread> clients;
    for (int i = 0; i < 16; ++i)
        clients.emplace_back([&, client = op_.again()]() mutable {
            const auto reply = client.post("/api/v1/payments", payment("10.00"), under("k"));
            const std::lock_guard lock(mutex);
            answers.insert(std::to_string(reply.status) + " " + reply.body);
        });
    for (auto& client : clients) client.join();
    EXPECT_EQ(answers.size(), 1U) << "all got the same answer";
    EXPECT_EQ(answers.begin()->substr(0, 3), "201");
    EXPECT_EQ(payments(), 1U);
}

TEST_F(Repeating, APreviewKeepsNothing) {
    op_.post("/api/v1/subscribers/anna/sub-services", R"({"code": "home", "service": "net", "date": "2026-01-10"})");
    const auto path = sub_service_path("anna", "home") + "/activate";
    const auto body = R"({"date": "2026-01-10"})";
    EXPECT_EQ(op_.post(path + "?preview=true", body, under("k")).text("/object"), "preview");
    EXPECT_EQ(op_.post(path, body, under("k")).text("/status"), "active");
}

}  // namespace
}  // namespace sluice::test
