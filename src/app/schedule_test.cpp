#include "app/schedule.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace sluice::app {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

Instant at(const char* text) { return parse_instant(text).value(); }
Date date(const char* text) { return Date::parse(text).value(); }

class Scheduling : public testing::Test {
protected:
    // One that is enabled before its hour of 2026-03-10.
    ScheduledTask enabled(const char* now = "2026-03-10T01:00:00Z", int hour = 2) const {
        ScheduledTask task{.op = customers::OperatorId{1}, .task = "billing"};
        set_schedule(task, true, hour, zone, at(now));
        return task;
    }
    Date carry_out(ScheduledTask& task, Instant now, bool each_date = false) const {
        const auto done_for = begin(task, 7, each_date, zone, now);
        succeed(task, 7, done_for, "done", zone, now);
        return done_for;
    }
    Zone zone = Zone::named("UTC").value();
};

TEST_F(Scheduling, WaitsForItsHour) {
    auto task = enabled();
    EXPECT_EQ(task.next_at, at("2026-03-10T02:00:00Z"));
    EXPECT_FALSE(is_due(task, at("2026-03-10T01:59:59Z")));
    EXPECT_TRUE(is_due(task, at("2026-03-10T02:00:00Z")));
    EXPECT_EQ(carry_out(task, at("2026-03-10T02:00:00Z")), date("2026-03-10"));
    EXPECT_EQ(task.next_at, at("2026-03-11T02:00:00Z"));
    EXPECT_EQ(enabled("2026-03-10T02:00:00Z").next_at, at("2026-03-11T02:00:00Z"))
        << "what was before is not asked for";
}

TEST_F(Scheduling, CatchesUpAtOnceWithTheLatestDateForAll) {
    auto task = enabled();
    EXPECT_EQ(carry_out(task, at("2026-03-13T17:00:00Z")), date("2026-03-13"));
    EXPECT_EQ(task.next_date, date("2026-03-14"));
}

TEST_F(Scheduling, CatchesUpDateByDateWhereEachCounts) {
    auto task = enabled();
    const auto now = at("2026-03-12T17:00:00Z");
    for (const auto* expected : {"2026-03-10", "2026-03-11", "2026-03-12"}) {
        ASSERT_TRUE(is_due(task, now));
        EXPECT_EQ(carry_out(task, now, true), date(expected));
    }
    EXPECT_FALSE(is_due(task, now));
}

TEST_F(Scheduling, ARetryBeforeTheNextHourIsStillForItsDate) {
    auto task = enabled();
    const auto now = at("2026-03-11T01:30:00Z");
    EXPECT_EQ(begin(task, 7, false, zone, now), date("2026-03-10"));
}

TEST_F(Scheduling, OneIsAtItUntilItsClaimEnds) {
    auto task = enabled();
    const auto now = at("2026-03-10T02:00:00Z");
    begin(task, 7, false, zone, now);
    EXPECT_FALSE(is_due(task, now + longest_silence - minutes{1}));
    renew(task, 7, now + minutes{1});
    EXPECT_FALSE(is_due(task, now + longest_silence));
    ASSERT_TRUE(is_due(task, now + longest_silence + minutes{1}));
    begin(task, 8, false, zone, now + longest_silence + minutes{1});
    succeed(task, 7, date("2026-03-10"), "late", zone, now + hours{1});
    EXPECT_EQ(task.claim, 8) << "who has lost the claim has no say";
    EXPECT_FALSE(task.last_date);
}

TEST_F(Scheduling, AFailureIsTriedAgainLaterAndLater) {
    auto task = enabled();
    auto now = at("2026-03-10T02:00:00Z");
    for (const auto wait : {1, 5, 15, 60, 60}) {
        begin(task, 7, false, zone, now);
        fail(task, 7, "no", now);
        EXPECT_EQ(task.next_at, now + minutes{wait});
        EXPECT_EQ(task.error, "no");
        now = *task.next_at;
    }
    EXPECT_EQ(task.attempts, 5);
    EXPECT_EQ(carry_out(task, now), date("2026-03-10"));
    EXPECT_EQ(task.attempts, 0);
    EXPECT_TRUE(task.error.empty());
}

TEST_F(Scheduling, AnotherHourPassesNoDateOver) {
    auto task = enabled();
    set_schedule(task, true, 0, zone, at("2026-03-10T01:00:00Z"));
    EXPECT_TRUE(is_due(task, at("2026-03-10T01:00:00Z")));
    carry_out(task, at("2026-03-10T01:00:00Z"));
    set_schedule(task, true, 5, zone, at("2026-03-10T01:30:00Z"));
    EXPECT_EQ(task.next_at, at("2026-03-11T05:00:00Z")) << "and does none twice";
}

TEST_F(Scheduling, OneThatIsOffIsDoneWhenAsked) {
    ScheduledTask task{.op = customers::OperatorId{1}, .task = "billing"};
    const auto now = at("2026-03-10T01:00:00Z");
    ask_for(task, zone, now);
    EXPECT_EQ(carry_out(task, now), date("2026-03-10"));
    EXPECT_FALSE(task.next_at);
    EXPECT_FALSE(is_due(task, now + hours{48}));
}

TEST_F(Scheduling, OneThatIsSwitchedOffWhileItIsDoneStaysOff) {
    auto task = enabled();
    const auto now = at("2026-03-10T02:00:00Z");
    begin(task, 7, false, zone, now);
    set_schedule(task, false, 2, zone, now);
    succeed(task, 7, date("2026-03-10"), "done", zone, now);
    EXPECT_FALSE(task.next_at);
    EXPECT_EQ(task.last_date, date("2026-03-10"));
}

// Over years with all that clocks do: whoever looks every few minutes carries out each date once, in order, within
// minutes of its hour.
TEST_F(Scheduling, EachDateIsCarriedOutOnceInEveryZone) {
    std::mt19937 random(7);
    for (const auto* name : {"UTC", "America/Chicago", "Europe/Warsaw", "Asia/Kathmandu", "Pacific/Apia",
                             "Australia/Lord_Howe", "America/Sao_Paulo", "Africa/Cairo", "Asia/Tehran",
                             "America/Havana", "Pacific/Kiritimati", "Antarctica/Troll"}) {
        zone = Zone::named(name).value();
        for (const int hour : {0, 1, 2, 3, 23}) {
            auto now = at("2011-11-01T00:07:00Z");
            auto task = enabled("2011-11-01T00:07:00Z", hour);
            std::map<std::string, int> times;
            auto previous = *task.next_date;
            while (now < at("2013-01-10T00:00:00Z")) {
                now += minutes{1 + static_cast<int>(random() % 40)};
                if (!is_due(task, now)) continue;
                EXPECT_LE(now - *task.next_at, minutes{80});
                const auto done_for = carry_out(task, now);
                ++times[done_for.text()];
                EXPECT_LE(days_between(previous, done_for), 2) << name << done_for.text();
                // Only Samoa has left out a date.
                if (days_between(previous, done_for) == 2) {
                    EXPECT_EQ(done_for.text(), "2011-12-31");
                }
                previous = done_for;
            }
            for (const auto& [text, count] : times) EXPECT_EQ(count, 1) << name << " " << hour << " " << text;
            EXPECT_GE(times.size(), 434U) << name << " " << hour;
        }
    }
}

TEST(HourOfADate, ThatClocksSkipIsTheMomentAtWhichTheyGoOn) {
    const auto zone = Zone::named("Europe/Warsaw").value();
    EXPECT_EQ(zone.instant_at(date("2026-03-29"), 2), at("2026-03-29T01:00:00Z"));
    EXPECT_EQ(zone.clock_at(at("2026-03-29T01:00:00Z")), "2026-03-29 03:00");
}

TEST(HourOfADate, ThatClocksShowTwiceIsTheFirstTime) {
    const auto zone = Zone::named("Europe/Warsaw").value();
    EXPECT_EQ(zone.instant_at(date("2026-10-25"), 2), at("2026-10-25T00:00:00Z"));
}

}  // namespace
}  // namespace sluice::app
