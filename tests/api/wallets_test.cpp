// Money that is set aside and released, over HTTP.
#include "api/world.hpp"

namespace sluice::test {
namespace {

class Wallets : public OverHttp {
protected:
    Client op_ = make_operator(platform(), "op");
};

TEST_F(Wallets, AreFilledShownAndEmptied) {
    make_catalog(op_);
    make_subscriber(op_, "anna");
    sell_net(op_, "anna", "home", "2026-01-10");
    op_.bill("2026-01-31");
    op_.post("/api/v1/payments", R"({"subscriber": "anna", "date": "2026-02-01", "amount": )" + money("500.00") + "}");
    const auto wallets = std::string("/api/v1/subscribers/anna/wallets/");

    for (const char* whom : {R"({})", R"({"unit": "flat", "sub_service": "home"})"})
        EXPECT_EQ(op_.post(wallets + "set-aside", whom).status, 400) << whom;
    EXPECT_EQ(op_.post(wallets + "set-aside", R"({"unit": "flat"})").code(), "unknown_unit");

    const auto filled = op_.post(wallets + "set-aside",
                                 R"({"sub_service": "home", "date": "2026-02-01", "amount": )" + money("20.00") + "}");
    EXPECT_EQ(filled.status, 201);
    EXPECT_EQ(filled.text("/sub_service"), "home");
    EXPECT_EQ(filled.text("/amount/amount"), "20.00");
    EXPECT_EQ(op_.get("/api/v1/subscribers/anna/funds").text("/wallets/0/amount/amount"), "20.00");
    const auto statement = op_.get("/api/v1/subscribers/anna/statement?sort=-date&limit=1");
    EXPECT_NE(statement.body.find("\"wallet\""), std::string::npos) << statement.body;

    const auto too_much = op_.post(
        wallets + "release", R"({"sub_service": "home", "date": "2026-02-01", "amount": )" + money("20.01") + "}");
    EXPECT_EQ(too_much.code(), "amount_not_allowed");
    const auto released = op_.post(wallets + "release", R"({"sub_service": "home", "date": "2026-02-01"})");
    EXPECT_EQ(released.status, 201);
    EXPECT_EQ(released.text("/method"), "wallet");
    EXPECT_EQ(op_.get("/api/v1/subscribers/anna/funds").text("/wallets/0/amount/amount"), "0.00");
}

}  // namespace
}  // namespace sluice::test
