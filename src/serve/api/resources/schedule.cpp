// What is done by itself for an operator: when, and how it went.
#include <algorithm>

#include "app/schedule.hpp"
#include "serve/api/encode.hpp"
#include "serve/api/handlers.hpp"
#include "serve/api/paging.hpp"
#include "serve/engine/tasks.hpp"

namespace sluice::serve::api {
namespace {

namespace json = boost::json;
using app::ScheduledTask;

std::string_view state_of(const ScheduledTask& task, Instant now) {
    if (app::is_claimed(task, now)) return "running";
    if (!task.next_at) return "off";
    return app::is_due(task, now) ? "queued" : "waiting";
}

json::object editable_json(const ScheduledTask& task) {
    return {{"task", task.task},
            {"enabled", task.is_enabled},
            {"hour", task.hour},
            {"compare", find_task(task.task)->can_compare ? json::value(task.compares) : json::value(nullptr)}};
}

json::object shown(Desk& desk, const ScheduledTask& task) {
    const auto& zone = desk.book().zone;
    auto object = editable_json(task);
    object["what"] = find_task(task.task)->what;
    object["state"] = state_of(task, desk.call().now);
    object["next_date"] = json_of(task.next_date);
    object["next_at"] = json_of(task.next_at);
    object["next_local"] = task.next_at ? json::value(zone.clock_at(*task.next_at)) : json::value(nullptr);
    object["time_zone"] = zone.name();
    object["last_date"] = json_of(task.last_date);
    object["started_at"] = json_of(task.started_at);
    object["finished_at"] = json_of(task.finished_at);
    object["succeeded_at"] = json_of(task.succeeded_at);
    object["result"] = task.result;
    object["error"] = text_or_null(task.error);
    object["attempts"] = task.attempts;
    return object;
}

// All that there are; of those that nobody has said anything of, that they are off.
std::vector<ScheduledTask> all_tasks(Desk& desk) {
    const auto stored = desk.store().scheduled_tasks(desk.op_id());
    std::vector<ScheduledTask> all;
    for (const auto& task : tasks()) {
        const auto found =
            std::find_if(stored.begin(), stored.end(), [&](const ScheduledTask& one) { return one.task == task.name; });
        all.push_back(found != stored.end() ? *found
                                            : ScheduledTask{.op = desk.op_id(), .task = std::string(task.name)});
    }
    return all;
}

ScheduledTask task_in_path(Desk& desk) {
    const auto& name = desk.path("task");
    for (auto& task : all_tasks(desk))
        if (task.task == name) return std::move(task);
    std::string names;
    for (const auto& task : tasks()) (names += names.empty() ? "" : ", ") += task.name;
    throw not_found("not_found", "there is no task \"" + name + "\"; there are: " + names);
}

// A new row is made while the operator is held, an old one is held itself.
ScheduledTask held_task_in_path(Desk& desk) {
    desk.store().hold(desk.op_id());
    auto stored = desk.store().hold_scheduled_task(desk.op_id(), desk.path("task"));
    return stored && find_task(stored->task) ? std::move(*stored) : task_in_path(desk);
}

http::Response list_scheduled_tasks(Desk& desk) {
    const auto page = page_of(desk, all_tasks(desk));
    return ok(page_json(desk, page, [&](const ScheduledTask& task) { return shown(desk, task); }));
}

http::Response get_scheduled_task(Desk& desk) {
    const auto task = task_in_path(desk);
    return tagged(desk, shown(desk, task), editable_json(task));
}

http::Response update_scheduled_task(Desk& desk) {
    auto task = held_task_in_path(desk);
    require_match(desk, editable_json(task));
    const auto& body = desk.call().body.as_object();
    const auto* enabled = body.if_contains("enabled");
    const auto* hour = body.if_contains("hour");
    if (const auto* compare = body.if_contains("compare")) {
        if (!find_task(task.task)->can_compare)
            throw invalid_request({{"body", "compare", "is for billing alone; leave it out"}});
        task.compares = compare->as_bool();
    }
    app::set_schedule(task, enabled ? enabled->as_bool() : task.is_enabled, hour ? hour->to_number<int>() : task.hour,
                      desk.book().zone, desk.call().now);
    desk.store().save_scheduled_task(task);
    return tagged(desk, shown(desk, task), editable_json(task));
}

http::Response run_scheduled_task(Desk& desk) {
    auto task = held_task_in_path(desk);
    if (!app::is_claimed(task, desk.call().now)) {
        app::ask_for(task, desk.book().zone, desk.call().now);
        desk.store().save_scheduled_task(task);
        desk.afterwards([&scheduler = desk.engine().scheduler(), op = task.op, name = task.task] {
            scheduler.carry_out(op, name);
        });
    }
    auto response = ok(shown(desk, task), 202);
    response.headers.emplace_back("Location", "/api/v1/schedule/" + task.task);
    return response;
}

}  // namespace

void add_schedule(Handlers& handlers) {
    handlers["list_scheduled_tasks"] = {Runs::in_pool, list_scheduled_tasks};
    handlers["get_scheduled_task"] = {Runs::at_once, get_scheduled_task};
    handlers["update_scheduled_task"] = {Runs::in_writer, update_scheduled_task};
    handlers["run_scheduled_task"] = {Runs::in_writer, run_scheduled_task};
}

}  // namespace sluice::serve::api
