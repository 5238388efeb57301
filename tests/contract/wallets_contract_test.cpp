// Money that is set aside: where it is in the books, what it pays and what it does not.
#include "app/bill_accounts.hpp"
#include "app/commands.hpp"
#include "app/forecast.hpp"
#include "app/purses.hpp"
#include "app/verify.hpp"
#include "connect/crypto/sha256_hasher.hpp"
#include "contract/store_home.hpp"

namespace sluice::contract {
namespace {

using app::RefusalCode;
using support::date;
using support::money;
using support::Shop;

// Anna has paid 100 ahead, and has a service for 40 and one for 20 in one flat, not yet active.
class WalletsOfBooks : public Contract {
protected:
    WalletsOfBooks() : hasher(connect::sha256_hasher()) {
        shop.service("net", "40");
        shop.service("voip", "20");
        found(shop);
        auto does = commands();
        done(does.create_subscriber({.code = "anna", .contact = "Anna"}));
        done(does.create_unit("anna", {.code = "flat", .name = "Flat"}));
        for (const char* code : {"net", "voip"})
            done(does.add_sub_service(date("2026-01-05"),
                                      {.subscriber = "anna", .code = code, .service = code, .unit = "flat"}));
        done(does.record_payment(date("2026-01-05"), "anna", money("100.00"), "card", ""));
    }
    ~WalletsOfBooks() override { EXPECT_EQ(findings(), std::vector<std::string>{}); }

    std::vector<std::string> findings() {
        std::vector<std::string> codes;
        for (const auto& finding : app::verify(store(), *hasher, store().operators().front()).findings)
            codes.push_back(finding.code);
        return codes;
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
    app::Commands commands() { return {store(), *hasher, shop.ids, store().operators().front()}; }
    void bill(const char* through) {
        app::BillRun(store(), *hasher, shop.ids, store().operators().front()).run(date(through));
    }
    customers::Subscriber anna() { return *store().find_subscriber(shop.op.id, "anna"); }
    Money balance() { return store().subscriber_row(shop.op.id, "anna")->balance; }
    Money held(std::string_view code) {
        for (const auto& [wallet, of] : store().wallets(anna().id))
            if (of == code) return wallet.amount;
        return money("0.00");
    }
    // Over all postings of the subscriber.
    Money in(ledger::Account account) {
        Money sum = money("0.00");
        for (const auto& history : store().histories(store().operators().front(), std::nullopt, 10))
            for (const auto& entry : history.entries)
                for (const auto& posting : entry.postings)
                    if (posting.account == account) sum += posting.amount;
        return sum;
    }

    Shop shop;
    std::unique_ptr<app::Hasher> hasher;
};

TEST_P(WalletsOfBooks, WhatIsSetAsideLeavesTheBalanceAndNoCashMoves) {
    done(commands().set_aside(date("2026-01-06"), {.subscriber = "anna", .unit = "flat", .amount = money("30.00")}));
    done(commands().set_aside(date("2026-01-07"), {.subscriber = "anna", .unit = "flat", .amount = money("5.00")}));
    EXPECT_EQ(held("flat"), money("35.00"));
    EXPECT_EQ(balance(), money("65.00"));
    EXPECT_EQ(in(ledger::Account::cash), money("100.00"));
    EXPECT_EQ(in(ledger::Account::wallet), money("-35.00"));
    EXPECT_EQ(store().wallets(anna().id).size(), 1u) << "one for each unit";
}

TEST_P(WalletsOfBooks, AWalletPaysItsOwnLinesWhenTheirDocumentIsIssued) {
    done(commands().set_aside(date("2026-01-06"),
                              {.subscriber = "anna", .sub_service = "voip", .amount = money("50.00")}));
    done(commands().activate(date("2026-01-10"), {"anna", "net"}));
    done(commands().activate(date("2026-01-10"), {"anna", "voip"}));
    bill("2026-01-31");
    EXPECT_EQ(held("voip"), money("30.00"));
    EXPECT_EQ(balance(), money("10.00"));
    EXPECT_EQ(in(ledger::Account::receivable), money("-10.00"));
    EXPECT_EQ(in(ledger::Account::wallet), money("-30.00"));
}

TEST_P(WalletsOfBooks, WhatIsReleasedPaysWhatIsOpenFirst) {
    done(commands().set_aside(date("2026-01-06"), {.subscriber = "anna", .sub_service = "voip"}));
    EXPECT_EQ(balance(), money("0.00"));
    done(commands().activate(date("2026-01-10"), {"anna", "net"}));
    bill("2026-01-31");
    EXPECT_EQ(balance(), money("-40.00")) << "voip's money pays nothing else";
    expect_refused(commands().set_aside(date("2026-02-01"), {.subscriber = "anna", .unit = "flat"}),
                   RefusalCode::amount_not_allowed);
    done(commands().release(date("2026-02-01"),
                            {.subscriber = "anna", .sub_service = "voip", .amount = money("60.00")}));
    EXPECT_EQ(balance(), money("20.00"));
    EXPECT_EQ(held("voip"), money("40.00"));
    expect_refused(
        commands().release(date("2026-02-01"), {.subscriber = "anna", .sub_service = "voip", .amount = money("40.01")}),
        RefusalCode::amount_not_allowed);
}

TEST_P(WalletsOfBooks, WhatIsNotThereIsRefusedAndLeavesNothing) {
    expect_refused(commands().set_aside(date("2026-01-06"), {.subscriber = "bert", .unit = "flat"}),
                   RefusalCode::unknown_subscriber);
    expect_refused(commands().set_aside(date("2026-01-06"), {.subscriber = "anna", .unit = "cellar"}),
                   RefusalCode::unknown_unit);
    expect_refused(commands().set_aside(date("2026-01-06"), {.subscriber = "anna", .sub_service = "tv"}),
                   RefusalCode::unknown_sub_service);
    expect_refused(
        commands().set_aside(date("2026-01-06"), {.subscriber = "anna", .unit = "flat", .amount = money("100.01")}),
        RefusalCode::amount_not_allowed);
    EXPECT_TRUE(store().wallets(anna().id).empty());
}

TEST_P(WalletsOfBooks, TheForecastAsksForWhatWalletsDoNotPay) {
    done(commands().activate(date("2026-01-10"), {"anna", "net"}));
    done(commands().activate(date("2026-01-10"), {"anna", "voip"}));
    bill("2026-01-10");
    done(commands().set_aside(date("2026-01-11"),
                              {.subscriber = "anna", .sub_service = "voip", .amount = money("15.00")}));
    const auto ahead = app::forecast(store(), shop.ids, store().operators().front(), store().catalog(shop.op.id),
                                     anna(), date("2026-01-11"));
    EXPECT_EQ(ahead.this_month, money("0.00"));
    EXPECT_EQ(ahead.next_month, money("45.00")) << "60 are charged in February, 15 of them are set aside";
    EXPECT_EQ(ahead.balance, money("25.00"));
    EXPECT_EQ(ahead.recommended(), money("20.00"));
}

TEST_P(WalletsOfBooks, VerifyFindsAWalletThatHoldsAnotherAmount) {
    done(commands().set_aside(date("2026-01-06"), {.subscriber = "anna", .unit = "flat", .amount = money("30.00")}));
    auto wallet = store().wallets(anna().id).front().wallet;
    wallet.amount = money("31.00");
    store().save_wallets(anna().id, {&wallet, 1});
    EXPECT_EQ(findings(), std::vector<std::string>{"wallet_amount"});
    wallet.amount = money("30.00");
    store().save_wallets(anna().id, {&wallet, 1});
}

SLUICE_ON_EACH_STORE(WalletsOfBooks);

}  // namespace
}  // namespace sluice::contract
