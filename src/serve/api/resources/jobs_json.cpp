#include "serve/api/resources/jobs_json.hpp"

#include "serve/api/encode.hpp"
#include "serve/api/paging.hpp"

namespace sluice::serve::api {
namespace {

namespace json = boost::json;

std::string_view prefix_of(app::JobKind kind) {
    switch (kind) {
        case app::JobKind::bill_run:
            return "run";
        case app::JobKind::verification:
            return "ver";
        case app::JobKind::import:
            return "imp";
        case app::JobKind::collection_run:
            return "col";
        case app::JobKind::automatic_payment_run:
            return "apr";
    }
    return "job";
}

std::string_view words(app::JobKind kind) {
    switch (kind) {
        case app::JobKind::bill_run:
            return "bill run";
        case app::JobKind::verification:
            return "verification";
        case app::JobKind::import:
            return "import";
        case app::JobKind::collection_run:
            return "collection run";
        case app::JobKind::automatic_payment_run:
            return "run of automatic payments";
    }
    return "job";
}

}  // namespace

app::Job start_job(Desk& desk, app::JobKind kind, std::optional<customers::OperatorId> op, std::string request,
                   std::shared_ptr<const void> input) {
    app::Job job{.id = desk.ids().next<app::JobId>(),
                 .op = op,
                 .kind = kind,
                 .request = std::move(request),
                 .actor = desk.call().principal->actor(),
                 .requested_at = desk.call().now};
    desk.store().add(job);
    desk.afterwards([&jobs = desk.engine().jobs(), job, input] {
        if (input) jobs.keep_input(job.id, input);
        jobs.add(job);
    });
    return job;
}

app::Job job_in_path(Desk& desk, app::JobKind kind, std::string_view parameter) {
    const auto& text = desk.path(parameter);
    const auto id = parse_id(prefix_of(kind), text);
    auto job = id ? desk.store().find_job(app::JobId{*id}) : std::nullopt;
    const auto op = kind == app::JobKind::import ? std::nullopt : desk.call().op;
    if (!job || job->kind != kind || job->op != op)
        throw not_found(kind == app::JobKind::bill_run ? "unknown_bill_run" : "not_found",
                        "there is no " + std::string(words(kind)) + " \"" + text + "\"");
    return desk.engine().jobs().latest(std::move(*job));
}

std::optional<app::JobId> bill_run_in_query(Desk& desk) {
    const auto text = desk.query("bill_run");
    if (!text) return std::nullopt;
    const auto id = parse_id(prefix_of(app::JobKind::bill_run), *text);
    const auto job = id ? desk.store().find_job(app::JobId{*id}) : std::nullopt;
    if (!job || job->kind != app::JobKind::bill_run || job->op != desk.call().op)
        throw invalid_request({{"query", "bill_run", "names no bill run: \"" + *text + "\""}});
    return job->id;
}

app::Page<app::Job> jobs_page(Desk& desk, app::JobKind kind) {
    const auto paging = paging_of(desk);
    const auto before = paging.after ? std::optional(app::JobId{paging.after->id}) : std::nullopt;
    app::Page<app::Job> page{.rows = desk.store().jobs(desk.op_id(), kind, before, paging.limit + 1)};
    if (static_cast<std::int64_t>(page.rows.size()) > paging.limit) {
        page.rows.pop_back();
        page.next = app::Position{.key = {}, .id = page.rows.back().id.value()};
    }
    for (auto& job : page.rows) job = desk.engine().jobs().latest(std::move(job));
    return page;
}

std::string id_of(const app::Job& job) { return id_text(prefix_of(job.kind), job.id.value()); }

json::object job_json(const app::Job& job) {
    return {{"id", id_of(job)},
            {"state", app::name_of(job.state)},
            {"requested_at", json_of(job.requested_at)},
            {"started_at", json_of(job.started_at)},
            {"finished_at", json_of(job.finished_at)},
            {"error", text_or_null(job.error)}};
}

http::Response accepted(const json::object& body, const std::string& location) {
    auto response = ok(body, 202);
    response.headers.emplace_back("Location", location);
    return response;
}

}  // namespace sluice::serve::api
