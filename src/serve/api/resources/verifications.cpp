// The books checked against the facts, in the background.
#include "serve/api/encode.hpp"
#include "serve/api/resources/jobs_json.hpp"

namespace sluice::serve::api {
namespace {

namespace json = boost::json;

json::object verification_json(const app::Job& job) {
    auto object = job_json(job);
    auto progress = json::parse(job.progress).as_object();
    if (progress.empty()) progress = {{"accounts", 0}, {"documents", 0}, {"lines", 0}, {"entries", 0}};
    object["progress"] = std::move(progress);
    const auto result = json::parse(job.result).as_object();
    const auto* findings = result.if_contains("findings");
    object["sound"] = findings ? json::value(findings->as_array().empty()) : json::value(nullptr);
    object["findings"] = findings ? *findings : json::value(json::array());
    return object;
}

http::Response start_verification(Desk& desk) {
    const auto job = start_job(desk, app::JobKind::verification, desk.op_id(), "{}");
    return accepted(verification_json(job), "/api/v1/verifications/" + id_of(job));
}

http::Response get_verification(Desk& desk) {
    return ok(verification_json(job_in_path(desk, app::JobKind::verification, "verification")));
}

}  // namespace

void add_verifications(Handlers& handlers) {
    handlers["start_verification"] = {Runs::in_writer, start_verification};
    handlers["get_verification"] = {Runs::at_once, get_verification};
}

}  // namespace sluice::serve::api
