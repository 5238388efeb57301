#include <chrono>
#include <ostream>
#include <thread>

#include "serve/api/desk.hpp"
#include "serve/cli/answers.hpp"
#include "serve/cli/commands.hpp"
#include "serve/cli/table.hpp"
#include "serve/json/documents_json.hpp"

namespace sluice::serve {
namespace {

namespace json = boost::json;

const std::string schedule = "/api/v1/schedule";

// "2026-11-29 02:00 (08:00 UTC)": both clocks.
std::string next_text(const json::object& task) {
    const auto at = text_in(task, "next_at");
    if (at.empty()) return "";
    return text_in(task, "next_local") + " (" + at.substr(11, 5) + " UTC)";
}

std::string took_text(const json::object& task) {
    const auto from = parse_instant(text_in(task, "started_at"));
    const auto to = parse_instant(text_in(task, "finished_at"));
    if (!from || !to || *to < *from) return "";
    return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(*to - *from).count()) + " s";
}

std::string outcome_text(const json::object& task) {
    const auto error = text_in(task, "error");
    if (error.empty()) return text_in(task, "result");
    return "failed " + std::to_string(number_in(task, "attempts")) + "x: " + error;
}

std::string minute_of(const json::object& task, std::string_view member) {
    auto text = text_in(task, member).substr(0, 16);
    if (text.size() > 10) text[10] = ' ';
    return text;
}

int show(Session& session, const JobsOptions& options, const json::value& answer, const std::string& said) {
    if (options.json)
        session.parts.out << pretty(answer);
    else
        session.parts.out << said;
    return exit_done;
}

}  // namespace

int list_jobs(Session& session, const JobsOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where).code;
    Table table({{"task"}, {"state"}, {"next"}, {"last date"}, {"began (UTC)"}, {"took"}, {"outcome"}});
    json::array items;
    std::string zone;
    bool any_off = false;
    client->each(schedule, op, [&](const json::object& task) {
        zone = text_in(task, "time_zone");
        any_off = any_off || !is_set(task, "enabled");
        table.row({text_in(task, "task"), text_in(task, "state"), next_text(task), text_in(task, "last_date"),
                   minute_of(task, "started_at"), took_text(task), outcome_text(task)});
        items.push_back(task);
    });
    if (options.json) {
        session.parts.out << pretty(json::object{{"items", std::move(items)}, {"next", nullptr}});
        return exit_done;
    }
    session.parts.out << table.text() << "Times are those of " << zone << ". `sluice serve` does what is due.\n";
    if (any_off)
        session.parts.out << "What is off is not done by itself: `sluice jobs set TASK --enable` switches it on.\n";
    return exit_done;
}

int set_job(Session& session, const JobsOptions& options) {
    json::object body;
    if (options.enable && options.disable) throw BadInput("--enable and --disable exclude each other");
    if (options.enable) body["enabled"] = true;
    if (options.disable) body["enabled"] = false;
    if (options.hour >= 0) body["hour"] = options.hour;
    if (options.compare && options.no_compare) throw BadInput("--compare and --no-compare exclude each other");
    if (options.compare || options.no_compare) body["compare"] = options.compare;
    if (body.empty())
        throw BadInput("say what is to be changed: --hour HOUR, --enable, --disable, --compare or --no-compare");
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where).code;
    const auto answer = client->patch(schedule + "/" + api::segment(options.task), op, body);
    const auto& task = as_object(answer);
    const auto next = next_text(task);
    return show(session, options, answer,
                text_in(task, "task") +
                    (next.empty() ? " is not done by itself.\n"
                                  : " is next done at " + next + ", " + text_in(task, "time_zone") + ".\n") +
                    (is_set(task, "compare") ? "Its runs say what is different from the same dates before.\n" : ""));
}

int run_job(Session& session, const JobsOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where).code;
    const auto target = schedule + "/" + api::segment(options.task);
    auto answer = client->post(target + "/run", op);
    const auto is_under_way = [&] {
        const auto state = text_in(as_object(answer), "state");
        return state == "queued" || state == "running";
    };
    constexpr std::chrono::milliseconds first_pause{20};
    constexpr std::chrono::milliseconds longest_pause{1'000};
    for (auto pause = first_pause; is_under_way(); pause = std::min(2 * pause, longest_pause)) {
        std::this_thread::sleep_for(pause);
        answer = client->get(target, op);
    }
    const auto& task = as_object(answer);
    if (const auto error = text_in(task, "error"); !error.empty())
        throw std::runtime_error(options.task + " failed, and is tried again at " + next_text(task) + ": " + error);
    if (text_in(task, "finished_at").empty())
        throw std::runtime_error(options.task +
                                 " could not be done now, as a bill run is under way; it is tried again at " +
                                 next_text(task));
    return show(
        session, options, answer,
        text_in(task, "task") + " is done for " + text_in(task, "last_date") + ": " + text_in(task, "result") + ".\n");
}

}  // namespace sluice::serve
