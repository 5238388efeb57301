// Being paid through a gateway that does whatever a test says, on each store.
#include <atomic>
#include <thread>

#include "app/bill_accounts.hpp"
#include "app/checkouts.hpp"
#include "app/gateway_settings.hpp"
#include "app/verify.hpp"
#include "connect/crypto/secret_box.hpp"
#include "connect/crypto/sha256_hasher.hpp"
#include "contract/store_home.hpp"

namespace sluice::contract {
namespace {

using app::Capability;
using app::CheckoutState;
using app::Outcome;
using app::OutcomeState;
using app::RefusalCode;
using support::date;
using support::money;
using support::Shop;

class PlayedGateway final : public app::Gateway {
public:
    explicit PlayedGateway(std::string code) { description_.code = std::move(code); }

    const app::GatewayDescription& description() const override { return description_; }
    std::optional<std::string> fault_in(const app::GatewaySettings&, bool) const override { return std::nullopt; }
    app::CheckoutPage begin_checkout(const app::GatewayAccess&, const app::CheckoutWish& wish) const override {
        ++begun;
        if (while_begun) while_begun();
        return {.reference = "ref " + wish.attempt, .url = "https://pay", .fields = {{"total", wish.total.text()}}};
    }
    Outcome end_checkout(const app::GatewayAccess&, const std::string&) const override {
        ++ended;
        return end;
    }
    Outcome status(const app::GatewayAccess&, const std::string&, Currency) const override { return end; }
    Outcome charge(const app::GatewayAccess&, const app::ChargeWish& wish,
                   const std::function<bool(const std::string&)>& money_may_move) const override {
        if (!money_may_move("ref " + wish.attempt))
            return {.state = OutcomeState::failed, .reason = app::FailureReason::abandoned};
        ++charged;
        return {.state = OutcomeState::succeeded, .paid = wish.total, .payment = "paid " + wish.attempt};
    }
    app::RefundOutcome refund(const app::GatewayAccess&, const app::RefundWish&) const override {
        return {app::RefundOutcome::State::failed, ""};
    }
    void forget(const app::GatewayAccess&, const std::string&) const override {}
    Result<app::GatewayEvent, app::WebhookRefusal> read_webhook(
        const app::GatewaySettings&, const std::function<std::string_view(std::string_view)>&, std::string_view,
        Instant) const override {
        return Refused{app::WebhookRefusal::malformed};
    }

    app::GatewayDescription description_{
        .name = "Played",
        .capabilities = {Capability::hosted_checkout, Capability::saved_methods, Capability::charge_saved}};
    Outcome end{.state = OutcomeState::expired};
    std::function<void()> while_begun;
    mutable std::atomic<int> begun = 0, ended = 0, charged = 0;
};

class NoNetwork final : public app::HttpClient {
public:
    app::HttpReply send(const app::HttpRequest&) override { throw app::HttpFailure("there is none"); }
};

class Paying : public Contract {
protected:
    Paying() : hasher(connect::sha256_hasher()) {
        shop.service("net", "100");
        found(shop);
        written([&] {
            app::Commands commands(store(), *hasher, shop.ids, shop.op);
            EXPECT_TRUE(commands.create_subscriber({.code = "ann", .contact = "Ann"}).ok());
            EXPECT_TRUE(
                commands.add_sub_service(date("2026-01-10"), {.subscriber = "ann", .code = "n", .service = "net"})
                    .ok());
            EXPECT_TRUE(commands.activate(date("2026-01-10"), {"ann", "n"}).ok());
            for (const auto* code : {"one", "other"})
                store().add_payment_method({.id = shop.ids.next<app::PaymentMethodId>(),
                                            .op = shop.op.id,
                                            .code = code,
                                            .name = code,
                                            .gateway = code,
                                            .is_enabled = true,
                                            .terms = {.commission = {.fixed = money("0.00")}},
                                            .sealed_settings = app::seal(*secrets, {}),
                                            .created_at = now});
        });
        app::BillRun(store(), *hasher, shop.ids, shop.op).run(date("2026-01-10"));
        number = store().documents(shop.op.id, {}, {}, 1).front().document.number;
    }

    // As a thread or a server of its own does it.
    app::Checkouts checkouts(app::Store& store, IdSource& ids) {
        return app::Checkouts({.gateways = gateways,
                               .secrets = *secrets,
                               .http = http,
                               .in_books =
                                   [&](const std::function<void(app::Books&)>& step) {
                                       app::Transaction transaction(store);
                                       app::Commands commands(store, *hasher, ids, shop.op);
                                       app::Books books{store, commands, ids};
                                       step(books);
                                       transaction.commit();
                                   },
                               .now = now,
                               .today = date("2026-01-11")});
    }
    app::Checkouts checkouts() { return checkouts(store(), shop.ids); }
    app::BeginCheckout wish(const char* method, bool saves = false) {
        return {.what = {.subscriber = "ann", .document = number}, .method = method, .save_method = saves};
    }
    app::SavedMethodId save_card() {
        const app::SavedMethodId id = shop.ids.next<app::SavedMethodId>();
        written([&] {
            store().add_saved_method({.id = id,
                                      .subscriber = store().find_subscriber(shop.op.id, "ann")->id,
                                      .op = shop.op.id,
                                      .method = store().payment_methods(shop.op.id).front().id,
                                      .token = "token",
                                      .customer = "customer",
                                      .brand = "visa",
                                      .last4 = "4242",
                                      .expires_month = 1,
                                      .expires_year = 2030,
                                      .created_at = now});
        });
        return id;
    }
    void expect_paid_once() {
        EXPECT_EQ(store().list(shop.op.id, app::PaymentQuery{}).rows.size(), 1U);
        EXPECT_TRUE(app::verify(store(), *hasher, shop.op).findings.empty());
    }

    std::unique_ptr<app::Hasher> hasher;
    std::unique_ptr<app::SecretBox> secrets = connect::secret_box(std::string(64, '1'), "");
    Shop shop;
    Instant now{std::chrono::hours{24 * 365 * 56}};
    std::string number;
    std::shared_ptr<PlayedGateway> one = std::make_shared<PlayedGateway>("one");
    std::shared_ptr<PlayedGateway> other = std::make_shared<PlayedGateway>("other");
    app::Gateways gateways{one, other};
    NoNetwork http;
};

TEST_P(Paying, APageMayBeReachedByAForm) {
    const auto begun = checkouts().begin(wish("one"));
    ASSERT_TRUE(begun) << begun.refusal().message;
    using Form = std::vector<std::pair<std::string, std::string>>;
    EXPECT_EQ(begun->checkout.form, (Form{{"total", "100.00"}}));
    EXPECT_EQ(store().find_checkout(shop.op.id, begun->checkout.id)->checkout.form, begun->checkout.form);
}

TEST_P(Paying, WhatAGatewayCannotDoIsNotAskedOfIt) {
    const auto card = save_card();
    one->description_.capabilities = {Capability::hosted_checkout};
    EXPECT_EQ(checkouts().begin(wish("one", true)).refusal().code, RefusalCode::payment_method_not_usable);
    EXPECT_EQ(checkouts().charge({{.subscriber = "ann", .document = number}, card}).refusal().code,
              RefusalCode::payment_method_not_usable);
    EXPECT_TRUE(checkouts().begin(wish("one")));
    other->description_.capabilities = {};
    EXPECT_EQ(checkouts().begin(wish("other")).refusal().code, RefusalCode::payment_method_not_usable);
    EXPECT_EQ(one->begun, 1);
    EXPECT_EQ(one->charged + other->begun, 0);
}

TEST_P(Paying, AnotherMethodEndsWhatTheFirstOneHasBegun) {
    const auto first = checkouts().begin(wish("one"));
    const auto second = checkouts().begin(wish("other"));
    ASSERT_TRUE(first && second);
    EXPECT_EQ(one->ended, 1);
    EXPECT_EQ(store().find_checkout(shop.op.id, first->checkout.id)->checkout.state, CheckoutState::expired);
    EXPECT_EQ(checkouts().begin(wish("other"))->checkout.id, second->checkout.id) << "the same wish, the same page";
    EXPECT_EQ(other->begun, 1);
}

TEST_P(Paying, NothingBeginsWhileThatWhichIsInTheWayCannotBeEnded) {
    ASSERT_TRUE(checkouts().begin(wish("one")));
    one->end = {.state = OutcomeState::pending};
    EXPECT_EQ(checkouts().begin(wish("other")).refusal().code, RefusalCode::settlement_under_way);
    EXPECT_EQ(other->begun, 0);
    one->end = {.state = OutcomeState::succeeded, .paid = money("100.00"), .payment = "p1"};
    EXPECT_EQ(checkouts().begin(wish("other")).refusal().code, RefusalCode::nothing_to_pay);
    expect_paid_once();
}

TEST_P(Paying, ADocumentOfSomebodyElseIsNone) {
    written([&] {
        app::Commands commands(store(), *hasher, shop.ids, shop.op);
        EXPECT_TRUE(commands.create_subscriber({.code = "bob", .contact = "Bob"}).ok());
    });
    auto of_bob = wish("one");
    of_bob.what.subscriber = "bob";
    EXPECT_EQ(checkouts().begin(of_bob).refusal().code, RefusalCode::unknown_document);
    of_bob.what.subscriber = "nobody";
    EXPECT_EQ(checkouts().begin(of_bob).refusal().code, RefusalCode::unknown_subscriber);
    EXPECT_EQ(checkouts().begin(wish("none")).refusal().code, RefusalCode::unknown_payment_method);
    EXPECT_EQ(checkouts().charge({wish("one").what, app::SavedMethodId{1}}).refusal().code,
              RefusalCode::unknown_saved_method);
    EXPECT_EQ(checkouts().query(app::CheckoutId{1}).refusal().code, RefusalCode::unknown_checkout);
}

TEST_P(Paying, AnAbandonedBeginningIsOutOfTheWayAfterTwoMinutes) {
    one->while_begun = [] { throw std::runtime_error("the program ends here"); };
    EXPECT_THROW(checkouts().begin(wish("one")), std::runtime_error);
    one->while_begun = {};
    EXPECT_EQ(checkouts().begin(wish("one")).refusal().code, RefusalCode::settlement_under_way);
    now += std::chrono::minutes(3);
    EXPECT_TRUE(checkouts().begin(wish("one")));
    EXPECT_EQ(one->ended, 0) << "the gateway knows of none";
}

// Each with a connection of its own, as servers have.
TEST_P(Paying, OfManyAtTheSameMomentOneMovesMoney) {
    if (!home->is_shared()) GTEST_SKIP() << "one process at a time";
    const auto card = save_card();
    std::atomic<int> succeeded = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 6; ++i)
        threads.emplace_back([&, i] {
            const auto store = home->open();
            IdSource ids(1'800'000'000'000, 100 + i);
            auto mine = checkouts(*store, ids);
            for (int turn = 0; turn < 5; ++turn) try {
                    const auto paid = i % 2 == 0 ? mine.charge({wish("one").what, card}) : mine.begin(wish("other"));
                    if (paid && paid->checkout.state == CheckoutState::succeeded) ++succeeded;
                } catch (const app::StoreFailure&) {
                    continue;  // in each other's way
                }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(succeeded, 1);
    EXPECT_EQ(one->charged, 1);
    expect_paid_once();
}

SLUICE_ON_EACH_STORE(Paying);

}  // namespace
}  // namespace sluice::contract
