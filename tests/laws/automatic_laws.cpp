// What is charged by itself, whatever an account and its caps look like.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "domain/payments/automatic.hpp"
#include "support/shop.hpp"

namespace sluice::laws {
namespace {

using namespace payments;
using support::date;
using support::money;

const Date today = date("2026-02-01");

Money some_money(int least, int most) { return Money::minor(*rc::gen::inRange(least, most), money("0").currency()); }

// An account with everything that may be true of it.
struct Account {
    AutomaticFacts facts;
    std::vector<AutomaticPayment> payments;
    MethodTerms terms;
    std::vector<AutomaticWish> wishes;
};

AutomaticPayment some_payment(std::int64_t id, AutomaticFor what) {
    AutomaticPayment payment{.id = AutomaticPaymentId{id},
                             .what = what,
                             .next_on = today.plus_days(*rc::gen::inRange(-2, 2)),
                             .is_stopped = *rc::gen::inRange(0, 5) == 0};
    if (what == AutomaticFor::sub_service) payment.sub_service = subscriptions::SubServiceId{id};
    if (*rc::gen::arbitrary<bool>()) {
        payment.failures = *rc::gen::inRange(1, 4);
        payment.failed_on = today.plus_days(-1);
        payment.failed_amount = some_money(1, 20'000);
        payment.failed_balance = some_money(-20'000, 20'000);
    }
    return payment;
}

std::unique_ptr<Account> some_account() {
    const auto nothing = money("0");
    auto account = std::make_unique<Account>(
        Account{.facts = {.subscriber = {.code = "s"},
                          .rules = {.terms = static_cast<customers::PaymentTerms>(*rc::gen::inRange(0, 4)),
                                    .credit_limit = some_money(0, 5'000),
                                    .promise_limit = nothing,
                                    .charge_cap = some_money(0, 15'000),
                                    .charge_month_cap = some_money(0, 30'000)},
                          .purse = {.balance = some_money(-20'000, 20'000),
                                    .unbilled = some_money(0, 5'000),
                                    .promised = nothing},
                          .is_held = *rc::gen::inRange(0, 4) == 0,
                          .waits_for_funds = *rc::gen::arbitrary<bool>(),
                          .due_now = some_money(0, 10'000),
                          .recommended = some_money(0, 20'000),
                          .charged_this_month = some_money(0, 10'000)},
                .terms = {.commission = {.fixed = some_money(0, 100), .on_top = *rc::gen::arbitrary<bool>()}}});
    auto& facts = account->facts;
    const int documents = *rc::gen::inRange(0, 4);
    for (int i = 0; i < documents; ++i)
        facts.documents.push_back({invoicing::DocumentId{i + 1}, std::to_string(i), today, some_money(1, 20'000),
                                   *rc::gen::inRange(0, 4) == 0});
    account->payments.push_back(
        some_payment(100, *rc::gen::arbitrary<bool>() ? AutomaticFor::top_up : AutomaticFor::documents));
    const int sub_services = *rc::gen::inRange(0, 3);
    for (int i = 1; i <= sub_services; ++i) {
        account->payments.push_back(some_payment(i, AutomaticFor::sub_service));
        facts.due_of.emplace(subscriptions::SubServiceId{i}, some_money(0, 10'000));
    }
    for (const auto& payment : account->payments)
        account->wishes.push_back(
            {&payment, *rc::gen::inRange(0, 6) == 0 ? nullptr : &account->terms, *rc::gen::inRange(0, 5) == 0});
    return account;
}

RC_GTEST_PROP(AutomaticCharges, StayWithinTheirCaps, ()) {
    const auto account = some_account();
    const auto& rules = account->facts.rules;
    Money month = account->facts.charged_this_month;
    for (const auto& one : plan_charges(account->facts, account->wishes, today, Rounding::half_up)) {
        if (one.verdict != ChargeVerdict::charged) continue;
        RC_ASSERT(one.quote.amount.is_positive());
        month += one.quote.total;
        if (!rules.charge_cap.is_zero()) RC_ASSERT(one.quote.total <= rules.charge_cap);
        if (!rules.charge_month_cap.is_zero()) RC_ASSERT(month <= rules.charge_month_cap);
    }
}

RC_GTEST_PROP(AutomaticCharges, AreMadeOnceAndOnlyWhereTheyMayBe, ()) {
    const auto account = some_account();
    std::set<std::int64_t> documents;
    std::set<std::size_t> others;
    for (const auto& one : plan_charges(account->facts, account->wishes, today, Rounding::half_up)) {
        if (one.verdict != ChargeVerdict::charged) continue;
        const auto& wish = account->wishes[one.of];
        RC_ASSERT(wish.terms != nullptr && !wish.is_under_way);
        RC_ASSERT(!wish.payment->is_stopped && wish.payment->next_on <= today);
        RC_ASSERT(suits(wish.payment->what, account->facts.rules));
        const bool is_new =
            one.document ? documents.insert(one.document->value()).second : others.insert(one.of).second;
        RC_ASSERT(is_new);
        for (const auto& document : account->facts.documents)
            if (one.document == document.id)
                RC_ASSERT(!document.is_under_way && one.quote.amount == document.open && !account->facts.is_held);
    }
}

// A top-up is no more than what the forecast lacks, or what failed before it and has not come in.
RC_GTEST_PROP(AutomaticCharges, TopUpsAreNoMoreThanWhatIsMissing, ()) {
    const auto account = some_account();
    for (const auto& one : plan_charges(account->facts, account->wishes, today, Rounding::half_up)) {
        const auto& payment = *account->wishes[one.of].payment;
        if (one.verdict != ChargeVerdict::charged || payment.what != AutomaticFor::top_up) continue;
        auto most = account->facts.recommended;
        if (payment.failures > 0 && account->facts.waits_for_funds)
            most = std::max(most, *payment.failed_amount - (account->facts.purse.balance - *payment.failed_balance));
        RC_ASSERT(one.quote.amount <= most);
    }
}

// Whatever is declined, and whenever: never again on the same day, and never on a day before one that was tried.
RC_GTEST_PROP(AutomaticCharges, AreTriedAgainLater, ()) {
    const auto account = some_account();
    AutomaticPayment payment{.id = AutomaticPaymentId{1}, .what = AutomaticFor::documents, .next_on = today};
    Date day = today;
    for (int i = 0; i < 12; ++i) {
        decline(payment, account->facts.rules, money("5"), money("0"), day);
        RC_ASSERT(payment.next_on > day);
        day = payment.next_on.plus_days(*rc::gen::inRange(0, 3));
    }
}

}  // namespace
}  // namespace sluice::laws
