#include <ostream>

#include "serve/api/desk.hpp"
#include "serve/cli/answers.hpp"
#include "serve/cli/commands.hpp"
#include "serve/cli/table.hpp"
#include "serve/json/documents_json.hpp"

namespace sluice::serve {
namespace {

namespace json = boost::json;
using Align = Table::Align;

std::string address_of(const AutomaticOptions& options) {
    return "/api/v1/subscribers/" + api::segment(options.subscriber) + "/automatic-payments";
}

std::string what_for(const json::object& payment) {
    const auto sub_service = text_in(payment, "sub_service");
    return sub_service.empty() ? text_in(payment, "what") : "sub-service " + sub_service;
}

std::string state_of(const json::object& payment) {
    const auto reason = text_in(payment, "stop_reason");
    return text_in(payment, "state") + (reason.empty() ? "" : ", " + reason);
}

json::object date_body(const AutomaticOptions& options) {
    json::object body;
    if (!options.date.empty()) body["date"] = date_option("--date", options.date).text();
    return body;
}

}  // namespace

int list_automatic_payments(Session& session, const AutomaticOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    Table table({{"automatic payment"}, {"for"}, {"saved method"}, {"card"}, {"state"}, {"not before"}});
    json::array items;
    client->each(address_of(options), op.code, [&](const json::object& payment) {
        table.row({text_in(payment, "id"), what_for(payment), text_in(payment, "saved_method"),
                   text_in(payment, "brand") + " …" + text_in(payment, "last4"), state_of(payment),
                   text_in(payment, "next_on")});
        items.push_back(payment);
    });
    if (options.json)
        session.parts.out << pretty(json::object{{"items", std::move(items)}});
    else
        session.parts.out << (items.empty() ? "Nothing is charged by itself.\n" : table.text());
    return exit_done;
}

int enable_automatic_payment(Session& session, const AutomaticOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    json::object body{{"saved_method", options.saved_method}};
    body["what"] = options.top_up ? "top_up" : options.documents ? "documents" : "sub_service";
    if (!options.sub_service.empty()) body["sub_service"] = options.sub_service;
    const auto answer = client->post(address_of(options), op.code, body);
    if (options.json) {
        session.parts.out << pretty(answer);
        return exit_done;
    }
    const auto& payment = as_object(answer);
    session.parts.out << text_in(payment, "id") << ": " << what_for(payment) << " of " << options.subscriber << ", by "
                      << text_in(payment, "saved_method") << '\n';
    return exit_done;
}

int disable_automatic_payment(Session& session, const AutomaticOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    client->remove(address_of(options) + "/" + api::segment(options.id), op.code);
    session.parts.out << options.id << " is charged no more\n";
    return exit_done;
}

int preview_automatic_payments(Session& session, const AutomaticOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    std::string list = "/api/v1/automatic-charges";
    if (!options.date.empty()) list += "?date=" + date_option("--date", options.date).text();
    Table table({{"subscriber"}, {"name"}, {"for"}, {"document"}, {"total", Align::right}, {"verdict"}});
    json::array items;
    client->each(list, op.code, [&](const json::object& charge) {
        table.row({text_in(charge, "subscriber"), text_in(charge, "name"), what_for(charge),
                   text_in(charge, "document"), amount_in(charge, "total"), text_in(charge, "verdict")});
        items.push_back(charge);
    });
    if (options.json)
        session.parts.out << pretty(json::object{{"items", std::move(items)}});
    else
        session.parts.out << (items.empty() ? "Nobody is charged by itself.\n" : table.text());
    return exit_done;
}

int run_automatic_payments(Session& session, const AutomaticOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    const auto run = [&] {
        ProgressLine progress(session.parts.err, session.progress_on_terminal);
        return client->carry_out(
            "/api/v1/automatic-payment-runs", op.code, date_body(options), [&](const json::object& so_far) {
                const auto& done = object_in(so_far, "progress");
                progress.show(op.code + ": " + std::to_string(number_in(done, "charges")) + " charges, " +
                              std::to_string(number_in(done, "succeeded")) + " succeeded");
            });
    }();
    if (text_in(run, "state") != "finished")
        throw std::runtime_error("the automatic payments of " + op.code + " failed: " + text_in(run, "error"));
    if (options.json) {
        session.parts.out << pretty(run);
        return exit_done;
    }
    const auto& done = object_in(run, "progress");
    const auto count = [&](const char* member) { return std::to_string(number_in(done, member)); };
    session.parts.out << op.code << ", " << text_in(run, "date") << ": " << count("accounts") << " accounts, "
                      << count("charges") << " charges: " << count("succeeded") << " succeeded, " << count("failed")
                      << " failed, " << count("unknown") << " unknown; " << count("above_cap") << " above a cap\n";
    return exit_done;
}

}  // namespace sluice::serve
