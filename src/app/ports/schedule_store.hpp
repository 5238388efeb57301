// What is done by itself for each operator, and how it went.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/customers/customers.hpp"
#include "values/zone.hpp"

namespace sluice::app {

// One task of one operator. It is carried out for dates of the operator, each once.
struct ScheduledTask {
    static constexpr int usual_hour = 2;

    customers::OperatorId op;
    std::string task;
    bool is_enabled = false;
    int hour = usual_hour;  // 0..23, of the operator's clocks
    bool compares = false;  // its bill runs are compared with the dates before
    // The date that it is carried out for next, and when; none: not by itself.
    std::optional<Date> next_date = {};
    std::optional<Instant> next_at = {};
    std::optional<Date> last_date = {};  // that it was done for
    std::optional<Instant> started_at = {};
    std::optional<Instant> finished_at = {};
    std::optional<Instant> succeeded_at = {};
    std::string result = {};     // of the last one that was done
    std::string error = {};      // of the last try; empty: it was done
    std::int64_t attempts = 0;   // that have failed since
    std::int64_t claim = 0;      // of who is at it, until …
    Instant claimed_until = {};  // … then somebody else may be
};

class ScheduleStore {
public:
    virtual ~ScheduleStore() = default;

    // Those that somebody has said something of.
    virtual std::vector<ScheduledTask> scheduled_tasks(customers::OperatorId op) = 0;
    // Held until the transaction ends: nobody else changes it meanwhile.
    virtual std::optional<ScheduledTask> hold_scheduled_task(customers::OperatorId op, std::string_view task) = 0;
    // REQUIRES: a new one is made while the operator is held.
    virtual void save_scheduled_task(const ScheduledTask& task) = 0;
    // Of all operators: what is due and nobody is at, longest due first.
    virtual std::vector<std::pair<customers::OperatorId, std::string>> due_tasks(Instant now, std::int64_t limit) = 0;
};

}  // namespace sluice::app
