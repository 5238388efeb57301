// Discounts over HTTP: made, redeemed with an activation, previewed, billed, ended.
#include "api/world.hpp"

namespace sluice::test {
namespace {

class DiscountsOverHttp : public OverHttp {
protected:
    DiscountsOverHttp() {
        make_catalog(op_);
        make_subscriber(op_, "a");
        op_.post("/api/v1/subscribers/a/sub-services", R"({"code": "n", "service": "net", "date": "2026-01-10"})");
    }
    Client op_ = make_operator(platform(), "op");
};

TEST_F(DiscountsOverHttp, ACodeWithAnActivationIsPreviewedAndBilled) {
    const auto made = op_.post("/api/v1/discounts",
                               R"({"code": "welcome", "name": "Welcome", "percent": "25", "periods": 1,
                                   "applies_to": {"type": "service", "product": "net"}})");
    ASSERT_EQ(made.status, 201) << made.body;
    EXPECT_EQ(op_.get(made.header("Location")).json, made.json);
    const auto code =
        op_.post("/api/v1/promo-codes", R"({"code": "HELLO", "discount": "welcome", "max_uses_per_subscriber": 1})");
    ASSERT_EQ(code.status, 201) << code.body;

    const auto activate = sub_service_path("a", "n") + "/activate";
    const auto body = R"({"date": "2026-01-10", "promo_code": "HELLO"})";
    const auto preview = op_.post(activate + "?preview=true", body);
    ASSERT_EQ(preview.status, 200) << preview.body;
    EXPECT_EQ(preview.text("/charges/0/total/amount"), "33.00") << "40.00 less 10.00, and 10 % on top";
    EXPECT_EQ(preview.text("/charges/0/lines/1/discount"), "welcome");
    EXPECT_EQ(preview.text("/charges/1/total/amount"), "44.00");
    EXPECT_EQ(op_.get("/api/v1/promo-codes/HELLO").text("/uses"), "0") << "a preview redeems nothing";
    EXPECT_EQ(op_.get("/api/v1/discount-grants").list().size(), 0U);

    EXPECT_EQ(op_.post(activate, R"({"date": "2026-01-10", "promo_code": "NONE"})").code(), "unknown_promo_code");
    ASSERT_EQ(op_.post(activate, body).status, 200);
    EXPECT_EQ(op_.get("/api/v1/promo-codes/HELLO").text("/uses"), "1");
    EXPECT_EQ(op_.post("/api/v1/promo-codes/HELLO/redeem", R"({"subscriber": "a"})").code(), "promo_code_used_up");
    op_.bill("2026-02-28");
    const auto documents = op_.all("/api/v1/documents?sort=date");
    ASSERT_EQ(documents.size(), 2U);
    EXPECT_EQ(text_at(documents[0], "/total/amount"), "33.00");
    EXPECT_EQ(text_at(documents[1], "/total/amount"), "44.00");
    const auto document = op_.get("/api/v1/documents/" + text_at(documents[0], "/number"));
    EXPECT_EQ(document.text("/lines/1/kind"), "discount");
    EXPECT_EQ(document.text("/lines/1/name"), "Welcome");
    EXPECT_EQ(document.text("/lines/1/credits"), document.text("/lines/0/id"));
    expect_sound_books(op_);
}

TEST_F(DiscountsOverHttp, WhatCannotBeIsRefusedWithItsReason) {
    const auto both = op_.post("/api/v1/discounts",
                               R"({"code": "x", "percent": "5", "fixed": {"amount": "1.00", "currency": "USD"}})");
    EXPECT_TRUE(both.status == 400 || both.status == 422) << both.body;
    EXPECT_EQ(op_.post("/api/v1/discounts", R"({"code": "x", "percent": "5", "applies_to": {"type": "cpe",
                                               "product": "none"}})")
                  .code(),
              "unknown_product");
    ASSERT_EQ(op_.post("/api/v1/discounts", R"({"code": "x", "percent": "5"})").status, 201);
    EXPECT_EQ(op_.post("/api/v1/discounts", R"({"code": "x", "percent": "5"})").code(), "code_taken");
    EXPECT_EQ(op_.post("/api/v1/discount-grants", R"({"subscriber": "a", "discount": "y"})").code(),
              "unknown_discount");
    const auto granted = op_.post("/api/v1/discount-grants",
                                  R"({"subscriber": "a", "sub_service": "n", "discount": "x", "date": "2026-01-10"})");
    ASSERT_EQ(granted.status, 201) << granted.body;
    EXPECT_EQ(op_.del("/api/v1/discounts/x").code(), "discount_in_use");
    const auto revoke = granted.header("Location") + "/revoke";
    EXPECT_EQ(op_.post(revoke, R"({"date": "2026-01-09"})").code(), "date_not_allowed");
    EXPECT_EQ(op_.post(revoke, R"({"date": "2026-01-11"})").text("/revoked_on"), "2026-01-11");
    EXPECT_EQ(op_.post(revoke, R"({"date": "2026-01-12"})").code(), "discount_not_allowed");
    EXPECT_EQ(op_.post("/api/v1/discounts/x/end", R"({"ends_on": "2026-02-01"})").text("/ends_on"), "2026-02-01");
    EXPECT_EQ(op_.get("/api/v1/discount-grants?subscriber=a&discount=x").list().size(), 1U);
    EXPECT_EQ(op_.get("/api/v1/discount-grants?discount=y").status, 400);
    expect_sound_books(op_);
}

}  // namespace
}  // namespace sluice::test
