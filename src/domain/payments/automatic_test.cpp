#include "domain/payments/automatic.hpp"

#include <gtest/gtest.h>

#include "support/shop.hpp"

namespace sluice::payments {
namespace {

using support::date;
using support::money;

const Date today = date("2026-02-01");

class PlannedCharges : public testing::Test {
protected:
    std::string plan() {
        AutomaticWish wish{&payment, usable ? &terms : nullptr, is_under_way};
        std::string all;
        for (const auto& one : plan_charges(facts, {&wish, 1}, today, Rounding::half_up))
            all += one.quote.total.text() + " " + std::string(name_of(one.verdict)) + ";";
        return all;
    }

    const Money nothing = money("0.00");
    AutomaticFacts facts{.subscriber = {.code = "ann"},
                         .rules = {.terms = customers::PaymentTerms::prepaid,
                                   .credit_limit = nothing,
                                   .promise_limit = nothing,
                                   .charge_cap = nothing,
                                   .charge_month_cap = nothing},
                         .purse = {.balance = money("10.00"), .unbilled = nothing, .promised = nothing},
                         .due_now = money("75.00"),
                         .recommended = money("140.00"),
                         .charged_this_month = nothing};
    AutomaticPayment payment{.id = AutomaticPaymentId{1}, .what = AutomaticFor::top_up, .next_on = today};
    MethodTerms terms{.commission = {.fixed = nothing}};
    bool usable = true;
    bool is_under_way = false;
};

TEST_F(PlannedCharges, ATopUpIsWhatTheForecastLacks) { EXPECT_EQ(plan(), "140.00 charged;"); }

TEST_F(PlannedCharges, WhatIsCoveredIsNotCharged) {
    facts.purse.balance = money("75.00");
    EXPECT_EQ(plan(), "0.00 nothing_due;");
    facts.purse.balance = money("10.00");
    facts.rules.credit_limit = money("65.00");
    EXPECT_EQ(plan(), "0.00 nothing_due;") << "the limit lends it";
}

TEST_F(PlannedCharges, CapsAreOfWhatThePayerPays) {
    facts.rules.charge_cap = money("140.00");
    EXPECT_EQ(plan(), "140.00 charged;");
    terms.commission = {.fixed = money("0.01"), .on_top = true};
    EXPECT_EQ(plan(), "140.01 above_cap;");
    facts.rules.charge_cap = nothing;
    facts.rules.charge_month_cap = money("200.00");
    facts.charged_this_month = money("59.99");
    EXPECT_EQ(plan(), "140.01 charged;");
    facts.charged_this_month = money("60.00");
    EXPECT_EQ(plan(), "140.01 above_month_cap;");
}

TEST_F(PlannedCharges, NothingIsChargedThatMayNotBe) {
    is_under_way = true;
    EXPECT_EQ(plan(), "0.00 under_way;");
    is_under_way = false;
    usable = false;
    EXPECT_EQ(plan(), "140.00 method_not_usable;");
    payment.next_on = today.plus_days(1);
    EXPECT_EQ(plan(), "0.00 waits;");
    payment.is_stopped = true;
    EXPECT_EQ(plan(), "0.00 stopped;");
}

TEST_F(PlannedCharges, OfSeveralDocumentsTheMonthHasRoomForTheOldest) {
    facts.rules.terms = customers::PaymentTerms::invoice;
    facts.rules.charge_month_cap = money("100.00");
    payment.what = AutomaticFor::documents;
    facts.documents = {{invoicing::DocumentId{1}, "1", today, money("60.00"), false},
                       {invoicing::DocumentId{2}, "2", today, money("60.00"), false},
                       {invoicing::DocumentId{3}, "3", today, money("40.00"), true},
                       {invoicing::DocumentId{4}, "4", today, money("40.00"), false}};
    EXPECT_EQ(plan(), "60.00 charged;60.00 above_month_cap;40.00 under_way;40.00 charged;");
}

TEST_F(PlannedCharges, ARetryIsOfWhatHasNotComeInSince) {
    facts.due_now = nothing;
    facts.recommended = nothing;
    decline(payment, facts.rules, money("140.00"), money("10.00"), today.plus_days(-1));
    payment.next_on = today;
    facts.waits_for_funds = true;
    facts.purse.balance = money("30.00");
    EXPECT_EQ(plan(), "120.00 charged;");
    facts.waits_for_funds = false;
    EXPECT_EQ(plan(), "0.00 nothing_due;");
}

TEST(Declines, AreTriedAgainCountedFromTheFirst) {
    const customers::PaymentRules rules{.credit_limit = money("0.00"),
                                        .promise_limit = money("0.00"),
                                        .charge_cap = money("0.00"),
                                        .charge_month_cap = money("0.00")};
    AutomaticPayment payment{.id = AutomaticPaymentId{1}, .what = AutomaticFor::documents, .next_on = today};
    const auto declined_on = [&](const char* on) {
        decline(payment, rules, money("5.00"), money("0.00"), date(on));
        return payment.next_on.text();
    };
    EXPECT_EQ(declined_on("2026-02-01"), "2026-02-02");
    EXPECT_EQ(declined_on("2026-02-01"), "2026-02-02") << "another document of that day";
    EXPECT_EQ(declined_on("2026-02-02"), "2026-02-04");
    EXPECT_EQ(declined_on("2026-02-10"), "2026-02-11") << "never on the same day";
    EXPECT_EQ(declined_on("2026-02-11"), "2026-03-01") << "no day is left";
    EXPECT_EQ(payment.failures, 0);
}

}  // namespace
}  // namespace sluice::payments
