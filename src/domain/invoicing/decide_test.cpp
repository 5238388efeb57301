#include "domain/invoicing/decide.hpp"

#include <gtest/gtest.h>

#include "support/shop.hpp"
#include "values/check.hpp"

namespace sluice::invoicing {
namespace {

using customers::Invoicing;
using customers::Unit;
using customers::UnitId;
using support::date;
using support::Lines;
using support::Shop;
using Texts = std::vector<std::string>;

// Two flats and an office; s1 and s2 in flat a, s3 in flat b, s4 in no unit. All active since 1 January 2026.
class Decide : public testing::Test {
protected:
    Decide() : facts{.subscriber = shop.subscriber} {
        shop.tax("vat", "20");
        shop.service("net", "40", {.setup_fee = "25", .taxes = {"vat"}});
        shop.recurring("ip", "5");
        shop.installments("router", "100", 3);
        facts.units = {{.id = UnitId{1}, .code = "a", .name = "A"}, {.id = UnitId{2}, .code = "b", .name = "B"}};
        hold("s1", UnitId{1}, {"net", "router", "ip"});
        hold("s2", UnitId{1}, {"net"});
        hold("s3", UnitId{2}, {"net"});
        hold("s4", std::nullopt, {"net"});
    }

    void hold(const char* code, std::optional<UnitId> unit, const std::vector<const char*>& products) {
        subscriptions::SubService state{.id = shop.ids.next<subscriptions::SubServiceId>(),
                                        .subscriber = shop.subscriber.id,
                                        .unit = unit,
                                        .code = code,
                                        .status = subscriptions::Status::active,
                                        .grid = Grid::from_anchor(date("2026-01-01"), {1, PeriodUnit::month}),
                                        .started_on = date("2026-01-01"),
                                        .billed_to = date("2026-01-01"),
                                        .changed_on = date("2026-01-01")};
        for (const char* name : products) {
            const auto& product = shop.product(name);
            state.items.push_back({.id = shop.ids.next<subscriptions::ItemId>(),
                                   .type = product.type,
                                   .product = product.id,
                                   .price = shop.catalog.latest_price(product.id)->id,
                                   .starts_on = date("2026-01-01")});
        }
        facts.sub_services.push_back({.state = std::move(state)});
    }
    void keep(std::ptrdiff_t first) {
        facts.sub_services.erase(facts.sub_services.begin() + first, facts.sub_services.end());
    }
    Proposal decided(const char* as_of) {
        const auto book = shop.book();
        return decide(shop.op, book, facts, date(as_of));
    }
    // Each draft as "2026-01-01 a: s1 s2 = 150.00".
    Texts tell(const Proposal& proposal) const {
        Texts told;
        for (const auto& draft : proposal.drafts) {
            std::string text = draft.date.text() + " ";
            for (const auto& unit : facts.units)
                if (draft.unit == unit.id) text += unit.code;
            text += ":";
            std::string last;
            for (const auto& line : draft.lines)
                for (const auto& [state, open] : facts.sub_services)
                    if (state.id == line.charge.sub_service && state.code != last) text += " " + (last = state.code);
            told.push_back(text + " = " + draft.total.text());
        }
        return told;
    }

    Shop shop;
    AccountFacts facts;
};

using Grouping = Decide;
using Printing = Decide;

TEST_F(Grouping, IndependentMakesADocumentForEachSubService) {
    shop.op.billing.invoicing = Invoicing::independent;
    EXPECT_EQ(tell(decided("2026-01-01")), (Texts{"2026-01-01 a: s1 = 116.34", "2026-01-01 a: s2 = 78.00",
                                                  "2026-01-01 b: s3 = 78.00", "2026-01-01 : s4 = 78.00"}));
}

TEST_F(Grouping, MergedMakesOneDocument) {
    shop.op.billing.invoicing = Invoicing::merged;
    EXPECT_EQ(tell(decided("2026-01-01")), (Texts{"2026-01-01 : s1 s2 s3 s4 = 350.34"}));
}

TEST_F(Grouping, MergedOfOneUnitNamesTheUnit) {
    shop.op.billing.invoicing = Invoicing::merged;
    keep(2);
    EXPECT_EQ(tell(decided("2026-01-01")), (Texts{"2026-01-01 a: s1 s2 = 194.34"}));
}

TEST_F(Grouping, MergedPerUnitMakesOneDocumentForEachUnit) {
    shop.op.billing.invoicing = Invoicing::merged_per_unit;
    EXPECT_EQ(tell(decided("2026-01-01")),
              (Texts{"2026-01-01 a: s1 s2 = 194.34", "2026-01-01 b: s3 = 78.00", "2026-01-01 : s4 = 78.00"}));
}

TEST_F(Grouping, FollowsTheTermsOfEachSubService) {
    shop.op.billing.invoicing = Invoicing::merged;
    facts.units[0].billing.invoicing = Invoicing::merged_per_unit;
    facts.sub_services[1].state.billing.invoicing = Invoicing::independent;
    EXPECT_EQ(tell(decided("2026-01-01")),
              (Texts{"2026-01-01 a: s1 = 116.34", "2026-01-01 a: s2 = 78.00", "2026-01-01 : s3 s4 = 156.00"}));
}

TEST_F(Grouping, KeepsBillingDatesApart) {
    keep(1);
    EXPECT_EQ(tell(decided("2026-03-01")),
              (Texts{"2026-01-01 a: s1 = 116.34", "2026-02-01 a: s1 = 86.33", "2026-03-01 a: s1 = 86.33"}));
}

TEST_F(Decide, WithNothingDueProposesNothing) {
    EXPECT_TRUE(decided("2025-12-31").drafts.empty());
    decided("2026-01-15");
    EXPECT_TRUE(decided("2026-01-31").drafts.empty());
}

TEST_F(Decide, TellsWhenEachSubServiceIsDueNext) {
    const auto next = decided("2026-01-15").next_billing_dates;
    ASSERT_EQ(next.size(), 4U);
    for (const auto& on : next) EXPECT_EQ(on, date("2026-02-01"));
}

TEST_F(Decide, GivesTotalsThatAreTheSumsOfTheLines) {
    shop.op.billing.invoicing = Invoicing::merged;
    for (const auto& draft : decided("2026-06-01").drafts) {
        Money net = Money::zero(shop.op.currency);
        Money tax = net;
        for (const auto& line : draft.lines) {
            net += line.net;
            tax += line.tax;
        }
        EXPECT_EQ(draft.net, net);
        EXPECT_EQ(draft.tax, tax);
        EXPECT_EQ(draft.total, net + tax);
    }
}

TEST_F(Decide, PutsTheLinesOfCommandsOnTheirOwnBillingDate) {
    keep(1);
    decided("2026-01-01");
    auto pending = decided("2026-02-01").drafts.front().lines;
    facts.pending_lines = {pending.back()};
    facts.pending_lines.front().charge.billing_date = date("2026-02-10");
    EXPECT_TRUE(decided("2026-02-09").drafts.empty());
    ASSERT_EQ(facts.pending_lines.size(), 1U);
    const auto proposal = decided("2026-02-10");
    ASSERT_EQ(proposal.drafts.size(), 1U);
    EXPECT_EQ(proposal.drafts.front().date, date("2026-02-10"));
    EXPECT_TRUE(facts.pending_lines.empty());
}

TEST_F(Decide, NamesTheDateOfAPendingLineAsTheNextOne) {
    keep(1);
    const auto lines = decided("2026-01-01").drafts.front().lines;
    facts.pending_lines = {lines.front()};
    facts.pending_lines.front().charge.billing_date = date("2026-01-20");
    EXPECT_EQ(decided("2026-01-10").next_billing_dates.front(), date("2026-01-20"));
}

TEST_F(Decide, OnAUnitThatIsNotThereBreaksAPromise) {
    facts.units.clear();
    EXPECT_THROW(decided("2026-01-01"), BrokenPromise);
}

TEST_F(Printing, GoesBySubServiceThenCreditsMainServiceAddOnsAndCpes) {
    shop.op.billing.invoicing = Invoicing::merged;
    keep(2);
    Lines told;
    const auto proposal = decided("2026-01-01");
    for (const auto& line : proposal.drafts.front().lines) told.push_back(support::tell(line.charge, shop.catalog));
    EXPECT_EQ(
        told,
        (Lines{"2026-01-01 net recurring 40.00 [2026-01-01, 2026-02-01) 31/31", "2026-01-01 net setup_fee 25.00",
               "2026-01-01 ip recurring 5.00 [2026-01-01, 2026-02-01) 31/31", "2026-01-01 router installment 33.34 1/3",
               "2026-01-01 net recurring 40.00 [2026-01-01, 2026-02-01) 31/31", "2026-01-01 net setup_fee 25.00"}));
}

TEST(AssessAll, LetsACreditFindALineOfTheSameBatch) {
    Shop shop;
    shop.tax("vat", "20");
    shop.service("net", "31", {.taxes = {"vat"}});
    support::Life life(shop, {}, "net");
    ASSERT_TRUE(life.activate("2026-01-01").ok());
    ASSERT_TRUE(life.cancel("2026-01-11", {.at = charging::CancelAt::now, .credit = true}).ok());
    ASSERT_EQ(life.lines().size(), 2U);
    EXPECT_EQ(life.lines().back().gross, support::money("-25.20"));
}

TEST(AssessAll, OfACreditWithoutItsLineBreaksAPromise) {
    Shop shop;
    shop.service("net", "31");
    support::Life life(shop, {}, "net");
    ASSERT_TRUE(life.activate("2026-01-01").ok());
    ASSERT_TRUE(life.cancel("2026-01-11", {.at = charging::CancelAt::now, .credit = true}).ok());
    const auto book = shop.book();
    EXPECT_THROW(assess_all({life.lines().back().charge}, {}, book, shop.subscriber), BrokenPromise);
}

TEST(OpenCharges, KnowWhatWasCreditedOfThem) {
    Shop shop;
    shop.service("net", "31");
    support::Life life(shop, {.credit_suspension = true}, "net");
    ASSERT_TRUE(life.activate("2026-01-01").ok());
    ASSERT_TRUE(life.suspend("2026-01-11").ok());
    ASSERT_TRUE(life.resume("2026-01-16").ok());
    const auto open = open_charges(life.lines(), shop.op.currency);
    ASSERT_EQ(open.size(), 1U);
    EXPECT_EQ(open.front().credited, support::money("5.00"));
    EXPECT_EQ(open.front().credited_spans, (std::vector<Period>{{date("2026-01-11"), date("2026-01-16")}}));
}

}  // namespace
}  // namespace sluice::invoicing
