// Saved methods that are charged by themselves, by a gateway that does whatever a test says, on each store.
#include <atomic>
#include <mutex>
#include <set>
#include <thread>

#include "app/automatic_payments.hpp"
#include "app/bill_accounts.hpp"
#include "app/forecast.hpp"
#include "app/gateway_settings.hpp"
#include "app/verify.hpp"
#include "connect/crypto/secret_box.hpp"
#include "connect/crypto/sha256_hasher.hpp"
#include "contract/store_home.hpp"

namespace sluice::contract {
namespace {

using app::Capability;
using app::CheckoutState;
using app::FailureReason;
using app::Outcome;
using app::OutcomeState;
using app::RefusalCode;
using customers::PaymentTerms;
using payments::AutomaticFor;
using payments::ChargeVerdict;
using subscriptions::Status;
using support::date;
using support::money;
using support::Shop;

// Says yes, unless a token has been told another answer.
class Charger final : public app::Gateway {
public:
    Charger() {
        description_ = {.code = "card",
                        .name = "Card",
                        .capabilities = {Capability::saved_methods, Capability::charge_saved},
                        .settings = {}};
    }
    const app::GatewayDescription& description() const override { return description_; }
    std::optional<std::string> fault_in(const app::GatewaySettings&, bool) const override { return std::nullopt; }
    app::CheckoutPage begin_checkout(const app::GatewayAccess&, const app::CheckoutWish&) const override {
        throw app::GatewayRefused("no pages");
    }
    Outcome end_checkout(const app::GatewayAccess&, const std::string&) const override { return {}; }
    Outcome status(const app::GatewayAccess&, const std::string&, Currency) const override { return later; }
    Outcome charge(const app::GatewayAccess&, const app::ChargeWish& wish,
                   const std::function<bool(const std::string&)>& money_may_move) const override {
        if (silent_before-- > 0) throw app::GatewayFailure("no answer");
        if (!money_may_move("ref " + wish.attempt))
            return {.state = OutcomeState::failed, .reason = FailureReason::abandoned};
        if (is_silent) throw app::GatewayFailure("no answer");
        if (reason != FailureReason::none) return {.state = OutcomeState::failed, .reason = reason, .message = "no"};
        const std::lock_guard lock(mutex);
        charged.push_back(wish.total.text());
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

    app::GatewayDescription description_;
    mutable std::mutex mutex;
    mutable std::vector<std::string> charged;
    mutable std::atomic<int> silent_before = 0;
    FailureReason reason = FailureReason::none;
    bool is_silent = false;
    Outcome later{.state = OutcomeState::pending};
};

class NoNetwork final : public app::HttpClient {
public:
    app::HttpReply send(const app::HttpRequest&) override { throw app::HttpFailure("there is none"); }
};

// ann has "n" for 75 a month, billed on the 1st.
class AutomaticPayments : public Contract {
protected:
    AutomaticPayments() : hasher(connect::sha256_hasher()) {
        shop.service("net", "75");
        shop.op.billing = {.model = customers::Model::cycle, .cycle_day = 1};
        shop.op.due_days = 5;
        found(shop);
        written([&] {
            store().add_payment_method({.id = shop.ids.next<app::PaymentMethodId>(),
                                        .op = shop.op.id,
                                        .code = "card",
                                        .name = "Card",
                                        .gateway = "card",
                                        .is_enabled = true,
                                        .terms = {.commission = {.fixed = money("0.00")}},
                                        .sealed_settings = app::seal(*secrets, {}),
                                        .created_at = now});
        });
    }
    ~AutomaticPayments() override {
        for (const auto& [code, where, message] : app::verify(store(), *hasher, op()).findings)
            ADD_FAILURE() << code << " " << where << " " << message;
    }

    customers::Operator op() { return store().operators().front(); }
    app::Commands commands() { return {store(), *hasher, shop.ids, op()}; }
    template <typename Result>
    void done(const Result& result) {
        ASSERT_TRUE(result.ok()) << result.refusal().message;
    }

    void create(const std::string& code, const char* on, customers::PaymentSettings payment,
                const char* pays = nullptr) {
        written([&] {
            auto does = commands();
            customers::Subscriber one{.code = code, .contact = code};
            one.payment = std::move(payment);
            done(does.create_subscriber(one));
            if (pays) done(does.record_payment(date(on), code, money(pays), "cash", ""));
            done(does.add_sub_service(date(on), {.subscriber = code, .code = "n", .service = "net"}));
            done(does.activate(date(on), {code, "n"}));
        });
    }
    app::SavedMethodId save_card(const std::string& code) {
        const auto id = shop.ids.next<app::SavedMethodId>();
        written([&] {
            store().add_saved_method({.id = id,
                                      .subscriber = store().find_subscriber(shop.op.id, code)->id,
                                      .op = shop.op.id,
                                      .method = store().payment_methods(shop.op.id).front().id,
                                      .token = "token " + id.text(),
                                      .customer = "customer",
                                      .brand = "visa",
                                      .last4 = "4242",
                                      .expires_month = 1,
                                      .expires_year = 2030,
                                      .created_at = now});
        });
        return id;
    }
    Result<app::AutomaticPaymentRow, app::Refusal> enable(const std::string& code, AutomaticFor what,
                                                          app::SavedMethodId saved, const char* on,
                                                          const std::string& sub_service = "") {
        std::optional<Result<app::AutomaticPaymentRow, app::Refusal>> enabled;
        written([&] {
            auto does = commands();
            app::Books books{store(), does, shop.ids};
            enabled = app::enable_automatic(
                books, gateways, {.subscriber = code, .what = what, .sub_service = sub_service, .saved = saved}, now,
                date(on));
        });
        return *enabled;
    }
    void enabled(const std::string& code, AutomaticFor what, const char* on, const std::string& sub_service = "") {
        done(enable(code, what, save_card(code), on, sub_service));
    }

    app::InBooks in_books(app::Store& store, IdSource& ids) {
        return [&](const std::function<void(app::Books&)>& step) {
            app::Transaction transaction(store);
            app::Commands does(store, *hasher, ids, store.operators().front());
            app::Books books{store, does, ids};
            step(books);
            transaction.commit();
        };
    }
    app::Checkouts checkouts(app::Store& store, IdSource& ids, const char* on) {
        return app::Checkouts({.gateways = gateways,
                               .secrets = *secrets,
                               .http = http,
                               .in_books = in_books(store, ids),
                               .now = now,
                               .today = date(on)});
    }
    // A run of that date, as a server does it.
    void run(const char* on, std::int64_t limit = 250) { run(store(), shop.ids, on, limit); }
    void run(app::Store& store, IdSource& ids, const char* on, std::int64_t limit = 250) {
        std::optional<customers::SubscriberId> after;
        do {
            app::AutomaticBatch batch;
            in_books(store, ids)([&](app::Books& books) {
                batch = app::begin_charges(books, {gateways, date(on), 7, now}, after, limit);
            });
            for (const auto& charge : batch.charges)
                (void)checkouts(store, ids, on).carry_out(charge, [](int failures) { return failures < 3; });
            after = batch.after;
        } while (after);
    }
    void bill(const char* on) { app::BillRun(store(), *hasher, shop.ids, op()).run(date(on)); }
    void day(const char* on) {
        run(on);
        bill(on);
    }

    app::AutomaticPaymentRow automatic(const std::string& code) {
        const auto subscriber = store().find_subscriber(shop.op.id, code);
        return store().automatic().of_subscriber(subscriber->id, shop.op.currency).front();
    }
    std::string verdicts(const char* on) {
        std::string all;
        std::optional<customers::SubscriberId> after;
        for (const auto& one : app::planned_automatic(store(), shop.ids, op(), store().catalog(shop.op.id), gateways,
                                                      date(on), after, 100))
            all += (all.empty() ? "" : ", ") + one.subscriber_code + " " + one.charge.quote.total.text() + " " +
                   std::string(payments::name_of(one.charge.verdict));
        return all;
    }
    std::string balance(const char* code = "ann") { return store().subscriber_row(shop.op.id, code)->balance.text(); }
    Status status(const char* code = "ann") {
        const auto subscriber = store().find_subscriber(shop.op.id, code);
        return store().find_account(*subscriber, "n", date("2026-01-01"))->sub_services.front().state.status;
    }
    std::size_t events(app::EventType type) { return store().events(shop.op.id, {.type = type, .limit = 100}).size(); }
    using Charged = std::vector<std::string>;

    std::unique_ptr<app::Hasher> hasher;
    std::unique_ptr<app::SecretBox> secrets = connect::secret_box(std::string(64, '1'), "");
    Shop shop;
    Instant now{std::chrono::hours{24 * 365 * 56}};
    std::shared_ptr<Charger> card = std::make_shared<Charger>();
    app::Gateways gateways{card};
    NoNetwork http;
};

// Of 150 that are forecast, 10 are there.
TEST_P(AutomaticPayments, ATopUpIsWhatTheForecastLacks) {
    create("ann", "2026-01-01", {.terms = PaymentTerms::prepaid}, "85.00");
    bill("2026-01-01");
    EXPECT_EQ(balance(), "10.00");
    enabled("ann", AutomaticFor::top_up, "2026-01-20");
    run("2026-01-20");
    EXPECT_TRUE(card->charged.empty()) << "nothing renews on that day";
    EXPECT_EQ(verdicts("2026-02-01"), "ann 140.00 charged");
    const auto forecast = app::forecast(store(), shop.ids, op(), store().catalog(shop.op.id),
                                        *store().find_subscriber(shop.op.id, "ann"), date("2026-02-01"));
    EXPECT_EQ(forecast.recommended().text(), "140.00");
    day("2026-02-01");
    EXPECT_EQ(card->charged, Charged{"140.00"});
    EXPECT_EQ(balance(), "75.00");
    EXPECT_EQ(status(), Status::active);
    day("2026-03-01");
    EXPECT_EQ(card->charged, Charged{"140.00"}) << "the balance covers what renews";
    day("2026-04-01");
    EXPECT_EQ(card->charged, (Charged{"140.00", "150.00"}));
}

TEST_P(AutomaticPayments, ADateIsChargedOnce) {
    create("ann", "2026-01-01", {.terms = PaymentTerms::prepaid}, "75.00");
    bill("2026-01-01");
    enabled("ann", AutomaticFor::top_up, "2026-02-01");
    run("2026-02-01");
    run("2026-02-01");
    written([&] {
        auto row = automatic("ann");
        row.payment.next_on = date("2026-02-01");
        store().automatic().update(row);
    });
    run("2026-02-01");
    EXPECT_EQ(card->charged, Charged{"150.00"});
    bill("2026-02-01");
}

TEST_P(AutomaticPayments, DocumentsAreChargedWhenTheyAreDue) {
    create("ann", "2026-01-01", {});
    bill("2026-01-01");
    enabled("ann", AutomaticFor::documents, "2026-01-02");
    run("2026-01-05");
    EXPECT_TRUE(card->charged.empty());
    EXPECT_EQ(verdicts("2026-01-06"), "ann 75.00 charged");
    run("2026-01-06");
    EXPECT_EQ(card->charged, Charged{"75.00"});
    EXPECT_EQ(balance(), "0.00");
    bill("2026-03-01");
    run("2026-03-06");
    EXPECT_EQ(card->charged, (Charged{"75.00", "75.00", "75.00"})) << "one for each document";
    run("2026-03-07");
    EXPECT_EQ(card->charged.size(), 3U);
}

TEST_P(AutomaticPayments, ASubServiceRenewsByItsMethod) {
    create("ann", "2026-01-01", {.terms = PaymentTerms::prepaid}, "85.00");
    bill("2026-01-01");
    enabled("ann", AutomaticFor::sub_service, "2026-01-20", "n");
    day("2026-02-01");
    EXPECT_EQ(card->charged, Charged{"75.00"});
    EXPECT_EQ(balance(), "10.00");
    day("2026-03-01");
    EXPECT_EQ(card->charged, (Charged{"75.00", "75.00"}));
    EXPECT_EQ(status(), Status::active);
}

TEST_P(AutomaticPayments, ADeclineIsTriedAgainAndResumesWhatWaited) {
    create("ann", "2026-01-01", {.terms = PaymentTerms::prepaid}, "75.00");
    bill("2026-01-01");
    enabled("ann", AutomaticFor::top_up, "2026-01-20");
    card->reason = FailureReason::declined;
    day("2026-02-01");
    EXPECT_EQ(status(), Status::suspended);
    EXPECT_EQ(automatic("ann").payment.next_on, date("2026-02-02"));
    EXPECT_EQ(events(app::EventType::automatic_payment_declined), 1U);
    run("2026-02-02");
    EXPECT_EQ(automatic("ann").payment.next_on, date("2026-02-04"));
    run("2026-02-03");
    EXPECT_EQ(events(app::EventType::automatic_payment_declined), 2U) << "not before its day";
    card->reason = FailureReason::none;
    run("2026-02-04");
    EXPECT_EQ(card->charged, Charged{"150.00"});
    EXPECT_EQ(status(), Status::active);
    EXPECT_EQ(automatic("ann").payment.failures, 0);
}

TEST_P(AutomaticPayments, AfterTheLastRetryItWaitsForTheNextMonth) {
    create("ann", "2026-01-01", {.charge_retries = std::vector<int>{2}});
    bill("2026-01-01");
    enabled("ann", AutomaticFor::documents, "2026-01-06");
    card->reason = FailureReason::declined;
    run("2026-01-06");
    EXPECT_EQ(automatic("ann").payment.next_on, date("2026-01-08"));
    run("2026-01-08");
    EXPECT_EQ(automatic("ann").payment.next_on, date("2026-02-06"));
    EXPECT_FALSE(automatic("ann").payment.is_stopped);
}

TEST_P(AutomaticPayments, ADeclineForGoodStopsIt) {
    create("ann", "2026-01-01", {});
    bill("2026-01-01");
    enabled("ann", AutomaticFor::documents, "2026-01-06");
    card->reason = FailureReason::declined_for_good;
    run("2026-01-06");
    EXPECT_TRUE(automatic("ann").payment.is_stopped);
    EXPECT_EQ(automatic("ann").stop_reason, "declined_for_good");
    EXPECT_EQ(events(app::EventType::automatic_payment_stopped), 1U);
    card->reason = FailureReason::none;
    run("2026-01-20");
    EXPECT_TRUE(card->charged.empty());
    EXPECT_EQ(verdicts("2026-01-20"), "ann 0.00 stopped");
    enabled("ann", AutomaticFor::documents, "2026-01-21");
    run("2026-01-21");
    EXPECT_EQ(card->charged, Charged{"75.00"});
}

TEST_P(AutomaticPayments, AboveACapNothingIsChargedAndItIsToldOnce) {
    create("ann", "2026-01-01", {.charge_cap = support::decimal("74.99")});
    create("bob", "2026-01-01", {.charge_month_cap = support::decimal("150.00")});
    bill("2026-01-01");
    enabled("ann", AutomaticFor::documents, "2026-01-06");
    enabled("bob", AutomaticFor::documents, "2026-01-06");
    EXPECT_EQ(verdicts("2026-01-06"), "ann 75.00 above_cap, bob 75.00 charged");
    run("2026-01-06");
    run("2026-01-07");
    EXPECT_EQ(card->charged, Charged{"75.00"});
    EXPECT_EQ(events(app::EventType::automatic_payment_above_cap), 1U);
    bill("2026-04-01");
    EXPECT_EQ(verdicts("2026-04-06"),
              "ann 75.00 above_cap, ann 75.00 above_cap, ann 75.00 above_cap, ann 75.00 above_cap, bob 75.00 charged, "
              "bob 75.00 charged, bob 75.00 above_month_cap");
    run("2026-04-06", 1);
    EXPECT_EQ(card->charged.size(), 3U);
}

TEST_P(AutomaticPayments, WhatIsNotKnownIsNotChargedAgain) {
    create("ann", "2026-01-01", {.terms = PaymentTerms::prepaid}, "75.00");
    bill("2026-01-01");
    enabled("ann", AutomaticFor::top_up, "2026-02-01");
    card->is_silent = true;
    day("2026-02-01");
    const auto unknown = store().checkouts(shop.op.id, {}).front();
    EXPECT_EQ(unknown.checkout.state, CheckoutState::unknown);
    EXPECT_EQ(status(), Status::suspended);
    card->is_silent = false;
    EXPECT_EQ(verdicts("2026-02-02"), "ann 0.00 under_way");
    run("2026-02-02");
    EXPECT_TRUE(card->charged.empty());
    card->later = {.state = OutcomeState::succeeded, .paid = money("150.00"), .payment = "p"};
    done(checkouts(store(), shop.ids, "2026-02-02").query(unknown.checkout.id));
    EXPECT_EQ(status(), Status::active);
    EXPECT_EQ(store().list(shop.op.id, app::PaymentQuery{}).rows.size(), 2U);
}

// It never reached the gateway: on the same date again.
TEST_P(AutomaticPayments, WhatWasNeverChargedIsChargedAgainOnItsDate) {
    create("ann", "2026-01-01", {});
    bill("2026-01-01");
    enabled("ann", AutomaticFor::documents, "2026-01-06");
    card->is_silent = true;
    run("2026-01-06");
    card->is_silent = false;
    run("2026-01-06");
    EXPECT_TRUE(card->charged.empty()) << "it is not known yet";
    card->later = {.state = OutcomeState::failed, .reason = FailureReason::abandoned};
    done(checkouts(store(), shop.ids, "2026-01-06").query(store().checkouts(shop.op.id, {}).front().checkout.id));
    run("2026-01-06");
    EXPECT_EQ(card->charged, Charged{"75.00"});
}

TEST_P(AutomaticPayments, WhatWasNotAnsweredBeforeMoneyCouldMoveIsAskedAgain) {
    create("ann", "2026-01-01", {});
    bill("2026-01-01");
    enabled("ann", AutomaticFor::documents, "2026-01-06");
    card->silent_before = 2;
    run("2026-01-06");
    EXPECT_EQ(card->charged, Charged{"75.00"});
}

TEST_P(AutomaticPayments, ARunThatWasCutOffGoesOn) {
    for (const auto* code : {"ann", "bob"}) create(code, "2026-01-01", {});
    bill("2026-01-01");
    for (const auto* code : {"ann", "bob"}) enabled(code, AutomaticFor::documents, "2026-01-06");
    const app::AutomaticRun cut_off{gateways, date("2026-01-06"), 7, now};
    in_books(store(), shop.ids)([&](app::Books& books) { app::begin_charges(books, cut_off, std::nullopt, 10); });
    EXPECT_EQ(verdicts("2026-01-07"), "ann 75.00 under_way, bob 75.00 under_way");
    std::optional<app::CheckoutId> after;
    app::AutomaticBatch left;
    in_books(store(), shop.ids)([&](app::Books& books) { left = app::unbegun_charges(books, cut_off, after, 10); });
    ASSERT_EQ(left.charges.size(), 2U);
    for (const auto& charge : left.charges) done(checkouts(store(), shop.ids, "2026-01-06").carry_out(charge));
    EXPECT_EQ(card->charged, (Charged{"75.00", "75.00"}));
    in_books(store(), shop.ids)([&](app::Books& books) {
        after.reset();
        EXPECT_TRUE(app::unbegun_charges(books, cut_off, after, 10).charges.empty());
    });
    const auto counts = store().automatic().counts_of_run(7);
    ASSERT_EQ(counts.size(), 1U);
    EXPECT_EQ(counts.front(), std::pair(CheckoutState::succeeded, std::int64_t{2}));
}

// Cash comes in between the plan and the charge.
TEST_P(AutomaticPayments, ADocumentThatIsPaidMeanwhileIsNotCharged) {
    create("ann", "2026-01-01", {});
    bill("2026-01-01");
    enabled("ann", AutomaticFor::documents, "2026-01-06");
    app::AutomaticBatch batch;
    in_books(store(), shop.ids)([&](app::Books& books) {
        batch = app::begin_charges(books, {gateways, date("2026-01-06"), 7, now}, std::nullopt, 10);
    });
    written([&] {
        auto does = commands();
        done(does.record_payment(date("2026-01-06"), "ann", money("75.00"), "cash", ""));
    });
    ASSERT_EQ(batch.charges.size(), 1U);
    EXPECT_TRUE(checkouts(store(), shop.ids, "2026-01-06").carry_out(batch.charges.front()));
    EXPECT_TRUE(card->charged.empty());
    EXPECT_FALSE(automatic("ann").payment.is_stopped);
}

TEST_P(AutomaticPayments, ABlockedLimitDoesNotStopATopUp) {
    create("ann", "2026-01-01",
           {.terms = PaymentTerms::credit_limit,
            .credit_limit = support::decimal("100.00"),
            .due_day = 5,
            .block_after = 5});
    bill("2026-02-01");
    bill("2026-02-10");
    enabled("ann", AutomaticFor::top_up, "2026-02-10");
    const auto before = balance();
    EXPECT_TRUE(before.starts_with("-")) << before;
    run("2026-02-10");
    ASSERT_EQ(card->charged.size(), 1U);
    EXPECT_FALSE(balance().starts_with("-")) << balance();
}

TEST_P(AutomaticPayments, HoldsAndPlansAreKept) {
    create("ann", "2026-01-01", {});
    bill("2026-01-01");
    enabled("ann", AutomaticFor::documents, "2026-01-06");
    written([&] {
        auto does = commands();
        done(does.debtors().hold(date("2026-01-06"), "ann", date("2026-01-10"), ""));
    });
    EXPECT_EQ(verdicts("2026-01-10"), "ann 0.00 held");
    run("2026-01-10");
    EXPECT_TRUE(card->charged.empty());
    run("2026-01-11");
    EXPECT_EQ(card->charged, Charged{"75.00"});
}

TEST_P(AutomaticPayments, OnlyWhatIsLiveAndFitsCanBeChosen) {
    create("ann", "2026-01-01", {});
    create("bob", "2026-01-01", {.terms = PaymentTerms::prepaid}, "75.00");
    const auto of_ann = save_card("ann");
    EXPECT_EQ(enable("ann", AutomaticFor::top_up, of_ann, "2026-01-06").refusal().code,
              RefusalCode::automatic_payment_not_allowed);
    EXPECT_EQ(enable("bob", AutomaticFor::documents, of_ann, "2026-01-06").refusal().code,
              RefusalCode::automatic_payment_not_allowed);
    EXPECT_EQ(enable("bob", AutomaticFor::top_up, of_ann, "2026-01-06").refusal().code,
              RefusalCode::unknown_saved_method);
    EXPECT_EQ(enable("ann", AutomaticFor::sub_service, of_ann, "2026-01-06", "x").refusal().code,
              RefusalCode::unknown_sub_service);
    card->description_.capabilities = {};
    EXPECT_EQ(enable("ann", AutomaticFor::documents, of_ann, "2026-01-06").refusal().code,
              RefusalCode::payment_method_not_usable);
}

TEST_P(AutomaticPayments, AForgottenMethodEndsIt) {
    create("ann", "2026-01-01", {});
    const auto saved = save_card("ann");
    done(enable("ann", AutomaticFor::documents, saved, "2026-01-06"));
    done(enable("ann", AutomaticFor::documents, saved, "2026-01-06"));
    const auto ann = store().find_subscriber(shop.op.id, "ann")->id;
    EXPECT_EQ(store().automatic().of_subscriber(ann, shop.op.currency).size(), 1U) << "one for the account";
    done(checkouts(store(), shop.ids, "2026-01-06").forget("ann", saved));
    EXPECT_TRUE(store().automatic().of_subscriber(ann, shop.op.currency).empty());
    EXPECT_EQ(events(app::EventType::automatic_payment_ended), 1U);
}

// Two servers of one database, or one that does it twice.
TEST_P(AutomaticPayments, TwoRunsOfADateChargeOnce) {
    constexpr std::size_t many = 30;
    for (std::size_t i = 0; i < many; ++i) create("s" + std::to_string(i), "2026-01-01", {});
    bill("2026-01-01");
    for (std::size_t i = 0; i < many; ++i) enabled("s" + std::to_string(i), AutomaticFor::documents, "2026-01-06");
    std::vector<std::thread> servers;
    for (int server = 1; server <= 2; ++server) {
        servers.emplace_back([this, server] {
            const auto own = home->is_shared() ? home->open() : nullptr;
            IdSource ids(0, server + 10);
            run(own ? *own : store(), ids, "2026-01-06", 7);
        });
        if (!home->is_shared()) servers.back().join();
    }
    for (auto& server : servers)
        if (server.joinable()) server.join();
    EXPECT_EQ(card->charged.size(), many);
    EXPECT_EQ(store().list(shop.op.id, app::PaymentQuery{.paging = {.limit = 100}}).rows.size(), many);
}

TEST_P(AutomaticPayments, TheDatabaseRefusesASecondChargeOfTheSame) {
    create("ann", "2026-01-01", {.terms = PaymentTerms::prepaid}, "75.00");
    enabled("ann", AutomaticFor::top_up, "2026-01-06");
    const auto row = automatic("ann");
    const auto checkout = [&] {
        return app::Checkout{.id = shop.ids.next<app::CheckoutId>(),
                             .subscriber = row.subscriber,
                             .op = row.op,
                             .method = row.method,
                             .kind = app::CheckoutKind::saved,
                             .quote = {money("5.00"), money("0.00"), money("5.00")},
                             .created_at = now,
                             .expires_at = now,
                             .automatic = row.payment.id,
                             .automatic_on = date("2026-01-06")};
    };
    written([&] { store().add_checkout(checkout()); });
    EXPECT_ANY_THROW(written([&] { store().add_checkout(checkout()); }));
}

SLUICE_ON_EACH_STORE(AutomaticPayments);

}  // namespace
}  // namespace sluice::contract
