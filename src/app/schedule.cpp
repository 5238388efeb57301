#include "app/schedule.hpp"

#include <algorithm>
#include <array>

namespace sluice::app {
namespace {

using std::chrono::minutes;

constexpr std::array<minutes, 4> patience{minutes{1}, minutes{5}, minutes{15}, minutes{60}};
constexpr minutes until_free{1};

void set_next(ScheduledTask& task, Date date, const Zone& zone) {
    task.next_date = date;
    task.next_at = zone.instant_at(date, task.hour);
}

void set_none(ScheduledTask& task) {
    task.next_date.reset();
    task.next_at.reset();
}

void release(ScheduledTask& task) {
    task.claim = 0;
    task.claimed_until = {};
}

}  // namespace

Date latest_due(const Zone& zone, int hour, Instant now) {
    auto date = zone.date_at(now);
    while (zone.instant_at(date, hour) > now) date = date.plus_days(-1);
    return date;
}

void set_schedule(ScheduledTask& task, bool is_enabled, int hour, const Zone& zone, Instant now) {
    const bool was_enabled = task.is_enabled;
    task.is_enabled = is_enabled;
    task.hour = hour;
    if (!is_enabled) return set_none(task);
    auto next = latest_due(zone, hour, now).plus_days(1);
    if (was_enabled && task.next_date) next = *task.next_date;
    if (task.last_date) next = std::max(next, task.last_date->plus_days(1));
    set_next(task, next, zone);
}

void ask_for(ScheduledTask& task, const Zone& zone, Instant now) {
    task.next_date = task.next_date ? std::min(*task.next_date, zone.date_at(now)) : zone.date_at(now);
    task.next_at = now;
    task.error.clear();
    task.attempts = 0;
}

bool is_claimed(const ScheduledTask& task, Instant now) { return task.claim != 0 && task.claimed_until > now; }

bool is_due(const ScheduledTask& task, Instant now) {
    return task.next_at && *task.next_at <= now && !is_claimed(task, now);
}

Date begin(ScheduledTask& task, std::int64_t claim, bool each_date, const Zone& zone, Instant now) {
    check(is_due(task, now), "a task that is begun is due");
    task.claim = claim;
    task.claimed_until = now + longest_silence;
    task.started_at = now;
    task.finished_at.reset();
    return each_date ? *task.next_date : std::max(*task.next_date, latest_due(zone, task.hour, now));
}

void renew(ScheduledTask& task, std::int64_t claim, Instant now) {
    if (task.claim == claim) task.claimed_until = now + longest_silence;
}

void succeed(ScheduledTask& task, std::int64_t claim, Date date, std::string result, const Zone& zone, Instant now) {
    if (task.claim != claim) return;
    release(task);
    task.last_date = std::max(date, task.last_date.value_or(date));
    task.finished_at = task.succeeded_at = now;
    task.result = std::move(result);
    task.error.clear();
    task.attempts = 0;
    if (task.is_enabled)
        set_next(task, task.last_date->plus_days(1), zone);
    else
        set_none(task);
}

void fail(ScheduledTask& task, std::int64_t claim, std::string error, Instant now) {
    if (task.claim != claim) return;
    release(task);
    task.finished_at = now;
    task.error = std::move(error);
    const auto wait = patience[std::min<std::size_t>(static_cast<std::size_t>(task.attempts), patience.size() - 1)];
    ++task.attempts;
    if (task.next_at) task.next_at = now + wait;
}

void postpone(ScheduledTask& task, std::int64_t claim, Instant now) {
    if (task.claim != claim) return;
    release(task);
    if (task.next_at) task.next_at = now + until_free;
}

void give_back(ScheduledTask& task, std::int64_t claim) {
    if (task.claim == claim) release(task);
}

}  // namespace sluice::app
