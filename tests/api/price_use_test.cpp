// Who keeps an old price, and for whom other policies would change something: told before it happens.
#include <map>

#include "api/world.hpp"

namespace sluice::test {
namespace {

namespace json = boost::json;

class Effects : public OverHttp {
protected:
    void SetUp() override {
        make_catalog(op_);
        for (const auto* code : {"a", "b", "c"}) {
            make_subscriber(op_, code);
            sell_net(op_, code, "net", "2026-01-10");
        }
        op_.post(sub_service_path("a", "net") + "/add-add-on", R"({"date": "2026-01-10", "add_on": "ip"})");
    }
    Reply change(const std::string& amount) {
        return op_.post("/api/v1/services/net/prices",
                        R"({"price": )" + money(amount) + R"(, "valid_from": "2026-01-20"})");
    }
    std::vector<std::string> on_price(const Reply& prices, int at) {
        std::vector<std::string> codes;
        for (const auto& sub :
             op_.all("/api/v1/sub-services?price=" + prices.text("/items/" + std::to_string(at) + "/id"), 1))
            codes.push_back(text_at(sub, "/subscriber"));
        return codes;
    }
    using Codes = std::vector<std::string>;

    Client op_ = make_operator(platform(), "op");
};

TEST_F(Effects, OfANewPriceAreSeenOnTheVersions) {
    ASSERT_EQ(change("45.00").status, 201);
    auto prices = op_.get("/api/v1/services/net/prices");
    EXPECT_EQ(prices.number("/items/0/sub_services"), 3);
    EXPECT_EQ(prices.number("/items/0/items"), 3);
    EXPECT_EQ(prices.number("/items/1/sub_services"), 0);
    EXPECT_EQ(on_price(prices, 0), (Codes{"a", "b", "c"}));

    op_.bill("2026-01-31");
    op_.post(sub_service_path("b", "net") + "/move-to-current-price", R"({"date": "2026-02-01"})");
    op_.post(sub_service_path("c", "net") + "/cancel", R"({"date": "2026-02-01", "at": "now"})");
    op_.bill("2026-02-28");
    prices = op_.get("/api/v1/services/net/prices");
    EXPECT_EQ(prices.number("/items/0/sub_services"), 1) << "one has moved, and one is cancelled";
    EXPECT_EQ(prices.number("/items/1/sub_services"), 1);
    EXPECT_EQ(on_price(prices, 0), Codes{"a"});
    EXPECT_EQ(on_price(prices, 1), Codes{"b"});
    EXPECT_EQ(op_.get("/api/v1/add-ons/ip/prices").number("/items/0/sub_services"), 1);
    EXPECT_EQ(op_.get("/api/v1/cpes/router/prices").number("/items/0/sub_services"), 0);
    EXPECT_EQ(op_.get("/api/v1/sub-services?price=price_6h0w7mrpqmg04").status, 400);
    auto other = make_operator(platform(), "other");
    EXPECT_EQ(other.get("/api/v1/sub-services?price=" + prices.text("/items/0/id")).status, 400);
}

TEST_F(Effects, OfPoliciesAreThoseThatTheyThenHave) {
    op_.patch("/api/v1/subscribers/a", R"({"region": "north"})");
    op_.patch("/api/v1/subscribers/b", R"({"region": "north", "billing": {"invoicing": "merged"}})");
    const std::string policies = R"({"items": [{"when": {"region": "north"}, "billing": {"invoicing": "independent"},
        "payment": {"due_day": 10}}]})";
    const auto preview = op_.post("/api/v1/policies/preview", policies);
    ASSERT_EQ(preview.status, 200) << preview.body;
    EXPECT_EQ(preview.number("/all_subscribers"), 3);
    EXPECT_EQ(preview.number("/all_sub_services"), 3);
    EXPECT_EQ(preview.number("/subscribers"), 2);
    EXPECT_EQ(preview.number("/sub_services"), 1) << "b says itself how it is invoiced";
    std::map<std::string, std::int64_t> counts;
    for (const auto& setting : preview.list("/settings"))
        counts[text_at(setting, "/setting")] = setting.at("count").to_number<std::int64_t>();
    EXPECT_EQ(counts, (std::map<std::string, std::int64_t>{{"due_day", 2}, {"invoicing", 1}}));
    ASSERT_EQ(preview.list("/effects").size(), 3U);
    EXPECT_EQ(preview.text("/effects/0/subscriber"), "a");
    EXPECT_TRUE(preview.is_null("/effects/0/sub_service"));
    EXPECT_EQ(preview.text("/effects/0/changes/0/setting"), "due_day");
    EXPECT_EQ(preview.text("/effects/0/changes/0/before"), "15");
    EXPECT_EQ(preview.text("/effects/0/changes/0/after"), "10");
    EXPECT_EQ(preview.text("/effects/1/sub_service"), "net");
    EXPECT_EQ(preview.text("/effects/1/changes/0/before"), "merged");
    EXPECT_EQ(preview.text("/effects/1/changes/0/after"), "independent");
    EXPECT_EQ(preview.text("/effects/2/subscriber"), "b");

    EXPECT_EQ(op_.get("/api/v1/policies").list().size(), 0U) << "a preview changes nothing";
    ASSERT_EQ(op_.put("/api/v1/policies", policies).status, 200);
    const auto again = op_.post("/api/v1/policies/preview", policies);
    EXPECT_EQ(again.number("/subscribers"), 0) << "they hold already";
    EXPECT_EQ(again.list("/effects").size(), 0U);
    const auto back = op_.post("/api/v1/policies/preview", R"({"items": []})");
    EXPECT_EQ(back.number("/subscribers"), 2);
    const auto unknown = op_.ask({.method = "POST",
                                  .target = "/api/v1/policies/preview",
                                  .body = R"({"items": [{"when": {}, "billing": {}, "payment": {"ladder": "x"}}]})"});
    EXPECT_EQ(unknown.status, 400) << unknown.body;
}

TEST_F(Effects, OfPoliciesAreCountedBeyondThoseThatAreShown) {
    for (int i = 0; i < 120; ++i) make_subscriber(op_, "more" + std::to_string(i));
    const auto preview =
        op_.post("/api/v1/policies/preview", R"({"items": [{"when": {}, "billing": {}, "payment": {"due_day": 3}}]})");
    EXPECT_EQ(preview.number("/subscribers"), 123);
    EXPECT_EQ(preview.list("/effects").size(), 100U);
    EXPECT_EQ(preview.number("/settings/0/count"), 123);
}

}  // namespace
}  // namespace sluice::test
