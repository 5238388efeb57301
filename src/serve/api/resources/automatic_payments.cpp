// Saved methods that are charged by themselves: which ones, for what, and the runs of a date.
#include "app/automatic_payments.hpp"
#include "serve/api/encode.hpp"
#include "serve/api/paging.hpp"
#include "serve/api/resources/jobs_json.hpp"

namespace sluice::serve::api {
namespace {

namespace json = boost::json;

json::object json_of(const app::AutomaticPaymentRow& row) {
    const auto& payment = row.payment;
    return {{"id", payment.id.text()},
            {"what", payments::name_of(payment.what)},
            {"sub_service", text_or_null(row.sub_service_code)},
            {"saved_method", row.saved.text()},
            {"brand", row.brand},
            {"last4", row.last4},
            {"state", payment.is_stopped ? "stopped" : "active"},
            {"stop_reason", text_or_null(row.stop_reason)},
            {"failures", payment.failures},
            {"next_on", payment.next_on.text()},
            {"created_at", api::json_of(row.created_at)}};
}

http::Response list_automatic_payments(Desk& desk) {
    const auto page = page_of(desk, desk.store().automatic().of_subscriber(desk.subscriber().id, desk.op().currency));
    return ok(page_json(desk, page, [](const app::AutomaticPaymentRow& row) { return json_of(row); }));
}

app::Books books_of(Desk& desk) { return {desk.store(), desk.commands(), desk.ids()}; }

payments::AutomaticFor what_in(const json::object& body) {
    using payments::AutomaticFor;
    const auto& word = body.at("what").as_string();
    for (const auto what : {AutomaticFor::top_up, AutomaticFor::documents, AutomaticFor::sub_service})
        if (word == payments::name_of(what)) return what;
    fail_promise("the description allows what is charged for", __FILE__, __LINE__);
}

http::Response enable_automatic_payment(Desk& desk) {
    const auto subscriber = desk.subscriber();
    const auto& body = desk.call().body.as_object();
    app::EnableAutomatic wish{.subscriber = subscriber.code, .what = what_in(body), .saved = app::SavedMethodId{0}};
    const auto* sub_service = body.if_contains("sub_service");
    if ((wish.what == payments::AutomaticFor::sub_service) != (sub_service != nullptr))
        throw invalid_request({{"body", "sub_service", "goes with what: sub_service, and only with it"}});
    if (sub_service) wish.sub_service = std::string(sub_service->as_string());
    const auto saved = app::SavedMethodId::parse(std::string(body.at("saved_method").as_string()));
    wish.saved = saved.value_or(app::SavedMethodId{0});  // of another kind: there is none
    auto books = books_of(desk);
    const auto enabled =
        app::enable_automatic(books, desk.engine().parts().gateways, wish, desk.call().now, desk.today());
    if (!enabled) throw refused(enabled.refusal());
    return created(json_of(*enabled), "/api/v1/subscribers/" + segment(subscriber.code) + "/automatic-payments");
}

http::Response disable_automatic_payment(Desk& desk) {
    const auto& text = desk.path("automatic_payment");
    const auto id = payments::AutomaticPaymentId::parse(text);
    const auto code = "unknown_automatic_payment";
    if (!id) throw not_found(code, "there is no automatic payment \"" + text + "\"");
    auto books = books_of(desk);
    const auto done = app::disable_automatic(books, desk.subscriber().code, *id);
    if (!done) throw not_found(code, done.refusal().message);
    return {.status = 204};
}

http::Response list_automatic_charges(Desk& desk) {
    const auto paging = paging_of(desk);
    auto after = paging.after ? std::optional(customers::SubscriberId{paging.after->id}) : std::nullopt;
    IdSource ids(0, desk.engine().parts().node);  // for lines that are thrown away
    app::Page<app::PlannedAutomatic> page{
        .rows = app::planned_automatic(desk.store(), ids, desk.op(), desk.catalog(), desk.engine().parts().gateways,
                                       desk.date("date").value_or(desk.today()), after, paging.limit)};
    if (after) page.next = app::Position{.key = {}, .id = after->value()};
    return ok(page_json(desk, page, [](const app::PlannedAutomatic& planned) {
        const auto& charge = planned.charge;
        return json::object{{"subscriber", planned.subscriber_code},
                            {"name", planned.name},
                            {"automatic_payment", planned.of.payment.id.text()},
                            {"what", payments::name_of(planned.of.payment.what)},
                            {"sub_service", text_or_null(planned.of.sub_service_code)},
                            {"document", text_or_null(charge.number)},
                            {"amount", api::json_of(charge.quote.amount)},
                            {"commission", api::json_of(charge.quote.commission)},
                            {"total", api::json_of(charge.quote.total)},
                            {"verdict", payments::name_of(charge.verdict)}};
    }));
}

json::object run_json(const app::Job& job) {
    auto object = job_json(job);
    object["date"] = json::parse(job.request).at("date");
    auto progress = json::parse(job.progress).as_object();
    if (progress.empty())
        progress = {{"accounts", 0}, {"charges", 0}, {"succeeded", 0}, {"failed", 0}, {"unknown", 0}, {"above_cap", 0}};
    object["progress"] = std::move(progress);
    return object;
}

http::Response start_automatic_payment_run(Desk& desk) {
    const auto date = desk.command_date(desk.call().body.as_object());
    const auto job = start_job(desk, app::JobKind::automatic_payment_run, desk.op_id(),
                               json::serialize(json::object{{"date", date.text()}}));
    return accepted(run_json(job), "/api/v1/automatic-payment-runs/" + id_of(job));
}

http::Response get_automatic_payment_run(Desk& desk) {
    return ok(run_json(job_in_path(desk, app::JobKind::automatic_payment_run, "automatic_payment_run")));
}

}  // namespace

void add_automatic_payments(Handlers& handlers) {
    handlers["list_automatic_payments"] = {Runs::in_pool, list_automatic_payments};
    handlers["enable_automatic_payment"] = {Runs::in_writer, enable_automatic_payment};
    handlers["disable_automatic_payment"] = {Runs::in_writer, disable_automatic_payment};
    handlers["list_automatic_charges"] = {Runs::in_pool, list_automatic_charges};
    handlers["start_automatic_payment_run"] = {Runs::in_writer, start_automatic_payment_run};
    handlers["get_automatic_payment_run"] = {Runs::at_once, get_automatic_payment_run};
}

}  // namespace sluice::serve::api
