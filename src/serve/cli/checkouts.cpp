#include <ostream>

#include "serve/api/desk.hpp"
#include "serve/cli/answers.hpp"
#include "serve/cli/commands.hpp"
#include "serve/cli/table.hpp"
#include "serve/json/documents_json.hpp"

namespace sluice::serve {
namespace {

namespace json = boost::json;

const std::string checkouts = "/api/v1/checkouts";

std::string what_for(const json::object& checkout) {
    if (text_in(checkout, "kind") == "setup") return "(saves a card)";
    const auto document = text_in(checkout, "document");
    return document.empty() ? "(in advance)" : document;
}

int show(Session& session, const CheckoutOptions& options, const json::value& answer) {
    if (options.json) {
        session.parts.out << pretty(answer);
        return exit_done;
    }
    const auto& checkout = as_object(answer);
    auto& out = session.parts.out;
    out << text_in(checkout, "id") << ": " << what_for(checkout) << " of " << text_in(checkout, "subscriber") << ", "
        << amount_in(checkout, "total") << ' ' << currency_in(checkout, "total") << " by "
        << text_in(checkout, "payment_method") << ", " << text_in(checkout, "state") << '\n';
    if (const auto message = text_in(checkout, "message"); !message.empty()) out << "  " << message << '\n';
    if (const auto url = text_in(checkout, "url"); !url.empty()) out << "  to be paid at " << url << '\n';
    return exit_done;
}

}  // namespace

int list_checkouts(Session& session, const CheckoutOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where).code;
    Table table(
        {{"checkout"}, {"created"}, {"subscriber"}, {"for"}, {"method"}, {"total", Table::Align::right}, {"state"}});
    json::array items;
    const auto filter = options.subscriber.empty() ? "" : "?subscriber=" + api::segment(options.subscriber);
    const auto next = client->each(
        checkouts + filter, op,
        [&](const json::object& checkout) {
            table.row({text_in(checkout, "id"), text_in(checkout, "created_at").substr(0, 16),
                       text_in(checkout, "subscriber"), what_for(checkout), text_in(checkout, "payment_method"),
                       amount_in(checkout, "total"), text_in(checkout, "state")});
            items.push_back(checkout);
        },
        options.limit);
    if (options.json)
        session.parts.out << pretty(json::object{{"items", std::move(items)}, {"next", next}});
    else
        session.parts.out << (items.empty() ? "No checkouts yet.\n" : table.text());
    return exit_done;
}

int begin_checkout(Session& session, const CheckoutOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    json::object body{{"payment_method", options.method}, {"return_url", options.return_url}};
    if (!options.document.empty()) body["document"] = options.document;
    if (!options.amount.empty())
        body["amount"] = json::object{{"amount", options.amount}, {"currency", op.currency.code()}};
    if (options.save_method) body["save_method"] = true;
    const auto target = "/api/v1/subscribers/" + api::segment(options.subscriber) + "/checkouts";
    return show(session, options, client->post(target, op.code, body));
}

int show_checkout(Session& session, const CheckoutOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where).code;
    return show(session, options, client->get(checkouts + "/" + api::segment(options.id), op));
}

int query_checkout(Session& session, const CheckoutOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where).code;
    return show(session, options, client->post(checkouts + "/" + api::segment(options.id) + "/query", op));
}

int list_gateway_events(Session& session, const CheckoutOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where).code;
    const auto answer = client->get("/api/v1/gateway-events?limit=500", op);
    if (options.json) {
        session.parts.out << pretty(answer);
        return exit_done;
    }
    Table table({{"received"}, {"method"}, {"type"}, {"payment"}, {"reference"}, {"amount", Table::Align::right}});
    const auto& items = list_in(as_object(answer), "items");
    for (const auto& item : items) {
        const auto& event = as_object(item);
        table.row({text_in(event, "received_at").substr(0, 16), text_in(event, "payment_method"),
                   text_in(event, "type"), text_in(event, "gateway_payment"), text_in(event, "reference"),
                   event.at("amount").is_null() ? "" : amount_in(event, "amount")});
    }
    session.parts.out << (items.empty() ? "Gateways have told nothing that the books could not take.\n" : table.text());
    return exit_done;
}

}  // namespace sluice::serve
