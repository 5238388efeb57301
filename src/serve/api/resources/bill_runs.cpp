// Bill runs: asked for here, carried out in the background.
#include "app/ports/comparison_store.hpp"
#include "serve/api/encode.hpp"
#include "serve/api/paging.hpp"
#include "serve/api/resources/jobs_json.hpp"
#include "serve/engine/work.hpp"

namespace sluice::serve::api {
namespace {

namespace json = boost::json;

// A run into the future charges ahead; further than this it is a slip of the pen. Who holds the store itself may go
// further, to see what comes.
constexpr std::int32_t max_days_ahead = 31;

json::value number_or_null(std::optional<std::int64_t> number) {
    return number ? json::value(*number) : json::value(nullptr);
}

json::object side_json(const json::value& side, Currency currency) {
    const auto date = [&](std::string_view key) {
        const auto found = Date::parse(side.at(key).as_string());
        check(found.has_value(), "a stored comparison has dates");
        return *found;
    };
    return {{"from", json_of(date("after").plus_days(1))},
            {"to", json_of(date("through"))},
            {"total", json_of(Money::minor(side.at("total").to_number<std::int64_t>(), currency))}};
}

// Of what the job has kept; null when it was not asked for, is not done yet, or there was nothing to compare with.
json::value comparison_json(const json::object& result, Instant requested_at, Currency currency) {
    const auto* kept = result.if_contains("comparison");
    if (!kept || !kept->is_object()) return nullptr;
    const auto money = [&](const json::value& of, std::string_view key) {
        return Money::minor(of.at(key).to_number<std::int64_t>(), currency);
    };
    json::array causes;
    for (const auto& cause : kept->at("causes").as_array())
        causes.push_back(json::object{{"cause", cause.at("cause")},
                                      {"sub_services", cause.at("sub_services")},
                                      {"amount", json_of(money(cause, "amount"))}});
    return json::object{{"before", side_json(kept->at("before"), currency)},
                        {"now", side_json(kept->at("now"), currency)},
                        {"difference", json_of(money(kept->at("now"), "total") - money(kept->at("before"), "total"))},
                        {"sub_services", kept->at("sub_services")},
                        {"unchanged", kept->at("unchanged")},
                        {"differences_kept_until", json_of(requested_at + app::differences_kept_for)},
                        {"causes", std::move(causes)}};
}

json::object bill_run_json(const app::Job& job, Currency currency) {
    const auto request = json::parse(job.request).as_object();
    const auto state = read_bill_run_state(job.progress, currency);
    const auto& totals = state.totals;
    const bool is_running = job.state == app::JobState::running;
    auto object = job_json(job);
    object["through"] = request.at("through");
    object["dry_run"] = request.at("dry_run");
    object["progress"] = {{"date", json_of(state.date)},
                          {"sub_services", state.sub_services},
                          {"due_at_start", state.due_at_start},
                          {"documents", totals.invoices + totals.credit_notes},
                          {"due_on_date", state.due_on_date},
                          {"billed_on_date", state.billed_on_date},
                          {"per_second", number_or_null(state.per_second())},
                          {"seconds_left", is_running ? number_or_null(state.seconds_left()) : json::value(nullptr)}};
    object["totals"] = {{"invoices", totals.invoices}, {"credit_notes", totals.credit_notes},
                        {"lines", totals.lines},       {"net", json_of(totals.net)},
                        {"tax", json_of(totals.tax)},  {"total", json_of(totals.total)}};
    object["parked"] = state.parked;
    const auto result = json::parse(job.result).as_object();
    const auto* parked = result.if_contains("parked_accounts");
    object["parked_accounts"] = parked ? *parked : json::value(json::array());
    const auto* compare = request.if_contains("compare");  // a run of an older program says nothing
    object["compare"] = compare && compare->as_bool();
    object["comparison"] = comparison_json(result, job.requested_at, currency);
    return object;
}

http::Response start_bill_run(Desk& desk) {
    const auto& body = desk.call().body.as_object();
    const auto through = Date::parse(body.at("through").as_string());
    const auto* wish = body.if_contains("dry_run");
    const bool dry_run = wish && wish->as_bool();
    const bool is_here = !desk.call().principal->key;
    if (!dry_run && !is_here && days_between(desk.today(), *through) > max_days_ahead)
        throw Problem(422, "date_in_the_future",
                      "a bill run goes at most " + std::to_string(max_days_ahead) + " days beyond today (" +
                          desk.today().text() + "); a dry run may go further");
    const auto* asked = body.if_contains("workers");
    const auto workers = asked ? asked->to_number<std::int64_t>() : 1;
    if (workers > 1 && !desk.engine().has_many_writers())
        throw Problem(422, "one_worker_only",
                      "a SQLite store has one writer, so its bill runs have one worker; leave workers out, or use a "
                      "PostgreSQL store");
    const auto* compare = body.if_contains("compare");
    const auto job = start_job(desk, app::JobKind::bill_run, desk.op_id(),
                               json::serialize(json::object{{"through", through->text()},
                                                            {"dry_run", dry_run},
                                                            {"workers", workers},
                                                            {"compare", compare && compare->as_bool()}}));
    return accepted(bill_run_json(job, desk.op().currency), "/api/v1/bill-runs/" + id_of(job));
}

http::Response list_bill_runs(Desk& desk) {
    return ok(page_json(desk, jobs_page(desk, app::JobKind::bill_run),
                        [&](const app::Job& job) { return bill_run_json(job, desk.op().currency); }));
}

http::Response get_bill_run(Desk& desk) {
    return ok(bill_run_json(job_in_path(desk, app::JobKind::bill_run, "bill_run"), desk.op().currency));
}

// It ends before its next batch. One that has ended already is answered as it is.
http::Response cancel_bill_run(Desk& desk) {
    const auto job = job_in_path(desk, app::JobKind::bill_run, "bill_run");
    desk.afterwards([&jobs = desk.engine().jobs(), id = job.id] { jobs.cancel(id); });
    return ok(bill_run_json(job, desk.op().currency));
}

json::object difference_json(const app::RunDifferenceRow& row) {
    const auto& difference = row.difference;
    return {{"subscriber", row.subscriber_code},
            {"subscriber_name", row.subscriber_name},
            {"sub_service", row.sub_service_code},
            {"cause", reports::name_of(difference.cause)},
            {"amount", json_of(difference.amount)},
            {"before", json_of(difference.before)},
            {"now", json_of(difference.now)},
            {"before_document", text_or_null(row.before_document)},
            {"now_document", text_or_null(row.now_document)}};
}

http::Response list_bill_run_differences(Desk& desk) {
    app::RunDifferenceQuery query{.run = job_in_path(desk, app::JobKind::bill_run, "bill_run").id,
                                  .paging = paging_of(desk)};
    if (const auto cause = desk.query("cause")) query.cause = reports::parse_cause(*cause);
    return ok(page_json(desk, desk.store().comparisons().differences(desk.op_id(), query), difference_json));
}

}  // namespace

void add_bill_runs(Handlers& handlers) {
    handlers["start_bill_run"] = {Runs::in_writer, start_bill_run};
    handlers["list_bill_runs"] = {Runs::in_pool, list_bill_runs};
    handlers["get_bill_run"] = {Runs::at_once, get_bill_run};
    handlers["list_bill_run_differences"] = {Runs::in_pool, list_bill_run_differences};
    handlers["cancel_bill_run"] = {Runs::in_writer, cancel_bill_run};
}

}  // namespace sluice::serve::api
