// Cheques and saved methods, from the command line.
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

const std::string cheques = "/api/v1/cheques";

json::object amount_json(const std::string& amount, const OperatorFacts& op) {
    return {{"amount", amount}, {"currency", op.currency.code()}};
}

int show(Session& session, const ChequeOptions& options, const json::value& answer) {
    if (options.json) {
        session.parts.out << pretty(answer);
        return exit_done;
    }
    const auto& cheque = as_object(answer);
    const auto reason = text_in(cheque, "reason");
    session.parts.out << text_in(cheque, "id") << ": cheque " << text_in(cheque, "number") << " of "
                      << text_in(cheque, "subscriber") << ", " << amount_in(cheque, "amount") << ' '
                      << currency_in(cheque, "amount") << ", " << text_in(cheque, "state")
                      << (reason.empty() ? "" : ": " + reason) << '\n';
    return exit_done;
}

int settle(Session& session, const ChequeOptions& options, const std::string& how) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    json::object body;
    if (!options.date.empty()) body["date"] = date_option("--date", options.date).text();
    if (!options.reason.empty()) body["reason"] = options.reason;
    return show(session, options, client->post(cheques + "/" + api::segment(options.id) + "/" + how, op.code, body));
}

std::string saved_of(const SavedMethodOptions& options) {
    return "/api/v1/subscribers/" + api::segment(options.subscriber) + "/saved-methods";
}

std::string card_text(const json::object& saved) {
    return text_in(saved, "brand") + " …" + text_in(saved, "last4") + ", until " +
           std::to_string(number_in(saved, "expires_month")) + "/" + std::to_string(number_in(saved, "expires_year"));
}

}  // namespace

int list_cheques(Session& session, const ChequeOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    Table table(
        {{"cheque"}, {"date"}, {"subscriber"}, {"number"}, {"bank"}, {"amount", Align::right}, {"state"}, {""}});
    std::string filter;
    if (!options.state.empty()) filter += "?state=" + options.state;
    if (!options.subscriber.empty())
        filter += (filter.empty() ? "?subscriber=" : "&subscriber=") + api::segment(options.subscriber);
    json::array items;
    const auto next = client->each(
        cheques + filter, op.code,
        [&](const json::object& cheque) {
            table.row({text_in(cheque, "id"), text_in(cheque, "date"), text_in(cheque, "subscriber"),
                       text_in(cheque, "number"), text_in(cheque, "bank"), amount_in(cheque, "amount"),
                       text_in(cheque, "state"), text_in(cheque, "reason")});
            items.push_back(cheque);
        },
        options.limit);
    if (options.json)
        session.parts.out << pretty(json::object{{"items", std::move(items)}, {"next", next}});
    else
        session.parts.out << (items.empty() ? "No cheques.\n" : table.text());
    return exit_done;
}

int receive_cheque(Session& session, const ChequeOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    json::object body{{"subscriber", options.subscriber},
                      {"amount", amount_json(options.amount, op)},
                      {"number", options.number},
                      {"bank", options.bank},
                      {"method", options.method}};
    if (!options.date.empty()) body["date"] = date_option("--date", options.date).text();
    return show(session, options, client->post(cheques, op.code, body));
}

int clear_cheque(Session& session, const ChequeOptions& options) { return settle(session, options, "clear"); }
int bounce_cheque(Session& session, const ChequeOptions& options) { return settle(session, options, "bounce"); }

int list_saved_methods(Session& session, const SavedMethodOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    Table table({{"saved method"}, {"payment method"}, {"card"}});
    json::array items;
    client->each(saved_of(options), op.code, [&](const json::object& saved) {
        table.row({text_in(saved, "id"), text_in(saved, "payment_method"), card_text(saved)});
        items.push_back(saved);
    });
    if (options.json)
        session.parts.out << pretty(json::object{{"items", std::move(items)}, {"next", nullptr}});
    else
        session.parts.out << (items.empty() ? options.subscriber + " has no saved methods.\n" : table.text());
    return exit_done;
}

int remove_saved_method(Session& session, const SavedMethodOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    client->remove(saved_of(options) + "/" + api::segment(options.id), op.code);
    session.parts.out << options.id << " is removed; nothing charges it any more.\n";
    return exit_done;
}

int charge_saved_method(Session& session, const SavedMethodOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    json::object body;
    if (!options.document.empty()) body["document"] = options.document;
    if (!options.amount.empty()) body["amount"] = amount_json(options.amount, op);
    const auto answer = client->post(saved_of(options) + "/" + api::segment(options.id) + "/charge", op.code, body);
    if (options.json) {
        session.parts.out << pretty(answer);
        return exit_done;
    }
    const auto& checkout = as_object(answer);
    const auto message = text_in(checkout, "message");
    session.parts.out << text_in(checkout, "id") << ": " << amount_in(checkout, "total") << ' '
                      << currency_in(checkout, "total") << ", " << text_in(checkout, "state")
                      << (message.empty() ? "" : ": " + message) << '\n';
    return exit_done;
}

}  // namespace sluice::serve
