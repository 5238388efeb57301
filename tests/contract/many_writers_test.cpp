// Several that write to one store at the same moment, each over a connection of its own: bill runs beside one another,
// and clerks beside them. What they leave is what one after the other would have left.
#include <algorithm>
#include <atomic>
#include <future>
#include <map>
#include <thread>

#include "app/bill_accounts.hpp"
#include "app/commands.hpp"
#include "app/verify.hpp"
#include "connect/crypto/sha256_hasher.hpp"
#include "contract/store_home.hpp"
#include "store/open_store.hpp"

namespace sluice::contract {
namespace {

using support::date;
using support::Shop;

constexpr int subscribers = 300;
constexpr int sub_services = 600;  // one, two or three each

class ManyWriters : public Contract {
protected:
    ManyWriters() : hasher(connect::sha256_hasher()) {
        if (!home->is_shared()) return;
        shop.tax("vat", "20");
        shop.service("net", "40", {.taxes = {"vat"}});
        shop.service("fast", "55", {.taxes = {"vat"}});
        shop.op.billing.credit_suspension = true;
        found(shop);
        written([&] {
            app::Commands commands(store(), *hasher, shop.ids, shop.op);
            for (int i = 0; i < subscribers; ++i) {
                const auto code = "s" + std::to_string(i);
                done(commands.create_subscriber({.code = code, .contact = "C" + code}));
                for (int j = 0; j <= i % 3; ++j) {
                    const auto sub = "n" + std::to_string(j);
                    done(commands.add_sub_service(date("2026-01-10"),
                                                  {.subscriber = code, .code = sub, .service = "net"}));
                    done(commands.activate(date(i % 2 ? "2026-01-10" : "2026-01-12"), {code, sub}));
                }
            }
        });
    }
    template <typename Result>
    void done(const Result& result) {
        ASSERT_TRUE(result.ok()) << result.refusal().message;
    }

    // Somebody else's store and ids, in a thread of their own.
    struct Other {
        explicit Other(const StoreHome& home) : store(store::open_store(home.address(), true)) {}
        std::unique_ptr<app::Store> store;
        IdSource ids{1'690'000'000'000, store->take_node(7)};  // by a clock that is months behind
    };
    app::BillingTotals bill(const char* through) {
        Other other(*home);
        return app::BillRun(*other.store, *hasher, other.ids, shop.op).run(date(through)).totals;
    }
    void expect_well() {
        const auto op = store().operators().front();
        const auto report = app::verify(store(), *hasher, op);
        for (const auto& [code, where, message] : report.findings) ADD_FAILURE() << code << " " << where << message;
        std::vector<std::int64_t> sequences;
        for (const auto& stored : store().documents(shop.op.id, {}, std::nullopt, 100'000))
            if (stored.document.type == invoicing::DocumentType::invoice) sequences.push_back(stored.document.sequence);
        std::sort(sequences.begin(), sequences.end());
        for (std::size_t i = 0; i < sequences.size(); ++i)
            ASSERT_EQ(sequences[i], static_cast<std::int64_t>(i) + 1) << "numbers without gaps and twins";
        std::int64_t last = 0;
        for (app::EventQuery query{.after = 0, .limit = 1'000};; query.after = last) {
            const auto events = store().events(shop.op.id, query);
            if (events.empty()) break;
            for (const auto& event : events) ASSERT_EQ(event.sequence, ++last);
        }
    }

    Shop shop;
    std::unique_ptr<app::Hasher> hasher;
};

TEST_P(ManyWriters, BillRunsSideBySideBillEachAccountOnce) {
    if (!home->is_shared()) GTEST_SKIP() << "one process has this store";
    std::vector<app::BillingTotals> billed(4, app::BillingTotals::zero(shop.op.currency));
    {
        std::vector<std::jthread> threads;
        for (auto& totals : billed) threads.emplace_back([&] { totals = bill("2026-04-30"); });
    }
    auto together = app::BillingTotals::zero(shop.op.currency);
    for (const auto& one : billed) together.add(one, app::BillingTotals::zero(shop.op.currency));
    EXPECT_EQ(together.invoices, sub_services * 4) << "January to April, one for each sub-service";
    EXPECT_EQ(bill("2026-04-30").invoices, 0) << "nothing is left";
    expect_well();
}

TEST_P(ManyWriters, ARunWaitsForAHeldAccountOnlyWhenNoOtherIsLeft) {
    if (!home->is_shared()) GTEST_SKIP() << "one process has this store";
    Other big(*home);
    Other clerk(*home);
    for (auto* other : {&big, &clerk}) other->store->begin();
    big.store->hold(shop.op.id, "s1");
    clerk.store->hold(shop.op.id, "s3");
    Other biller(*home);
    app::BillRun run(*biller.store, *hasher, biller.ids, shop.op);
    const auto step = [&] { return run.step(date("2026-01-10")); };
    ASSERT_TRUE(step());
    clerk.store->rollback();
    auto next = std::async(std::launch::async, [&] {
        step();
        return step();
    });
    EXPECT_EQ(next.wait_for(std::chrono::seconds(5)), std::future_status::ready)
        << "s3 was there to be billed, s1 was not";
    big.store->rollback();
    next.get();
    while (step()) {
    }
    EXPECT_EQ(run.progress().documents, sub_services / 2);
}

TEST_P(ManyWriters, ClerksWorkWhileAccountsAreBilled) {
    if (!home->is_shared()) GTEST_SKIP() << "one process has this store";
    std::atomic<int> paid = 0;
    std::atomic<int> changed = 0;
    std::atomic<int> in_each_others_way = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 2; ++i) threads.emplace_back([&] { bill("2026-06-30"); });
        for (int clerk = 0; clerk < 3; ++clerk)
            threads.emplace_back([&, clerk] {
                Other other(*home);
                app::Commands commands(*other.store, *hasher, other.ids, shop.op);
                for (int i = 0; i < 60; ++i) {
                    const auto code = "s" + std::to_string((i * 7 + clerk) % subscribers);
                    try {
                        if (i % 3 == 0) {
                            changed += commands
                                           .change_service(date("2026-06-30"), {code, "n0"}, clerk ? "fast" : "net",
                                                           charging::ChangeWhen::now)
                                           .ok();
                        } else {
                            paid += commands
                                        .record_payment(date("2026-06-30"), code, Money::minor(1'000, shop.op.currency),
                                                        "cash", "")
                                        .ok();
                        }
                    } catch (const app::StoreFailure&) {
                        ++in_each_others_way;  // told to try again, nothing half-done
                    }
                }
            });
    }
    EXPECT_EQ(paid + in_each_others_way >= 120, true) << "no payment was lost without a word";
    EXPECT_GT(changed.load(), 0);
    bill("2026-06-30");
    expect_well();
}

TEST_P(ManyWriters, WhatIsLeftOfAPaymentGoesBackOnce) {
    if (!home->is_shared()) GTEST_SKIP() << "one process has this store";
    app::Commands commands(store(), *hasher, shop.ids, shop.op);
    const auto hundred = Money::minor(10'000, shop.op.currency);
    done(commands.create_subscriber({.code = "payer", .contact = "Payer"}));
    const auto paid = commands.record_payment(date("2026-01-10"), "payer", hundred, "card", "");
    done(paid);
    std::atomic<int> given_back = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&] {
                Other clerk(*home);
                app::Commands does(*clerk.store, *hasher, clerk.ids, shop.op);
                for (int j = 0; j < 5; ++j)
                    given_back += does.corrections()
                                      .refund(date("2026-01-11"),
                                              {.payment = paid.value(), .amount = Money::minor(900, shop.op.currency)})
                                      .ok();
            });
    }
    EXPECT_EQ(given_back, 11) << "eleven times nine";
    EXPECT_EQ(store().subscriber_row(shop.op.id, "payer")->balance, Money::minor(100, shop.op.currency));
    expect_well();
}

TEST_P(ManyWriters, ATextThatTheDatabaseCannotKeepIsRefusedNotCutOff) {
    if (!home->is_shared()) GTEST_SKIP() << "this store keeps every text";
    EXPECT_THROW(store().find_subscriber(shop.op.id, std::string_view("s1\0rest", 7)), app::StoreFailure);
    EXPECT_TRUE(store().find_subscriber(shop.op.id, "s1").has_value());
}

TEST_P(ManyWriters, ProcessesHaveNodesOfTheirOwn) {
    if (!home->is_shared()) GTEST_SKIP() << "one process has this store";
    Other one(*home);
    Other other(*home);
    EXPECT_EQ(one.store->take_node(5), 5);
    EXPECT_EQ(other.store->take_node(5), 6);
    one.store.reset();
    EXPECT_EQ(Other(*home).store->take_node(5), 5) << "it is free again";
}

TEST_P(ManyWriters, AJobIsCarriedOutByOneOfThem) {
    if (!home->is_shared()) GTEST_SKIP() << "one process has this store";
    Other one(*home);
    Other other(*home);
    EXPECT_TRUE(one.store->take_job(app::JobId{42}));
    EXPECT_FALSE(other.store->take_job(app::JobId{42}));
    EXPECT_TRUE(other.store->take_job(app::JobId{43}));
    one.store->give_back_job(app::JobId{42});
    EXPECT_TRUE(other.store->take_job(app::JobId{42}));
}

SLUICE_ON_EACH_STORE(ManyWriters);

}  // namespace
}  // namespace sluice::contract
