// What all long work has in common on the outside.
#pragma once

#include "serve/api/handlers.hpp"

namespace sluice::serve::api {

// Stores a job that begins as soon as it is durable.
app::Job start_job(Desk& desk, app::JobKind kind, std::optional<customers::OperatorId> op, std::string request,
                   std::shared_ptr<const void> input = nullptr);

// The job that the path names, with its latest progress; a Problem when it is not there.
app::Job job_in_path(Desk& desk, app::JobKind kind, std::string_view parameter);
// The bill run that a filter names; a Problem when this operator has none of that id.
std::optional<app::JobId> bill_run_in_query(Desk& desk);
// A page of an operator's jobs, the latest first.
app::Page<app::Job> jobs_page(Desk& desk, app::JobKind kind);

std::string id_of(const app::Job& job);  // "run_…", "ver_…", "imp_…"
// The members that describe where it stands: id, state, requested_at, started_at, finished_at, error.
boost::json::object job_json(const app::Job& job);
http::Response accepted(const boost::json::object& body, const std::string& location);

}  // namespace sluice::serve::api
