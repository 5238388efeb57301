// Laws of whole lives: random operators, random accounts, random commands.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <time.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <set>

#include "domain/ledger/entry.hpp"
#include "domain/rating/rate.hpp"
#include "laws/random.hpp"

namespace sluice::laws {
namespace {

using charging::ChargeKind;
using charging::LineId;
using customers::Invoicing;
using invoicing::Line;
using subscriptions::ItemId;

Run never(Date) { return Run::not_at_all; }
Run daily(Date) { return Run::once; }
Run twice_a_day(Date) { return Run::twice; }
Run daily_what_is_due(Date) { return Run::only_what_is_due; }

// Every line of an account, sub-service by sub-service.
std::vector<Line> lines_of(const Lived& lived) {
    std::vector<Line> lines;
    for (const auto& facts : lived.account().sub_services())
        lines.insert(lines.end(), facts.open_lines.begin(), facts.open_lines.end());
    return lines;
}

void expect_same(const std::vector<std::string>& one, const std::vector<std::string>& other) {
    for (std::size_t i = 0; i < std::max(one.size(), other.size()); ++i) {
        const std::string a = i < one.size() ? one[i] : "nothing";
        const std::string b = i < other.size() ? other[i] : "nothing";
        if (a != b) RC_LOG() << "first difference: " << a << "  against  " << b;
        RC_ASSERT(a == b);
    }
}

// The laws below say little if the lives are dull.
TEST(RandomLives, HaveEverythingInThem) {
    std::map<ChargeKind, int> kinds;
    std::set<std::string> products;
    std::set<subscriptions::Status> ends;
    int credit_notes = 0;
    for (std::uint64_t seed = 0; seed < 400; ++seed) {
        const Lived lived(any_plan()(rc::Random(seed), rc::kNominalSize).value(), never);
        for (const auto& line : lines_of(lived)) {
            ++kinds[line.charge.kind];
            products.insert(lived.shop().catalog.product(line.charge.product).code);
        }
        for (const auto& facts : lived.account().sub_services()) ends.insert(facts.state.status);
        for (const auto& draft : lived.account().drafts()) credit_notes += draft.total.is_negative() ? 1 : 0;
    }
    for (const auto kind : {ChargeKind::recurring, ChargeKind::setup_fee, ChargeKind::once, ChargeKind::installment,
                            ChargeKind::credit, ChargeKind::discount})
        EXPECT_GT(kinds[kind], 50) << name_of(kind);
    EXPECT_EQ(products.size(), 19U);
    EXPECT_EQ(ends.size(), 5U);
    EXPECT_GT(credit_notes, 50);
}

RC_GTEST_PROP(Billing, DayByDayIsBillingInOneGo, ()) {
    const auto plan = *any_plan();
    expect_same(Lived(plan, daily).tell(), Lived(plan, never).tell());
}

RC_GTEST_PROP(Billing, InAnySplitIsBillingDayByDay, ()) {
    const auto plan = *any_plan();
    const auto days = *rc::gen::container<std::set<int>>(rc::gen::inRange(0, 400));
    const auto some_days = [&](Date day) {
        return days.contains(days_between(Lived::start_of(plan), day)) ? Run::once : Run::not_at_all;
    };
    expect_same(Lived(plan, daily).tell(), Lived(plan, some_days).tell());
}

RC_GTEST_PROP(Billing, TwiceIsOnce, ()) {
    const auto plan = *any_plan();
    expect_same(Lived(plan, daily).tell(), Lived(plan, twice_a_day).tell());
}

RC_GTEST_PROP(Billing, OfWhatIsDueLeavesNothingOut, ()) {
    const auto plan = *any_plan();
    expect_same(Lived(plan, daily).tell(), Lived(plan, daily_what_is_due).tell());
}

struct Sums {
    explicit Sums(const Lived& lived) : net(Money::zero(lived.shop().op.currency)), tax(net), total(net) {
        for (const auto& draft : lived.account().drafts()) {
            net += draft.net;
            tax += draft.tax;
            total += draft.total;
            for (const auto& line : draft.lines) lines.push_back(support::tell(line, lived.shop().catalog));
        }
        std::sort(lines.begin(), lines.end());
    }
    Money net;
    Money tax;
    Money total;
    std::vector<std::string> lines;
};

RC_GTEST_PROP(Invoicing, IndependentMergedAndMergedPerUnitSumToTheSame, ()) {
    const auto plan = *any_plan();
    const Sums independent(Lived(plan, never, Invoicing::independent));
    for (const auto mode : {Invoicing::merged, Invoicing::merged_per_unit}) {
        const Sums other(Lived(plan, never, mode));
        RC_ASSERT(other.net == independent.net);
        RC_ASSERT(other.tax == independent.tax);
        RC_ASSERT(other.total == independent.total);
        RC_ASSERT(other.lines == independent.lines);
    }
}

RC_GTEST_PROP(Invoicing, PutsEachLineOnOneDocumentOfItsBillingDate, ()) {
    const auto plan = *any_plan();
    const auto mode = *rc::gen::element(Invoicing::independent, Invoicing::merged, Invoicing::merged_per_unit);
    const Lived lived(plan, daily, mode);
    std::set<LineId> printed;
    for (const auto& draft : lived.account().drafts()) {
        RC_ASSERT(!draft.lines.empty());
        Money net = Money::zero(lived.shop().op.currency);
        Money tax = net;
        for (const auto& line : draft.lines) {
            RC_ASSERT(printed.insert(line.charge.id).second);
            RC_ASSERT(line.charge.billing_date == draft.date);
            RC_ASSERT(line.net + line.tax == line.gross);
            net += line.net;
            tax += line.tax;
        }
        RC_ASSERT(draft.net == net);
        RC_ASSERT(draft.tax == tax);
        RC_ASSERT(draft.total == net + tax);
    }
    std::size_t charged = 0;
    for (const auto& line : lines_of(lived)) charged += line.charge.billing_date ? 1 : 0;
    RC_ASSERT(printed.size() == charged);
}

RC_GTEST_PROP(Journal, OfEveryDraftBalances, ()) {
    const Lived lived(*any_plan(), never);
    Money owed = Money::zero(lived.shop().op.currency);
    for (const auto& draft : lived.account().drafts()) {
        const auto entry = ledger::entry_of_document(
            {ledger::EntryId{1}, lived.shop().subscriber.id, draft.date, ledger::Source::document, 1}, draft.net,
            draft.tax, draft.total);
        Money sum = Money::zero(lived.shop().op.currency);
        for (const auto& posting : entry.postings()) sum += posting.amount;
        RC_ASSERT(sum.is_zero());
        owed += draft.total;
        RC_ASSERT(entry.balance_effect() == -draft.total);
    }
    RC_ASSERT(owed == Sums(lived).total);
}

// What was credited of a line, tax by tax.
struct Credited {
    std::vector<const Line*> credits;
    Money sum(auto part) const {
        Money total = Money::zero(credits.front()->charge.amount.currency());
        for (const auto* line : credits) total += part(*line);
        return total;
    }
};

RC_GTEST_PROP(Credits, OfALineNeverExceedIt, ()) {
    const Lived lived(*any_plan(), daily);
    const auto lines = lines_of(lived);
    std::map<LineId, const Line*> charged;
    std::map<LineId, Credited> credited;
    for (const auto& line : lines) {
        if (line.charge.takes_back())
            credited[line.charge.credits.value()].credits.push_back(&line);
        else
            charged[line.charge.id] = &line;
    }
    for (const auto& [id, credits] : credited) {
        const auto* line = charged.at(id);
        const auto left = [&](Money of_line, auto part) { return of_line + credits.sum(part); };
        RC_ASSERT(!left(line->charge.amount, [](const Line& l) { return l.charge.amount; }).is_negative());
        RC_ASSERT(!left(line->gross, [](const Line& l) { return l.gross; }).is_negative());
        for (std::size_t i = 0; i < line->taxes.size(); ++i)
            RC_ASSERT(!left(line->taxes[i].amount, [i](const Line& l) { return l.taxes.at(i).amount; }).is_negative());
        for (const auto* credit : credits.credits) {
            RC_ASSERT(credit->charge.amount.is_negative());
            RC_ASSERT(credit->taxes.size() == line->taxes.size());
            if (credit->charge.kind == ChargeKind::discount) continue;
            RC_ASSERT(overlap(*credit->charge.period, *line->charge.period) == *credit->charge.period);
            for (const auto* other : credits.credits)
                if (other != credit && other->charge.kind == ChargeKind::credit)
                    RC_ASSERT(overlap(*other->charge.period, *credit->charge.period).empty());
        }
    }
}

// Small amounts and many parts, so that rounding up each part would give back too much.
RC_GTEST_PROP(Credits, OfManyPartsOfASmallLineNeverExceedIt, ()) {
    support::Shop shop("USD", *rc::gen::element(Rounding::half_up, Rounding::half_even));
    const auto price = Decimal::from_scaled(*rc::gen::inRange<std::int64_t>(1, 30) * Decimal::one / 100);
    shop.service("net", price.text());
    support::Life life(shop, {.credit_suspension = true}, "net");
    Date day = support::date("2026-01-01");
    RC_ASSERT(life.activate(day.text()).ok());
    life.bill(day.text());
    while (day < support::date("2026-01-31")) {
        RC_ASSERT(life.suspend(day.text()).ok());
        day = day.plus_days(*rc::gen::inRange(1, 8));
        RC_ASSERT(life.resume(day.text()).ok());
    }
    Money left = life.lines().front().charge.amount;
    for (const auto& line : life.lines())
        if (line.charge.kind == ChargeKind::credit) left += line.charge.amount;
    RC_ASSERT(!left.is_negative());
}

// How often each day is charged less how often it is credited, over the lines that `counts` accepts.
std::map<Date, int> coverage(const std::vector<Line>& lines, auto counts) {
    std::map<Date, int> changes;
    for (const auto& line : lines) {
        if (!line.charge.period || !counts(line)) continue;
        const int by = line.charge.kind == ChargeKind::credit ? -1 : 1;
        changes[line.charge.period->start] += by;
        changes[line.charge.period->end] -= by;
    }
    int level = 0;
    for (auto& [day, change] : changes) change = level += change;
    return changes;
}

RC_GTEST_PROP(Charges, OfAnItemCoverNoDayTwice, ()) {
    const Lived lived(*any_plan({.credits_of_zero = false}), daily);
    const auto lines = lines_of(lived);
    std::set<ItemId> items;
    for (const auto& line : lines) items.insert(line.charge.item);
    for (const auto item : items)
        for (const auto& [day, level] : coverage(lines, [&](const Line& line) {
                 return line.charge.item == item && !line.charge.amount.is_zero();  // nothing of a zero is credited
             }))
            RC_ASSERT(level == 0 || level == 1);
}

RC_GTEST_PROP(Charges, OfTheMainServicesLeaveNoDayOut, ()) {
    auto plan = *any_plan({.suspensions = false, .credits_of_zero = false, .imports = false});
    for (auto& step : plan.steps) step.pick -= step.what == 15 ? step.pick % 3 : 0;  // cancel at the end of the period
    const Lived lived(plan, daily);
    for (const auto& facts : lived.account().sub_services()) {
        std::set<ItemId> mains;
        std::optional<Date> first;
        for (const auto& item : facts.state.items) {
            if (!item.is_main()) continue;
            mains.insert(item.id);
            if (item.starts_on && (!first || *item.starts_on < *first)) first = item.starts_on;
        }
        if (!first || !facts.state.billed_to || *facts.state.billed_to <= *first) continue;
        const auto days =
            coverage(facts.open_lines, [&](const Line& line) { return mains.contains(line.charge.item); });
        if (facts.state.status == subscriptions::Status::cancelled && days.empty()) continue;  // on the day it began
        RC_ASSERT(!days.empty());
        RC_ASSERT(days.begin()->first == *first);
        RC_ASSERT(days.contains(*facts.state.billed_to));
        for (const auto& [day, level] : days) RC_ASSERT(level == (day < *facts.state.billed_to ? 1 : 0));
    }
}

RC_GTEST_PROP(Charges, ComeWithTheirArithmetic, ()) {
    const Lived lived(*any_plan(), never);
    const auto& op = lived.shop().op;
    for (const auto& line : lines_of(lived)) {
        const auto& charge = line.charge;
        if (charge.kind != ChargeKind::recurring) continue;
        const auto exact = charge.proration == charging::Proration::whole_price
                               ? rating::in_full(charge.unit_price, charge.quantity)
                               : rating::prorated(charge.unit_price, charge.quantity, charge.days, charge.of_days);
        RC_ASSERT(settle(exact, op.currency, op.rounding) == charge.amount);
        RC_ASSERT(charge.days <= charge.period->days());
        RC_ASSERT(charge.days <= charge.of_days);
        RC_ASSERT(lived.shop().catalog.price(charge.price).price == charge.unit_price);
    }
}

RC_GTEST_PROP(Instalments, OfAnItemAreItsPriceInParts, ()) {
    const Lived lived(*any_plan(), daily);
    const auto& op = lived.shop().op;
    std::map<ItemId, std::vector<Line>> parts;
    for (const auto& line : lines_of(lived))
        if (line.charge.kind == ChargeKind::installment) parts[line.charge.item].push_back(line);
    for (const auto& [item, lines] : parts) {
        std::int32_t next = 1;
        Money sum = Money::zero(op.currency);
        for (const auto& line : lines) {
            RC_ASSERT(line.charge.parts->first == next);
            next = line.charge.parts->last + 1;
            sum += line.charge.amount;
        }
        const auto& charge = lines.front().charge;
        const auto price = settle(rating::in_full(charge.unit_price, charge.quantity), op.currency, op.rounding);
        RC_ASSERT(next <= charge.parts->of + 1);
        RC_ASSERT(sum <= price);
        if (next == charge.parts->of + 1) RC_ASSERT(sum == price);
    }
}

RC_GTEST_PROP(Charges, HaveAKeyOfTheirOwn, ()) {
    const Lived lived(*any_plan(), daily);
    std::set<std::tuple<ItemId, ChargeKind, std::int64_t, std::optional<Date>, std::int32_t, std::int32_t>> keys;
    for (const auto& line : lines_of(lived)) {
        const auto& charge = line.charge;
        const auto start = charge.period ? std::optional(charge.period->start) : std::nullopt;
        const auto of = charge.kind == ChargeKind::discount ? charge.credits->value() : 0;
        const auto key =
            std::tuple(charge.item, charge.kind, of, start, charge.parts ? charge.parts->first : 0, charge.revision);
        RC_ASSERT(keys.insert(key).second);
    }
}

// The discounts of each line, in the order in which they were taken.
std::map<LineId, std::vector<Line>> discounts_of(const std::vector<Line>& lines) {
    std::map<LineId, std::vector<Line>> discounts;
    for (const auto& line : lines)
        if (line.charge.kind == ChargeKind::discount) discounts[*line.charge.credits].push_back(line);
    return discounts;
}

RC_GTEST_PROP(Discounts, LeaveNoLineBelowZeroAndComeWithTheirArithmetic, ()) {
    const Lived lived(*any_plan(), daily);
    const auto& catalog = lived.shop().catalog;
    const auto lines = lines_of(lived);
    const auto discounts = discounts_of(lines);
    for (const auto& line : lines) {
        const auto found = discounts.find(line.charge.id);
        if (found == discounts.end()) continue;
        Money left = line.charge.amount;
        std::int32_t priority = -1;
        std::set<catalog::DiscountId> taken;
        int best_of = 0;
        for (const auto& less : found->second) {
            const auto& discount = *catalog.find_discount(*less.charge.discount);
            RC_ASSERT(taken.insert(discount.id).second);
            RC_ASSERT(discount.priority >= priority);
            priority = discount.priority;
            best_of += discount.combines == catalog::Combines::best_of ? 1 : 0;
            RC_ASSERT(less.charge.amount.is_negative());
            RC_ASSERT(less.charge.billing_date == line.charge.billing_date);
            RC_ASSERT(-less.charge.amount ==
                      charging::discount_of(discount, line.charge, left, lived.shop().op.rounding));
            left += less.charge.amount;
            RC_ASSERT(!left.is_negative());
        }
        RC_ASSERT(best_of <= 1);
    }
}

RC_GTEST_PROP(Discounts, OfThoseThatDoNotStackTheLargestIsTaken, ()) {
    const Lived lived(*any_plan(), daily);
    const auto& catalog = lived.shop().catalog;
    const auto rounding = lived.shop().op.rounding;
    const auto lines = lines_of(lived);
    const auto discounts = discounts_of(lines);
    for (const auto& line : lines) {
        const auto found = discounts.find(line.charge.id);
        if (found == discounts.end() || line.charge.kind != ChargeKind::recurring) continue;
        const auto* without_end = catalog.find_discount("three");  // all periods have it
        if (!without_end) continue;
        const Money worth = charging::discount_of(*without_end, line.charge, line.charge.amount, rounding);
        Money best = Money::zero(lived.shop().op.currency);
        for (const auto& less : found->second) {
            const auto& discount = *catalog.find_discount(*less.charge.discount);
            if (discount.combines == catalog::Combines::best_of)
                best = charging::discount_of(discount, line.charge, line.charge.amount, rounding);
        }
        // One before it may have left nothing to take.
        if (!best.is_zero()) RC_ASSERT(best >= worth);
    }
}

RC_GTEST_PROP(Discounts, LastAsManyPeriodsAsTheySay, ()) {
    const Lived lived(*any_plan(), daily);
    std::map<std::pair<ItemId, catalog::DiscountId>, std::set<Date>> taken;
    for (const auto& line : lines_of(lived))
        if (line.charge.discount && line.charge.period)
            taken[{line.charge.item, *line.charge.discount}].insert(line.charge.period->end);
    for (const auto& [key, periods] : taken) {
        const auto& discount = *lived.shop().catalog.find_discount(key.second);
        if (discount.periods > 0) RC_ASSERT(std::ssize(periods) <= discount.periods);
    }
}

RC_GTEST_PROP(Billing, DoesNotCareAboutTheMachinesTimeZone, ()) {
    const auto plan = *any_plan();
    const auto told_in = [&](const char* zone) {
        setenv("TZ", zone, 1);
        tzset();
        return Lived(plan, never).tell();
    };
    const auto told = told_in("UTC");
    expect_same(told, told_in(*rc::gen::element("Pacific/Kiritimati", "America/St_Johns", "Pacific/Pago_Pago")));
    unsetenv("TZ");
    tzset();
}

}  // namespace
}  // namespace sluice::laws
