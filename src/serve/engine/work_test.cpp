#include "serve/engine/work.hpp"

#include <gtest/gtest.h>

namespace sluice::serve {
namespace {

const Currency usd = *Currency::from_code("USD");

Instant second(std::int64_t seconds) { return Instant{std::chrono::seconds{seconds}}; }

// Two seconds in which 3,000 of 10,000 were billed.
BillRunState state() {
    return {.due_at_start = 10'000,
            .sub_services = 3'000,
            .totals = app::BillingTotals::zero(usd),
            .since = second(100),
            .at = second(102)};
}

TEST(BillRunState, TellsTheRateAndTheTimeThatIsLeft) {
    EXPECT_EQ(state().per_second(), 1'500);
    EXPECT_EQ(state().seconds_left(), 5) << "7,000 at 1,500 a second, rounded up";
}

TEST(BillRunState, DoesNotCountWhatAnEarlierProcessBilled) {
    auto resumed = state();
    resumed.billed_before = 2'000;
    EXPECT_EQ(resumed.per_second(), 500);
    EXPECT_EQ(resumed.seconds_left(), 14);
}

TEST(BillRunState, KnowsNothingBeforeSomethingIsBilled) {
    auto nothing_yet = state();
    nothing_yet.billed_before = nothing_yet.sub_services;
    EXPECT_EQ(nothing_yet.per_second(), std::nullopt);
    EXPECT_EQ(nothing_yet.seconds_left(), std::nullopt);
    auto at_once = state();
    at_once.at = at_once.since;
    EXPECT_EQ(at_once.per_second(), std::nullopt);
    at_once.at.reset();
    EXPECT_EQ(at_once.seconds_left(), std::nullopt);
}

TEST(BillRunState, GoesByTheDateWhenMoreIsBilledThanWasDueAtTheStart) {
    auto later = state();
    later.sub_services = later.billed_before + 30'000;
    later.due_on_date = 50'000;
    later.billed_on_date = 20'000;
    EXPECT_EQ(later.per_second(), 15'000);
    EXPECT_EQ(later.seconds_left(), 2);
    later.billed_on_date = 50'000;
    EXPECT_EQ(later.seconds_left(), 0);
}

TEST(BillRunState, SlowerThanOneASecondIsOne) {
    auto slow = state();
    slow.at = second(1'000'000);
    EXPECT_EQ(slow.per_second(), 1);
    EXPECT_EQ(slow.seconds_left(), 7'000);
}

TEST(BillRunState, IsTheSameWhenItIsReadFromItsRow) {
    auto stored = state();
    stored.date = Date::parse("2026-02-01");
    stored.due_on_date = 7;
    stored.billed_on_date = 5;
    stored.billed_before = 3;
    stored.at.reset();
    EXPECT_EQ(text_of(read_bill_run_state(text_of(stored), usd)), text_of(stored));
    EXPECT_EQ(text_of(read_bill_run_state(text_of(state()), usd)), text_of(state()));
}

TEST(BillRunState, OfAnOlderProgramIsReadWithoutARate) {
    const auto old = read_bill_run_state(
        R"({"date":"2026-02-01","due_at_start":9,"sub_services":4,"parked":0,"totals":{"invoices":4,"credit_notes":0,)"
        R"("lines":4,"net":100,"tax":0,"total":100}})",
        usd);
    EXPECT_EQ(old.sub_services, 4);
    EXPECT_EQ(old.per_second(), std::nullopt);
}

}  // namespace
}  // namespace sluice::serve
