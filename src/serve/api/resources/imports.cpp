// Operators that come over from another system.
#include "serve/api/encode.hpp"
#include "serve/api/resources/jobs_json.hpp"
#include "serve/engine/work.hpp"

namespace sluice::serve::api {
namespace {

namespace json = boost::json;

json::object import_json(const app::Job& job) {
    auto object = job_json(job);
    auto progress = json::parse(job.progress).as_object();
    if (progress.empty()) progress = {{"file", ""}, {"rows", 0}, {"bytes", 0}, {"bytes_total", 0}};
    object["progress"] = std::move(progress);
    auto result = json::parse(job.result).as_object();
    object["problem_count"] = result.if_contains("problem_count") ? result.at("problem_count") : json::value(0);
    object["errors"] = result.if_contains("errors") ? result.at("errors") : json::value(json::array());
    const auto* stored = result.if_contains("stored");
    json::value imported = nullptr;
    if (stored && stored->as_bool()) {
        imported = json::object();
        for (const auto* key : {"operator", "subscribers", "units", "sub_services", "items", "rejected"})
            imported.as_object()[key] = result.at(key);
    }
    object["result"] = std::move(imported);
    return object;
}

http::Response start_import(Desk& desk) {
    const auto& body = desk.call().body.as_object();
    const auto text = [&](std::string_view key) { return std::string(body.at(key).as_string()); };
    const auto* wish = body.if_contains("partial");
    const auto input = std::make_shared<const ImportInput>(
        ImportInput{text("operator"), text("subscribers"), text("units"), text("sub_services")});
    const auto job = start_job(
        desk, app::JobKind::import, std::nullopt,
        json::serialize(json::object{{"as_of", body.at("as_of")}, {"partial", wish && wish->as_bool()}}), input);
    return accepted(import_json(job), "/api/v1/imports/" + id_of(job));
}

http::Response get_import(Desk& desk) { return ok(import_json(job_in_path(desk, app::JobKind::import, "import"))); }

}  // namespace

void add_imports(Handlers& handlers) {
    handlers["start_import"] = {Runs::in_writer, start_import, false};
    handlers["get_import"] = {Runs::at_once, get_import, false};
}

}  // namespace sluice::serve::api
