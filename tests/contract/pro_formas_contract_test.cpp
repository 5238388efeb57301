// Pro-forma documents and advance payments: what stores keep of them, and what money does for them.
#include "app/bill_accounts.hpp"
#include "app/commands.hpp"
#include "app/forecast.hpp"
#include "app/verify.hpp"
#include "connect/crypto/sha256_hasher.hpp"
#include "contract/store_home.hpp"

namespace sluice::contract {
namespace {

using app::RefusalCode;
using customers::PaymentTerms;
using invoicing::ProFormaState;
using subscriptions::Status;
using support::date;
using support::money;
using support::Shop;

// Prepaid subscribers, each with a service "n" for 40 a month.
class ProFormaDocuments : public Contract {
protected:
    ProFormaDocuments() : hasher(connect::sha256_hasher()) {
        shop.service("net", "40");
        shop.once("visit", "15");
        shop.op.payment.terms = PaymentTerms::prepaid;
        shop.op.payment.lead_days = {10, 2};
        shop.op.payment.order_days = 5;
        found(shop);
    }
    ~ProFormaDocuments() override {
        const auto report = app::verify(store(), *hasher, op());
        for (const auto& [code, where, message] : report.findings) ADD_FAILURE() << code << " " << where << message;
    }
    customers::Operator op() { return store().operators().front(); }
    app::Commands commands() { return {store(), *hasher, shop.ids, op()}; }
    template <typename Result>
    void done(const Result& result) {
        ASSERT_TRUE(result.ok()) << result.refusal().message;
    }
    template <typename Result>
    void expect_refused(const Result& result, RefusalCode code) {
        ASSERT_FALSE(result.ok());
        EXPECT_EQ(result.refusal().code, code) << result.refusal().message;
    }
    void create(const std::string& code, customers::PaymentSettings payment = {}) {
        customers::Subscriber subscriber{.code = code, .contact = code};
        subscriber.payment = std::move(payment);
        done(commands().create_subscriber(subscriber));
        done(commands().add_sub_service(date("2026-01-10"), {.subscriber = code, .code = "n", .service = "net"}));
    }
    void begin(const std::string& code, const char* paid) {
        pay("2026-01-10", code, paid);
        done(commands().activate(date("2026-01-10"), {code, "n"}));
    }
    void pay(const char* on, const std::string& code, const char* amount) {
        done(commands().record_payment(date(on), code, money(amount), "cash", ""));
    }
    app::ProFormaFigures run(const char* on) { return commands().issue_pro_formas(date(on)); }
    invoicing::ProForma pro_forma(const std::string& number) {
        const auto found = store().pro_formas().find(shop.op.id, number);
        EXPECT_TRUE(found.has_value()) << number;
        return found.value().pro_forma;
    }
    Status status(const std::string& code) {
        return store().find_sub_service(store().find_subscriber(shop.op.id, code)->id, "n")->sub_service.status;
    }

    Shop shop;
    std::unique_ptr<app::Hasher> hasher;
};

TEST_P(ProFormaDocuments, SettingsComeBackAsTheyWereStored) {
    create("anna", {.lead_days = std::vector<int>{}, .order_days = 3});
    reopen();
    EXPECT_EQ(op().payment, shop.op.payment);
    const auto anna = *store().find_subscriber(shop.op.id, "anna");
    EXPECT_EQ(customers::lead_days_of(op(), anna), std::vector<int>{}) << "none, which is not the same as not said";
    EXPECT_EQ(customers::resolve_payment(op(), anna).order_days, 3);
}

TEST_P(ProFormaDocuments, AnOrderIsKeptWhole) {
    create("anna");
    const auto number = commands().pro_formas().order(
        date("2026-01-12"), {.subscriber = "anna",
                             .items = {{.sub_service = "n"}, {.sub_service = "n", .product = "visit", .quantity = 2}}});
    done(number);
    EXPECT_EQ(number.value(), "PF-2026-000001");
    reopen();
    const auto order = pro_forma("PF-2026-000001");
    EXPECT_EQ(order.date, date("2026-01-12"));
    EXPECT_EQ(order.expires_on, date("2026-01-17"));
    EXPECT_EQ(order.total, money("70.00"));
    ASSERT_EQ(order.lines.size(), 2u);
    EXPECT_EQ(order.lines[0].code, "n");
    EXPECT_EQ(order.lines[0].period, (Period{date("2026-01-12"), date("2026-02-12")}));
    EXPECT_EQ(order.lines[1].quantity, 2);
    ASSERT_EQ(order.items.size(), 2u);
    EXPECT_FALSE(order.items[0].product.has_value());
    EXPECT_TRUE(order.items[1].product.has_value());
    EXPECT_EQ(status("anna"), Status::inactive);
    EXPECT_TRUE(store().balances(shop.op.id, {}, 10).front().balance.is_zero()) << "nothing is owed";
}

TEST_P(ProFormaDocuments, AnOrderBeginsInTheTransactionOfTheMoneyThatCoversIt) {
    create("anna");
    const app::OrderRequest both{.subscriber = "anna",
                                 .items = {{.sub_service = "n"}, {.sub_service = "n", .product = "visit"}}};
    done(commands().pro_formas().order(date("2026-01-12"), both));
    pay("2026-01-13", "anna", "54.99");
    EXPECT_EQ(pro_forma("PF-2026-000001").state, ProFormaState::open);
    EXPECT_EQ(status("anna"), Status::inactive);
    pay("2026-01-14", "anna", "0.01");
    EXPECT_EQ(pro_forma("PF-2026-000001").state, ProFormaState::paid);
    EXPECT_EQ(pro_forma("PF-2026-000001").settled_on, date("2026-01-14"));
    EXPECT_EQ(status("anna"), Status::active);
    app::BillRun(store(), *hasher, shop.ids, op()).run(date("2026-01-14"));
    EXPECT_TRUE(store().balances(shop.op.id, {}, 10).front().balance.is_zero());
    expect_refused(commands().pro_formas().order(date("2026-01-15"), both), RefusalCode::life_of_sub_service);
}

TEST_P(ProFormaDocuments, WhatIsRefusedLeavesNothingBehind) {
    create("anna");
    expect_refused(commands().pro_formas().order(date("2026-01-12"), {"nobody", {{.sub_service = "n"}}}),
                   RefusalCode::unknown_subscriber);
    expect_refused(commands().pro_formas().order(date("2026-01-12"), {"anna", {{.sub_service = "x"}}}),
                   RefusalCode::unknown_sub_service);
    expect_refused(
        commands().pro_formas().order(date("2026-01-12"),
                                      {"anna", {{.sub_service = "n"}, {.sub_service = "n", .product = "nothing"}}}),
        RefusalCode::unknown_product);
    EXPECT_TRUE(store().pro_formas().list(shop.op.id, app::ProFormaQuery{}).empty());
    EXPECT_EQ(status("anna"), Status::inactive);
    done(commands().pro_formas().order(date("2026-01-12"), {"anna", {{.sub_service = "n"}}}));
    EXPECT_EQ(pro_forma("PF-2026-000001").total, money("40.00")) << "refusals take no number";
}

TEST_P(ProFormaDocuments, WithdrawnAndExpiredOrdersDoNotBegin) {
    create("anna");
    create("bert");
    done(commands().pro_formas().order(date("2026-01-12"), {"anna", {{.sub_service = "n"}}}));
    done(commands().pro_formas().order(date("2026-01-12"), {"bert", {{.sub_service = "n"}}}));
    done(commands().pro_formas().withdraw(date("2026-01-13"), "PF-2026-000001", "Changed their mind"));
    expect_refused(commands().pro_formas().withdraw(date("2026-01-13"), "PF-2026-000001", ""),
                   RefusalCode::pro_forma_settled);
    expect_refused(commands().pro_formas().withdraw(date("2026-01-13"), "PF-2026-000009", ""),
                   RefusalCode::unknown_pro_forma);
    EXPECT_EQ(run("2026-01-17").expired, 0);
    pay("2026-01-18", "bert", "40.00");
    EXPECT_EQ(pro_forma("PF-2026-000002").state, ProFormaState::open) << "one day late";
    EXPECT_EQ(run("2026-01-18").expired, 1);
    EXPECT_EQ(run("2026-01-18").expired, 0);
    pay("2026-01-18", "anna", "40.00");
    EXPECT_EQ(status("anna"), Status::inactive);
    EXPECT_EQ(status("bert"), Status::inactive);
    EXPECT_EQ(pro_forma("PF-2026-000001").reason, "Changed their mind");
    EXPECT_EQ(pro_forma("PF-2026-000002").state, ProFormaState::expired);
}

TEST_P(ProFormaDocuments, WhatIsAskedForIsWhatTheForecastRecommends) {
    for (const auto* code : {"anna", "bert", "carl"}) create(code);
    begin("anna", "50.00");
    begin("bert", "95.00");  // until 10 April
    begin("carl", "40.00");
    EXPECT_EQ(run("2026-01-30").issued, 0);
    EXPECT_EQ(run("2026-01-31").issued, 2) << "10 days before 10 February";
    EXPECT_EQ(run("2026-01-31").issued, 0);
    EXPECT_EQ(run("2026-02-07").reminded, 0);
    EXPECT_EQ(run("2026-02-08").issued, 2) << "March is part of what is missing now";
    EXPECT_EQ(run("2026-02-09").reminded, 0);
    for (const auto* number : {"PF-2026-000003", "PF-2026-000004"}) {
        const auto asked = pro_forma(number);
        EXPECT_EQ(asked.runs_out_on, date("2026-02-10"));
        for (const auto* code : {"anna", "carl"}) {
            const auto subscriber = *store().find_subscriber(shop.op.id, code);
            if (subscriber.id != asked.subscriber) continue;
            const auto foreseen =
                app::forecast(store(), shop.ids, op(), store().catalog(shop.op.id), subscriber, date("2026-02-08"));
            EXPECT_EQ(asked.total, foreseen.recommended()) << code;
        }
    }
    const auto open = store().pro_formas().list(shop.op.id, app::ProFormaQuery{.state = ProFormaState::open});
    ASSERT_EQ(open.size(), 2u) << "one a subscriber";
    EXPECT_EQ(open[0].subscriber_code, "carl");
    pay("2026-02-09", "anna", "70.00");
    EXPECT_EQ(pro_forma("PF-2026-000003").state, ProFormaState::paid);
    pay("2026-02-09", "carl", "60.00");
    EXPECT_EQ(pro_forma("PF-2026-000004").state, ProFormaState::open) << "20 are missing";
    EXPECT_EQ(run("2026-02-09").withdrawn, 0);
    pay("2026-02-09", "carl", "20.00");
    EXPECT_EQ(pro_forma("PF-2026-000004").state, ProFormaState::paid);
}

TEST_P(ProFormaDocuments, NobodyElseIsAsked) {
    create("credit", {.terms = PaymentTerms::credit_limit, .credit_limit = support::decimal("100")});
    create("later", {.terms = PaymentTerms::invoice});
    create("never", {.lead_days = std::vector<int>{}});
    begin("credit", "1.00");
    begin("later", "1.00");
    begin("never", "40.00");
    EXPECT_EQ(run("2026-02-09").issued, 0);
}

TEST_P(ProFormaDocuments, WhatIsNotNeededAnyMoreIsWithdrawn) {
    create("anna");
    begin("anna", "40.00");
    EXPECT_EQ(run("2026-01-31").issued, 1);
    done(commands().cancel(date("2026-02-01"), {"anna", "n"}, {}));
    EXPECT_EQ(run("2026-02-02").withdrawn, 1);
    EXPECT_EQ(pro_forma("PF-2026-000001").state, ProFormaState::withdrawn);
}

TEST_P(ProFormaDocuments, PagesFollowOneAnother) {
    for (int i = 0; i < 5; ++i) create("s" + std::to_string(i));
    for (int i = 0; i < 5; ++i)
        done(commands().pro_formas().order(date("2026-01-12"), {"s" + std::to_string(i), {{.sub_service = "n"}}}));
    std::vector<std::string> seen;
    app::ProFormaQuery query{.limit = 2};
    for (auto page = store().pro_formas().list(shop.op.id, query); !page.empty();
         page = store().pro_formas().list(shop.op.id, query)) {
        for (const auto& row : page) seen.push_back(row.subscriber_code);
        query.before = page.back().pro_forma.id;
    }
    EXPECT_EQ(seen, (std::vector<std::string>{"s4", "s3", "s2", "s1", "s0"}));
    EXPECT_TRUE(store().pro_formas().list(customers::OperatorId{99}, app::ProFormaQuery{}).empty());
    EXPECT_FALSE(store().pro_formas().find(customers::OperatorId{99}, "PF-2026-000001"));
}

TEST_P(ProFormaDocuments, AnAdvancePaymentIsWhatIsPaidAhead) {
    create("anna");
    begin("anna", "100.00");
    app::BillRun(store(), *hasher, shop.ids, op()).run(date("2026-01-10"));
    const auto payment = store().list(shop.op.id, app::PaymentQuery{}).rows.front().payment.id;
    const auto number = commands().pro_formas().issue_advance_payment(date("2026-01-11"), payment);
    done(number);
    reopen();
    const auto found = store().pro_formas().find_advance(shop.op.id, number.value());
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->advance.number, "ADV-2026-000001");
    EXPECT_EQ(found->advance.amount, money("60.00"));
    EXPECT_EQ(found->subscriber_code, "anna");
    expect_refused(commands().pro_formas().issue_advance_payment(date("2026-01-11"), payment), RefusalCode::code_taken);
    EXPECT_EQ(store().pro_formas().list(shop.op.id, app::AdvancePaymentQuery{}).size(), 1u);
}

SLUICE_ON_EACH_STORE(ProFormaDocuments);

}  // namespace
}  // namespace sluice::contract
