// When a task is carried out, and for which date: each date once, whatever clocks do; after a time in which nobody was
// there at once; after a failure again, later and later.
#pragma once

#include "app/ports/schedule_store.hpp"

namespace sluice::app {

// The latest date whose hour has come.
Date latest_due(const Zone& zone, int hour, Instant now);

// What somebody says of it. One that begins to be done by itself waits for its next hour; of one that was, no date is
// passed over.
void set_schedule(ScheduledTask& task, bool is_enabled, int hour, const Zone& zone, Instant now);
// For today, at once, though it may have been done.
void ask_for(ScheduledTask& task, const Zone& zone, Instant now);

constexpr std::chrono::minutes longest_silence{2};  // of who has claimed a task

bool is_claimed(const ScheduledTask& task, Instant now);
bool is_due(const ScheduledTask& task, Instant now);
// REQUIRES: is_due.  GIVES: the date that it is to be carried out for: with `each_date` one after the other, else the
// latest that is due, which is for those before it, too.
Date begin(ScheduledTask& task, std::int64_t claim, bool each_date, const Zone& zone, Instant now);
// Without effect when somebody else has gone on with it: whoever has the claim tells the end.
void renew(ScheduledTask& task, std::int64_t claim, Instant now);
void succeed(ScheduledTask& task, std::int64_t claim, Date date, std::string result, const Zone& zone, Instant now);
void fail(ScheduledTask& task, std::int64_t claim, std::string error, Instant now);
// It could not be done now, through no fault.
void postpone(ScheduledTask& task, std::int64_t claim, Instant now);
// It was not done, and anybody may go on.
void give_back(ScheduledTask& task, std::int64_t claim);

}  // namespace sluice::app
