// Many commands in one request: each for itself, or all or none.
#include "api/world.hpp"

namespace sluice::test {
namespace {

class ManyCommands : public OverHttp {
protected:
    void SetUp() override { make_catalog(op_); }
    Client op_ = make_operator(platform(), "op");
};

const std::string one_is_refused = R"("commands": [
    {"command": "create_subscriber", "code": "a", "contact": "A"},
    {"command": "create_subscriber", "code": "a", "contact": "A again"},
    {"command": "create_unit", "subscriber": "a", "code": "u", "name": "U"}])";

TEST_F(ManyCommands, EachStandsForItself) {
    const auto reply = op_.post("/api/v1/commands", "{" + one_is_refused + "}");
    ASSERT_EQ(reply.status, 200) << reply.body;
    EXPECT_EQ(reply.text("/done"), "2");
    EXPECT_EQ(reply.text("/refused"), "1");
    EXPECT_EQ(reply.text("/results/1/code"), "code_taken");
    EXPECT_EQ(op_.get("/api/v1/subscribers/a").text("/contact"), "A");
    EXPECT_EQ(op_.get("/api/v1/subscribers/a/units/u").status, 200);
}

TEST_F(ManyCommands, AllOrNothingLeavesNothingBehind) {
    const auto reply = op_.post("/api/v1/commands", R"({"all_or_nothing": true, )" + one_is_refused + "}");
    ASSERT_EQ(reply.status, 200) << reply.body;
    EXPECT_EQ(reply.text("/done"), "0");
    for (const auto* status : {"/results/0/status", "/results/2/status"}) EXPECT_EQ(reply.text(status), "not_run");
    EXPECT_EQ(reply.text("/results/1/status"), "refused");
    EXPECT_EQ(op_.get("/api/v1/subscribers/a").status, 404);
    EXPECT_EQ(op_.get("/api/v1/events?subscriber=a").status, 400) << "nobody of that name";
    const auto good = op_.post("/api/v1/commands", R"({"all_or_nothing": true, "commands": [
        {"command": "create_subscriber", "code": "a", "contact": "A"}]})");
    EXPECT_EQ(good.text("/done"), "1");
    EXPECT_EQ(op_.get("/api/v1/subscribers/a").status, 200);
}

TEST_F(ManyCommands, EveryCommandHasItsPlace) {
    const auto reply = op_.post("/api/v1/commands", R"({"all_or_nothing": true, "commands": [
        {"command": "create_subscriber", "code": "a", "contact": "A", "date": "2026-01-10"},
        {"command": "create_unit", "subscriber": "a", "code": "u", "name": "U", "date": "2026-01-10"},
        {"command": "add_sub_service", "subscriber": "a", "code": "net", "service": "net", "unit": "u", "date": "2026-01-10",
         "add_ons": [{"code": "ip"}], "cpes": [{"code": "router", "serial": "R"}]},
        {"command": "activate", "sub_service": "a/net", "date": "2026-01-10"},
        {"command": "exhaust_data", "sub_service": "a/net", "date": "2026-01-11"},
        {"command": "restore_data", "sub_service": "a/net", "date": "2026-01-12"},
        {"command": "suspend", "sub_service": "a/net", "date": "2026-01-13", "reason": "holiday"},
        {"command": "resume", "sub_service": "a/net", "date": "2026-01-14"},
        {"command": "remove_add_on", "sub_service": "a/net", "date": "2026-01-15", "add_on": "ip", "credit": true},
        {"command": "add_add_on", "sub_service": "a/net", "date": "2026-01-15", "add_on": "install"},
        {"command": "return_cpe", "sub_service": "a/net", "date": "2026-01-15", "serial": "R"},
        {"command": "attach_cpe", "sub_service": "a/net", "date": "2026-01-15", "cpe": "router", "serial": "R"},
        {"command": "change_price", "service": "net", "price": {"amount": "44.00", "currency": "USD"}, "date": "2026-01-16"},
        {"command": "move_to_current_price", "sub_service": "a/net", "date": "2026-01-16"},
        {"command": "change_service", "sub_service": "a/net", "service": "fast", "date": "2026-01-17"},
        {"command": "import_sub_service", "subscriber": "a", "code": "old", "service": "net", "status": "active",
         "activated_on": "2025-12-01", "charged_to": "2026-02-01", "date": "2026-01-17"},
        {"command": "record_payment", "subscriber": "a", "amount": {"amount": "10.00", "currency": "USD"}, "date": "2026-01-17"},
        {"command": "cancel", "sub_service": "a/net", "at": "now", "date": "2026-01-18"}]})");
    ASSERT_EQ(reply.status, 200) << reply.body;
    EXPECT_EQ(reply.text("/done"), "18") << reply.body;
    EXPECT_EQ(op_.get(sub_service_path("a", "net")).text("/status"), "cancelled");
    EXPECT_EQ(op_.get("/api/v1/services/net").text("/price/amount"), "44.00");
    EXPECT_EQ(op_.get("/api/v1/subscribers/a").text("/balance/amount"), "10.00");
    op_.bill("2026-03-31");
    expect_sound_books(op_);
}

TEST_F(ManyCommands, APriceIsTheOwnersAlsoAmongOtherCommands) {
    auto clerk = op_.with_key(make_key(op_, "clerk"));
    const auto body = R"({"commands": [
        {"command": "create_subscriber", "code": "a", "contact": "A"},
        {"command": "change_price", "service": "net", "price": {"amount": "1.00", "currency": "USD"}}]})";
    const auto reply = clerk.post("/api/v1/commands", body);
    ASSERT_EQ(reply.status, 200) << reply.body;
    EXPECT_EQ(reply.text("/results/0/status"), "done");
    EXPECT_EQ(reply.text("/results/1/code"), "not_allowed");
    EXPECT_EQ(op_.get("/api/v1/services/net").text("/price/amount"), "40.00");
    EXPECT_GE(clerk.post("/api/v1/commands?preview=true", body).status, 400);
    EXPECT_EQ(op_.post("/api/v1/commands", R"({"commands": [{"command": "change_price", "service": "net",
              "price": {"amount": "1.00", "currency": "USD"}}]})")
                  .text("/done"),
              "1");
    // The next command of the same request and the next request sell at the new price.
    make_subscriber(op_, "b");
    sell_net(op_, "b", "net", op_.get("/api/v1/services/net/prices").text("/items/1/valid_from"));
    EXPECT_EQ(op_.get(sub_service_path("b", "net")).text("/items/0/price/amount"), "1.00");
}

TEST_F(ManyCommands, APriceThatWasUndoneIsForgotten) {
    const auto reply = op_.post("/api/v1/commands", R"({"all_or_nothing": true, "commands": [
        {"command": "change_price", "service": "net", "price": {"amount": "1.00", "currency": "USD"}, "date": "2026-01-01"},
        {"command": "create_subscriber", "code": "a"}]})");
    EXPECT_EQ(reply.text("/done"), "0") << reply.body;
    op_.post("/api/v1/commands?preview=true", R"({"commands": [
        {"command": "change_price", "service": "net", "price": {"amount": "2.00", "currency": "USD"}, "date": "2026-01-01"}]})");
    make_subscriber(op_, "b");
    sell_net(op_, "b", "net", "2026-01-10");
    EXPECT_EQ(op_.get(sub_service_path("b", "net")).text("/items/0/price/amount"), "40.00");
    EXPECT_EQ(op_.get("/api/v1/services/net").text("/price_versions"), "1");
}

TEST_F(ManyCommands, APreviewListsAllThatWouldBeRefusedBesideWhatTheOthersWouldCharge) {
    for (const char* code : {"a", "b"}) {
        make_subscriber(op_, code);
        op_.post(std::string("/api/v1/subscribers/") + code + "/sub-services",
                 R"({"code": "net", "service": "net", "date": "2026-01-10"})");
    }
    op_.post(sub_service_path("b", "net") + "/activate", R"({"date": "2026-01-10"})");
    const std::string body = R"({"commands": [
        {"command": "activate", "sub_service": "a/net", "date": "2026-01-10"},
        {"command": "activate", "sub_service": "b/net", "date": "2026-01-10"},
        {"command": "activate", "sub_service": "a/none", "date": "2026-01-10"}]})";
    EXPECT_EQ(op_.post("/api/v1/commands?preview=true", body).code(), "already_active");
    const auto reply = op_.post("/api/v1/commands?preview=true&list_refused=true", body);
    ASSERT_EQ(reply.status, 200) << reply.body;
    EXPECT_EQ(reply.text("/refused/0/index"), "1");
    EXPECT_EQ(reply.text("/refused/0/code"), "already_active");
    EXPECT_EQ(reply.text("/refused/1/code"), "unknown_sub_service");
    EXPECT_EQ(reply.text("/charges/0/billing_date"), "2026-01-10");
    EXPECT_EQ(op_.get(sub_service_path("a", "net")).text("/status"), "inactive") << "nothing is kept";
}

TEST_F(ManyCommands, AMalformedOneRefusesTheWholeRequest) {
    const auto reply = op_.ask({"POST",
                                "/api/v1/commands",
                                {},
                                R"({"commands": [
        {"command": "create_subscriber", "code": "a", "contact": "A"}, {"command": "activate"}]})",
                                false});
    EXPECT_EQ(reply.status, 400);
    EXPECT_EQ(reply.text("/errors/0/field"), "commands[1].sub_service") << reply.body;
    EXPECT_EQ(op_.get("/api/v1/subscribers/a").status, 404);
    const auto future = op_.post("/api/v1/commands", R"({"commands": [
        {"command": "create_subscriber", "code": "a", "contact": "A"},
        {"command": "create_subscriber", "code": "b", "contact": "B", "date": "2999-01-01"}]})");
    EXPECT_EQ(future.code(), "date_in_the_future") << future.body;
    EXPECT_EQ(op_.get("/api/v1/subscribers/a").status, 404);
    const auto two_products =
        op_.post("/api/v1/commands", R"({"commands": [{"command": "change_price", "service": "net",
        "add_on": "ip", "price": {"amount": "1.00", "currency": "USD"}}]})");
    EXPECT_EQ(two_products.status, 400) << two_products.body;
}

TEST_F(ManyCommands, AThousandAreCarriedOutInASecondOrSo) {
    std::string commands;
    for (int i = 0; i < 1'000; ++i)
        commands += std::string(i ? "," : "") + R"({"command": "create_subscriber", "code": "s)" + std::to_string(i) +
                    R"(", "contact": "S"})";
    const auto reply = op_.post("/api/v1/commands", R"({"commands": [)" + commands + "]}");
    EXPECT_EQ(reply.text("/done"), "1000");
    EXPECT_EQ(op_.all("/api/v1/subscribers").size(), 1'000U);
    const auto too_many = R"({"commands": [)" + commands + "," + R"({"command": "create_subscriber", "code": "x"}]})";
    EXPECT_EQ(op_.ask({"POST", "/api/v1/commands", {}, too_many, false}).status, 400);
}

}  // namespace
}  // namespace sluice::test
