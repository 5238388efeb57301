// Laws of comparing what one stretch of time brings with what another one did.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <set>

#include "domain/reports/compare.hpp"
#include "laws/random.hpp"

namespace sluice::laws {
namespace {

using invoicing::Line;
using reports::Cause;
using reports::ComparedDates;

Run never(Date) { return Run::not_at_all; }

struct Sides {
    std::vector<Line> before;
    std::vector<Line> now;
};

// The lines of a sub-service's documents on both sides.
Sides sides_of(const Lived& lived, const invoicing::SubServiceFacts& sub, const ComparedDates& dates) {
    const auto& grid = sub.state.grid;
    const auto day = grid ? std::optional(grid->day()) : std::nullopt;
    Sides sides;
    for (const auto& draft : lived.account().drafts())
        for (const auto& line : draft.lines) {
            if (line.charge.sub_service != sub.state.id) continue;
            if (dates.is_now(draft.date)) sides.now.push_back(line);
            if (dates.is_before(draft.date, day)) sides.before.push_back(line);
        }
    return sides;
}

Money sum(const std::vector<Line>& lines, Currency currency) {
    Money total = Money::zero(currency);
    for (const auto& line : lines) total += line.gross;
    return total;
}

ComparedDates dates_of(const Plan& plan, int after, int days) {
    const Date first = Lived::start_of(plan).plus_days(after);
    return ComparedDates::of_run(first, first.plus_days(days));
}

RC_GTEST_PROP(Comparison, CausesAddUpToTheDifference, ()) {
    const auto plan = *any_plan();
    const Lived lived(plan, never);
    const auto dates = dates_of(plan, *rc::gen::inRange(0, 400), *rc::gen::inRange(1, 70));
    const reports::Circumstances known{.is_new = *rc::gen::arbitrary<bool>(),
                                       .has_resumed = *rc::gen::arbitrary<bool>(),
                                       .is_parked = *rc::gen::arbitrary<bool>()};
    const auto currency = lived.shop().op.currency;
    for (const auto& sub : lived.account().sub_services()) {
        const auto sides = sides_of(lived, sub, dates);
        auto circumstances = known;
        circumstances.status = sub.state.status;
        const auto difference = reports::compare(lived.shop().catalog, circumstances, sides.before, sides.now, currency,
                                                 lived.shop().op.rounding);
        RC_ASSERT(difference.before == sum(sides.before, currency));
        RC_ASSERT(difference.now == sum(sides.now, currency));
        Money parts = Money::zero(currency);
        std::set<Cause> causes;
        for (const auto& part : difference.parts) {
            RC_ASSERT(!part.amount.is_zero());
            RC_ASSERT(causes.insert(part.cause).second);
            parts += part.amount;
        }
        RC_ASSERT(difference.before + parts == difference.now);
    }
}

RC_GTEST_PROP(Comparison, OfTheSameLinesIsNoDifference, ()) {
    const Lived lived(*any_plan(), never);
    for (const auto& sub : lived.account().sub_services()) {
        std::vector<Line> lines;
        for (const auto& draft : lived.account().drafts())
            for (const auto& line : draft.lines)
                if (line.charge.sub_service == sub.state.id) lines.push_back(line);
        const auto difference = reports::compare(lived.shop().catalog, {.status = sub.state.status}, lines, lines,
                                                 lived.shop().op.currency, lived.shop().op.rounding);
        RC_ASSERT(difference.parts.empty());
    }
}

// Runs one after the other compare each date with one date before, and none of them twice.
RC_GTEST_PROP(Comparison, OfRunsInTheSameMonthsLeavesNoDateOut, ()) {
    const Date first = Date::from_days(*rc::gen::inRange(18'000, 25'000));
    const int days = *rc::gen::inRange(2, 28);
    const int cut = *rc::gen::inRange(1, days);
    const auto all = ComparedDates::of_run(first, first.plus_days(days));
    const ComparedDates one{first, first.plus_days(cut), all.months};
    const ComparedDates other{first.plus_days(cut), first.plus_days(days), all.months};
    for (int back = 0; back < 120; ++back) {
        const Date date = first.plus_days(days - back);
        for (const int day : {1, 15, 28, 29, 30, 31}) {
            RC_ASSERT(all.is_before(date, day) == (one.is_before(date, day) || other.is_before(date, day)));
            RC_ASSERT(!(one.is_before(date, day) && other.is_before(date, day)));
            RC_ASSERT(!(all.is_before(date, day) && all.is_now(date)));
        }
    }
}

// The laws say little if the differences are dull.
TEST(RandomComparisons, HaveEveryCauseInThem) {
    std::map<Cause, int> causes;
    for (std::uint64_t seed = 0; seed < 1'000; ++seed) {
        const auto plan = any_plan()(rc::Random(seed), rc::kNominalSize).value();
        const Lived lived(plan, never);
        for (int after = 0; after < 300; after += 30)
            for (const auto& sub : lived.account().sub_services()) {
                const auto sides = sides_of(lived, sub, dates_of(plan, after, 30));
                const reports::Circumstances known{.status = sub.state.status,
                                                   .is_new = seed % 3 == 0,
                                                   .has_resumed = seed % 3 == 1,
                                                   .is_parked = seed % 5 == 0};
                for (const auto& part : reports::compare(lived.shop().catalog, known, sides.before, sides.now,
                                                         lived.shop().op.currency, lived.shop().op.rounding)
                                            .parts)
                    ++causes[part.cause];
            }
    }
    for (int i = 0; i < reports::cause_count; ++i) {
        const auto cause = static_cast<Cause>(i);
        if (cause == Cause::tax) continue;  // the taxes of the random shop never change
        EXPECT_GT(causes[cause], 5) << name_of(cause);
    }
}

}  // namespace
}  // namespace sluice::laws
