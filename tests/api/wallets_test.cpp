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

TEST_F(Wallets, TellWhatAMoveWouldChangeAndStoreNothing) {
    make_catalog(op_);
    make_subscriber(op_, "anna");
    sell_net(op_, "anna", "home", "2026-01-10");
    op_.bill("2026-01-31");
    op_.post("/api/v1/payments", R"({"subscriber": "anna", "date": "2026-02-01", "amount": )" + money("500.00") + "}");
    const auto wallets = std::string("/api/v1/subscribers/anna/wallets/");
    const auto move = [&](const std::string& way, const std::string& amount) {
        return op_.post(wallets + way,
                        R"({"sub_service": "home", "date": "2026-02-01", "amount": )" + money(amount) + "}");
    };
    const auto balance = [&] { return op_.get("/api/v1/subscribers/anna/funds").text("/balance/amount"); };
    const auto told = [](const Reply& preview) {
        return preview.text("/amount/amount") + ": balance " + preview.text("/balance/before/amount") + " to " +
               preview.text("/balance/after/amount") + ", wallet " + preview.text("/wallet/before/amount") + " to " +
               preview.text("/wallet/after/amount");
    };
    const auto events = op_.get("/api/v1/events?limit=500").list().size();
    const auto at_first = balance();
    const auto fill = move("set-aside?preview=true", "30.00");
    ASSERT_EQ(fill.status, 200) << fill.body;
    EXPECT_EQ(fill.text("/wallet/before/amount") + " to " + fill.text("/wallet/after/amount"), "0.00 to 30.00");
    EXPECT_EQ(fill.text("/balance/before/amount"), at_first);
    EXPECT_EQ(balance(), at_first) << "nothing is stored";
    EXPECT_EQ(op_.get("/api/v1/events?limit=500").list().size(), events);
    EXPECT_TRUE(op_.get("/api/v1/subscribers/anna/funds").list("/wallets").empty());
    EXPECT_EQ(move("set-aside?preview=true", "9999.00").code(), move("set-aside", "9999.00").code())
        << "what is refused is refused in advance";

    ASSERT_EQ(move("set-aside", "30.00").status, 201);
    EXPECT_EQ(balance(), fill.text("/balance/after/amount")) << "as it was told";
    const auto all = op_.post(wallets + "set-aside?preview=true", R"({"sub_service": "home", "date": "2026-02-01"})");
    EXPECT_EQ(all.text("/amount/amount"), balance()) << "all that there is";

    // Everything is for home now; what another service costs is paid by what is released.
    op_.post(wallets + "set-aside", R"({"sub_service": "home", "date": "2026-02-01"})");
    sell_net(op_, "anna", "other", "2026-02-01");
    op_.bill("2026-02-28");
    const auto held = op_.get("/api/v1/subscribers/anna/funds").text("/wallets/0/amount/amount");
    const auto release = move("release?preview=true", "10.00");
    ASSERT_EQ(release.status, 200) << release.body;
    EXPECT_EQ(release.text("/wallet/before/amount"), held);
    EXPECT_EQ(release.list("/pays").size(), 1U) << release.body;
    const auto done = move("release", "10.00");
    ASSERT_EQ(done.status, 201);
    EXPECT_EQ(boost::json::serialize(release.json.at("pays")), boost::json::serialize(done.json.at("paid")));
    EXPECT_EQ(balance(), release.text("/balance/after/amount")) << told(release);
    EXPECT_EQ(op_.get("/api/v1/subscribers/anna/funds").text("/wallets/0/amount/amount"),
              release.text("/wallet/after/amount"));
    EXPECT_EQ(move("release?preview=true", "9999.00").code(), "amount_not_allowed");
}

}  // namespace
}  // namespace sluice::test
