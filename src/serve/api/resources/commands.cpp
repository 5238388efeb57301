// Many commands in one request, each with its own result.
#include "serve/api/handlers.hpp"
#include "serve/api/preview.hpp"
#include "serve/commands/read_command.hpp"
#include "serve/json/node_of.hpp"

namespace sluice::serve::api {
namespace {

namespace json = boost::json;

struct Step {
    std::size_t index;
    Date date;
    Command command;
};

Step read_step(Desk& desk, const json::object& object, std::size_t index) {
    const auto date = desk.command_date(object);
    auto arguments = node_of(object);
    std::erase_if(arguments.map,
                  [](const auto& member) { return member.first == "date" || member.first == "command"; });
    Fields fields(arguments, "commands[" + std::to_string(index) + "]");
    KnownCodes any;
    auto command = read_command(std::string(object.at("command").as_string()), fields, date, desk.op().currency, any);
    fields.done();
    return {index, date, std::move(command)};
}

json::object result(std::size_t index, std::string_view status, json::value code, std::string_view message) {
    return {{"index", index}, {"status", status}, {"code", std::move(code)}, {"message", message}};
}

// What it was refused for, if it was. Prices are the owner's to change, in bulk too.
std::optional<Problem> carry_out(Desk& desk, const Command& command) {
    const bool changes_price = command.name == "change_price";
    if (changes_price && desk.call().principal->role < app::Role::owner)
        return Problem(403, "not_allowed", "a change of price needs the role owner");
    const auto done = command.carry_out(desk.commands());
    if (changes_price) desk.catalog_changed();
    if (!done) return refused(done.refusal());
    return std::nullopt;
}

class BulkRun {
public:
    explicit BulkRun(Desk& desk) : desk_(desk) {}

    // Every command that is refused leaves nothing behind; the others stand.
    bool run(const std::vector<Step>& steps, bool stop_at_refusal) {
        for (const auto& step : steps) {
            if (stop_at_refusal && refused_ > 0) {
                results_.push_back(result(step.index, "not_run", nullptr, "a command before it was refused"));
                continue;
            }
            if (const auto problem = carry_out(desk_, step.command)) {
                ++refused_;
                results_.push_back(result(step.index, "refused", json::string(problem->code()), problem->what()));
            } else {
                ++done_;
                results_.push_back(result(step.index, "done", nullptr, ""));
            }
        }
        return refused_ == 0;
    }

    // All or nothing, and one was refused: what was done is not done after all.
    void undo() {
        for (auto& entry : results_) {
            auto& object = entry.as_object();
            if (object.at("status") != "done") continue;
            object["status"] = "not_run";
            object["message"] = "undone, because another command was refused";
        }
        done_ = 0;
    }

    json::object answer() && {
        return {
            {"object", "command_results"}, {"results", std::move(results_)}, {"done", done_}, {"refused", refused_}};
    }

private:
    Desk& desk_;
    json::array results_;
    std::int64_t done_ = 0;
    std::int64_t refused_ = 0;
};

// What is refused charges nothing: it is told beside what the others would charge.
http::Response preview_steps(Desk& desk, const std::vector<Step>& steps) {
    const bool lists_refused = desk.is_set("list_refused");
    auto date = desk.today();
    for (const auto& step : steps) date = &step == &steps.front() ? step.date : std::max(date, step.date);
    std::vector<app::SubServicePath> touched;
    json::array refused;
    const auto carry_out_all = [&] {
        for (const auto& step : steps) {
            if (const auto problem = carry_out(desk, step.command)) {
                if (!lists_refused)
                    throw Problem(problem->status(), problem->code(),
                                  "commands[" + std::to_string(step.index) + "]: " + problem->what());
                refused.push_back(result(step.index, "refused", json::string(problem->code()), problem->what()));
                continue;
            }
            const auto& path = step.command.sub_service;
            const bool known = !path || std::any_of(touched.begin(), touched.end(),
                                                    [&](const auto& other) { return other.text() == path->text(); });
            if (!known) touched.push_back(*path);
        }
    };
    auto answer = preview_json(desk, date, touched, carry_out_all);
    if (lists_refused) answer["refused"] = std::move(refused);
    return ok(answer);
}

http::Response run_commands(Desk& desk) {
    const auto& body = desk.call().body.as_object();
    std::vector<Step> steps;
    for (const auto& command : body.at("commands").as_array())
        steps.push_back(read_step(desk, command.as_object(), steps.size()));
    if (desk.is_set("preview")) return preview_steps(desk, steps);

    const auto* wish = body.if_contains("all_or_nothing");
    const bool all_or_nothing = wish && wish->as_bool();
    BulkRun run(desk);
    app::Transaction transaction(desk.store());
    if (run.run(steps, all_or_nothing) || !all_or_nothing)
        transaction.commit();
    else
        run.undo();
    desk.catalog_changed();
    return ok(std::move(run).answer());
}

}  // namespace

void add_commands(Handlers& handlers) { handlers["run_commands"] = {Runs::in_writer, run_commands}; }

}  // namespace sluice::serve::api
