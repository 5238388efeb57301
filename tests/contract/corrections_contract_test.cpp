// Refunds, charge-backs, credit notes and write-offs: what they leave in the books, and what they refuse.
#include "app/bill_accounts.hpp"
#include "app/commands.hpp"
#include "app/verify.hpp"
#include "connect/crypto/sha256_hasher.hpp"
#include "contract/store_home.hpp"

namespace sluice::contract {
namespace {

using app::RefusalCode;
using invoicing::DocumentState;
using support::date;
using support::money;
using support::Shop;

// Anna owes 48 for January and 48 for February: 40 each, and 20 % tax.
class CorrectionsOfBooks : public Contract {
protected:
    CorrectionsOfBooks() : hasher(connect::sha256_hasher()) {
        shop.tax("vat", "20");
        shop.service("net", "40", {.taxes = {"vat"}});
        found(shop);
        app::Commands does = commands();
        done(does.create_subscriber({.code = "anna", .contact = "Anna"}));
        done(does.add_sub_service(date("2026-01-05"), {.subscriber = "anna", .code = "n", .service = "net"}));
        done(does.activate(date("2026-01-05"), {"anna", "n"}));
        bill("2026-02-28");
    }
    ~CorrectionsOfBooks() override {
        const auto report = app::verify(store(), *hasher, store().operators().front());
        for (const auto& [code, where, message] : report.findings) ADD_FAILURE() << code << " " << where << message;
    }
    template <typename Result>
    void done(const Result& result) {
        ASSERT_TRUE(result.ok()) << result.refusal().message;
    }
    app::Commands commands() { return {store(), *hasher, shop.ids, store().operators().front()}; }
    void bill(const char* through) {
        app::BillRun(store(), *hasher, shop.ids, store().operators().front()).run(date(through));
    }
    payments::PaymentId pay(const char* on, const char* amount) {
        auto paid = commands().record_payment(date(on), "anna", money(amount), "card", "");
        EXPECT_TRUE(paid.ok());
        return paid.value();
    }
    Money balance() { return store().subscriber_row(shop.op.id, "anna")->balance; }
    DocumentState state(const char* number) { return store().find_document(shop.op.id, number)->document.state; }
    Money unallocated(payments::PaymentId id) {
        const auto row = store().find_payment(shop.op.id, id);
        Money left = row->payment.amount;
        for (const auto& paid : row->paid) left -= paid.amount;
        for (const auto& refund : row->refunds) left -= refund.amount;
        return left;
    }
    template <typename Result>
    void expect_refused(const Result& result, RefusalCode code) {
        ASSERT_FALSE(result.ok());
        EXPECT_EQ(result.refusal().code, code) << result.refusal().message;
    }

    Shop shop;
    std::unique_ptr<app::Hasher> hasher;
};

TEST_P(CorrectionsOfBooks, ARefundTakesOnlyWhatNothingWasChargedAgainst) {
    const auto paid = pay("2026-03-01", "100.00");
    auto does = commands();
    expect_refused(does.corrections().refund(date("2026-03-02"), {.payment = paid, .amount = money("4.01")}),
                   RefusalCode::amount_not_allowed);
    done(does.corrections().refund(date("2026-03-02"), {.payment = paid, .amount = money("1.50")}));
    EXPECT_EQ(unallocated(paid), money("2.50"));
    done(does.corrections().refund(date("2026-03-03"), {.payment = paid}));
    EXPECT_EQ(unallocated(paid), money("0.00"));
    EXPECT_EQ(balance(), money("0.00"));
    expect_refused(does.corrections().refund(date("2026-03-04"), {.payment = paid}), RefusalCode::amount_not_allowed);
    bill("2026-03-05");
    EXPECT_EQ(state("INV-2026-000003"), DocumentState::issued) << "nothing is left that could pay it";
}

TEST_P(CorrectionsOfBooks, WhatFallsDueThatDayCannotGoBack) {
    const auto paid = pay("2026-03-01", "146.00");  // 50 more than is owed
    expect_refused(commands().corrections().refund(date("2026-03-05"), {.payment = paid, .amount = money("2.01")}),
                   RefusalCode::amount_not_allowed);
    done(commands().corrections().refund(date("2026-03-05"), {.payment = paid}));
    EXPECT_EQ(unallocated(paid), money("48.00"));
    bill("2026-03-05");
    EXPECT_EQ(balance(), money("0.00"));
}

TEST_P(CorrectionsOfBooks, AChargeBackOpensTheYoungestDebtFirst) {
    const auto paid = pay("2026-03-01", "100.00");
    EXPECT_EQ(state("INV-2026-000002"), DocumentState::paid);
    done(commands().corrections().charge_back(date("2026-03-02"), {.payment = paid, .amount = money("60.00")}));
    EXPECT_EQ(state("INV-2026-000001"), DocumentState::partially_paid);
    EXPECT_EQ(state("INV-2026-000002"), DocumentState::issued);
    EXPECT_EQ(balance(), money("-56.00"));
    done(commands().corrections().charge_back(date("2026-03-03"), {.payment = paid}));
    EXPECT_EQ(state("INV-2026-000001"), DocumentState::issued);
    EXPECT_EQ(balance(), money("-96.00"));
    expect_refused(commands().corrections().charge_back(date("2026-03-04"), {.payment = paid}),
                   RefusalCode::amount_not_allowed);
    pay("2026-03-05", "96.00");
    EXPECT_EQ(state("INV-2026-000002"), DocumentState::paid);
}

TEST_P(CorrectionsOfBooks, OtherCreditPaysWhatAChargeBackOpens) {
    const auto first = pay("2026-03-01", "96.00");
    const auto second = pay("2026-03-01", "70.00");
    done(commands().corrections().charge_back(date("2026-03-02"), {.payment = first}));
    EXPECT_EQ(state("INV-2026-000001"), DocumentState::paid);
    EXPECT_EQ(state("INV-2026-000002"), DocumentState::partially_paid);
    EXPECT_EQ(unallocated(second), money("0.00"));
    EXPECT_EQ(balance(), money("-26.00"));
}

TEST_P(CorrectionsOfBooks, ACreditNotePaysTheInvoiceThatItCorrects) {
    const auto note = commands().corrections().credit(
        date("2026-03-01"),
        {.document = "INV-2026-000002", .lines = {{.position = 1, .amount = money("10.00")}}, .reason = "Two days"});
    done(note);
    const auto stored = store().find_document(shop.op.id, note.value());
    ASSERT_TRUE(stored);
    EXPECT_EQ(stored->document.number, "CN-2026-000001");
    EXPECT_EQ(stored->document.total, money("-12.00"));
    EXPECT_EQ(stored->document.reason, "Two days");
    EXPECT_EQ(state("INV-2026-000001"), DocumentState::issued);
    EXPECT_EQ(state("INV-2026-000002"), DocumentState::partially_paid);
    expect_refused(
        commands().corrections().credit(
            date("2026-03-01"), {.document = "INV-2026-000002", .lines = {{.position = 1, .amount = money("30.01")}}}),
        RefusalCode::amount_not_allowed);
    done(commands().corrections().credit(date("2026-03-02"), {.document = "INV-2026-000002"}));
    EXPECT_EQ(state("INV-2026-000002"), DocumentState::paid);
    expect_refused(commands().corrections().credit(date("2026-03-02"), {.document = "INV-2026-000002"}),
                   RefusalCode::amount_not_allowed);
    EXPECT_EQ(balance(), money("-48.00"));
}

TEST_P(CorrectionsOfBooks, ACancellationCreditsNoMoreThanACreditNoteLeft) {
    done(commands().corrections().credit(
        date("2026-02-06"), {.document = "INV-2026-000002", .lines = {{.position = 1, .amount = money("39.00")}}}));
    done(commands().cancel(date("2026-02-06"), {"anna", "n"}, {.at = charging::CancelAt::now, .credit = true}));
    bill("2026-02-28");
    EXPECT_EQ(balance(), money("-48.00")) << "the last of February's forty came back, not 27 days of it";
}

TEST_P(CorrectionsOfBooks, AWriteOffPaysItsDocumentOnly) {
    done(commands().corrections().write_off(
        date("2026-03-01"), {.document = "INV-2026-000002", .amount = money("8.00"), .reason = "settled"}));
    EXPECT_EQ(state("INV-2026-000001"), DocumentState::issued);
    EXPECT_EQ(state("INV-2026-000002"), DocumentState::partially_paid);
    done(commands().corrections().write_off(date("2026-03-01"), {.document = "INV-2026-000002"}));
    EXPECT_EQ(state("INV-2026-000002"), DocumentState::paid);
    expect_refused(commands().corrections().write_off(date("2026-03-01"), {.document = "INV-2026-000002"}),
                   RefusalCode::amount_not_allowed);
    EXPECT_EQ(balance(), money("-48.00"));
}

TEST_P(CorrectionsOfBooks, ATransferTakesWhatIsLeftOfSeveralPayments) {
    auto does = commands();
    done(does.create_subscriber({.code = "bert", .contact = "Bert"}));
    pay("2026-03-01", "100.00");
    const auto second = pay("2026-03-01", "10.00");
    expect_refused(does.transfer(date("2026-03-02"), {.from = "anna", .to = "bert", .amount = money("14.01")}),
                   RefusalCode::amount_not_allowed);
    expect_refused(does.transfer(date("2026-03-02"), {.from = "anna", .to = "anna"}), RefusalCode::amount_not_allowed);
    expect_refused(does.transfer(date("2026-03-02"), {.from = "anna", .to = "carl"}), RefusalCode::unknown_subscriber);
    EXPECT_EQ(balance(), money("14.00")) << "what is refused leaves nothing behind";
    const auto moved = does.transfer(date("2026-03-02"), {.from = "anna", .to = "bert", .amount = money("9.00")});
    done(moved);
    EXPECT_EQ(unallocated(second), money("5.00")) << "the four that were left of the first one went first";
    EXPECT_EQ(balance(), money("5.00"));
    EXPECT_EQ(store().subscriber_row(shop.op.id, "bert")->balance, money("9.00"));
    EXPECT_EQ(store().find_payment(shop.op.id, moved.value())->payment.method, "transfer");
}

TEST_P(CorrectionsOfBooks, WhatIsNotThereOrTooEarlyIsRefused) {
    const auto paid = pay("2026-03-01", "10.00");
    auto does = commands();
    expect_refused(does.corrections().refund(date("2026-03-01"), {.payment = payments::PaymentId{1}}),
                   RefusalCode::unknown_payment);
    expect_refused(does.corrections().charge_back(date("2026-02-28"), {.payment = paid}),
                   RefusalCode::date_not_allowed);
    expect_refused(does.corrections().credit(date("2026-03-01"), {.document = "INV-2026-000099"}),
                   RefusalCode::unknown_document);
    expect_refused(does.corrections().credit(date("2026-02-04"), {.document = "INV-2026-000002"}),
                   RefusalCode::date_not_allowed);
    expect_refused(
        does.corrections().credit(date("2026-03-01"), {.document = "INV-2026-000002", .lines = {{.position = 2}}}),
        RefusalCode::unknown_line);
    done(does.corrections().credit(date("2026-03-01"), {.document = "INV-2026-000002"}));
    expect_refused(does.corrections().write_off(date("2026-03-01"), {.document = "CN-2026-000001"}),
                   RefusalCode::document_not_allowed);
    EXPECT_EQ(balance(), money("-38.00")) << "what is refused leaves nothing behind";
}

TEST_P(CorrectionsOfBooks, NumbersOfAnEarlierPatternAreSound) {
    auto op = store().operators().front();
    op.invoice_number = "R{year}/{number}";
    store().update(op);
    bill("2026-03-31");
    EXPECT_EQ(state("R2026/000003"), DocumentState::issued);
}

TEST_P(CorrectionsOfBooks, NumbersAreSoundThoughThePatternsWereExchanged) {
    auto op = store().operators().front();
    std::swap(op.invoice_number, op.credit_note_number);
    store().update(op);
    bill("2026-03-31");
    EXPECT_EQ(state("CN-2026-000003"), DocumentState::issued);
}

SLUICE_ON_EACH_STORE(CorrectionsOfBooks);

}  // namespace
}  // namespace sluice::contract
