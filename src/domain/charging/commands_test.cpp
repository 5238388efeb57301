// What commands do to a sub-service, and when they are refused.
#include <gtest/gtest.h>

#include <set>

#include "domain/charging/billing.hpp"
#include "support/shop.hpp"

namespace sluice::charging {
namespace {

using customers::FirstCharge;
using customers::Model;
using customers::Terms;
using subscriptions::Status;
using support::date;
using support::Life;
using support::Lines;
using support::Shop;

constexpr Cancellation now{.at = CancelAt::now};
constexpr Cancellation now_with_credit{.at = CancelAt::now, .credit = true};

class Commands : public testing::Test {
protected:
    Commands() {
        shop.service("net", "31");
        shop.service("big", "62");
        shop.service("weekly", "7", {.period = "1 week"});
        shop.service("after", "31", {.timing = catalog::Timing::arrears});
        shop.service("with-fee", "31", {.setup_fee = "25"});
        shop.recurring("ip", "3.10");
        shop.once("install", "50");
        shop.installments("router", "100", 3);
    }

    // Active since 1 January 2026, billed on that day, and silent about it.
    Life running(const char* service = "net", const std::vector<support::ItemAtStart>& items = {}, Terms terms = {}) {
        Life life(shop, terms, service, items);
        EXPECT_TRUE(life.activate("2026-01-01").ok());
        life.bill("2026-01-01");
        life.news();
        return life;
    }
    static Lines news_after(Life& life, const char* through) {
        life.bill(through);
        return life.news();
    }

    Shop shop;
};

using Refusals = Commands;
using Suspension = Commands;
using Cancelling = Commands;
using ChangeOfService = Commands;
using PriceMoves = Commands;
using Removing = Commands;
using TakeOver = Commands;

// refusals

#define EXPECT_REFUSED(command, why)      \
    do {                                  \
        const auto result = command;      \
        ASSERT_FALSE(result.ok());        \
        EXPECT_EQ(result.refusal(), why); \
    } while (false)

TEST_F(Refusals, OfASecondActivation) {
    auto life = running();
    EXPECT_REFUSED(life.activate("2026-01-02"), CommandRefusal::already_active);
}

TEST_F(Refusals, OfSuspendingWhatIsNotActive) {
    Life life(shop, {}, "net");
    EXPECT_REFUSED(life.suspend("2026-01-02"), CommandRefusal::not_active);
    EXPECT_REFUSED(life.exhaust_data("2026-01-02"), CommandRefusal::not_active);
    EXPECT_REFUSED(life.resume("2026-01-02"), CommandRefusal::not_suspended);
    EXPECT_REFUSED(life.restore_data("2026-01-02"), CommandRefusal::data_not_exhausted);
}

TEST_F(Refusals, OfASecondSuspension) {
    auto life = running();
    ASSERT_TRUE(life.suspend("2026-01-02").ok());
    EXPECT_REFUSED(life.suspend("2026-01-03"), CommandRefusal::already_suspended);
    EXPECT_REFUSED(life.exhaust_data("2026-01-03"), CommandRefusal::not_active);
    EXPECT_REFUSED(life.activate("2026-01-03"), CommandRefusal::already_active);
}

TEST_F(Refusals, OfEverythingOnceCancelled) {
    auto life = running();
    ASSERT_TRUE(life.cancel("2026-01-05", now).ok());
    EXPECT_REFUSED(life.activate("2026-01-06"), CommandRefusal::cancelled);
    EXPECT_REFUSED(life.suspend("2026-01-06"), CommandRefusal::cancelled);
    EXPECT_REFUSED(life.resume("2026-01-06"), CommandRefusal::cancelled);
    EXPECT_REFUSED(life.exhaust_data("2026-01-06"), CommandRefusal::cancelled);
    EXPECT_REFUSED(life.restore_data("2026-01-06"), CommandRefusal::cancelled);
    EXPECT_REFUSED(life.cancel("2026-01-06", now), CommandRefusal::cancelled);
    EXPECT_REFUSED(life.change_service("2026-01-06", "big"), CommandRefusal::cancelled);
    EXPECT_REFUSED(life.move_to_current_price("2026-01-06"), CommandRefusal::cancelled);
    EXPECT_REFUSED(life.add("2026-01-06", "ip"), CommandRefusal::cancelled);
}

TEST_F(Refusals, OfACommandBeforeAnEarlierOne) {
    auto life = running();
    ASSERT_TRUE(life.suspend("2026-01-10").ok());
    EXPECT_REFUSED(life.resume("2026-01-09"), CommandRefusal::before_an_earlier_command);
}

TEST_F(Refusals, OfTheServiceThatIsHeld) {
    auto life = running();
    EXPECT_REFUSED(life.change_service("2026-01-02", "net"), CommandRefusal::service_already_held);
    EXPECT_REFUSED(life.change_service("2026-01-02", "net", ChangeWhen::next_period),
                   CommandRefusal::service_already_held);
}

TEST_F(Refusals, OfAServiceThatIsNotSoldYet) {
    auto life = running();
    const catalog::Product unpriced{.id = shop.ids.next<catalog::ProductId>(),
                                    .type = catalog::ProductType::service,
                                    .code = "soon",
                                    .name = "soon",
                                    .length = PeriodLength::parse("1 month").value()};
    shop.catalog.add(unpriced);
    EXPECT_REFUSED(life.change_service("2026-01-02", "soon"), CommandRefusal::service_not_sold_on_that_date);
}

TEST_F(Refusals, OfAChangeWhileACancellationIsScheduled) {
    auto life = running();
    ASSERT_TRUE(life.cancel("2026-01-05", {}).ok());
    EXPECT_REFUSED(life.change_service("2026-01-06", "big"), CommandRefusal::cancellation_scheduled);
}

TEST_F(Refusals, OfRemovingWhatIsGone) {
    auto life = running("net", {{"ip"}});
    ASSERT_TRUE(life.remove("2026-01-05", "ip").ok());
    EXPECT_REFUSED(life.remove("2026-01-06", "ip"), CommandRefusal::item_not_held);
    EXPECT_REFUSED(life.give([](SubServiceBilling& billing) {
        return billing.remove_item(date("2026-01-06"), subscriptions::ItemId{4711}, false, false);
    }),
                   CommandRefusal::item_not_held);
}

TEST_F(Refusals, OfActivatingWithIncompleteTerms) {
    Life no_day(shop, {.model = Model::pro_rata}, "net");
    EXPECT_REFUSED(no_day.activate("2026-01-01"), CommandRefusal::pro_rata_needs_a_cycle_day);
    Life no_threshold(shop, {.model = Model::pro_rata, .cycle_day = 1, .first_charge = FirstCharge::threshold}, "net");
    EXPECT_REFUSED(no_threshold.activate("2026-01-01"), CommandRefusal::threshold_needs_a_threshold_day);
}

TEST_F(Refusals, OfAnImportThatCannotBe) {
    Life life(shop, {}, "net");
    EXPECT_REFUSED(life.take_over("2026-01-10", {.status = Status::active}), CommandRefusal::import_needs_activated_on);
    EXPECT_REFUSED(life.take_over("2026-01-10", {.status = Status::active, .activated_on = date("2026-01-11")}),
                   CommandRefusal::activated_after_the_import);
    EXPECT_REFUSED(life.take_over("2026-01-10", {.status = Status::active,
                                                 .activated_on = date("2026-01-05"),
                                                 .charged_to = date("2026-01-04")}),
                   CommandRefusal::charged_before_activation);
    Life in_arrears(shop, {}, "after");
    EXPECT_REFUSED(in_arrears.take_over("2026-01-10", {.status = Status::active,
                                                       .activated_on = date("2026-01-05"),
                                                       .charged_to = date("2026-01-11")}),
                   CommandRefusal::charged_ahead_in_arrears);
}

TEST_F(Refusals, ChangeNothing) {
    auto life = running("net", {{"ip"}});
    const auto before = life.state();
    EXPECT_FALSE(life.activate("2026-01-20").ok());
    EXPECT_FALSE(life.resume("2026-01-20").ok());
    EXPECT_EQ(life.state(), before);
    EXPECT_EQ(life.news(), Lines{});
}

TEST(CommandRefusals, EachHaveTheirOwnMessage) {
    std::set<std::string_view> messages;
    const auto last = static_cast<int>(CommandRefusal::charged_ahead_in_arrears);
    for (int i = 0; i <= last; ++i) messages.insert(message(static_cast<CommandRefusal>(i)));
    EXPECT_EQ(messages.size(), static_cast<std::size_t>(last) + 1);
    EXPECT_FALSE(messages.contains(""));
}

// suspension

TEST_F(Suspension, OpensNoNewPeriod) {
    auto life = running();
    ASSERT_TRUE(life.suspend("2026-01-11").ok());
    EXPECT_EQ(news_after(life, "2026-06-30"), Lines{});
    EXPECT_EQ(life.state().status, Status::suspended);
    EXPECT_FALSE(life.next_billing_date());
}

TEST_F(Suspension, EndingInsideTheChargedPeriodChargesNothing) {
    auto life = running();
    ASSERT_TRUE(life.suspend("2026-01-11").ok());
    ASSERT_TRUE(life.resume("2026-01-21").ok());
    EXPECT_EQ(news_after(life, "2026-02-01"), (Lines{"2026-02-01 net recurring 31.00 [2026-02-01, 2026-03-01) 28/28"}));
}

TEST_F(Suspension, EndingLaterChargesTheRestOfTheGridPeriod) {
    auto life = running("net", {{"ip"}});
    ASSERT_TRUE(life.suspend("2026-01-11").ok());
    ASSERT_TRUE(life.resume("2026-03-22").ok());
    EXPECT_EQ(news_after(life, "2026-04-01"), (Lines{"2026-03-22 net recurring 10.00 [2026-03-22, 2026-04-01) 10/31",
                                                     "2026-03-22 ip recurring 1.00 [2026-03-22, 2026-04-01) 10/31",
                                                     "2026-04-01 net recurring 31.00 [2026-04-01, 2026-05-01) 30/30",
                                                     "2026-04-01 ip recurring 3.10 [2026-04-01, 2026-05-01) 30/30"}));
}

TEST_F(Suspension, EndingOnABoundaryChargesAFullPeriod) {
    auto life = running();
    ASSERT_TRUE(life.suspend("2026-01-11").ok());
    ASSERT_TRUE(life.resume("2026-03-01").ok());
    EXPECT_EQ(news_after(life, "2026-03-01"), (Lines{"2026-03-01 net recurring 31.00 [2026-03-01, 2026-04-01) 31/31"}));
}

TEST_F(Suspension, OnTheDayOfABoundaryKeepsThatPeriodShut) {
    auto life = running();
    ASSERT_TRUE(life.suspend("2026-02-01").ok());
    EXPECT_EQ(news_after(life, "2026-02-28"), Lines{});
}

TEST_F(Suspension, MakesInstalmentsWait) {
    auto life = running("net", {{"router"}});
    ASSERT_TRUE(life.suspend("2026-01-11").ok());
    ASSERT_TRUE(life.resume("2026-03-22").ok());
    EXPECT_EQ(news_after(life, "2026-04-01"), (Lines{"2026-03-22 net recurring 10.00 [2026-03-22, 2026-04-01) 10/31",
                                                     "2026-03-22 router installment 33.33 2/3",
                                                     "2026-04-01 net recurring 31.00 [2026-04-01, 2026-05-01) 30/30",
                                                     "2026-04-01 router installment 33.33 3/3"}));
}

TEST_F(Suspension, MakesNewItemsWaitForTheResumption) {
    auto life = running();
    ASSERT_TRUE(life.suspend("2026-01-06").ok());
    ASSERT_TRUE(life.add("2026-01-08", "ip").ok());
    ASSERT_TRUE(life.add("2026-01-08", "install").ok());
    EXPECT_EQ(news_after(life, "2026-01-21"), Lines{});
    ASSERT_TRUE(life.resume("2026-01-22").ok());
    EXPECT_EQ(news_after(life, "2026-01-22"),
              (Lines{"2026-01-22 ip recurring 1.00 [2026-01-22, 2026-02-01) 10/31", "2026-01-22 install once 50.00"}));
}

TEST_F(Suspension, ThatContinuesBillingChangesNothing) {
    auto life = running("net", {{"ip"}}, {.suspension_stops_billing = false});
    ASSERT_TRUE(life.suspend("2026-01-11").ok());
    EXPECT_EQ(news_after(life, "2026-02-01").size(), 2U);
    ASSERT_TRUE(life.resume("2026-02-05").ok());
    EXPECT_EQ(news_after(life, "2026-03-01").size(), 2U);
}

TEST_F(Suspension, IsCreditedOnResumingWhenTheTermsSaySo) {
    auto life = running("net", {{"ip"}}, {.credit_suspension = true});
    ASSERT_TRUE(life.suspend("2026-01-11").ok());
    ASSERT_TRUE(life.resume("2026-01-21").ok());
    EXPECT_EQ(life.news(), (Lines{"2026-01-21 net credit -10.00 [2026-01-11, 2026-01-21) 10/31",
                                  "2026-01-21 ip credit -1.00 [2026-01-11, 2026-01-21) 10/31"}));
}

TEST_F(Suspension, IsCreditedOnlyAsFarAsItWasCharged) {
    auto life = running("net", {}, {.credit_suspension = true});
    ASSERT_TRUE(life.suspend("2026-01-22").ok());
    ASSERT_TRUE(life.resume("2026-03-01").ok());
    EXPECT_EQ(life.news(), (Lines{"2026-03-01 net credit -10.00 [2026-01-22, 2026-02-01) 10/31"}));
}

TEST_F(Suspension, TwiceInOnePeriodIsCreditedTwice) {
    auto life = running("net", {}, {.credit_suspension = true});
    ASSERT_TRUE(life.suspend("2026-01-11").ok());
    ASSERT_TRUE(life.resume("2026-01-16").ok());
    ASSERT_TRUE(life.suspend("2026-01-21").ok());
    ASSERT_TRUE(life.resume("2026-01-26").ok());
    EXPECT_EQ(life.news(), (Lines{"2026-01-16 net credit -5.00 [2026-01-11, 2026-01-16) 5/31",
                                  "2026-01-26 net credit -5.00 [2026-01-21, 2026-01-26) 5/31"}));
}

TEST_F(Suspension, InManyPartsNeverCreditsMoreThanWasCharged) {
    shop.service("cheap", "0.03");
    auto life = running("cheap", {}, {.credit_suspension = true});
    for (const auto& [from, to] : {std::pair("2026-01-01", "2026-01-07"), std::pair("2026-01-07", "2026-01-13"),
                                   std::pair("2026-01-13", "2026-01-19"), std::pair("2026-01-19", "2026-01-25"),
                                   std::pair("2026-01-25", "2026-01-31")}) {
        ASSERT_TRUE(life.suspend(from).ok());
        ASSERT_TRUE(life.resume(to).ok());
    }
    EXPECT_EQ(life.news(), (Lines{"2026-01-07 cheap credit -0.01 [2026-01-01, 2026-01-07) 6/31",
                                  "2026-01-13 cheap credit -0.01 [2026-01-07, 2026-01-13) 6/31",
                                  "2026-01-19 cheap credit -0.01 [2026-01-13, 2026-01-19) 6/31"}));
}

TEST_F(Suspension, OnTheDayOfActivationKeepsTheGridButChargesNothing) {
    Life life(shop, {}, "with-fee");
    ASSERT_TRUE(life.activate("2026-01-10").ok());
    ASSERT_TRUE(life.suspend("2026-01-10").ok());
    EXPECT_EQ(news_after(life, "2026-01-31"), Lines{});
    ASSERT_TRUE(life.resume("2026-01-31").ok());
    EXPECT_EQ(news_after(life, "2026-01-31"),
              (Lines{"2026-01-31 with-fee recurring 10.00 [2026-01-31, 2026-02-10) 10/31",
                     "2026-01-31 with-fee setup_fee 25.00"}));
}

TEST_F(Suspension, FollowsDataExhaustion) {
    auto life = running();
    ASSERT_TRUE(life.exhaust_data("2026-01-05").ok());
    EXPECT_EQ(life.state().status, Status::data_exhausted);
    EXPECT_EQ(news_after(life, "2026-02-01").size(), 1U);
    ASSERT_TRUE(life.suspend("2026-02-05").ok());
    ASSERT_TRUE(life.resume("2026-02-06").ok());
    EXPECT_EQ(life.state().status, Status::active);
    EXPECT_EQ(life.restore_data("2026-02-07").refusal(), CommandRefusal::data_not_exhausted);
    ASSERT_TRUE(life.exhaust_data("2026-02-07").ok());
    ASSERT_TRUE(life.restore_data("2026-02-08").ok());
    EXPECT_EQ(life.state().status, Status::active);
}

// cancelling

TEST_F(Cancelling, AtTheEndOfThePeriodServesUntilThen) {
    auto life = running();
    ASSERT_TRUE(life.cancel("2026-01-11", {}).ok());
    EXPECT_EQ(life.state().status, Status::active);
    EXPECT_EQ(news_after(life, "2026-06-01"), Lines{});
    EXPECT_EQ(life.state().status, Status::cancelled);
    EXPECT_EQ(life.state().cancel_on, date("2026-02-01"));
}

TEST_F(Cancelling, AtTheEndOfThePeriodHasNothingToCredit) {
    auto life = running();
    ASSERT_TRUE(life.cancel("2026-01-11", {.at = CancelAt::end_of_period, .credit = true}).ok());
    EXPECT_EQ(news_after(life, "2026-06-01"), Lines{});
}

TEST_F(Cancelling, NowCreditsTheRestOnlyWhenAsked) {
    auto without = running("net", {{"ip"}});
    ASSERT_TRUE(without.cancel("2026-01-22", now).ok());
    EXPECT_EQ(without.news(), Lines{});
    auto with = running("net", {{"ip"}});
    ASSERT_TRUE(with.cancel("2026-01-22", now_with_credit).ok());
    EXPECT_EQ(with.news(), (Lines{"2026-01-22 net credit -10.00 [2026-01-22, 2026-02-01) 10/31",
                                  "2026-01-22 ip credit -1.00 [2026-01-22, 2026-02-01) 10/31"}));
}

TEST_F(Cancelling, OnABoundaryBillsThatPeriodNoMore) {
    auto life = running();
    ASSERT_TRUE(life.cancel("2026-02-01", now_with_credit).ok());
    EXPECT_EQ(life.news(), Lines{});
    EXPECT_EQ(life.state().status, Status::cancelled);
}

TEST_F(Cancelling, AtTheEndOfThePeriodOnABoundaryIsAtOnce) {
    auto life = running();
    ASSERT_TRUE(life.cancel("2026-02-01", {}).ok());
    EXPECT_EQ(life.state().status, Status::cancelled);
    EXPECT_EQ(news_after(life, "2026-03-01"), Lines{});
}

TEST_F(Cancelling, MakesOutstandingInstalmentsDueInOneLine) {
    auto life = running("net", {{"router"}});
    ASSERT_TRUE(life.cancel("2026-01-11", now).ok());
    EXPECT_EQ(life.news(), (Lines{"2026-01-11 router installment 66.66 2-3/3"}));
}

TEST_F(Cancelling, AtTheEndOfThePeriodMakesInstalmentsDueThen) {
    auto life = running("net", {{"router"}});
    ASSERT_TRUE(life.cancel("2026-01-11", {}).ok());
    EXPECT_EQ(news_after(life, "2026-02-01"), (Lines{"2026-02-01 router installment 66.66 2-3/3"}));
}

TEST_F(Cancelling, WaivesInstalmentsWhenAsked) {
    auto life = running("net", {{"router"}});
    ASSERT_TRUE(life.cancel("2026-01-11", {.waive_installments = true}).ok());
    EXPECT_EQ(news_after(life, "2026-03-01"), Lines{});
}

TEST_F(Cancelling, OnTheDayOfActivationBillsNothing) {
    Life life(shop, {}, "with-fee", {{"router"}, {"install"}});
    ASSERT_TRUE(life.activate("2026-01-10").ok());
    ASSERT_TRUE(life.cancel("2026-01-10", now_with_credit).ok());
    EXPECT_EQ(news_after(life, "2026-03-01"), Lines{});
}

TEST_F(Cancelling, WhatWasNeverActivatedBillsNothing) {
    Life life(shop, {}, "with-fee", {{"router"}});
    ASSERT_TRUE(life.cancel("2026-01-10", {}).ok());
    EXPECT_EQ(life.state().status, Status::cancelled);
    EXPECT_EQ(news_after(life, "2026-03-01"), Lines{});
}

TEST_F(Cancelling, InArrearsChargesTheDaysSoFarAtOnce) {
    auto life = running("after");
    ASSERT_TRUE(life.cancel("2026-01-11", now).ok());
    EXPECT_EQ(life.news(), (Lines{"2026-01-11 after recurring 10.00 [2026-01-01, 2026-01-11) 10/31"}));
}

TEST_F(Cancelling, InArrearsAtTheEndOfThePeriodChargesThePeriodThen) {
    auto life = running("after", {{"router"}});
    life.news();
    ASSERT_TRUE(life.cancel("2026-01-11", {}).ok());
    const auto news = news_after(life, "2026-03-01");
    ASSERT_FALSE(news.empty());
    EXPECT_EQ(news.front(), "2026-02-01 after recurring 31.00 [2026-01-01, 2026-02-01) 31/31");
    EXPECT_EQ(life.state().cancel_on, date("2026-02-01"));
}

TEST_F(Cancelling, WhileSuspendedCreditsTheSuspendedDays) {
    auto life = running("net", {}, {.credit_suspension = true});
    ASSERT_TRUE(life.suspend("2026-01-11").ok());
    ASSERT_TRUE(life.cancel("2026-01-22", now).ok());
    EXPECT_EQ(life.news(), (Lines{"2026-01-22 net credit -11.00 [2026-01-11, 2026-01-22) 11/31"}));
}

TEST_F(Cancelling, WhileSuspendedWithCreditGivesBackBothParts) {
    auto life = running("net", {}, {.credit_suspension = true});
    ASSERT_TRUE(life.suspend("2026-01-11").ok());
    ASSERT_TRUE(life.cancel("2026-01-22", now_with_credit).ok());
    EXPECT_EQ(life.news(), (Lines{"2026-01-22 net credit -11.00 [2026-01-11, 2026-01-22) 11/31",
                                  "2026-01-22 net credit -10.00 [2026-01-22, 2026-02-01) 10/31"}));
}

// change of service

TEST_F(ChangeOfService, InsideThePeriodCreditsTheOldAndChargesTheNew) {
    auto life = running("net", {{"ip"}});
    ASSERT_TRUE(life.change_service("2026-01-22", "big").ok());
    EXPECT_EQ(news_after(life, "2026-02-01"), (Lines{"2026-01-22 net credit -10.00 [2026-01-22, 2026-02-01) 10/31",
                                                     "2026-01-22 big recurring 20.00 [2026-01-22, 2026-02-01) 10/31",
                                                     "2026-02-01 ip recurring 3.10 [2026-02-01, 2026-03-01) 28/28",
                                                     "2026-02-01 big recurring 62.00 [2026-02-01, 2026-03-01) 28/28"}));
}

TEST_F(ChangeOfService, OnABoundaryCreditsNothing) {
    auto life = running();
    ASSERT_TRUE(life.change_service("2026-02-01", "big").ok());
    EXPECT_EQ(news_after(life, "2026-02-01"), (Lines{"2026-02-01 big recurring 62.00 [2026-02-01, 2026-03-01) 28/28"}));
}

TEST_F(ChangeOfService, ThereAndBackNeverCreditsMoreThanWasCharged) {
    auto life = running();
    ASSERT_TRUE(life.change_service("2026-01-11", "big").ok());
    ASSERT_TRUE(life.change_service("2026-01-21", "net").ok());
    EXPECT_EQ(life.news(), (Lines{"2026-01-11 net credit -21.00 [2026-01-11, 2026-02-01) 21/31",
                                  "2026-01-11 big recurring 42.00 [2026-01-11, 2026-02-01) 21/31",
                                  "2026-01-21 big credit -22.00 [2026-01-21, 2026-02-01) 11/21",
                                  "2026-01-21 net recurring 11.00 [2026-01-21, 2026-02-01) 11/31"}));
}

TEST_F(ChangeOfService, AtTheNextPeriodTakesEffectThere) {
    auto life = running();
    ASSERT_TRUE(life.change_service("2026-01-22", "big", ChangeWhen::next_period).ok());
    EXPECT_EQ(life.next_billing_date(), date("2026-02-01"));
    EXPECT_EQ(news_after(life, "2026-02-01"), (Lines{"2026-02-01 big recurring 62.00 [2026-02-01, 2026-03-01) 28/28"}));
}

TEST_F(ChangeOfService, AtTheNextPeriodIsTakenBackByChoosingThePresentOne) {
    auto life = running();
    ASSERT_TRUE(life.change_service("2026-01-22", "big", ChangeWhen::next_period).ok());
    ASSERT_TRUE(life.change_service("2026-01-23", "net", ChangeWhen::next_period).ok());
    EXPECT_EQ(news_after(life, "2026-02-01"), (Lines{"2026-02-01 net recurring 31.00 [2026-02-01, 2026-03-01) 28/28"}));
}

TEST_F(ChangeOfService, ToAnotherPeriodLengthStartsANewGrid) {
    auto life = running("net", {{"ip"}, {"install"}, {"router"}});
    ASSERT_TRUE(life.change_service("2026-01-22", "weekly").ok());
    EXPECT_EQ(news_after(life, "2026-01-29"), (Lines{"2026-01-22 net credit -10.00 [2026-01-22, 2026-02-01) 10/31",
                                                     "2026-01-22 ip credit -1.00 [2026-01-22, 2026-02-01) 10/31",
                                                     "2026-01-22 ip recurring 3.10 [2026-01-22, 2026-01-29) 7/7",
                                                     "2026-01-22 weekly recurring 7.00 [2026-01-22, 2026-01-29) 7/7",
                                                     "2026-01-29 ip recurring 3.10 [2026-01-29, 2026-02-05) 7/7",
                                                     "2026-01-29 router installment 33.33 2/3",
                                                     "2026-01-29 weekly recurring 7.00 [2026-01-29, 2026-02-05) 7/7"}));
}

// The credit of one day of 31 at 0.02 is nothing; the item is charged afresh from that day on all the same.
TEST_F(ChangeOfService, WithACreditThatRoundsToZeroGoesOn) {
    shop.recurring("crumb", "0.02");
    auto life = running("net", {{"crumb"}});
    ASSERT_TRUE(life.change_service("2026-01-31", "weekly").ok());
    EXPECT_EQ(news_after(life, "2026-01-31"), (Lines{"2026-01-31 net credit -1.00 [2026-01-31, 2026-02-01) 1/31",
                                                     "2026-01-31 crumb recurring 0.02 [2026-01-31, 2026-02-07) 7/7",
                                                     "2026-01-31 weekly recurring 7.00 [2026-01-31, 2026-02-07) 7/7"}));
}

TEST_F(ChangeOfService, FromArrearsToAdvanceChargesTheDaysSoFarFirst) {
    auto life = running("after");
    ASSERT_TRUE(life.change_service("2026-01-11", "net").ok());
    EXPECT_EQ(news_after(life, "2026-01-31"), (Lines{"2026-01-11 after recurring 10.00 [2026-01-01, 2026-01-11) 10/31",
                                                     "2026-01-11 net recurring 31.00 [2026-01-11, 2026-02-11) 31/31"}));
}

TEST_F(ChangeOfService, ChargesNoSetupFee) {
    auto life = running();
    ASSERT_TRUE(life.change_service("2026-01-22", "with-fee").ok());
    for (const auto& line : news_after(life, "2026-03-01")) EXPECT_EQ(line.find("setup_fee"), std::string::npos);
}

TEST_F(ChangeOfService, BeforeTheActivationOnlyReplacesWhatIsSold) {
    Life life(shop, {}, "net");
    ASSERT_TRUE(life.change_service("2026-01-10", "big").ok());
    ASSERT_TRUE(life.activate("2026-01-15").ok());
    EXPECT_EQ(news_after(life, "2026-01-15"), (Lines{"2026-01-15 big recurring 62.00 [2026-01-15, 2026-02-15) 31/31"}));
}

TEST_F(ChangeOfService, SellsAtThePriceOfItsDate) {
    shop.new_price("big", "93", "2026-01-15");
    auto life = running();
    ASSERT_TRUE(life.change_service("2026-01-22", "big").ok());
    EXPECT_EQ(life.news().back(), "2026-01-22 big recurring 30.00 [2026-01-22, 2026-02-01) 10/31");
}

TEST_F(ChangeOfService, AfterPartialPlusFullCoversBothPeriods) {
    auto terms = Terms{.model = Model::pro_rata, .cycle_day = 1, .first_charge = FirstCharge::partial_plus_full};
    Life life(shop, terms, "net");
    ASSERT_TRUE(life.activate("2026-01-12").ok());
    life.bill("2026-01-12");
    life.news();
    ASSERT_TRUE(life.change_service("2026-01-22", "big").ok());
    EXPECT_EQ(life.news(), (Lines{"2026-01-22 net credit -10.00 [2026-01-22, 2026-02-01) 10/20",
                                  "2026-01-22 net credit -31.00 [2026-02-01, 2026-03-01) 28/28",
                                  "2026-01-22 big recurring 20.00 [2026-01-22, 2026-02-01) 10/31",
                                  "2026-01-22 big recurring 62.00 [2026-02-01, 2026-03-01) 28/28"}));
}

// prices

TEST_F(PriceMoves, TakeEffectAtTheNextBoundary) {
    auto life = running("net", {{"ip"}, {"router"}});
    shop.new_price("net", "62", "2026-01-10");
    shop.new_price("ip", "6.20", "2026-01-10");
    shop.new_price("router", "900", "2026-01-10");
    ASSERT_TRUE(life.move_to_current_price("2026-01-15").ok());
    EXPECT_EQ(life.news(), Lines{});
    EXPECT_EQ(news_after(life, "2026-02-01"), (Lines{"2026-02-01 net recurring 62.00 [2026-02-01, 2026-03-01) 28/28",
                                                     "2026-02-01 ip recurring 6.20 [2026-02-01, 2026-03-01) 28/28",
                                                     "2026-02-01 router installment 33.33 2/3"}));
}

TEST_F(PriceMoves, TakeTheVersionOfTheirOwnDate) {
    auto life = running();
    ASSERT_TRUE(life.move_to_current_price("2026-01-15").ok());
    shop.new_price("net", "62", "2026-01-20");
    EXPECT_EQ(news_after(life, "2026-02-01"), (Lines{"2026-02-01 net recurring 31.00 [2026-02-01, 2026-03-01) 28/28"}));
}

// removing items

TEST_F(Removing, ARecurringItemChargesItNoFurther) {
    auto life = running("net", {{"ip"}});
    ASSERT_TRUE(life.remove("2026-01-22", "ip").ok());
    EXPECT_EQ(news_after(life, "2026-02-01"), (Lines{"2026-02-01 net recurring 31.00 [2026-02-01, 2026-03-01) 28/28"}));
}

TEST_F(Removing, WithCreditGivesBackTheRest) {
    auto life = running("net", {{"ip"}});
    ASSERT_TRUE(life.remove("2026-01-22", "ip", true).ok());
    EXPECT_EQ(life.news(), (Lines{"2026-01-22 ip credit -1.00 [2026-01-22, 2026-02-01) 10/31"}));
}

TEST_F(Removing, OnTheDayOfAddingBillsNothing) {
    auto life = running();
    for (const char* code : {"ip", "install", "router"}) {
        ASSERT_TRUE(life.add("2026-01-11", code).ok());
        ASSERT_TRUE(life.remove("2026-01-11", code, true).ok());
    }
    EXPECT_EQ(news_after(life, "2026-01-31"), Lines{});
}

TEST_F(Removing, LeavesInstalmentsDueUnlessWaived) {
    auto due = running("net", {{"router"}});
    ASSERT_TRUE(due.remove("2026-01-11", "router").ok());
    EXPECT_EQ(news_after(due, "2026-02-01").back(), "2026-02-01 router installment 33.33 2/3");
    auto waived = running("net", {{"router"}});
    ASSERT_TRUE(waived.remove("2026-01-11", "router", false, true).ok());
    EXPECT_EQ(news_after(waived, "2026-02-01").size(), 1U);
}

TEST_F(Removing, InArrearsChargesTheDaysItWasThere) {
    auto life = running("after", {{"ip"}});
    ASSERT_TRUE(life.remove("2026-01-11", "ip").ok());
    EXPECT_EQ(news_after(life, "2026-02-01"), (Lines{"2026-02-01 after recurring 31.00 [2026-01-01, 2026-02-01) 31/31",
                                                     "2026-02-01 ip recurring 1.00 [2026-01-01, 2026-01-11) 10/31"}));
}

// taking over from another system

TEST_F(TakeOver, GoesOnWhereTheOtherSystemStopped) {
    Life life(shop, {}, "with-fee", {{"ip"}, {"install"}});
    ASSERT_TRUE(
        life.take_over("2026-04-01",
                       {.status = Status::active, .activated_on = date("2025-06-15"), .charged_to = date("2026-04-15")})
            .ok());
    life.news();
    EXPECT_EQ(news_after(life, "2026-04-15"),
              (Lines{"2026-04-15 with-fee recurring 31.00 [2026-04-15, 2026-05-15) 30/30",
                     "2026-04-15 ip recurring 3.10 [2026-04-15, 2026-05-15) 30/30"}));
}

TEST_F(TakeOver, CatchesUpOnTheDateOfImport) {
    Life life(shop, {}, "net", {{"router"}});
    ASSERT_TRUE(
        life.take_over("2026-04-01",
                       {.status = Status::active, .activated_on = date("2026-01-10"), .charged_to = date("2026-02-10")})
            .ok());
    EXPECT_EQ(news_after(life, "2026-04-01"), (Lines{"2026-04-01 net recurring 31.00 [2026-02-10, 2026-03-10) 28/28",
                                                     "2026-04-01 net recurring 31.00 [2026-03-10, 2026-04-10) 31/31",
                                                     "2026-04-01 router installment 33.34 1/3"}));
}

TEST_F(TakeOver, InArrearsCancelledOnTheDateOfImportChargesPeriodByPeriod) {
    Life life(shop, {}, "after");
    ASSERT_TRUE(
        life.take_over("2026-03-11",
                       {.status = Status::active, .activated_on = date("2025-12-01"), .charged_to = date("2026-01-01")})
            .ok());
    ASSERT_TRUE(life.cancel("2026-03-11", now).ok());
    EXPECT_EQ(life.news(), (Lines{"2026-03-11 after recurring 31.00 [2026-01-01, 2026-02-01) 31/31",
                                  "2026-03-11 after recurring 31.00 [2026-02-01, 2026-03-01) 28/28",
                                  "2026-03-11 after recurring 10.00 [2026-03-01, 2026-03-11) 10/31"}));
}

TEST_F(TakeOver, OfASuspendedOneWaits) {
    Life life(shop, {}, "net", {{"router"}});
    ASSERT_TRUE(life.take_over("2026-04-01", {.status = Status::suspended,
                                              .activated_on = date("2026-01-10"),
                                              .charged_to = date("2026-02-10")})
                    .ok());
    EXPECT_EQ(news_after(life, "2026-06-01"), Lines{});
}

TEST_F(TakeOver, OfACancelledOneIsFinal) {
    Life life(shop, {}, "net");
    ASSERT_TRUE(life.take_over("2026-04-01", {.status = Status::cancelled}).ok());
    EXPECT_EQ(news_after(life, "2026-06-01"), Lines{});
    EXPECT_REFUSED(life.activate("2026-06-02"), CommandRefusal::cancelled);
}

TEST_F(TakeOver, OfAnInactiveOneCountsItsSetupFeeAsCharged) {
    Life life(shop, {}, "with-fee", {{"install"}});
    ASSERT_TRUE(life.take_over("2026-04-01", {.status = Status::inactive}).ok());
    ASSERT_TRUE(life.activate("2026-04-10").ok());
    EXPECT_EQ(news_after(life, "2026-04-10"),
              (Lines{"2026-04-10 with-fee recurring 31.00 [2026-04-10, 2026-05-10) 30/30"}));
}

TEST_F(TakeOver, LetsWhatTheOtherSystemChargedBeCredited) {
    Life life(shop, {}, "net");
    ASSERT_TRUE(
        life.take_over("2026-04-01",
                       {.status = Status::active, .activated_on = date("2026-03-10"), .charged_to = date("2026-04-10")})
            .ok());
    EXPECT_EQ(life.news(), (Lines{"elsewhere net recurring 31.00 [2026-03-10, 2026-04-10) 31/31"}));
    ASSERT_TRUE(life.cancel("2026-04-05", now_with_credit).ok());
    EXPECT_EQ(life.news(), (Lines{"2026-04-05 net credit -5.00 [2026-04-05, 2026-04-10) 5/31"}));
}

}  // namespace
}  // namespace sluice::charging
