// What the scheduler carries out for each operator: one table, to which a task is added with one line.
#pragma once

#include <functional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

#include "serve/engine/engine.hpp"

namespace sluice::serve {

// It cannot be done now, through no fault: it is tried again in a minute.
class Postponed : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

struct TaskRun {
    Engine& engine;
    customers::OperatorId op;
    Date date;              // of the operator
    bool compares = false;  // see app::ScheduledTask
    // Waits a moment. Throws when the program ends: then the task is carried out again later.
    std::function<void()> wait;
};

// `run` says what it did, in a few words. It may be carried out again for the same date, so that it must not do twice
// what it has done; what it throws is shown, and it is tried again later.
struct Task {
    std::string_view name;
    std::string_view what;
    bool each_date;  // one date after the other; else the latest date is for those before it, too
    std::string (*run)(const TaskRun&);
    bool can_compare = false;
};
std::span<const Task> tasks();
const Task* find_task(std::string_view name);

}  // namespace sluice::serve
