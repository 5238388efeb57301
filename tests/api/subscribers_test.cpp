// Subscribers and units, as several clerks edit them.
#include <thread>

#include "api/world.hpp"

namespace sluice::test {
namespace {

class Subscribers : public OverHttp {
protected:
    Client op_ = make_operator(platform(), "op");
};

TEST_F(Subscribers, AreCreatedWithWhatIsKnownOfThem) {
    const auto bad = op_.ask({"POST", "/api/v1/subscribers", {}, R"({"code": "bad", "contact": "a\u0007b"})", false});
    EXPECT_EQ(bad.status, 400) << "a control character is no text";
    const auto good = op_.post("/api/v1/subscribers", R"({
        "code": "green", "contact": "Ann \"Quote\" O'Hara <a@b>", "organization": "Zażółć gęślą 緑",
        "country": "US", "region": "Cook", "pop": "p1", "category": "mdu", "billing": {"model": "pro_rata", "cycle_day": 31}})");
    ASSERT_EQ(good.status, 201) << good.body;
    const auto read = op_.get(good.header("Location"));
    EXPECT_EQ(read.json, good.json);
    EXPECT_EQ(read.text("/contact"), "Ann \"Quote\" O'Hara <a@b>");
    EXPECT_EQ(read.text("/name"), "Zażółć gęślą 緑");
    EXPECT_EQ(read.text("/balance/amount"), "0.00");
    EXPECT_EQ(op_.post("/api/v1/subscribers", R"({"code": "green", "contact": "x"})").code(), "code_taken");
    EXPECT_EQ(op_.post("/api/v1/subscribers", R"({"code": "blue"})").code(), "contact_or_organization_needed");
    EXPECT_EQ(op_.post("/api/v1/subscribers", R"({"code": "blue", "contact": ""})").status, 422);
}

TEST_F(Subscribers, APatchChangesWhatItNamesAndNothingElse) {
    ASSERT_EQ(op_.post("/api/v1/subscribers", R"({"code": "a", "contact": "A", "organization": "O", "region": "north",
                                                  "billing": {"model": "pro_rata", "cycle_day": 5}})")
                  .status,
              201);
    const auto emptied = op_.patch("/api/v1/subscribers/a", R"({"contact": "", "pop": "p9"})");
    ASSERT_EQ(emptied.status, 200) << emptied.body;
    EXPECT_EQ(emptied.text("/contact"), "");
    EXPECT_EQ(emptied.text("/organization"), "O");
    EXPECT_EQ(emptied.text("/region"), "north");
    EXPECT_EQ(emptied.text("/pop"), "p9");
    EXPECT_EQ(emptied.text("/billing/cycle_day"), "5");
    const auto nameless = op_.patch("/api/v1/subscribers/a", R"({"organization": ""})");
    EXPECT_EQ(nameless.code(), "contact_or_organization_needed");
    EXPECT_EQ(op_.get("/api/v1/subscribers/a").text("/organization"), "O");
    const auto same = op_.patch("/api/v1/subscribers/a", "{}");
    EXPECT_EQ(same.status, 200);
    EXPECT_EQ(same.header("ETag"), emptied.header("ETag"));
    EXPECT_EQ(op_.patch("/api/v1/subscribers/none", "{}").code(), "unknown_subscriber");
}

TEST_F(Subscribers, TwoClerksDoNotOverwriteEachOther) {
    make_subscriber(op_, "a");
    auto ann = op_.with_key(make_key(op_, "clerk")).for_operator("");
    auto bob = op_.with_key(make_key(op_, "clerk")).for_operator("");
    const auto seen_by_ann = ann.get("/api/v1/subscribers/a");
    const auto seen_by_bob = bob.get("/api/v1/subscribers/a");
    ASSERT_EQ(seen_by_ann.header("ETag"), seen_by_bob.header("ETag"));
    EXPECT_EQ(
        ann.patch("/api/v1/subscribers/a", R"({"region": "north"})", {{"If-Match", seen_by_ann.header("ETag")}}).status,
        200);
    const auto late =
        bob.patch("/api/v1/subscribers/a", R"({"region": "south"})", {{"If-Match", seen_by_bob.header("ETag")}});
    EXPECT_EQ(late.status, 412);
    EXPECT_EQ(bob.get("/api/v1/subscribers/a").text("/region"), "north");
    EXPECT_EQ(bob.patch("/api/v1/subscribers/a", R"({"region": "south"})").status, 200) << "the last one wins";
}

// A payment moves the balance, which is no clerk's to edit: who is editing is not disturbed by it.
TEST_F(Subscribers, APaymentDoesNotChangeWhatIsEdited) {
    make_subscriber(op_, "a");
    const auto before = op_.get("/api/v1/subscribers/a");
    ASSERT_EQ(op_.post("/api/v1/payments", R"({"subscriber": "a", "amount": )" + money("5.00") + "}").status, 201);
    const auto after = op_.get("/api/v1/subscribers/a");
    EXPECT_EQ(after.text("/balance/amount"), "5.00");
    EXPECT_EQ(op_.patch("/api/v1/subscribers/a", R"({"region": "n"})", {{"If-Match", before.header("ETag")}}).status,
              200);
}

TEST_F(Subscribers, WhatIsKnownAlreadyIsNotSentAgain) {
    make_subscriber(op_, "a");
    const auto first = op_.get("/api/v1/subscribers/a");
    const auto again = op_.get("/api/v1/subscribers/a", {{"If-None-Match", first.header("ETag")}});
    EXPECT_EQ(again.status, 304);
    EXPECT_EQ(again.body, "");
    EXPECT_EQ(again.header("ETag"), first.header("ETag"));
    ASSERT_EQ(op_.patch("/api/v1/subscribers/a", R"({"region": "n"})").status, 200);
    const auto changed = op_.get("/api/v1/subscribers/a", {{"If-None-Match", first.header("ETag")}});
    EXPECT_EQ(changed.status, 200);
    EXPECT_EQ(changed.text("/region"), "n");
}

// The balance is part of the answer: a client that has the old one must not be told that nothing has changed.
TEST_F(Subscribers, ANewBalanceIsNotHiddenBehindANotModified) {
    make_subscriber(op_, "a");
    const auto first = op_.get("/api/v1/subscribers/a");
    ASSERT_EQ(op_.post("/api/v1/payments", R"({"subscriber": "a", "amount": )" + money("5.00") + "}").status, 201);
    const auto again = op_.get("/api/v1/subscribers/a", {{"If-None-Match", first.header("ETag")}});
    ASSERT_EQ(again.status, 200);
    EXPECT_EQ(again.text("/balance/amount"), "5.00");
}

TEST_F(Subscribers, UnitsAreTheirs) {
    make_subscriber(op_, "a");
    make_subscriber(op_, "b");
    const auto made = op_.post("/api/v1/subscribers/a/units",
                               R"({"code": "101", "name": "Flat 101", "billing": {"invoicing": "independent"}})");
    ASSERT_EQ(made.status, 201) << made.body;
    EXPECT_EQ(op_.get(made.header("Location")).json, made.json);
    EXPECT_EQ(op_.post("/api/v1/subscribers/a/units", R"({"code": "101", "name": "x"})").code(), "code_taken");
    EXPECT_EQ(op_.post("/api/v1/subscribers/b/units", R"({"code": "101", "name": "x"})").status, 201);
    EXPECT_EQ(op_.post("/api/v1/subscribers/c/units", R"({"code": "101", "name": "x"})").status, 404);
    const auto changed =
        op_.patch("/api/v1/subscribers/a/units/101", R"({"name": "Loft"})", {{"If-Match", made.header("ETag")}});
    ASSERT_EQ(changed.status, 200) << changed.body;
    EXPECT_EQ(changed.text("/name"), "Loft");
    EXPECT_EQ(changed.text("/billing/invoicing"), "independent");
    EXPECT_EQ(
        op_.patch("/api/v1/subscribers/a/units/101", R"({"name": "y"})", {{"If-Match", made.header("ETag")}}).status,
        412);
    EXPECT_EQ(op_.get("/api/v1/subscribers/a/units/101", {{"If-None-Match", changed.header("ETag")}}).status, 304);
    EXPECT_EQ(op_.get("/api/v1/subscribers/a/units/102").code(), "unknown_unit");
    EXPECT_EQ(op_.get("/api/v1/subscribers/b/units/101").text("/name"), "x");
    for (int i = 0; i < 7; ++i)
        op_.post("/api/v1/subscribers/a/units", R"({"code": "u)" + std::to_string(i) + R"(", "name": "u"})");
    EXPECT_EQ(op_.all("/api/v1/subscribers/a/units", 3).size(), 8U);
}

// Each of many clerks adds one to what they have read, and tries again when somebody else was faster.
TEST_F(Subscribers, NoUpdateIsLostUnderIfMatch) {
    ASSERT_EQ(op_.post("/api/v1/subscribers", R"({"code": "a", "contact": "A", "pop": "0"})").status, 201);
    constexpr int clerks = 8;
    constexpr int each = 12;
    std::vector<std::thread> threads;
    for (int clerk = 0; clerk < clerks; ++clerk)
        threads.emplace_back([this] {
            auto client = op_.again();
            for (int done = 0; done < each;) {
                const auto seen = client.get("/api/v1/subscribers/a");
                const auto next = std::to_string(std::stoi(seen.text("/pop")) + 1);
                const auto reply = client.patch("/api/v1/subscribers/a", R"({"pop": ")" + next + R"("})",
                                                {{"If-Match", seen.header("ETag")}});
                if (reply.status == 200) ++done;
            }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(op_.get("/api/v1/subscribers/a").text("/pop"), std::to_string(clerks * each));
}

}  // namespace
}  // namespace sluice::test
