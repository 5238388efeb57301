// An operator over HTTP, from nothing: settings, policies, taxes, products and their prices.
#include "api/world.hpp"

namespace sluice::test {
namespace {

using Operators = OverHttp;

TEST_F(Operators, BeginsWithNothingButAKey) {
    auto client = platform();
    const auto key = client.get("/api/v1/key");
    EXPECT_EQ(key.text("/role"), "owner");
    EXPECT_TRUE(key.is_null("/operator"));
    EXPECT_EQ(client.get("/api/v1/operators").list().size(), 0U);
    EXPECT_EQ(client.get("/api/v1/taxes").status, 400) << "there is no operator that it could be for";
    EXPECT_EQ(client.for_operator("nobody").get("/api/v1/taxes").code(), "unknown_operator");
}

TEST_F(Operators, AreCreatedReadAndChanged) {
    auto client = platform();
    const auto created = client.post("/api/v1/operators", R"({
        "code": "metro", "name": "Metro Fiber", "currency": "EUR", "time_zone": "Europe/Warsaw", "rounding": "half_even",
        "due_days": 30, "invoice_number": "M-{year}/{number}", "credit_note_number": "K-{year}/{number}",
        "billing": {"model": "pro_rata", "cycle_day": 1, "first_charge": "threshold", "threshold_day": 15,
                    "invoicing": "merged", "suspension": "continue", "credit_suspension": false}})");
    ASSERT_EQ(created.status, 201) << created.body;
    EXPECT_EQ(created.header("Location"), "/api/v1/operators/metro");
    const auto read = client.get(created.header("Location"));
    EXPECT_EQ(read.json, created.json);
    EXPECT_EQ(read.header("ETag"), created.header("ETag"));
    EXPECT_EQ(read.text("/billing/threshold_day"), "15");
    EXPECT_EQ(read.text("/rounding"), "half_even");
    EXPECT_TRUE(read.is_null("/billed_through"));

    const auto changed = client.patch("/api/v1/operators/metro", R"({"due_days": 7, "billing": {"model": "cycle"}})",
                                      {{"If-Match", read.header("ETag")}});
    ASSERT_EQ(changed.status, 200) << changed.body;
    EXPECT_EQ(changed.text("/due_days"), "7");
    EXPECT_EQ(changed.text("/name"), "Metro Fiber") << "what is not sent stays";
    EXPECT_EQ(changed.text("/billing/model"), "cycle");
    EXPECT_TRUE(changed.is_null("/billing/cycle_day")) << "billing is replaced as a whole";
    EXPECT_NE(changed.header("ETag"), read.header("ETag"));
    EXPECT_EQ(client.get("/api/v1/operators/metro").json, changed.json);

    const auto late =
        client.patch("/api/v1/operators/metro", R"({"due_days": 8})", {{"If-Match", read.header("ETag")}});
    EXPECT_EQ(late.status, 412);
    EXPECT_EQ(late.code(), "changed_meanwhile");
    EXPECT_EQ(client.get("/api/v1/operators/metro").text("/due_days"), "7");
}

TEST_F(Operators, RefusalsChangeNothing) {
    auto client = platform();
    make_operator(client, "one");
    const auto taken =
        client.post("/api/v1/operators", R"({"code": "one", "name": "x", "currency": "USD", "time_zone": "UTC"})");
    EXPECT_EQ(taken.status, 409);
    EXPECT_EQ(taken.code(), "code_taken");
    const auto same_numbers = client.post(
        "/api/v1/operators",
        R"({"code": "two", "name": "x", "currency": "USD", "time_zone": "UTC", "credit_note_number": "INV-{year}-{number}"})");
    EXPECT_EQ(same_numbers.status, 400) << same_numbers.body;
    EXPECT_EQ(same_numbers.text("/errors/0/field"), "credit_note_number");
    EXPECT_EQ(client.patch("/api/v1/operators/nobody", R"({"due_days": 8})").code(), "unknown_operator");
    EXPECT_EQ(client.get("/api/v1/operators").list().size(), 1U);
}

TEST_F(Operators, PoliciesAreReplacedAsAWholeByThoseWhoHaveReadThem) {
    auto op = make_operator(platform(), "metro");
    const auto none = op.get("/api/v1/policies");
    EXPECT_EQ(none.list().size(), 0U);
    const auto policies = std::string(R"({"items": [
        {"when": {"category": "office", "region": "north"}, "billing": {"model": "pro_rata", "cycle_day": 1}},
        {"when": {"pop": "p1"}, "billing": {"invoicing": "independent"}},
        {"when": {}, "billing": {"suspension": "stop", "credit_suspension": true}}]})");
    const auto first = op.put("/api/v1/policies", policies, {{"If-Match", none.header("ETag")}});
    ASSERT_EQ(first.status, 200) << first.body;
    EXPECT_EQ(first.list().size(), 3U);
    EXPECT_EQ(first.text("/items/0/billing/cycle_day"), "1");
    EXPECT_EQ(first.text("/items/1/when/pop"), "p1");
    EXPECT_EQ(op.get("/api/v1/policies").json, first.json);

    const auto second = op.put("/api/v1/policies", R"({"items": []})", {{"If-Match", none.header("ETag")}});
    EXPECT_EQ(second.status, 412);
    EXPECT_EQ(op.get("/api/v1/policies", {{"If-None-Match", first.header("ETag")}}).status, 304);
    EXPECT_EQ(op.put("/api/v1/policies", R"({"items": []})", {{"If-Match", "*"}}).status, 200);
    EXPECT_EQ(op.get("/api/v1/policies", {{"If-None-Match", first.header("ETag")}}).status, 200);
    // They hold for what is sold from now on: the office is billed from the first of the month.
    ASSERT_EQ(op.put("/api/v1/policies", policies).status, 200);
    make_catalog(op);
    ASSERT_EQ(op.post("/api/v1/subscribers",
                      R"({"code": "o", "organization": "O", "category": "office", "region": "north", "pop": "p1"})")
                  .status,
              201);
    sell_net(op, "o", "net", "2026-01-17");
    ASSERT_EQ(op.bill("2026-01-17").text("/totals/invoices"), "1");
    EXPECT_EQ(op.get(sub_service_path("o", "net")).text("/billed_to"), "2026-02-01");
}

TEST_F(Operators, TaxesAreListedAndNotMadeTwice) {
    auto op = make_operator(platform(), "metro");
    const auto made = op.post("/api/v1/taxes", R"({"code": "vat", "name": "VAT", "rate": "23", "included": true,
                                                   "country": "PL", "region": "", "valid_from": "2026-01-01"})");
    ASSERT_EQ(made.status, 201) << made.body;
    EXPECT_EQ(made.text("/rate"), "23");
    EXPECT_TRUE(made.is_true("/included"));
    EXPECT_EQ(
        op.post("/api/v1/taxes", R"({"code": "vat", "rate": "8", "country": "PL", "valid_from": "2026-01-01"})").code(),
        "code_taken");
    EXPECT_EQ(op.post("/api/v1/taxes", R"({"code": "vat", "rate": "8", "country": "PL"})").status, 201);
    const auto taxes = op.all("/api/v1/taxes", 1);
    ASSERT_EQ(taxes.size(), 2U);
    EXPECT_EQ(taxes[0], made.json);
    EXPECT_EQ(op.post("/api/v1/taxes", R"({"code": "much", "rate": "1001"})").status, 400);
}

TEST_F(Operators, ProductsHaveCodesOfTheirKind) {
    auto op = make_operator(platform(), "metro");
    make_catalog(op);
    for (const auto* path : {"/api/v1/services/net", "/api/v1/add-ons/install", "/api/v1/cpes/router"}) {
        const auto product = op.get(path);
        EXPECT_EQ(product.status, 200) << product.body;
        EXPECT_EQ(product.text("/taxes/0"), "vat");
        EXPECT_EQ(product.text("/price_versions"), "1");
    }
    EXPECT_EQ(op.get("/api/v1/services/router").code(), "unknown_product");
    EXPECT_EQ(op.get("/api/v1/cpes/net/prices").code(), "unknown_product");
    EXPECT_EQ(op.get("/api/v1/add-ons/install").text("/installments"), "3");
    EXPECT_TRUE(op.get("/api/v1/add-ons/ip").is_null("/installments"));
    EXPECT_EQ(
        op.post("/api/v1/services", R"({"code": "net", "period": "1 month", "price": )" + money("1.00") + "}").code(),
        "code_taken");
    EXPECT_EQ(op.post("/api/v1/cpes", R"({"code": "net", "mode": "once", "price": )" + money("1.00") + "}").status, 201)
        << "a CPE may be called as a service is";
    EXPECT_EQ(op.post("/api/v1/add-ons",
                      R"({"code": "bad", "mode": "once", "installments": 3, "price": )" + money("1.00") + "}")
                  .status,
              400);
    EXPECT_EQ(op.post("/api/v1/add-ons",
                      R"({"code": "bad", "mode": "once", "taxes": ["none"], "price": )" + money("1.00") + "}")
                  .status,
              400);
    EXPECT_EQ(
        op.post("/api/v1/add-ons", R"({"code": "bad", "mode": "once", "price": )" + money("1.00", "EUR") + "}").status,
        400)
        << "prices are in the operator's currency";
    EXPECT_EQ(op.get("/api/v1/add-ons/bad").status, 404);
}

TEST_F(Operators, PricesHaveVersions) {
    auto op = make_operator(platform(), "metro");
    make_catalog(op);
    for (const auto* path : {"/api/v1/services/net", "/api/v1/add-ons/ip", "/api/v1/cpes/router"}) {
        const auto prices = std::string(path) + "/prices";
        const auto second = op.post(prices, R"({"valid_from": "2026-03-01", "price": )" + money("12.123456789") + "}");
        ASSERT_EQ(second.status, 201) << second.body;
        EXPECT_EQ(second.text("/version"), "2");
        EXPECT_EQ(second.text("/price/amount"), "12.123456789");
        EXPECT_EQ(op.get(path).text("/price/amount"), "12.123456789") << "it is sold at it today";
        EXPECT_EQ(op.get(path).text("/price_versions"), "2");
        const auto earlier = op.post(prices, R"({"valid_from": "2026-02-01", "price": )" + money("1.00") + "}");
        EXPECT_EQ(earlier.status, 422) << earlier.body;
        EXPECT_EQ(earlier.code(), "price_not_allowed");
        const auto versions = op.all(prices, 1);
        ASSERT_EQ(versions.size(), 2U);
        auto listed = versions[1].as_object();
        EXPECT_EQ(listed.at("sub_services"), 0) << "nobody has bought it yet";
        EXPECT_EQ(listed.at("items"), 0);
        listed.erase("sub_services");
        listed.erase("items");
        EXPECT_EQ(listed, second.json.as_object());
    }
    EXPECT_EQ(op.post("/api/v1/services/none/prices", R"({"price": )" + money("1.00") + "}").status, 404);
    const auto today = op.post("/api/v1/services/fast/prices", R"({"price": )" + money("75.00") + "}");
    EXPECT_EQ(today.status, 201);
    EXPECT_GT(today.text("/valid_from"), "2026-01-01");
}

}  // namespace
}  // namespace sluice::test
