// Payments through gateways as the store keeps them, and as they come into the books.
#include "app/bill_accounts.hpp"
#include "app/book_money_back.hpp"
#include "app/settle_checkout.hpp"
#include "app/verify.hpp"
#include "connect/crypto/sha256_hasher.hpp"
#include "contract/store_home.hpp"

namespace sluice::contract {
namespace {

using app::CheckoutState;
using app::OutcomeState;
using support::date;
using support::decimal;
using support::money;
using support::Shop;

Instant at(std::int64_t seconds) { return Instant{std::chrono::seconds{seconds}}; }

class GatewaysInStore : public Contract {
protected:
    GatewaysInStore() : hasher(connect::sha256_hasher()) {
        shop.service("net", "100");
        found(shop);
        written([&] {
            auto commands = this->commands();
            EXPECT_TRUE(commands.create_subscriber({.code = "ann", .contact = "Ann"}).ok());
            EXPECT_TRUE(
                commands.add_sub_service(date("2026-01-10"), {.subscriber = "ann", .code = "n", .service = "net"})
                    .ok());
            EXPECT_TRUE(commands.activate(date("2026-01-10"), {"ann", "n"}).ok());
        });
        app::BillRun(store(), *hasher, shop.ids, shop.op).run(date("2026-01-10"));
        ann = store().find_subscriber(shop.op.id, "ann")->id;
        written([&] { store().add_payment_method(card()); });
    }

    app::Commands commands() { return {store(), *hasher, shop.ids, shop.op}; }
    app::PaymentMethod card() {
        return {.id = app::PaymentMethodId{7},
                .op = shop.op.id,
                .code = "card",
                .name = "Card",
                .gateway = "stripe",
                .position = 3,
                .is_enabled = true,
                .is_test = true,
                .terms = {.currencies = {"USD", "EUR"},
                          .countries = {"Costa Rica"},
                          .categories = {},
                          .minimum = money("1.00"),
                          .maximum = std::nullopt,
                          .commission = {decimal("2.5"), money("0.30"), true}},
                .sealed_settings = "sealed",
                .created_at = at(5)};
    }
    app::Checkout checkout(std::int64_t id, std::optional<invoicing::DocumentId> document = {}) {
        return {.id = app::CheckoutId{id},
                .subscriber = ann,
                .op = shop.op.id,
                .method = app::PaymentMethodId{7},
                .kind = app::CheckoutKind::hosted,
                .document = document,
                .quote = {money("100.00"), money("3.00"), money("103.00")},
                .created_at = at(10),
                .expires_at = at(3'610)};
    }
    void add(const app::Checkout& added) {
        written([&] { store().add_checkout(added); });
    }
    app::CheckoutRow row(std::int64_t id) { return *store().find_checkout(shop.op.id, app::CheckoutId{id}); }
    invoicing::DocumentId invoice() { return store().documents(shop.op.id, {}, {}, 10).front().document.id; }

    // As a gateway told it.
    app::Checkout settle(std::int64_t id, const app::Outcome& outcome) {
        app::CheckoutRow settled = row(id);
        written([&] {
            auto all = commands();
            app::Books books{store(), all, shop.ids};
            settled = app::settle_checkout(books, settled, outcome, at(100), date("2026-01-11"), true);
        });
        return settled.checkout;
    }
    using About = app::GatewayEvent::About;
    bool book(std::int64_t id, About about, const std::string& reference, const char* amount,
              const char* currency = "USD") {
        bool booked = false;
        written([&] {
            auto all = commands();
            app::Books books{store(), all, shop.ids};
            booked = app::book_money_back(books, row(id),
                                          {.about = about, .reference = reference, .amount = money(amount, currency)},
                                          date("2026-01-12"));
        });
        return booked;
    }
    app::Outcome paid(const std::string& payment, const char* amount = "103.00") {
        return {.state = OutcomeState::succeeded, .paid = money(amount), .payment = payment};
    }
    std::vector<std::string> payments() {
        std::vector<std::string> told;
        for (const auto& one : store().list(shop.op.id, app::PaymentQuery{}).rows)
            told.push_back(one.payment.amount.text() + " " + one.payment.method + " " + one.payment.reference);
        std::sort(told.begin(), told.end());
        return told;
    }
    using Told = std::vector<std::string>;
    Money balance() { return store().subscriber_row(shop.op.id, "ann")->balance; }
    void expect_sound_books() {
        for (const auto& finding : app::verify(store(), *hasher, shop.op).findings)
            ADD_FAILURE() << finding.where << ": " << finding.message;
    }

    std::unique_ptr<app::Hasher> hasher;
    Shop shop;
    customers::SubscriberId ann{0};
};

TEST_P(GatewaysInStore, APaymentMethodComesBackAsItWas) {
    auto other = card();
    other.id = app::PaymentMethodId{8};
    other.code = "other";
    other.position = 1;
    written([&] { store().add_payment_method(other); });
    auto changed = card();
    changed.name = "Credit card";
    changed.terms.maximum = money("500.00");
    changed.terms.countries.clear();
    changed.terms.commission.on_top = false;
    changed.is_enabled = false;
    written([&] { store().update_payment_method(changed); });
    reopen();
    const auto methods = store().payment_methods(shop.op.id);
    ASSERT_EQ(methods.size(), 2U);
    EXPECT_EQ(methods[0].code, "other") << "in their order";
    EXPECT_EQ(methods[0].terms.countries, card().terms.countries);
    EXPECT_EQ(methods[0].terms.currencies, card().terms.currencies);
    EXPECT_EQ(methods[0].terms.minimum, money("1.00"));
    EXPECT_FALSE(methods[0].terms.maximum);
    EXPECT_EQ(methods[0].terms.commission.percent, decimal("2.5"));
    EXPECT_EQ(methods[0].terms.commission.fixed, money("0.30"));
    EXPECT_TRUE(methods[0].terms.commission.on_top && methods[0].is_enabled && methods[0].is_test);
    EXPECT_EQ(methods[0].sealed_settings, "sealed");
    EXPECT_EQ(methods[1].name, "Credit card");
    EXPECT_EQ(methods[1].terms.maximum, money("500.00"));
    EXPECT_TRUE(methods[1].terms.countries.empty());
    EXPECT_FALSE(methods[1].terms.commission.on_top || methods[1].is_enabled);
}

TEST_P(GatewaysInStore, ACheckoutIsFoundByItsIdItsKeyAndItsPayment) {
    auto one = checkout(21, invoice());
    one.request_key = "order-1";
    one.reference = "cs_1";
    one.url = "https://pay";
    one.form = {{"amount", "103.00"}, {"text", "two\nlines \"ö\""}};
    one.saves_method = true;
    one.next_query_at = at(50);
    add(one);
    one.gateway_payment = "pi_1";
    one.queries = 2;
    written([&] { store().update_checkout(one); });
    reopen();
    const auto found = row(21);
    EXPECT_EQ(found.subscriber_code, "ann");
    EXPECT_EQ(found.method_code, "card");
    EXPECT_EQ(found.document_number, store().documents(shop.op.id, {}, {}, 10).front().document.number);
    EXPECT_EQ(found.checkout.quote.total, money("103.00"));
    EXPECT_EQ(found.checkout.url, "https://pay");
    EXPECT_EQ(found.checkout.form, one.form);
    EXPECT_EQ(found.checkout.next_query_at, at(50));
    EXPECT_EQ(found.checkout.queries, 2);
    EXPECT_TRUE(found.checkout.saves_method);
    EXPECT_TRUE(store().find_checkout_by_key(ann, "order-1"));
    EXPECT_FALSE(store().find_checkout_by_key(ann, "order-2"));
    EXPECT_TRUE(store().find_checkout(app::PaymentMethodId{7}, "pi_1"));
    EXPECT_FALSE(store().find_checkout(app::PaymentMethodId{8}, "pi_1"));
    EXPECT_TRUE(store().open_checkout_of(ann, invoice()));
    EXPECT_FALSE(store().find_checkout(customers::OperatorId{99}, app::CheckoutId{21}));
}

TEST_P(GatewaysInStore, OfADocumentOneCheckoutAtATimeIsOpen) {
    add(checkout(21, invoice()));
    EXPECT_THROW(add(checkout(22, invoice())), app::ConstraintViolated);
    settle(21, {.state = OutcomeState::expired});
    add(checkout(22, invoice()));
    add(checkout(23));
    add(checkout(24));  // in advance, any number
    EXPECT_EQ(store().open_checkout_of(ann, invoice())->checkout.id, app::CheckoutId{22});
}

TEST_P(GatewaysInStore, CheckoutsAreListedNewestFirstAndAskedAboutWhenTheyAreDue) {
    for (std::int64_t id = 21; id < 26; ++id) {
        auto one = checkout(id);
        if (id != 23) one.next_query_at = at(200 - id);
        add(one);
    }
    settle(24, {.state = OutcomeState::failed});
    const auto ids = [](const std::vector<app::CheckoutRow>& rows) {
        std::vector<std::int64_t> all;
        for (const auto& each : rows) all.push_back(each.checkout.id.value());
        return all;
    };
    using Ids = std::vector<std::int64_t>;
    EXPECT_EQ(ids(store().checkouts(shop.op.id, {.limit = 2})), (Ids{25, 24}));
    EXPECT_EQ(ids(store().checkouts(shop.op.id, {.before = app::CheckoutId{24}})), (Ids{23, 22, 21}));
    EXPECT_EQ(ids(store().checkouts(shop.op.id, {.subscriber = ann, .state = CheckoutState::failed})), (Ids{24}));
    EXPECT_EQ(ids(store().checkouts_to_query(at(178), 10)), (Ids{25, 22}));
    EXPECT_EQ(ids(store().checkouts_to_query(at(500), 1)), (Ids{25}));
}

TEST_P(GatewaysInStore, AnEventIsKeptOnceForEachMethod) {
    const app::StoredGatewayEvent event{.method = app::PaymentMethodId{7},
                                        .op = shop.op.id,
                                        .event = "evt_1",
                                        .type = "refund.created",
                                        .state = app::StoredGatewayEvent::State::to_be_booked,
                                        .payment = "pi_1",
                                        .reference = "re_1",
                                        .checkout = {},
                                        .amount = money("2.50"),
                                        .received_at = at(9)};
    written([&] { EXPECT_TRUE(store().add_gateway_event(event)); });
    written([&] { EXPECT_FALSE(store().add_gateway_event(event)); });
    reopen();
    const auto kept = store().gateway_events(shop.op.id, app::StoredGatewayEvent::State::to_be_booked, 10);
    ASSERT_EQ(kept.size(), 1U);
    EXPECT_EQ(kept[0].event, "evt_1");
    EXPECT_EQ(kept[0].amount, money("2.50"));
    EXPECT_EQ(kept[0].reference, "re_1");
    EXPECT_TRUE(store().gateway_events(shop.op.id, app::StoredGatewayEvent::State::done, 10).empty());
}

TEST_P(GatewaysInStore, ASavedMethodIsThereOnceUntilItIsRemoved) {
    app::SavedMethod saved{.id = app::SavedMethodId{41},
                           .subscriber = ann,
                           .op = shop.op.id,
                           .method = app::PaymentMethodId{7},
                           .token = "pm_1",
                           .customer = "cus_1",
                           .brand = "visa",
                           .last4 = "4242",
                           .expires_month = 12,
                           .expires_year = 2031,
                           .created_at = at(3)};
    written([&] { EXPECT_EQ(store().add_saved_method(saved), saved.id); });
    saved.id = app::SavedMethodId{42};
    written([&] { EXPECT_EQ(store().add_saved_method(saved), app::SavedMethodId{41}); });
    reopen();
    const auto all = store().saved_methods(ann);
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].token + all[0].customer + all[0].brand + all[0].last4, "pm_1cus_1visa4242");
    EXPECT_EQ(all[0].expires_year, 2031);
    written([&] { store().remove_saved_method(ann, app::SavedMethodId{41}); });
    EXPECT_TRUE(store().saved_methods(ann).empty());
}

TEST_P(GatewaysInStore, SuccessIsOnePaymentHoweverOftenItIsTold) {
    add(checkout(21, invoice()));
    const auto first = settle(21, paid("pi_1"));
    EXPECT_EQ(first.state, CheckoutState::succeeded);
    EXPECT_TRUE(first.payment);
    settle(21, paid("pi_1"));
    settle(21, {.state = OutcomeState::expired});
    settle(21, {.state = OutcomeState::failed});
    settle(21, {.state = OutcomeState::unknown});
    EXPECT_EQ(row(21).checkout.state, CheckoutState::succeeded);
    EXPECT_EQ(payments(), (Told{"100.00 card pi_1"}));
    EXPECT_EQ(balance(), money("0.00"));
    expect_sound_books();
}

TEST_P(GatewaysInStore, MoneyThatComesAfterAFailureOrExpiryCounts) {
    add(checkout(21));
    add(checkout(22));
    EXPECT_EQ(settle(21, {.state = OutcomeState::failed, .message = "no"}).message, "no");
    settle(22, {.state = OutcomeState::expired});
    EXPECT_EQ(settle(21, paid("pi_1")).message, "");
    settle(22, paid("pi_2"));
    EXPECT_EQ(payments(), (Told{"100.00 card pi_1", "100.00 card pi_2"}));
    expect_sound_books();
}

TEST_P(GatewaysInStore, APaymentTheGatewayTookOnceMoreIsCredit) {
    add(checkout(21, invoice()));
    settle(21, paid("pi_1"));
    settle(21, paid("pi_2"));
    settle(21, paid("pi_2"));
    settle(21, paid("pi_1"));
    EXPECT_EQ(payments(), (Told{"100.00 card pi_1", "103.00 card pi_2"}));
    EXPECT_EQ(balance(), money("103.00"));
    EXPECT_EQ(store().checkouts(shop.op.id, {}).size(), 2U);
    expect_sound_books();
}

TEST_P(GatewaysInStore, WhatCameInIsCreditedNotWhatWasAskedFor) {
    add(checkout(21));
    settle(21, paid("pi_1", "60.00"));
    EXPECT_EQ(payments(), (Told{"60.00 card pi_1"}));
}

TEST_P(GatewaysInStore, MoneyOfAnotherCurrencyWaitsForAClerk) {
    add(checkout(21));
    const auto stuck =
        settle(21, {.state = OutcomeState::succeeded, .paid = money("103.00", "EUR"), .payment = "pi_1"});
    EXPECT_EQ(stuck.state, CheckoutState::unknown);
    EXPECT_NE(stuck.message.find("103.00 EUR"), std::string::npos);
    EXPECT_TRUE(payments().empty());
}

// Of 100.00 that were credited: the commission on top of them went back too.
TEST_P(GatewaysInStore, MoneyThatGoesBackAtTheGatewayIsBookedOnceInAnyOrder) {
    add(checkout(21, invoice()));
    settle(21, paid("pi_1"));
    EXPECT_TRUE(book(21, About::refund, "re_1", "30.00"));
    EXPECT_TRUE(book(21, About::refund, "re_1", "30.00"));
    EXPECT_EQ(balance(), money("-30.00")) << "it was used for the invoice, which is open again";
    EXPECT_TRUE(book(21, About::dispute_returned, "dp_1", "70.00"));
    EXPECT_TRUE(book(21, About::dispute_withdrew, "dp_1", "73.00"));
    EXPECT_TRUE(book(21, About::dispute_withdrew, "dp_1", "73.00"));
    EXPECT_TRUE(book(21, About::dispute_returned, "dp_1", "70.00"));
    EXPECT_EQ(balance(), money("-30.00"));
    EXPECT_EQ(payments(), (Told{"100.00 card pi_1", "70.00 card dp_1"}));
    EXPECT_FALSE(book(21, About::refund, "re_2", "1.00")) << "nothing is left of it";
    expect_sound_books();
}

TEST_P(GatewaysInStore, ARefundAtTheGatewayOfUnusedMoneyIsARefund) {
    add(checkout(21));
    settle(21, paid("pi_1"));
    settle(21, paid("pi_2"));  // the first pays the invoice, this one is credit
    const auto again = store().find_checkout(app::PaymentMethodId{7}, "pi_2");
    ASSERT_TRUE(again);
    EXPECT_TRUE(book(again->checkout.id.value(), About::refund, "re_1", "103.00"));
    const auto row = store().find_payment(shop.op.id, *again->checkout.payment);
    ASSERT_EQ(row->refunds.size(), 1U);
    EXPECT_EQ(row->refunds.front().kind, payments::RefundKind::refund);
    EXPECT_EQ(row->refunds.front().reference, "re_1");
    EXPECT_EQ(balance(), money("0.00"));
    expect_sound_books();
}

TEST_P(GatewaysInStore, WhatDidNotReachThePayerAfterAllIsTheSubscribersAgain) {
    add(checkout(21));
    settle(21, paid("pi_1"));
    EXPECT_TRUE(book(21, About::refund_failed, "re_0", "5.00")) << "it never went, so that nothing comes back";
    EXPECT_TRUE(book(21, About::refund, "re_1", "30.00"));
    EXPECT_EQ(balance(), money("-30.00"));
    EXPECT_TRUE(book(21, About::refund_failed, "re_1", "30.00"));
    EXPECT_TRUE(book(21, About::refund_failed, "re_1", "30.00"));
    EXPECT_EQ(balance(), money("0.00"));
    EXPECT_EQ(payments(), (Told{"100.00 card pi_1", "30.00 card re_1"}));
    expect_sound_books();
}

TEST_P(GatewaysInStore, WhatTheBooksCannotTakeIsNotBooked) {
    add(checkout(21));
    EXPECT_FALSE(book(21, About::refund, "re_1", "1.00")) << "nothing was paid";
    settle(21, paid("pi_1"));
    EXPECT_FALSE(book(21, About::refund, "re_1", "1.00", "EUR"));
    EXPECT_EQ(balance(), money("0.00"));
}

TEST_P(GatewaysInStore, SavingACardIsNoPayment) {
    auto setup = checkout(21);
    setup.kind = app::CheckoutKind::setup;
    setup.quote = {money("0.00"), money("0.00"), money("0.00")};
    setup.saves_method = true;
    add(setup);
    const auto done = settle(
        21, {.state = OutcomeState::succeeded, .card = app::SavedCard{"pm_1", "cus_1", "visa", "4242", 12, 2031}});
    EXPECT_EQ(done.state, CheckoutState::succeeded);
    EXPECT_EQ(store().saved_methods(ann).front().id, done.saved_method);
    EXPECT_TRUE(payments().empty());
}

TEST_P(GatewaysInStore, AnUnknownOutcomeIsAskedForLessAndLessOften) {
    auto unknown = checkout(21);
    unknown.kind = app::CheckoutKind::saved;
    unknown.state = CheckoutState::unknown;
    add(unknown);
    EXPECT_EQ(settle(21, {.state = OutcomeState::unknown}).next_query_at, at(130));
    EXPECT_EQ(settle(21, {.state = OutcomeState::pending}).next_query_at, at(160));
    EXPECT_EQ(row(21).checkout.state, CheckoutState::unknown);
    EXPECT_FALSE(settle(21, paid("pi_1")).next_query_at);
}

SLUICE_ON_EACH_STORE(GatewaysInStore);

}  // namespace
}  // namespace sluice::contract
