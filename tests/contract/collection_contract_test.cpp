// Terms of payment, collection and time for debtors: what stores keep of them, and what is refused and resumed.
#include "app/bill_accounts.hpp"
#include "app/commands.hpp"
#include "app/forecast.hpp"
#include "app/verify.hpp"
#include "connect/crypto/sha256_hasher.hpp"
#include "contract/store_home.hpp"

namespace sluice::contract {
namespace {

using app::RefusalCode;
using collection::StepKind;
using customers::PaymentTerms;
using subscriptions::Status;
using subscriptions::SuspendedFor;
using support::date;
using support::money;
using support::Shop;

// anna pays 40 a month for "n".
class CollectionOfDebts : public Contract {
protected:
    CollectionOfDebts() : hasher(connect::sha256_hasher()) {
        shop.service("net", "40");
        shop.once("fee", "5");
        shop.op.due_days = 10;
        shop.op.payment.ladder = "own";
        shop.op.payment.promise_days = 7;
        shop.op.ladders = {{.code = "own",
                            .reminders = {-3, 0, 3},
                            .late_fee_after = 5,
                            .late_fee = "fee",
                            .suspend_after = 7,
                            .terminate_after = 60,
                            .spares_weekends = false}};
        shop.op.holidays = {date("2026-12-25")};
        found(shop);
    }
    ~CollectionOfDebts() override {
        const auto report = app::verify(store(), *hasher, op());
        for (const auto& [code, where, message] : report.findings) ADD_FAILURE() << code << " " << where << message;
    }
    customers::Operator op() { return store().operators().front(); }
    template <typename Result>
    void done(const Result& result) {
        ASSERT_TRUE(result.ok()) << result.refusal().message;
    }
    template <typename Result>
    void expect_refused(const Result& result, RefusalCode code) {
        ASSERT_FALSE(result.ok());
        EXPECT_EQ(result.refusal().code, code) << result.refusal().message;
    }
    app::Commands commands() { return {store(), *hasher, shop.ids, op()}; }
    void create(const char* on, customers::PaymentSettings payment = {}) {
        auto does = commands();
        customers::Subscriber anna{.code = "anna", .contact = "Anna"};
        anna.payment = std::move(payment);
        done(does.create_subscriber(anna));
        done(does.add_sub_service(date(on), {.subscriber = "anna", .code = "n", .service = "net"}));
    }
    void bill(const char* through) { app::BillRun(store(), *hasher, shop.ids, op()).run(date(through)); }
    void pay(const char* on, const char* amount) {
        done(commands().record_payment(date(on), "anna", money(amount), "cash", ""));
    }
    subscriptions::SubService state() { return store().find_sub_service(anna().id, "n")->sub_service; }
    customers::Subscriber anna() { return *store().find_subscriber(shop.op.id, "anna"); }

    Shop shop;
    std::unique_ptr<app::Hasher> hasher;
};

TEST_P(CollectionOfDebts, SettingsComeBackAsTheyWereStored) {
    create("2026-01-05", {.terms = PaymentTerms::credit_limit,
                          .credit_limit = support::decimal("12.5"),
                          .due_day = 20,
                          .block_after = 3,
                          .ladder = "none",
                          .promise_days = 4,
                          .promise_pause = 5,
                          .promise_limit = support::decimal("6")});
    reopen();
    const auto stored = op();
    EXPECT_EQ(stored.ladders, shop.op.ladders);
    EXPECT_EQ(stored.holidays, shop.op.holidays);
    EXPECT_EQ(stored.payment, shop.op.payment);
    const auto rules = customers::resolve_payment(stored, anna());
    EXPECT_EQ(rules.terms, PaymentTerms::credit_limit);
    EXPECT_EQ(rules.credit_limit, money("12.50"));
    EXPECT_EQ(rules.due_day, 20);
    EXPECT_EQ(rules.block_after, 3);
    EXPECT_EQ(rules.ladder, "none");
    EXPECT_EQ(rules.promise_days, 4);
    EXPECT_EQ(rules.promise_pause, 5);
    EXPECT_EQ(rules.promise_limit, money("6.00"));
}

TEST_P(CollectionOfDebts, EachStepIsTakenOnceAndOfMissedRemindersTheLatest) {
    create("2026-01-05");
    done(commands().activate(date("2026-01-05"), {"anna", "n"}));
    bill("2026-01-05");  // due on the 15th
    const auto reminders = [&](const char* on) { return commands().collect(date(on)).reminders; };
    EXPECT_EQ(reminders("2026-01-11"), 0);
    EXPECT_EQ(reminders("2026-01-12"), 1);
    EXPECT_EQ(reminders("2026-01-12"), 0);
    EXPECT_EQ(reminders("2026-01-18"), 1) << "the one of the 15th was missed";
    EXPECT_EQ(reminders("2026-01-19"), 0);
    const auto late = commands().collect(date("2026-01-20"));
    EXPECT_EQ(late.late_fees, 1);
    EXPECT_EQ(late.suspended, 0);
    EXPECT_EQ(commands().collect(date("2026-01-21")).late_fees, 0);
    EXPECT_EQ(commands().collect(date("2026-01-22")).suspended, 1);
    EXPECT_EQ(commands().collect(date("2026-01-22")).suspended, 0);
    EXPECT_EQ(state().suspended_for, SuspendedFor::debt);
    EXPECT_EQ(state().status, Status::suspended);
    bill("2026-01-31");
    EXPECT_EQ(store().subscriber_row(shop.op.id, "anna")->balance, money("-45.00")) << "the fee was added on the 20th";
    EXPECT_EQ(commands().collect(date("2026-03-16")).terminated, 1);
    EXPECT_EQ(commands().collect(date("2026-03-17")).terminated, 0);
    EXPECT_EQ(state().status, Status::cancelled);
}

TEST_P(CollectionOfDebts, NobodyIsTerminatedOnTheDayTheCollectionBegins) {
    create("2026-01-05");
    done(commands().activate(date("2026-01-05"), {"anna", "n"}));
    bill("2026-01-05");
    const auto first = commands().collect(date("2026-06-01"));  // due on 15 January
    EXPECT_EQ(first.suspended, 1);
    EXPECT_EQ(first.terminated, 0);
    EXPECT_EQ(commands().collect(date("2026-07-23")).terminated, 0);
    std::optional<customers::SubscriberId> after;
    EXPECT_EQ(app::planned_steps(store(), op(), date("2026-07-24"), after, 10).front().step.kind,
              StepKind::termination);
    EXPECT_EQ(commands().collect(date("2026-07-24")).terminated, 1) << "53 days later";
}

TEST_P(CollectionOfDebts, APreviewTellsWhatARunDoesAndChangesNothing) {
    create("2026-01-05");
    done(commands().activate(date("2026-01-05"), {"anna", "n"}));
    bill("2026-01-05");
    std::optional<customers::SubscriberId> after;
    const auto planned = app::planned_steps(store(), op(), date("2026-01-22"), after, 10);
    ASSERT_EQ(planned.size(), 3U);
    EXPECT_EQ(planned[0].step.kind, StepKind::reminder);
    EXPECT_EQ(planned[0].step.days, 3);
    EXPECT_EQ(planned[1].step.kind, StepKind::late_fee);
    EXPECT_EQ(planned[2].step.kind, StepKind::suspension);
    EXPECT_EQ(planned[2].number, "INV-2026-000001");
    EXPECT_EQ(planned[2].open, money("40.00"));
    EXPECT_FALSE(after);
    EXPECT_EQ(state().status, Status::active);
    const auto did = commands().collect(date("2026-01-22"));
    EXPECT_EQ(did.reminders + did.late_fees + did.suspended, 3);
    EXPECT_TRUE(app::planned_steps(store(), op(), date("2026-01-22"), after, 10).empty());
}

TEST_P(CollectionOfDebts, WhateverBringsMoneyInResumes) {
    create("2026-01-05");
    done(commands().activate(date("2026-01-05"), {"anna", "n"}));
    bill("2026-01-05");
    const auto suspend_again = [&](const char* on) {
        if (state().status == Status::suspended) return;
        commands().collect(date(on));
        ASSERT_EQ(state().status, Status::suspended);
    };
    suspend_again("2026-01-22");
    done(commands().corrections().write_off(date("2026-01-23"), {.document = "INV-2026-000001"}));
    EXPECT_EQ(state().status, Status::active);
    bill("2026-02-05");  // with the late fee of January: due on the 15th of February
    suspend_again("2026-02-25");
    done(commands().corrections().credit(date("2026-02-26"), {.document = "INV-2026-000002", .reason = "goodwill"}));
    done(commands().corrections().credit(date("2026-02-26"), {.document = "INV-2026-000003", .reason = "goodwill"}));
    EXPECT_EQ(state().status, Status::active);
}

TEST_P(CollectionOfDebts, DebtIsPaidFirstWhateverItWasPaidFor) {
    create("2026-01-05", {.terms = PaymentTerms::prepaid});
    expect_refused(commands().activate(date("2026-01-05"), {"anna", "n"}), RefusalCode::not_enough_funds);
    EXPECT_EQ(state().status, Status::inactive) << "nothing of a refused command stays";
    EXPECT_TRUE(store().documents(shop.op.id, {}, std::nullopt, 10).empty());
    pay("2026-01-05", "40.00");
    const auto refused = commands().activate(date("2026-01-05"), {"anna", "n"});
    done(refused);
    EXPECT_EQ(store().subscriber_row(shop.op.id, "anna")->balance, money("0.00"));
    bill("2026-02-05");
    EXPECT_EQ(state().suspended_for, SuspendedFor::funds);
    pay("2026-02-06", "38.00");
    EXPECT_EQ(state().status, Status::suspended) << "27 of 28 days cost 38.57";
    pay("2026-02-06", "0.57");
    EXPECT_EQ(state().status, Status::active);
    EXPECT_EQ(store().subscriber_row(shop.op.id, "anna")->balance, money("0.00"));
}

TEST_P(CollectionOfDebts, AForecastIsTheDecisionOfLaterDates) {
    create("2026-01-15", {.terms = PaymentTerms::unlimited_postpaid});
    done(commands().activate(date("2026-01-15"), {"anna", "n"}));
    pay("2026-01-15", "10.00");
    const auto seen = [&](const char* on) {
        return app::forecast(store(), shop.ids, op(), store().catalog(shop.op.id), anna(), date(on));
    };
    auto forecast = seen("2026-01-15");
    EXPECT_EQ(forecast.this_month, money("40.00"));
    EXPECT_EQ(forecast.next_month, money("40.00"));
    EXPECT_EQ(forecast.month_end, date("2026-01-31"));
    EXPECT_EQ(forecast.next_month_end, date("2026-02-28"));
    EXPECT_EQ(forecast.recommended(), money("70.00"));
    bill("2026-01-15");
    forecast = seen("2026-01-15");
    EXPECT_EQ(forecast.this_month, money("40.00")) << "charged, and on no document yet";
    EXPECT_EQ(forecast.recommended(), money("70.00"));
    bill("2026-02-01");
    forecast = seen("2026-02-01");
    EXPECT_EQ(forecast.balance, money("-30.00"));
    EXPECT_EQ(forecast.recommended(), money("110.00"));
}

TEST_P(CollectionOfDebts, WhatIsAgreedOnHasToMakeSense) {
    create("2026-01-05");
    done(commands().activate(date("2026-01-05"), {"anna", "n"}));
    bill("2026-01-05");
    auto does = commands();
    const Date today = date("2026-01-06");
    expect_refused(does.debtors().hold(today, "nobody", std::nullopt, ""), RefusalCode::unknown_subscriber);
    expect_refused(does.debtors().hold(today, "anna", date("2026-01-05"), ""), RefusalCode::date_not_allowed);
    expect_refused(does.debtors().release("anna", collection::HoldId{7}), RefusalCode::unknown_hold);
    expect_refused(does.debtors().agree_on_plan(today, "anna", {{date("2026-01-10"), money("39.99")}}),
                   RefusalCode::plan_not_allowed);
    expect_refused(does.debtors().agree_on_plan(today, "anna", {{date("2026-01-05"), money("40.00")}}),
                   RefusalCode::plan_not_allowed);
    expect_refused(does.debtors().agree_on_plan(
                       today, "anna", {{date("2026-01-10"), money("20.00")}, {date("2026-01-10"), money("20.00")}}),
                   RefusalCode::plan_not_allowed);
    const auto plan = does.debtors().agree_on_plan(
        today, "anna", {{date("2026-02-10"), money("15.00")}, {date("2026-01-10"), money("25.00")}});
    done(plan);
    expect_refused(does.debtors().agree_on_plan(today, "anna", {{date("2026-01-10"), money("40.00")}}),
                   RefusalCode::plan_not_allowed);
    const auto stored = store().debtor(anna(), shop.op.currency);
    ASSERT_TRUE(stored.plan);
    ASSERT_EQ(stored.plan->parts.size(), 2U);
    EXPECT_EQ(stored.plan->parts[0].due, date("2026-01-10"));
    EXPECT_EQ(collection::debts_that_count(stored).front().due, date("2026-01-10"));
    pay("2026-01-09", "25.00");
    EXPECT_EQ(collection::debts_that_count(store().debtor(anna(), shop.op.currency)).front().due, date("2026-02-10"));
    done(does.debtors().end_plan(today, "anna", plan.value()));
    EXPECT_EQ(collection::debts_that_count(store().debtor(anna(), shop.op.currency)).front().due, date("2026-01-15"));
    const auto hold = does.debtors().hold(today, "anna", std::nullopt, "friend of the house");
    done(hold);
    EXPECT_TRUE(collection::is_held(store().debtor(anna(), shop.op.currency), date("2030-01-01")));
    done(does.debtors().release("anna", hold.value()));
    EXPECT_FALSE(collection::is_held(store().debtor(anna(), shop.op.currency), date("2030-01-01")));
    expect_refused(does.debtors().promise(today, "anna", std::nullopt, std::nullopt), RefusalCode::promise_not_allowed);
    expect_refused(does.debtors().promise(today, "anna", money("10.00"), 8), RefusalCode::promise_not_allowed);
    done(does.debtors().promise(today, "anna", money("10.00"), 3));
    expect_refused(does.debtors().promise(date("2026-02-04"), "anna", money("10.00"), 3),
                   RefusalCode::promise_not_allowed);
    done(does.debtors().promise(date("2026-02-05"), "anna", money("10.00"), std::nullopt));
    const auto promises = store().promises(anna().id, shop.op.currency, 10);
    ASSERT_EQ(promises.size(), 2U);
    EXPECT_EQ(promises[0].until, date("2026-02-12"));
    EXPECT_EQ(promises[1].until, date("2026-01-09"));
}

SLUICE_ON_EACH_STORE(CollectionOfDebts);

}  // namespace
}  // namespace sluice::contract
