#include "api/world.hpp"

namespace sluice::test {
namespace {

void must_be_made(const Reply& reply) { EXPECT_EQ(reply.status, 201) << reply.body; }

}  // namespace

Client make_operator(const Client& platform, const std::string& code) {
    auto asking = platform.again();
    must_be_made(asking.post("/api/v1/operators", R"({"code": ")" + code + R"(", "name": "Operator )" + code +
                                                      R"(", "currency": "USD", "time_zone": "UTC",
                                                      "billing": {"model": "cycle", "invoicing": "merged"}})"));
    return platform.for_operator(code);
}

void make_catalog(Client& op) {
    must_be_made(op.post("/api/v1/taxes", R"({"code": "vat", "rate": "10"})"));
    const auto service = [&](const std::string& code, const std::string& price, const std::string& timing) {
        must_be_made(op.post("/api/v1/services", R"({"code": ")" + code +
                                                     R"(", "kind": "internet", "period": "1 month", "taxes": ["vat"],
                                                     "timing": ")" +
                                                     timing + R"(", "price": )" + money(price) + "}"));
    };
    service("net", "40.00", "advance");
    service("fast", "70.00", "advance");
    service("metered", "30.00", "arrears");
    must_be_made(op.post("/api/v1/add-ons",
                         R"({"code": "ip", "mode": "recurring", "taxes": ["vat"], "price": )" + money("5.00") + "}"));
    must_be_made(op.post("/api/v1/add-ons", R"({"code": "install", "mode": "installments", "installments": 3,
                                                "taxes": ["vat"], "price": )" +
                                                money("60.00") + "}"));
    must_be_made(op.post("/api/v1/cpes",
                         R"({"code": "router", "mode": "once", "taxes": ["vat"], "price": )" + money("99.00") + "}"));
}

void make_subscriber(Client& op, const std::string& code) {
    must_be_made(
        op.post("/api/v1/subscribers", R"({"code": ")" + code + R"(", "contact": "Contact )" + code + R"("})"));
}

std::string sub_service_path(const std::string& subscriber, const std::string& code) {
    return "/api/v1/subscribers/" + subscriber + "/sub-services/" + code;
}

void sell_net(Client& op, const std::string& subscriber, const std::string& code, const std::string& date) {
    must_be_made(
        op.post("/api/v1/subscribers/" + subscriber + "/sub-services",
                R"({"code": ")" + code + R"(", "service": "net", "activate": true, "date": ")" + date + R"("})"));
}

std::string make_key(Client& op, const std::string& role) {
    const auto made = op.post("/api/v1/api-keys", R"({"name": "a )" + role + R"(", "role": ")" + role + R"("})");
    must_be_made(made);
    return made.text("/key");
}

void expect_sound_books(Client& op) {
    const auto started = op.post("/api/v1/verifications");
    ASSERT_EQ(started.status, 202) << started.body;
    const auto verified = op.wait_for(started.header("Location"));
    EXPECT_EQ(verified.text("/state"), "finished") << verified.body;
    EXPECT_TRUE(verified.is_true("/sound")) << verified.body;
}

}  // namespace sluice::test
