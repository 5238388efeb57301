// Discounts on each store: codes that are redeemed no more often than they may be, grants that count, books that
// verify.
#include <atomic>
#include <thread>

#include "app/bill_accounts.hpp"
#include "app/commands.hpp"
#include "app/explain.hpp"
#include "app/verify.hpp"
#include "connect/crypto/sha256_hasher.hpp"
#include "contract/store_files.hpp"
#include "contract/store_home.hpp"
#include "store/open_store.hpp"

namespace sluice::contract {
namespace {

using app::RefusalCode;
using support::date;
using support::decimal;
using support::money;
using support::Shop;

class WithDiscounts : public Contract {
protected:
    WithDiscounts() : hasher(connect::sha256_hasher()) {
        shop.service("net", "40");
        found(shop);
        auto does = commands();
        for (const char* code : {"anna", "bert"}) {
            done(does.create_subscriber({.code = code, .contact = code}));
            done(does.add_sub_service(date("2026-01-05"), {.subscriber = code, .code = "n", .service = "net"}));
        }
        done(does.discounts().create({.id = catalog::DiscountId{0},
                                      .code = "welcome",
                                      .name = "Welcome",
                                      .percent = decimal("25"),
                                      .periods = 2}));
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
    void bill(const char* through) {
        EXPECT_TRUE(app::BillRun(store(), *hasher, shop.ids, shop.op).run(date(through)).parked.empty());
    }
    std::vector<std::string> findings() {
        std::vector<std::string> codes;
        for (const auto& finding : app::verify(store(), *hasher, shop.op).findings)
            codes.push_back(finding.code + ": " + finding.message);
        return codes;
    }
    std::vector<std::string> totals(const char* subscriber) {
        const auto who = store().find_subscriber(shop.op.id, subscriber);
        std::vector<std::string> totals;
        for (const auto& stored : store().documents(shop.op.id, {.subscriber = who->id}, std::nullopt, 100))
            totals.push_back(stored.document.total.text());
        return totals;
    }

    Shop shop;
    std::unique_ptr<app::Hasher> hasher;
};

TEST_P(WithDiscounts, AGrantIsTakenForItsPeriodsAndComesBackAsItWas) {
    auto does = commands();
    done(does.discounts().grant(date("2026-01-05"), {"anna", "n"}, "welcome", "moved in"));
    done(does.activate(date("2026-01-05"), {"anna", "n"}));
    done(does.activate(date("2026-01-05"), {"bert", "n"}));
    bill("2026-03-31");
    EXPECT_EQ(totals("anna"), (std::vector<std::string>{"30.00", "30.00", "40.00"}));
    EXPECT_EQ(totals("bert"), (std::vector<std::string>{"40.00", "40.00", "40.00"}));
    EXPECT_EQ(findings(), std::vector<std::string>{});
    const auto document = store().documents(shop.op.id, {.with_lines = true}, std::nullopt, 1).front().document;
    ASSERT_EQ(document.lines.size(), 2U);
    const auto& less = document.lines[1].charge;
    EXPECT_EQ(less.kind, charging::ChargeKind::discount);
    EXPECT_EQ(less.credits, document.lines[0].charge.id);
    EXPECT_EQ(less.amount, money("-10.00"));
    const auto told = app::explain(store(), shop.op, *store().find_line(less.id));
    EXPECT_TRUE(told.agrees) << app::text(told);
    EXPECT_NE(app::text(told).find("welcome, granted"), std::string::npos) << app::text(told);
    const auto rows = store().grants(shop.op.id, {});
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].sub_service_code, "n");
    EXPECT_EQ(rows[0].grant.reason, "moved in");
}

TEST_P(WithDiscounts, WhatIsInUseIsEndedInsteadOfRemoved) {
    auto does = commands();
    done(
        does.discounts().create({.id = catalog::DiscountId{0}, .code = "idle", .name = "Idle", .fixed = decimal("1")}));
    expect_refused(does.discounts().create({.id = catalog::DiscountId{0}, .code = "idle", .fixed = decimal("1")}),
                   RefusalCode::code_taken);
    done(does.discounts().grant(date("2026-01-05"), {"anna", ""}, "welcome", ""));
    auto again = commands();
    done(again.discounts().remove("idle"));
    expect_refused(again.discounts().remove("welcome"), RefusalCode::discount_in_use);
    done(again.discounts().end("welcome", date("2026-02-05")));
    done(again.activate(date("2026-01-05"), {"anna", "n"}));
    bill("2026-02-28");
    EXPECT_EQ(totals("anna"), (std::vector<std::string>{"30.00", "40.00"}));
    auto later = commands();
    expect_refused(later.discounts().grant(date("2026-02-06"), {"bert", ""}, "welcome", ""),
                   RefusalCode::discount_not_allowed);
    EXPECT_EQ(findings(), std::vector<std::string>{});
}

TEST_P(WithDiscounts, ACodeThatIsRefusedCountsNoUse) {
    auto does = commands();
    done(does.discounts().create_code(
        {.code = "HELLO", .discount = "welcome", .max_uses = 5, .max_uses_per_subscriber = 1}));
    expect_refused(does.discounts().redeem(date("2026-01-05"), {"nobody", ""}, "HELLO"),
                   RefusalCode::unknown_subscriber);
    done(does.discounts().redeem(date("2026-01-05"), {"anna", "n"}, "HELLO"));
    expect_refused(does.discounts().redeem(date("2026-01-05"), {"anna", ""}, "HELLO"), RefusalCode::promo_code_used_up);
    EXPECT_EQ(store().find_promo_code(shop.op.id, "HELLO")->uses, 1);
}

TEST_P(WithDiscounts, TheLastUseOfACodeIsRedeemedOnce) {
    if (!home->is_shared()) GTEST_SKIP() << "one process has the store";
    auto does = commands();
    constexpr int uses = 3;
    constexpr int servers = 4;
    done(does.discounts().create_code({.code = "LAST", .discount = "welcome", .max_uses = uses}));
    for (int i = 0; i < servers * 3; ++i)
        done(does.create_subscriber({.code = "s" + std::to_string(i), .contact = "S"}));
    std::atomic<int> granted = 0;
    std::atomic<int> used_up = 0;
    std::vector<std::thread> threads;
    for (int server = 0; server < servers; ++server)
        threads.emplace_back([&, server] {
            const auto mine = store::open_store(home->address(), true);
            IdSource ids{1'790'000'000'000, mine->take_node(server + 10)};
            app::Commands redeems(*mine, *hasher, ids, shop.op);
            for (int n = 0; n < 3;) {
                try {
                    const auto result = redeems.discounts().redeem(date("2026-01-05"),
                                                                   {"s" + std::to_string(server * 3 + n), ""}, "LAST");
                    if (result.ok())
                        ++granted;
                    else if (result.refusal().code == RefusalCode::promo_code_used_up)
                        ++used_up;
                    ++n;
                } catch (const app::Contention&) {
                    // Somebody was in the way: once more.
                }
            }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(granted, uses);
    EXPECT_EQ(used_up, servers * 3 - uses);
    EXPECT_EQ(store().find_promo_code(shop.op.id, "LAST")->uses, uses);
}

SLUICE_ON_EACH_STORE(WithDiscounts);

}  // namespace
}  // namespace sluice::contract
