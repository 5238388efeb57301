// Refunds whose money has to reach the payer, on each store.
#include "app/payouts.hpp"
#include "app/verify.hpp"
#include "connect/crypto/sha256_hasher.hpp"
#include "contract/store_home.hpp"

namespace sluice::contract {
namespace {

using app::PayoutState;
using app::PayoutThrough;
using app::RefusalCode;
using support::date;
using support::money;
using support::Shop;

class Payouts : public Contract {
protected:
    Payouts() : hasher(connect::sha256_hasher()) {
        found(shop);
        in_books([&](app::Books& books) {
            EXPECT_TRUE(books.commands.create_subscriber({.code = "ann", .contact = "Ann"}).ok());
            payment = *books.commands.record_payment(date("2026-01-10"), "ann", money("50.00"), "cash", "till 3");
        });
    }
    ~Payouts() override {
        for (const auto& [code, where, message] : app::verify(store(), *hasher, shop.op).findings)
            ADD_FAILURE() << code << " " << where << " " << message;
    }
    void in_books(const std::function<void(app::Books&)>& step) {
        written([&] {
            app::Commands commands(store(), *hasher, shop.ids, shop.op);
            app::Books books{store(), commands, shop.ids};
            step(books);
        });
    }
    Result<app::PayoutRow, app::Refusal> refund(const char* amount, PayoutThrough through = PayoutThrough::manual) {
        std::optional<Result<app::PayoutRow, app::Refusal>> row;
        in_books([&](app::Books& books) {
            row = app::refund_through(books, {}, {.payment = payment, .amount = money(amount), .fee = money("1.00")},
                                      through, date("2026-01-11"), now);
        });
        return *row;
    }
    std::string balance() { return store().subscriber_row(shop.op.id, "ann")->balance.text(); }

    std::unique_ptr<app::Hasher> hasher;
    Shop shop;
    Instant now{std::chrono::hours{24 * 365 * 56}};
    payments::PaymentId payment{0};
};

TEST_P(Payouts, AreOpenUntilSomebodyHasMadeThem) {
    const auto opened = refund("20.00");
    ASSERT_TRUE(opened) << opened.refusal().message;
    EXPECT_EQ(opened->payout.amount.text(), "19.00") << "less the fee";
    EXPECT_EQ(opened->payout.state, PayoutState::open);
    EXPECT_EQ(balance(), "30.00");
    EXPECT_EQ(store().payouts().list(shop.op.id, {.state = PayoutState::open}).size(), 1U);
    in_books([&](app::Books& books) {
        EXPECT_TRUE(app::pay_payout(books, opened->payout.id, "transfer 17", now));
        EXPECT_EQ(app::pay_payout(books, opened->payout.id, "again", now).refusal().code, RefusalCode::payout_settled);
        EXPECT_EQ(app::cancel_payout(books, opened->payout.id, date("2026-01-12"), now).refusal().code,
                  RefusalCode::payout_settled);
    });
    const auto paid = store().payouts().find(shop.op.id, opened->payout.id);
    EXPECT_EQ(paid->payout.reference, "transfer 17");
    EXPECT_EQ(paid->subscriber_code, "ann");
    EXPECT_TRUE(store().payouts().list(shop.op.id, {.state = PayoutState::open}).empty());
}

TEST_P(Payouts, ThatAreCancelledAreTheSubscribersAgain) {
    const auto opened = refund("20.00");
    in_books(
        [&](app::Books& books) { EXPECT_TRUE(app::cancel_payout(books, opened->payout.id, date("2026-01-12"), now)); });
    EXPECT_EQ(balance(), "49.00");
}

TEST_P(Payouts, AreForMoneyThatIsFree) {
    EXPECT_EQ(refund("50.01").refusal().code, RefusalCode::amount_not_allowed);
    EXPECT_EQ(refund("5.00", PayoutThrough::gateway).refusal().code, RefusalCode::payment_method_not_usable);
    EXPECT_TRUE(store().payouts().list(shop.op.id, {}).empty());
}

SLUICE_ON_EACH_STORE(Payouts);

}  // namespace
}  // namespace sluice::contract
