// What a bill run finds due, and what it leaves behind.
#include <algorithm>

#include "app/bill_accounts.hpp"
#include "app/commands.hpp"
#include "app/dry_run.hpp"
#include "app/verify.hpp"
#include "connect/crypto/sha256_hasher.hpp"
#include "contract/store_home.hpp"

namespace sluice::contract {
namespace {

using customers::SubscriberId;
using invoicing::DocumentType;
using support::date;
using support::Shop;

// Ten subscribers with one to three sub-services; all start on 10 January 2026 but for those of the last one.
class Billing : public Contract {
protected:
    Billing() : hasher(connect::sha256_hasher()) {
        shop.tax("vat", "20");
        shop.service("net", "40", {.setup_fee = "25", .taxes = {"vat"}});
        shop.service("voice", "12", {.timing = catalog::Timing::arrears});
        shop.service("quarterly", "110", {.period = "3 months", .taxes = {"vat"}});
        shop.recurring("ip", "5");
        shop.installments("router", "100", 3);
        shop.op.billing.credit_suspension = true;
        found(shop);
        app::Commands commands(store(), *hasher, shop.ids, shop.op);
        for (int i = 0; i < 10; ++i) {
            const auto code = "s" + std::to_string(i);
            done(commands.create_subscriber({.code = code, .contact = "C" + code}));
            done(commands.create_unit(code, {.code = "flat", .name = "Flat"}));
            for (int j = 0; j <= i % 3; ++j) {
                const auto sub = "n" + std::to_string(j);
                done(
                    commands.add_sub_service(date("2026-01-10"), {.subscriber = code,
                                                                  .code = sub,
                                                                  .service = j == 2 ? "voice" : "net",
                                                                  .unit = j == 1 ? "flat" : "",
                                                                  .add_ons = {{.code = "ip"}},
                                                                  .cpes = {{.code = "router", .serial = code + sub}}}));
                done(commands.activate(date(i == 9 ? "2026-01-12" : "2026-01-10"), {code, sub}));
            }
            const auto subscriber = store().find_subscriber(shop.op.id, code);
            ids.push_back(subscriber->id);
        }
    }
    template <typename Result>
    void done(const Result& result) {
        ASSERT_TRUE(result.ok()) << result.refusal().message;
    }
    std::int64_t next_number(DocumentType type, std::int32_t year) {
        const app::Transaction looks(store());
        return store().hold_number_series(shop.op.id, type, year).next;
    }
    app::BillingSummary bill(const char* through) {
        return app::BillRun(store(), *hasher, shop.ids, store().operators().front()).run(date(through));
    }
    std::vector<app::StoredDocument> documents(const app::DocumentFilter& filter = {.with_lines = true},
                                               std::int64_t page = 1'000) {
        std::vector<app::StoredDocument> all;
        std::optional<std::pair<Date, invoicing::DocumentId>> after;
        for (;;) {
            auto found = store().documents(shop.op.id, filter, after, page);
            if (found.empty()) return all;
            EXPECT_LE(found.size(), static_cast<std::size_t>(page));
            after = {found.back().document.date, found.back().document.id};
            std::move(found.begin(), found.end(), std::back_inserter(all));
        }
    }

    Shop shop;
    std::unique_ptr<app::Hasher> hasher;
    std::vector<SubscriberId> ids;
};

TEST_P(Billing, FindsTheDatesOnWhichSomethingIsDue) {
    EXPECT_EQ(store().next_billing_date(shop.op.id, std::nullopt), date("2026-01-10"));
    EXPECT_EQ(store().next_billing_date(shop.op.id, date("2026-01-10")), date("2026-01-12"));
    EXPECT_FALSE(store().next_billing_date(shop.op.id, date("2026-01-12")));
    EXPECT_FALSE(store().next_billing_date(customers::OperatorId{2}, std::nullopt));
    EXPECT_EQ(store().count_due(shop.op.id, date("2026-01-09")), 0);
    EXPECT_EQ(store().count_due(shop.op.id, date("2026-01-10")), 18);
    EXPECT_EQ(store().count_due(shop.op.id, date("2026-01-12")), 19);
}

TEST_P(Billing, FindsWhoIsDuePageByPageWithWholeAccounts) {
    for (const std::int64_t page : {1, 2, 3, 5, 100}) {
        std::vector<SubscriberId> all;
        std::optional<SubscriberId> after;
        for (;;) {
            const auto found = store().due_subscribers(shop.op.id, date("2026-01-10"), after, page);
            if (found.empty()) break;
            // As many accounts as it takes to reach the size of a page, and no more.
            std::int64_t held = 0;
            for (std::size_t i = 0; i < found.size(); ++i) {
                EXPECT_LT(held, page);
                held += 1 + (std::find(ids.begin(), ids.end(), found[i]) - ids.begin()) % 3;
            }
            all.insert(all.end(), found.begin(), found.end());
            after = found.back();
        }
        EXPECT_EQ(all, (std::vector<SubscriberId>{ids.begin(), ids.end() - 1})) << page << " a page";
    }
}

TEST_P(Billing, LoadsAccountsTogetherAsItLoadsThemOneByOne) {
    bill("2026-01-31");
    app::Commands commands(store(), *hasher, shop.ids, shop.op);
    done(commands.record_payment(date("2026-02-01"), "s1", support::money("20.00"), "cash", ""));
    done(commands.record_payment(date("2026-02-01"), "s2", support::money("1000.00"), "cash", ""));
    done(commands.suspend(date("2026-02-02"), {"s3", "n0"}, "unpaid"));
    done(commands.resume(date("2026-02-03"), {"s3", "n0"}));
    done(commands.suspend(date("2026-02-03"), {"s4", "n0"}, "unpaid"));
    done(commands.cancel(date("2026-02-04"), {"s4", "n0"}, {}));
    done(commands.cancel(date("2026-02-04"), {"s4", "n1"}, {.at = charging::CancelAt::now, .credit = true}));
    for (const char* day : {"2026-02-03", "2026-02-04", "2026-02-10"}) {
        const Date due = date(day);
        std::vector<std::string> together;
        for (const auto& facts : store().due_accounts(shop.op.id, due, ids.front(), ids.back()))
            together.push_back(tell(facts));
        std::vector<std::string> one_by_one;
        for (const auto id : store().due_subscribers(shop.op.id, due, std::nullopt, 1'000)) {
            const auto found = store().due_accounts(shop.op.id, due, id, id);
            ASSERT_EQ(found.size(), 1U);
            one_by_one.push_back(tell(found.front()));
        }
        EXPECT_FALSE(together.empty());
        EXPECT_EQ(together, one_by_one) << day;
        bill(day);
    }
}

TEST_P(Billing, KeepsDocumentsAsTheyWereIssued) {
    bill("2026-03-31");
    const auto before = documents();
    ASSERT_GT(before.size(), 30U);
    reopen();
    const auto after = documents();
    ASSERT_EQ(after.size(), before.size());
    for (std::size_t i = 0; i < after.size(); ++i) {
        EXPECT_EQ(tell(after[i]), tell(before[i]));
        EXPECT_EQ(static_cast<std::size_t>(after[i].line_count), after[i].document.lines.size());
        for (const auto& line : after[i].document.lines) {
            const auto found = store().find_line(line.charge.id);
            ASSERT_TRUE(found);
            EXPECT_EQ(tell(found->line), tell(line));
            EXPECT_EQ(found->document_number, after[i].document.number);
            const auto subscriber = after[i].document.subscriber;
            EXPECT_EQ(tell(store().find_line(shop.op.id, subscriber, line.charge.id)->line), tell(line));
            EXPECT_FALSE(store().find_line(customers::OperatorId{2}, subscriber, line.charge.id));
            EXPECT_FALSE(store().find_line(shop.op.id, shop.subscriber.id, line.charge.id));
        }
    }
}

TEST_P(Billing, TellsTheLinesThatWaitForTheirBillRun) {
    bill("2026-01-12");
    EXPECT_TRUE(store().pending_lines(ids[4]).empty());
    app::Commands commands(store(), *hasher, shop.ids, shop.op);
    for (const char* sub : {"n0", "n1"})
        done(commands.cancel(date("2026-01-15"), {"s4", sub}, {.at = charging::CancelAt::now, .credit = true}));
    const auto pending = store().pending_lines(ids[4]);
    const auto facts = store().due_accounts(shop.op.id, date("2026-01-15"), ids[4], ids[4]);
    ASSERT_EQ(facts.size(), 1U);
    const auto& wanted = facts.front().account.pending_lines;
    ASSERT_EQ(pending.size(), wanted.size());
    ASSERT_GT(pending.size(), 2U);
    for (std::size_t i = 0; i < wanted.size(); ++i) EXPECT_EQ(tell(pending[i].line), tell(wanted[i]));
    EXPECT_EQ(pending.front().sub_service_code, "n0");
    EXPECT_EQ(pending.back().sub_service_code, "n1");
    EXPECT_FALSE(pending.front().line.taxes.empty());
    EXPECT_TRUE(store().pending_lines(ids[5]).empty());
    bill("2026-01-15");
    EXPECT_TRUE(store().pending_lines(ids[4]).empty());
}

TEST_P(Billing, ListsDocumentsWithTheirLines) {
    bill("2026-03-31");
    const auto all = documents();
    app::DocumentQuery query{.with_lines = true, .paging = {.limit = 7}};
    for (std::size_t i = 0; i < all.size();) {
        const auto page = store().list(shop.op.id, query);
        for (const auto& found : page.rows) {
            EXPECT_EQ(tell(found), tell(all.at(i)));
            EXPECT_EQ(found.line_count, all.at(i).line_count);
            EXPECT_EQ(tell(*store().find_document(shop.op.id, found.document.number)), tell(all.at(i++)));
        }
        query.paging.after = page.next;
        ASSERT_EQ(page.next.has_value(), i < all.size());
    }
    query = {};
    for (const auto& found : store().list(shop.op.id, query).rows) EXPECT_TRUE(found.document.lines.empty());
}

TEST_P(Billing, ListsDocumentsPageByPageInOrderOfDateThenOfIssue) {
    bill("2026-03-31");
    const auto all = documents();
    EXPECT_TRUE(std::is_sorted(all.begin(), all.end(), [](const auto& a, const auto& b) {
        return std::pair(a.document.date, a.document.id) < std::pair(b.document.date, b.document.id);
    }));
    for (const std::int64_t page : {1, 7}) {
        const auto paged = documents({.with_lines = true}, page);
        ASSERT_EQ(paged.size(), all.size());
        for (std::size_t i = 0; i < all.size(); ++i) EXPECT_EQ(tell(paged[i]), tell(all[i]));
    }
    EXPECT_TRUE(store().documents(customers::OperatorId{2}, {}, std::nullopt, 10).empty());
}

TEST_P(Billing, FindsDocumentsOfOneSubscriberAndByNumber) {
    bill("2026-03-31");
    for (const auto& found : documents({.subscriber = ids[4]})) {
        EXPECT_EQ(found.subscriber_code, "s4");
        EXPECT_TRUE(found.document.lines.empty()) << "lines were not asked for";
        EXPECT_GT(found.line_count, 0);
    }
    const auto one = documents({.number = "INV-2026-000003", .with_lines = true});
    ASSERT_EQ(one.size(), 1U);
    EXPECT_EQ(one.front().document.sequence, 3);
    EXPECT_TRUE(documents({.number = "INV-2026-999999"}).empty());
}

TEST_P(Billing, NumbersDocumentsInTheirSeries) {
    EXPECT_EQ(next_number(DocumentType::invoice, 2026), 1) << "of a series not yet begun";
    const auto billed = bill("2026-03-31");
    EXPECT_EQ(next_number(DocumentType::invoice, 2026), billed.totals.invoices + 1);
    EXPECT_EQ(next_number(DocumentType::invoice, 2027), 1);
    written([&] { store().save(shop.op.id, app::NumberSeries{DocumentType::credit_note, 2025, 8}); });
    written([&] { store().save(shop.op.id, app::NumberSeries{DocumentType::credit_note, 2025, 9}); });
    reopen();
    EXPECT_EQ(next_number(DocumentType::credit_note, 2025), 9);
    EXPECT_EQ(store().number_series(shop.op.id).size(), 2U);
    EXPECT_TRUE(store().number_series(customers::OperatorId{2}).empty());
}

TEST_P(Billing, TellsBalancesPageByPage) {
    bill("2026-01-10");
    app::Commands commands(store(), *hasher, shop.ids, shop.op);
    done(commands.record_payment(date("2026-01-11"), "s0", support::money("500.00"), "cash", "R-1"));
    std::vector<std::string> told;
    std::optional<SubscriberId> after;
    for (;;) {
        const auto page = store().balances(shop.op.id, after, 3);
        if (page.empty()) break;
        for (const auto& [id, code, name, balance] : page) told.push_back(code + " " + name + " " + balance.text());
        after = page.back().subscriber;
    }
    ASSERT_EQ(told.size(), 10U);
    EXPECT_EQ(told.front(), "s0 Cs0 383.66");  // 500.00 less 48.00 + 30.00 + 5.00 + 33.34
    EXPECT_EQ(told[1].substr(0, 8), "s1 Cs1 -");
    EXPECT_EQ(told.back(), "s9 Cs9 0.00");
}

TEST_P(Billing, LeavesParkedAccountsOut) {
    const auto facts = store().due_accounts(shop.op.id, date("2026-01-10"), ids[1], ids[1]);
    written([&] { store().park(shop.op.id, ids[1], date("2026-01-10"), "because", &facts.front()); });
    written([&] { store().park(shop.op.id, ids[3], date("2026-01-10"), "unreadable", nullptr); });
    reopen();
    const auto parked = store().parked_accounts(shop.op.id);
    ASSERT_EQ(parked.size(), 2U);
    EXPECT_EQ(parked[0].subscriber_code, "s1");
    EXPECT_EQ(parked[0].date, date("2026-01-10"));
    EXPECT_EQ(parked[0].reason, "because");
    EXPECT_NE(parked[0].facts.find("\"n1\""), std::string::npos) << parked[0].facts;
    EXPECT_EQ(parked[1].facts, "{}");
    const auto due = store().due_subscribers(shop.op.id, date("2026-01-10"), std::nullopt, 1'000);
    EXPECT_EQ(due.size(), 7U);
    EXPECT_EQ(std::count(due.begin(), due.end(), ids[1]), 0);
    EXPECT_EQ(store().due_accounts(shop.op.id, date("2026-01-10"), ids[0], ids[4]).size(), 3U);
    EXPECT_EQ(store().due_accounts(shop.op.id, date("2026-01-10"), ids[1], ids[1]).size(), 1U)
        << "one that is asked for is loaded, to bill it again";
    written([&] { store().unpark(ids[1]); });
    EXPECT_EQ(store().parked_accounts(shop.op.id).size(), 1U);
    EXPECT_EQ(store().due_subscribers(shop.op.id, date("2026-01-10"), std::nullopt, 1'000).size(), 8U);
}

TEST_P(Billing, ParkedAgainKeepsTheLatestReason) {
    written([&] { store().park(shop.op.id, ids[1], date("2026-01-10"), "first", nullptr); });
    written([&] { store().park(shop.op.id, ids[1], date("2026-01-11"), "second", nullptr); });
    const auto parked = store().parked_accounts(shop.op.id);
    ASSERT_EQ(parked.size(), 1U);
    EXPECT_EQ(parked.front().reason, "second");
    EXPECT_EQ(parked.front().date, date("2026-01-11"));
}

TEST_P(Billing, KnowsWhatIsLeftOfAPayment) {
    bill("2026-01-10");
    app::Commands commands(store(), *hasher, shop.ids, shop.op);
    done(commands.record_payment(date("2026-01-11"), "s0", support::money("500.00"), "cash", "R-1"));
    const auto payer = *store().find_subscriber(shop.op.id, "s0");
    const auto due = store().due_accounts(shop.op.id, date("2026-02-28"), payer.id, payer.id);
    ASSERT_EQ(due.size(), 1U);
    ASSERT_EQ(due.front().open_credits.size(), 1U);
    EXPECT_EQ(due.front().open_credits.front().left, support::money("383.66"));
    EXPECT_TRUE(due.front().open_documents.empty());
    const auto rich = store().payment_facts(payer, shop.op.currency);
    EXPECT_TRUE(rich.open_credits.empty());
    EXPECT_TRUE(rich.open_documents.empty());
    EXPECT_EQ(rich.head.entries, 2);
    const auto owing = store().payment_facts(*store().find_subscriber(shop.op.id, "s1"), shop.op.currency);
    EXPECT_TRUE(owing.open_credits.empty());
    EXPECT_EQ(owing.open_documents.size(), 2U);
    EXPECT_TRUE(owing.account.sub_services.empty());
}

TEST_P(Billing, TellsTheWholeHistoryOfAccountsPageByPage) {
    bill("2026-03-31");
    app::Commands commands(store(), *hasher, shop.ids, shop.op);
    done(commands.record_payment(date("2026-04-01"), "s0", support::money("5000.00"), "cash", "R-1"));
    reopen();
    std::vector<std::string> codes;
    std::size_t documents_told = 0;
    std::optional<SubscriberId> after;
    for (;;) {
        const auto page = store().histories(shop.op, after, 4);
        if (page.empty()) break;
        for (const auto& history : page) {
            codes.push_back(history.subscriber.code);
            documents_told += history.documents.size();
            EXPECT_EQ(history.sub_services.size(), history.next_billing_dates.size());
            ASSERT_TRUE(history.head);
            EXPECT_EQ(static_cast<std::size_t>(history.head->entries), history.entries.size());
            EXPECT_EQ(history.entries.back().hash, history.head->hash);
            EXPECT_TRUE(history.loose_rows.empty());
            for (const auto& stored : history.lines)
                EXPECT_EQ(tell(store().find_line(stored.line.charge.id)->line), tell(stored.line));
        }
        if (page.front().subscriber.code == "s0") {
            EXPECT_EQ(page.front().payments.size(), 1U);
            EXPECT_EQ(page.front().payments.front().reference, "R-1");
            EXPECT_EQ(page.front().open_credits.size(), 1U);
            EXPECT_EQ(page.front().allocations.size(), page.front().documents.size());
        }
        after = page.back().subscriber.id;
    }
    EXPECT_EQ(codes.size(), 10U);
    EXPECT_EQ(documents_told, documents().size());
}

// What was charged today may be credited and charged anew today: by the run after the command.
TEST_P(Billing, ChargesAnewWhatWasCreditedOnTheDayOfTheRun) {
    bill("2026-01-10");
    app::Commands commands(store(), *hasher, shop.ids, shop.op);
    done(commands.change_service(date("2026-01-10"), {"s0", "n0"}, "quarterly", charging::ChangeWhen::now));
    const auto billed = bill("2026-01-10");
    EXPECT_TRUE(billed.parked.empty()) << billed.parked.front().reason;
    EXPECT_EQ(documents({.subscriber = ids[0]}).size(), 2U);
}

TEST_P(Billing, ADryRunCountsWhatTheRunDoesAndChangesNothing) {
    IdSource throw_away(0, 0);
    app::DryRun dry_run(store(), throw_away, store().operators().front(), date("2026-04-30"));
    while (dry_run.step()) {
    }
    const auto planned = dry_run.summary().totals;
    EXPECT_TRUE(documents().empty());
    const auto done = bill("2026-04-30").totals;
    EXPECT_EQ(planned.invoices, done.invoices);
    EXPECT_EQ(planned.credit_notes, done.credit_notes);
    EXPECT_EQ(planned.lines, done.lines);
    EXPECT_EQ(planned.net, done.net);
    EXPECT_EQ(planned.tax, done.tax);
    EXPECT_EQ(planned.total, done.total);
    EXPECT_GT(done.invoices, 0);
}

TEST_P(Billing, ARunThatIsTakenUpByAnotherObjectCountsOnAndBillsTheRest) {
    const auto through = date("2026-03-31");
    app::BillRun first(store(), *hasher, shop.ids, store().operators().front());
    ASSERT_TRUE(first.step(through));
    app::BillRun second(store(), *hasher, shop.ids, store().operators().front());
    second.go_to({.progress = first.progress()});
    while (second.step(through)) {
    }
    EXPECT_EQ(second.progress().documents, static_cast<std::int64_t>(documents().size()));
    EXPECT_EQ(bill("2026-03-31").totals.invoices, 0);
}

TEST_P(Billing, WhatAClerkPutsOnAnEarlierDateDuringARunIsBilledByIt) {
    const auto through = date("2026-03-31");
    app::BillRun run(store(), *hasher, shop.ids, store().operators().front());
    while (run.step(through) && run.progress().date < date("2026-02-10")) {
    }
    app::Commands commands(store(), *hasher, shop.ids, store().operators().front());
    done(commands.create_subscriber({.code = "late", .contact = "Late"}));
    done(commands.add_sub_service(date("2026-01-15"), {.subscriber = "late", .code = "n", .service = "net"}));
    done(commands.activate(date("2026-01-15"), {"late", "n"}));
    while (run.step(through)) {
    }
    const auto late = store().find_subscriber(shop.op.id, "late");
    EXPECT_EQ(documents({.subscriber = late->id}).size(), 3U);
}

TEST_P(Billing, APriceThatChangesDuringARunIsKnownToTheRestOfIt) {
    const auto through = date("2026-03-31");
    app::BillRun run(store(), *hasher, shop.ids, store().operators().front());
    ASSERT_TRUE(run.step(through));
    app::Commands commands(store(), *hasher, shop.ids, store().operators().front());
    done(commands.change_price(date("2026-01-11"), catalog::ProductType::service, "net", *Decimal::parse("50")));
    done(commands.create_subscriber({.code = "new", .contact = "New"}));
    done(commands.add_sub_service(date("2026-02-15"), {.subscriber = "new", .code = "n", .service = "net"}));
    done(commands.activate(date("2026-02-15"), {"new", "n"}));
    while (run.step(through)) {
    }
    EXPECT_TRUE(store().parked_accounts(shop.op.id).empty());
    const auto subscriber = store().find_subscriber(shop.op.id, "new");
    EXPECT_EQ(documents({.subscriber = subscriber->id}).size(), 2U);
}

// Such a document is stored before it has a number.
TEST_P(Billing, ADocumentWithVeryManyLinesIsStoredAsAnyOther) {
    constexpr int flats = 1'010;
    app::Commands commands(store(), *hasher, shop.ids, store().operators().front());
    customers::Subscriber big{.code = "big", .contact = "Big"};
    big.billing.invoicing = customers::Invoicing::merged;
    written([&] {
        done(commands.create_subscriber(big));
        for (int i = 0; i < flats; ++i) {
            const auto code = "n" + std::to_string(i);
            done(commands.add_sub_service(date("2026-01-10"), {.subscriber = "big", .code = code, .service = "net"}));
            done(commands.activate(date("2026-01-10"), {"big", code}));
        }
    });
    bill("2026-02-28");
    const auto subscriber = store().find_subscriber(shop.op.id, "big");
    const auto of_big = documents({.subscriber = subscriber->id, .number = {}, .with_lines = true});
    ASSERT_EQ(of_big.size(), 2U);
    EXPECT_EQ(of_big.back().document.lines.size(), static_cast<std::size_t>(flats));
    std::vector<std::int64_t> sequences;
    for (const auto& stored : documents()) sequences.push_back(stored.document.sequence);
    std::sort(sequences.begin(), sequences.end());
    for (std::size_t i = 0; i < sequences.size(); ++i)
        ASSERT_EQ(sequences[i], static_cast<std::int64_t>(i) + 1) << "numbers without gaps and twins";
    const auto report = app::verify(store(), *hasher, store().operators().front());
    for (const auto& [code, where, message] : report.findings) ADD_FAILURE() << code << " " << where << message;
}

SLUICE_ON_EACH_STORE(Billing);

}  // namespace
}  // namespace sluice::contract
