// What bill runs are compared by, in each store: dry runs and real ones, and the lists that lead there.
#include <chrono>

#include "app/bill_accounts.hpp"
#include "app/commands.hpp"
#include "app/compare_run.hpp"
#include "app/dry_run.hpp"
#include "app/ports/price_use_store.hpp"
#include "app/ports/settings_store.hpp"
#include "connect/crypto/sha256_hasher.hpp"
#include "contract/store_home.hpp"

namespace sluice::contract {
namespace {

using app::JobId;
using reports::Cause;
using reports::ComparedDates;
using support::date;
using support::money;
using support::Shop;
using Texts = std::vector<std::string>;

// January is billed. In February Anna's service goes on, Bert's ends, Clara's begins, Dora's is dearer and has an
// add-on, and Emil's is suspended.
class ComparisonsOfRuns : public Contract {
protected:
    ComparisonsOfRuns() : hasher(connect::sha256_hasher()) {
        shop.tax("vat", "20");
        shop.service("net", "40", {.setup_fee = "10", .taxes = {"vat"}});
        shop.service("fast", "60", {.taxes = {"vat"}});
        shop.recurring("ip", "5", {"vat"});
        found(shop);
        for (const char* code : {"anna", "bert", "clara", "dora", "emil"}) {
            done(commands().create_subscriber({.code = code, .contact = code}));
            done(commands().add_sub_service(date("2026-01-05"), {.subscriber = code, .code = "n", .service = "net"}));
        }
        for (const char* code : {"anna", "bert", "dora", "emil"})
            done(commands().activate(date("2026-01-05"), {code, "n"}));
        bill("2026-01-31", january);
        done(commands().cancel(date("2026-02-01"), {"bert", "n"}, {}));
        done(commands().activate(date("2026-02-07"), {"clara", "n"}));
        done(commands().change_price(date("2026-02-01"), catalog::ProductType::service, "net", support::decimal("50")));
        done(commands().move_to_current_price(date("2026-02-01"), {"dora", "n"}));
        done(commands().add_item(date("2026-02-05"), {"dora", "n"}, catalog::ProductType::add_on, {.code = "ip"}));
        done(commands().suspend(date("2026-02-01"), {"emil", "n"}, "holiday"));
    }
    app::Commands commands() { return {store(), *hasher, shop.ids, op()}; }
    customers::Operator op() { return *store().find_operator(shop.op.id); }
    template <typename Result>
    void done(const Result& result) {
        ASSERT_TRUE(result.ok()) << result.refusal().message;
    }
    void bill(const char* through, JobId run) {
        store().set_occasion({Instant{}, "somebody", run});
        app::BillRun(store(), *hasher, shop.ids, op()).run(date(through));
        store().set_occasion({Instant{}, "somebody"});
    }
    ComparedDates february() { return ComparedDates::of_run(date("2026-01-31"), date("2026-02-28")); }

    struct Compared {
        app::ComparisonTotals totals;
        std::vector<app::RunDifference> differences;
    };
    Compared compare(JobId run) {
        app::RunComparison comparison(store(), op(), run, february());
        while (comparison.step(std::nullopt)) {
        }
        return {comparison.totals(), comparison.take()};
    }
    Compared compare_dry(JobId run) {
        IdSource ids(0, 5);
        app::DryRun dry(store(), ids, op(), date("2026-02-28"));
        app::RunComparison comparison(store(), op(), run, february());
        dry.watch([&](const auto& facts, auto drafts, bool parked) { comparison.expect(facts, drafts, parked); });
        while (dry.step())
            while (comparison.step(dry.last())) {
            }
        while (comparison.step(std::nullopt)) {
        }
        return {comparison.totals(), comparison.take()};
    }
    Texts told(const std::vector<app::RunDifference>& differences) {
        Texts texts;
        for (const auto& d : differences)
            texts.push_back(std::string(reports::name_of(d.cause)) + " " + d.amount.text() + ": " + d.before.text() +
                            " to " + d.now.text());
        return texts;
    }
    app::Page<app::RunDifferenceRow> listed(JobId run, std::optional<Cause> cause = {}, app::Paging paging = {}) {
        return store().comparisons().differences(shop.op.id, {.run = run, .cause = cause, .paging = paging});
    }

    Shop shop;
    std::unique_ptr<app::Hasher> hasher;
    const JobId january{1001};
    const JobId in_february{1002};
    const JobId dry_run{1003};
    const Texts expected{
        "cancelled -48.00: 60.00 to 0.00", "one_off -12.00: 60.00 to 0.00",   "started 48.00: 0.00 to 60.00",
        "one_off 12.00: 0.00 to 60.00",    "price 12.00: 60.00 to 66.00",     "item_added 6.00: 60.00 to 66.00",
        "one_off -12.00: 60.00 to 66.00",  "suspended -48.00: 60.00 to 0.00", "one_off -12.00: 60.00 to 0.00"};
};

// Anna's setup fee was in January, too.
Texts with_anna(Texts others) {
    others.insert(others.begin(), "one_off -12.00: 60.00 to 48.00");
    return others;
}

TEST_P(ComparisonsOfRuns, ARunAndItsDryRunDifferFromTheDatesBeforeByTheSame) {
    const auto dry = compare_dry(dry_run);
    bill("2026-02-28", in_february);
    const auto real = compare(in_february);
    EXPECT_EQ(told(real.differences), with_anna(expected));
    EXPECT_EQ(told(dry.differences), told(real.differences));
    for (const auto* totals : {&dry.totals, &real.totals}) {
        EXPECT_EQ(totals->sub_services, 5);
        EXPECT_EQ(totals->unchanged, 0);
        Money sum = totals->before;
        for (const auto& [cause, total] : totals->causes) sum += total.amount;
        EXPECT_EQ(sum, totals->now);
    }
    EXPECT_EQ(real.totals.before, money("240.00"));
    EXPECT_EQ(real.totals.causes.at(Cause::one_off).sub_services, 5);
    EXPECT_EQ(real.totals.causes.at(Cause::cancelled).amount, money("-48.00"));
    for (const auto& d : dry.differences) EXPECT_FALSE(d.now_document.has_value());
}

TEST_P(ComparisonsOfRuns, DifferencesAreListedPageByPageAndByCause) {
    bill("2026-02-28", in_february);
    const auto found = compare(in_february).differences;
    store().comparisons().add_differences(in_february, found);
    store().comparisons().add_differences(dry_run, std::span(found).first(1));
    EXPECT_EQ(listed(in_february).rows.size(), found.size());
    EXPECT_EQ(listed(dry_run).rows.size(), 1U);

    std::size_t rows = 0;
    app::Paging paging{.limit = 2};
    std::set<std::pair<std::int64_t, Cause>> seen;
    do {
        const auto page = listed(in_february, {}, paging);
        for (const auto& row : page.rows)
            EXPECT_TRUE(seen.emplace(row.difference.sub_service.value(), row.difference.cause).second);
        rows += page.rows.size();
        paging.after = page.next;
    } while (paging.after);
    EXPECT_EQ(rows, found.size());

    const auto first = listed(in_february, Cause::one_off, {.limit = 3});
    ASSERT_EQ(first.rows.size(), 3U);
    ASSERT_TRUE(first.next);
    EXPECT_EQ(listed(in_february, Cause::one_off, {.after = first.next, .limit = 3}).rows.size(), 2U);

    const auto cancelled = listed(in_february, Cause::cancelled);
    ASSERT_EQ(cancelled.rows.size(), 1U);
    const auto& row = cancelled.rows.front();
    EXPECT_EQ(row.subscriber_code, "bert");
    EXPECT_EQ(row.subscriber_name, "bert");
    EXPECT_EQ(row.sub_service_code, "n");
    EXPECT_EQ(row.difference.amount, money("-48.00"));
    EXPECT_EQ(row.before_document, "INV-2026-000002");
    EXPECT_EQ(row.now_document, "");

    Shop other;
    EXPECT_TRUE(store().comparisons().differences(customers::OperatorId{77}, {.run = in_february}).rows.empty());
    store().comparisons().remove_differences(in_february);
    EXPECT_TRUE(listed(in_february).rows.empty());
    EXPECT_EQ(listed(dry_run).rows.size(), 1U);
}

TEST_P(ComparisonsOfRuns, DifferencesOfOldRunsAreForgottenAFewAtATime) {
    const auto asked = parse_instant("2026-02-28T02:00:00Z").value();
    const auto job = [&](JobId id, Instant at) {
        return app::Job{.id = id,
                        .op = shop.op.id,
                        .kind = app::JobKind::bill_run,
                        .request = "{}",
                        .actor = "test",
                        .requested_at = at};
    };
    bill("2026-02-28", in_february);
    const auto found = compare(in_february).differences;
    written([&] {
        store().add(job(in_february, asked));
        store().add(job(dry_run, asked + std::chrono::hours{1}));
        for (const auto run : {in_february, dry_run}) store().comparisons().add_differences(run, found);
    });
    const auto forget_before = [&](Instant time) {
        int steps = 0;
        for (bool more = true; more; ++steps)
            written([&] { more = store().comparisons().forget_differences_before(time, 4); });
        return steps - 1;
    };
    EXPECT_EQ(forget_before(asked), 0) << "none is as old as that";
    EXPECT_EQ(listed(in_february).rows.size(), found.size());
    EXPECT_GT(forget_before(asked + std::chrono::minutes{1}), 1) << "a few at a time";
    reopen();
    EXPECT_TRUE(listed(in_february).rows.empty());
    EXPECT_EQ(listed(dry_run).rows.size(), found.size()) << "the next run's are kept";
    forget_before(asked + std::chrono::hours{2});
    EXPECT_TRUE(listed(dry_run).rows.empty());
    EXPECT_EQ(forget_before(asked + std::chrono::hours{2}), 0) << "there are none";
}

TEST_P(ComparisonsOfRuns, DocumentsOfARunAreFoundInEveryOrder) {
    bill("2026-02-28", in_february);
    const auto numbers = [&](app::DocumentQuery query) {
        Texts found;
        query.paging.limit = 2;
        for (;;) {
            const auto page = store().list(shop.op.id, query);
            for (const auto& row : page.rows) found.push_back(row.document.number);
            if (!page.next) return found;
            query.paging.after = page.next;
        }
    };
    const Texts of_january{"INV-2026-000001", "INV-2026-000002", "INV-2026-000003", "INV-2026-000004"};
    const Texts of_february{"INV-2026-000005", "INV-2026-000006", "INV-2026-000007"};
    using app::DocumentOrder;
    for (const auto order : {DocumentOrder::date, DocumentOrder::due, DocumentOrder::number}) {
        EXPECT_EQ(numbers({.bill_run = january, .order = order}), of_january);
        EXPECT_EQ(numbers({.bill_run = in_february, .order = order}), of_february);
        EXPECT_EQ(numbers({.bill_run = dry_run, .order = order}), Texts{});
        EXPECT_EQ(numbers({.state = invoicing::DocumentState::issued, .bill_run = january, .order = order}),
                  of_january);
        EXPECT_EQ(numbers({.state = invoicing::DocumentState::paid, .bill_run = january, .order = order}), Texts{});
        EXPECT_EQ(numbers({.type = invoicing::DocumentType::credit_note, .bill_run = january, .order = order}),
                  Texts{});
        EXPECT_EQ(numbers({.overdue_on = date("2027-01-01"), .bill_run = january, .order = order}), of_january);
    }
    const auto dora = store().find_subscriber(shop.op.id, "dora")->id;
    EXPECT_EQ(numbers({.subscriber = dora, .bill_run = january}), Texts{"INV-2026-000003"});
}

TEST_P(ComparisonsOfRuns, PricesSayWhoIsOnThem) {
    bill("2026-02-28", in_february);
    const auto catalog = store().catalog(shop.op.id);
    const auto& net = *catalog.find(catalog::ProductType::service, "net");
    const auto uses = store().price_uses().price_uses(shop.op.id, net.id);
    ASSERT_EQ(uses.size(), 2U);
    std::map<std::int32_t, app::PriceUse> by_version;
    for (const auto& use : uses) by_version.emplace(catalog.price(use.price).version, use);
    // Bert's is cancelled, Dora's has moved; Clara's was added at the old price.
    EXPECT_EQ(by_version.at(1).sub_services, 3);
    EXPECT_EQ(by_version.at(1).items, 3);
    EXPECT_EQ(by_version.at(2).sub_services, 1);
    const auto listed = [&](catalog::PriceId price) {
        Texts codes;
        for (const auto& row : store().list(shop.op.id, app::SubServiceQuery{.price = price}).rows)
            codes.push_back(row.subscriber_code);
        return codes;
    };
    EXPECT_EQ(listed(by_version.at(1).price), (Texts{"anna", "clara", "emil"}));
    EXPECT_EQ(listed(by_version.at(2).price), Texts{"dora"});
    const auto& ip = *catalog.find(catalog::ProductType::add_on, "ip");
    EXPECT_EQ(listed(catalog.latest_price(ip.id)->id), Texts{"dora"});
    EXPECT_TRUE(
        store().price_uses().price_uses(shop.op.id, catalog.find(catalog::ProductType::service, "fast")->id).empty());
}

TEST_P(ComparisonsOfRuns, SettingsAreReadInBatches) {
    bill("2026-02-28", in_february);
    done(commands().create_unit("anna", {.code = "u1", .name = "One", .billing = {.cycle_day = 7}}));
    Texts seen;
    std::optional<customers::SubscriberId> after;
    for (;;) {
        const auto accounts = store().settings().accounts(shop.op.id, after, 2);
        if (accounts.empty()) break;
        EXPECT_LE(accounts.size(), 2U);
        for (const auto& account : accounts) {
            seen.push_back(account.subscriber.code + " " + std::to_string(account.units.size()) + " " +
                           std::to_string(account.sub_services.size()));
            for (const auto& unit : account.units) EXPECT_EQ(unit.billing.cycle_day, 7);
        }
        after = accounts.back().subscriber.id;
    }
    EXPECT_EQ(seen, (Texts{"anna 1 1", "bert 0 0", "clara 0 1", "dora 0 1", "emil 0 1"}));
}

SLUICE_ON_EACH_STORE(ComparisonsOfRuns);

}  // namespace
}  // namespace sluice::contract
