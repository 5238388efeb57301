// Cash desks and cheques on each store: receipts without gaps, tills that come out, books that stay right.
#include <set>
#include <thread>

#include "app/bill_accounts.hpp"
#include "app/cash_desk.hpp"
#include "app/verify.hpp"
#include "connect/crypto/sha256_hasher.hpp"
#include "contract/store_files.hpp"
#include "contract/store_home.hpp"
#include "store/open_store.hpp"

namespace sluice::contract {
namespace {

using app::CashMovementKind;
using app::RefusalCode;
using support::date;
using support::money;
using support::Shop;

class AtTheDesk : public Contract {
protected:
    AtTheDesk() : hasher(connect::sha256_hasher()) {
        shop.service("net", "40");
        found(shop);
        auto does = commands();
        done(does.create_subscriber({.code = "anna", .contact = "Anna"}));
        done(does.create_subscriber({.code = "bert", .organization = "Bert Ltd", .category = "home"}));
        done(does.add_sub_service(date("2026-01-05"), {.subscriber = "anna", .code = "n", .service = "net"}));
        done(does.activate(date("2026-01-05"), {"anna", "n"}));
        app::BillRun(store(), *hasher, shop.ids, shop.op).run(date("2026-01-05"));
    }
    template <typename Result>
    void done(const Result& result) {
        ASSERT_TRUE(result.ok()) << result.refusal().message;
    }
    template <typename Result>
    void expect_refused(const Result& result, RefusalCode code) {
        ASSERT_FALSE(result.ok());
        EXPECT_EQ(result.refusal().code, code) << result.refusal().message;
    }
    app::Commands commands() { return {store(), *hasher, shop.ids, shop.op}; }
    app::CashDesk desk(app::Store& store, app::Commands& commands, IdSource& ids) {
        return app::CashDesk({.store = store,
                              .commands = commands,
                              .ids = ids,
                              .now = parse_instant("2026-01-10T10:00:00Z").value(),
                              .today = date("2026-01-10"),
                              .actor = "clerk"});
    }
    app::CashShiftId open(const char* at = "front", const char* float_amount = "100.00") {
        auto does = commands();
        const auto opened = desk(store(), does, shop.ids).open(at, "Maria", money(float_amount));
        EXPECT_TRUE(opened.ok());
        return *opened;
    }
    auto pay(app::CashShiftId shift, const char* amount, const char* who = "anna", const char* method = "cash") {
        auto does = commands();
        return desk(store(), does, shop.ids)
            .take(shift, {.subscriber = who, .amount = money(amount), .method = method, .reference = ""});
    }
    std::vector<std::string> findings() {
        std::vector<std::string> codes;
        for (const auto& finding : app::verify(store(), *hasher, shop.op).findings) codes.push_back(finding.code);
        return codes;
    }
    std::string receipt(app::CashShiftId shift, std::size_t at) {
        return store().cash_movements(shop.op.id, shift, std::nullopt, 100).at(at).movement.receipt->number;
    }

    Shop shop;
    std::unique_ptr<app::Hasher> hasher;
};

TEST_P(AtTheDesk, APaymentPaysTheOldestDebtAndHasTheNextReceipt) {
    const auto shift = open();
    done(pay(shift, "30.00"));
    expect_refused(pay(shift, "0.00"), RefusalCode::amount_not_allowed);
    expect_refused(pay(shift, "1.00", "nobody"), RefusalCode::unknown_subscriber);
    done(pay(shift, "10.00"));
    EXPECT_EQ(receipt(shift, 0), "RCPT-2026-000001");
    EXPECT_EQ(receipt(shift, 1), "RCPT-2026-000002") << "what was refused took no number";
    EXPECT_TRUE(store().subscriber_row(shop.op.id, "anna")->balance.is_zero());
    EXPECT_EQ(store().find_cash_receipt(shop.op.id, "RCPT-2026-000002")->subscriber_name, "Anna");
    EXPECT_TRUE(findings().empty());
}

TEST_P(AtTheDesk, AShiftIsClosedWithWhatWasCountedAndADifferenceIsExplained) {
    const auto shift = open();
    done(pay(shift, "50.00"));
    auto does = commands();
    auto at = desk(store(), does, shop.ids);
    done(at.move(shift, CashMovementKind::cash_in, money("20.00"), "change"));
    done(at.move(shift, CashMovementKind::cash_out, money("120.00"), "to the bank"));
    expect_refused(at.move(shift, CashMovementKind::cash_out, money("50.01"), "too much"),
                   RefusalCode::not_enough_cash);
    const auto row = store().find_cash_shift(shop.op.id, shift);
    EXPECT_EQ(row->sums.expected(row->shift.float_amount), money("50.00"));
    expect_refused(at.close(shift, money("49.00"), ""), RefusalCode::difference_not_explained);
    done(at.close(shift, money("49.00"), "a coin fell down"));
    expect_refused(at.close(shift, money("50.00"), ""), RefusalCode::cash_shift_closed);
    expect_refused(pay(shift, "1.00"), RefusalCode::cash_shift_closed);
    const auto closing = store().find_cash_shift(shop.op.id, shift)->shift.closing;
    EXPECT_EQ(closing->expected, money("50.00"));
    EXPECT_EQ(closing->explanation, "a coin fell down");
    EXPECT_EQ(store().list(shop.op.id, app::PaymentQuery{}).rows.size(), 1U) << "a refused payment is not there";
    EXPECT_TRUE(findings().empty());
}

TEST_P(AtTheDesk, ADeskHasOneOpenShift) {
    const auto shift = open();
    auto does = commands();
    auto at = desk(store(), does, shop.ids);
    expect_refused(at.open("front", "Nina", money("0.00")), RefusalCode::cash_desk_in_use);
    open("back", "0.00");
    done(at.close(shift, money("100.00"), ""));
    open("front", "100.00");
    EXPECT_EQ(store().cash_shifts(shop.op.id, {.desk = "front"}).size(), 2U);
    EXPECT_EQ(store().cash_shifts(shop.op.id, {.is_open = true}).size(), 2U);
    EXPECT_EQ(store().cash_shifts(shop.op.id, {.date = date("2026-01-11")}).size(), 0U);
}

TEST_P(AtTheDesk, ARefundLeavesTheTillWithoutItsFee) {
    const auto shift = open("front", "10.00");
    done(pay(shift, "30.00", "bert"));
    const auto payment = store().list(shop.op.id, app::PaymentQuery{}).rows.front().payment.id;
    auto does = commands();
    auto at = desk(store(), does, shop.ids);
    done(at.pay_out(shift, {.payment = payment, .amount = money("20.00"), .fee = money("2.00"), .method = "cash"}));
    EXPECT_EQ(store().find_cash_shift(shop.op.id, shift)->sums.refunds, money("18.00"));
    done(at.move(shift, CashMovementKind::cash_out, money("15.00"), "to the bank"));
    expect_refused(at.pay_out(shift, {.payment = payment}), RefusalCode::not_enough_cash);
    EXPECT_EQ(store().find_payment(shop.op.id, payment)->refunds.size(), 1U) << "nothing was booked of that";
    EXPECT_TRUE(findings().empty());
}

TEST_P(AtTheDesk, AMethodThatExistsHoldsToItsTerms) {
    written([&] {
        store().add_payment_method(
            {.id = shop.ids.next<app::PaymentMethodId>(),
             .op = shop.op.id,
             .code = "till",
             .name = "Cash",
             .gateway = "cash",
             .is_enabled = true,
             .terms = {.categories = {"home"}, .maximum = money("50.00"), .commission = {.fixed = money("0.00")}},
             .sealed_settings = "",
             .created_at = Instant{}});
    });
    const auto shift = open();
    done(pay(shift, "50.00", "bert", "till"));
    expect_refused(pay(shift, "50.01", "bert", "till"), RefusalCode::payment_method_not_usable);
    expect_refused(pay(shift, "10.00", "anna", "till"), RefusalCode::payment_method_not_usable);
    done(pay(shift, "5000.00", "anna", "free text"));
}

TEST_P(AtTheDesk, ManyClerksLeaveNoGapAndNoTwin) {
    if (!home->is_shared()) GTEST_SKIP() << "one process has the store";
    const std::vector shifts{open("a"), open("b"), open("c"), open("d")};
    constexpr int payments_each = 15;
    std::vector<std::thread> clerks;
    for (std::size_t i = 0; i < shifts.size(); ++i)
        clerks.emplace_back([&, i] {
            const auto mine = store::open_store(home->address(), true);
            IdSource ids{1'790'000'000'000, mine->take_node(static_cast<int>(i) + 10)};
            app::Commands does(*mine, *hasher, ids, shop.op);
            for (int n = 0; n < payments_each;) {
                try {
                    app::Transaction transaction(*mine);
                    const auto taken =
                        desk(*mine, does, ids)
                            .take(shifts[i], {.subscriber = (n + static_cast<int>(i)) % 2 ? "anna" : "bert",
                                              .amount = money("1.00"),
                                              .method = "cash",
                                              .reference = ""});
                    EXPECT_TRUE(taken.ok());
                    if (n % 4 == 3) {  // undone after its number was taken
                        ++n;
                        continue;
                    }
                    transaction.commit();
                    ++n;
                } catch (const app::Contention&) {
                    // Somebody was in the way: once more.
                }
            }
        });
    for (auto& clerk : clerks) clerk.join();
    std::set<std::int64_t> numbers;
    std::size_t count = 0;
    for (const auto& movement : store().all_cash_movements(shop.op.id, std::nullopt, 1'000)) {
        numbers.insert(movement.receipt->sequence);
        ++count;
    }
    EXPECT_EQ(count, 4U * 12U);
    EXPECT_EQ(numbers.size(), count);
    EXPECT_EQ(*numbers.begin(), 1);
    EXPECT_EQ(*numbers.rbegin(), static_cast<std::int64_t>(count));
    EXPECT_TRUE(findings().empty());
}

TEST_P(AtTheDesk, ACentOfDamageIsFound) {
    if (home->is_shared()) GTEST_SKIP() << "files are damaged where there are files";
    const auto shift = open();
    done(pay(shift, "30.00"));
    done(pay(shift, "10.00"));
    auto does = commands();
    done(desk(store(), does, shop.ids).close(shift, money("140.00"), ""));
    const auto path = home->address().substr(std::string("sqlite:").size());
    const auto damaged = [&](const std::string& harm, const std::string& mend) {
        close();
        RawFile(path).run(harm);
        reopen();
        const auto found = findings();
        close();
        RawFile(path).run(mend);
        reopen();
        return found;
    };
    using Codes = std::vector<std::string>;
    EXPECT_EQ(damaged("UPDATE cash_shifts SET expected = 14001, counted = 14001",
                      "UPDATE cash_shifts SET expected = 14000, counted = 14000"),
              Codes{"cash_shift_sum"});
    EXPECT_EQ(damaged("UPDATE cash_shifts SET counted = 13999", "UPDATE cash_shifts SET counted = 14000"),
              Codes{"cash_difference"});
    EXPECT_EQ(damaged("UPDATE cash_receipt_series SET next = 4", "UPDATE cash_receipt_series SET next = 3"),
              Codes{"receipt_missing"});
    EXPECT_EQ(damaged("UPDATE cash_movements SET receipt = 'RCPT-2026-7' WHERE receipt_sequence = 2",
                      "UPDATE cash_movements SET receipt = 'RCPT-2026-000002' WHERE receipt_sequence = 2"),
              Codes{"receipt_number"});
    EXPECT_EQ(damaged("UPDATE cash_movements SET amount = amount - 1 WHERE receipt_sequence = 2",
                      "UPDATE cash_movements SET amount = amount + 1 WHERE receipt_sequence = 2"),
              (Codes{"cash_shift_sum", "cash_amount"}));
    EXPECT_EQ(damaged("UPDATE cash_movements SET payment_id = 1 WHERE receipt_sequence = 2", "SELECT 1"),
              Codes{"cash_without_payment"});
}

TEST_P(AtTheDesk, AChequeThatBouncesOpensWhatItPaid) {
    auto does = commands();
    app::Cheques cheques(store(), does, shop.ids);
    const auto received = cheques.receive(
        date("2026-01-10"),
        {.subscriber = "anna", .amount = money("40.00"), .number = "817", .bank = "First", .method = "cheque"});
    done(received);
    EXPECT_TRUE(store().subscriber_row(shop.op.id, "anna")->balance.is_zero());
    expect_refused(cheques.bounce(date("2026-01-09"), *received, "no funds"), RefusalCode::date_not_allowed);
    done(cheques.bounce(date("2026-01-12"), *received, "no funds"));
    EXPECT_EQ(store().subscriber_row(shop.op.id, "anna")->balance, -money("40.00"));
    expect_refused(cheques.clear(date("2026-01-13"), *received), RefusalCode::cheque_settled);
    const auto row = store().find_cheque(shop.op.id, *received);
    EXPECT_EQ(row->cheque.state, app::ChequeState::bounced);
    EXPECT_EQ(store().find_payment(shop.op.id, row->cheque.payment)->refunds.front().reference, "cheque 817: no funds");
    EXPECT_TRUE(findings().empty());
}

TEST_P(AtTheDesk, AChequeThatClearsMovesNothing) {
    auto does = commands();
    app::Cheques cheques(store(), does, shop.ids);
    const auto received = cheques.receive(
        date("2026-01-10"),
        {.subscriber = "bert", .amount = money("40.00"), .number = "818", .bank = "", .method = "cheque"});
    done(received);
    done(cheques.clear(date("2026-01-12"), *received));
    expect_refused(cheques.bounce(date("2026-01-13"), *received, "late"), RefusalCode::cheque_settled);
    EXPECT_EQ(store().subscriber_row(shop.op.id, "bert")->balance, money("40.00"));
    EXPECT_EQ(store().cheques(shop.op.id, {.state = app::ChequeState::cleared}).size(), 1U);
    EXPECT_TRUE(findings().empty());
}

SLUICE_ON_EACH_STORE(AtTheDesk);

}  // namespace
}  // namespace sluice::contract
