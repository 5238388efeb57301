// Pro-forma documents, orders and documents of advance payments, from the command line.
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

const std::string pro_formas = "/api/v1/pro-formas";
const std::string advances = "/api/v1/advance-payments";

std::string state_of(const json::object& pro_forma) {
    const auto settled = text_in(pro_forma, "settled_on");
    return text_in(pro_forma, "state") + (settled.empty() ? "" : " on " + settled);
}

void print_pro_forma(std::ostream& out, const json::object& pro_forma) {
    out << "Pro-forma " << text_in(pro_forma, "number") << " for " << text_in(pro_forma, "name") << " ("
        << text_in(pro_forma, "subscriber") << ")\n  " << text_in(pro_forma, "date") << ", to be paid by "
        << text_in(pro_forma, "expires_on") << ", " << state_of(pro_forma);
    if (const auto reason = text_in(pro_forma, "reason"); !reason.empty()) out << ": " << reason;
    out << '\n';
    if (const auto runs_out = text_in(pro_forma, "runs_out_on"); !runs_out.empty())
        out << "  the money lasts until " << runs_out << '\n';
    Table table({{"sub-service"}, {"what"}, {"from"}, {"to"}, {"quantity", Align::right}, {"gross", Align::right}});
    for (const auto& each : list_in(pro_forma, "lines")) {
        const auto& line = as_object(each);
        const auto what = text_in(line, "name") + (text_in(line, "kind") == "discount" ? ", discount" : "");
        table.row({text_in(line, "sub_service"), what, text_in(line, "start"), text_in(line, "end"),
                   std::to_string(number_in(line, "quantity")), amount_in(line, "gross")});
    }
    table.rule();
    if (!money_in(pro_forma, "paid_ahead").is_zero())
        table.row({"balance", "", "", "", "", (-money_in(pro_forma, "paid_ahead")).text()});
    table.row({"to be paid", "", "", "", currency_in(pro_forma, "total"), amount_in(pro_forma, "total")});
    out << table.text("  ");
    for (const auto& each : list_in(pro_forma, "items")) {
        const auto& item = as_object(each);
        const auto product = text_in(item, "product");
        out << "  when it is paid, " << text_in(item, "sub_service")
            << (product.empty() ? std::string(" is activated")
                                : " gets " + std::to_string(number_in(item, "quantity")) + " " + product)
            << '\n';
    }
}

int show(Session& session, const ProFormaOptions& options, const json::value& answer) {
    if (options.json)
        session.parts.out << pretty(answer);
    else
        print_pro_forma(session.parts.out, as_object(answer));
    return exit_done;
}

// "CODE" or "CODE=2".
json::object ordered(const std::string& sub_service, const char* type, const std::string& text) {
    const auto equals = text.find('=');
    json::object item{{"sub_service", sub_service}, {type, text.substr(0, equals)}};
    if (equals != std::string::npos) {
        const auto count = text.substr(equals + 1);
        if (count.empty() || count.size() > 7 || count.find_first_not_of("0123456789") != std::string::npos)
            throw BadInput("\"" + text + "\" is no product with a quantity; write it as STATIC-IP=2");
        item["quantity"] = std::stoll(count);
    }
    return item;
}

json::array items_of(const ProFormaOptions& options) {
    json::array items;
    if (options.add_ons.empty() && options.cpes.empty()) {
        for (const auto& code : options.sub_services) items.push_back(json::object{{"sub_service", code}});
        return items;
    }
    if (options.sub_services.size() != 1)
        throw BadInput("--add-on and --cpe go with one sub-service: the one that gets them");
    const auto& code = options.sub_services.front();
    if (options.activate) items.push_back(json::object{{"sub_service", code}});
    for (const auto& add_on : options.add_ons) items.push_back(ordered(code, "add_on", add_on));
    for (const auto& cpe : options.cpes) items.push_back(ordered(code, "cpe", cpe));
    return items;
}

void add_date(json::object& body, const ProFormaOptions& options) {
    if (!options.date.empty()) body["date"] = date_option("--date", options.date).text();
}

}  // namespace

int list_pro_formas(Session& session, const ProFormaOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    std::string filter;
    const auto add = [&](const char* name, const std::string& value) {
        if (!value.empty()) filter += (filter.empty() ? "?" : "&") + std::string(name) + "=" + api::segment(value);
    };
    add("state", options.state);
    add("purpose", options.purpose);
    add("subscriber", options.subscriber);
    Table table({{"number"},
                 {"date"},
                 {"subscriber"},
                 {"name"},
                 {"purpose"},
                 {"to be paid", Align::right},
                 {""},
                 {"by"},
                 {"state"}});
    json::array items;
    const auto next = client->each(
        pro_formas + filter, op.code,
        [&](const json::object& row) {
            table.row({text_in(row, "number"), text_in(row, "date"), text_in(row, "subscriber"), text_in(row, "name"),
                       text_in(row, "purpose"), amount_in(row, "total"), currency_in(row, "total"),
                       text_in(row, "expires_on"), state_of(row)});
            items.push_back(row);
        },
        options.limit);
    if (options.json)
        session.parts.out << pretty(json::object{{"items", std::move(items)}, {"next", next}});
    else
        session.parts.out << (items.empty() ? "No pro-forma documents.\n" : table.text());
    return exit_done;
}

int show_pro_forma(Session& session, const ProFormaOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    return show(session, options, client->get(pro_formas + "/" + api::segment(options.number), op.code));
}

int place_order(Session& session, const ProFormaOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    json::object body{{"items", items_of(options)}};
    if (options.days > 0) body["days"] = options.days;
    add_date(body, options);
    return show(session, options,
                client->post("/api/v1/subscribers/" + api::segment(options.subscriber) + "/orders", op.code, body));
}

int withdraw_pro_forma(Session& session, const ProFormaOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    json::object body;
    if (!options.reason.empty()) body["reason"] = options.reason;
    add_date(body, options);
    return show(session, options,
                client->post(pro_formas + "/" + api::segment(options.number) + "/withdraw", op.code, body));
}

namespace {

std::string advance_text(const json::object& advance) {
    return text_in(advance, "number") + ": " + amount_in(advance, "amount") + ' ' + currency_in(advance, "amount") +
           " paid ahead by " + text_in(advance, "subscriber") + ", " + text_in(advance, "date") + " (" +
           text_in(advance, "payment") + ")\n";
}

int show_advance(Session& session, const ProFormaOptions& options, const json::value& answer) {
    session.parts.out << (options.json ? pretty(answer) : advance_text(as_object(answer)));
    return exit_done;
}

}  // namespace

int list_advance_payments(Session& session, const ProFormaOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    const auto filter = options.subscriber.empty() ? "" : "?subscriber=" + api::segment(options.subscriber);
    Table table({{"number"}, {"date"}, {"subscriber"}, {"name"}, {"amount", Align::right}, {""}, {"payment"}});
    json::array items;
    const auto next = client->each(
        advances + filter, op.code,
        [&](const json::object& row) {
            table.row({text_in(row, "number"), text_in(row, "date"), text_in(row, "subscriber"), text_in(row, "name"),
                       amount_in(row, "amount"), currency_in(row, "amount"), text_in(row, "payment")});
            items.push_back(row);
        },
        options.limit);
    if (options.json)
        session.parts.out << pretty(json::object{{"items", std::move(items)}, {"next", next}});
    else
        session.parts.out << (items.empty() ? "No documents of advance payments.\n" : table.text());
    return exit_done;
}

int show_advance_payment(Session& session, const ProFormaOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    return show_advance(session, options, client->get(advances + "/" + api::segment(options.number), op.code));
}

int issue_advance_payment(Session& session, const ProFormaOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    json::object body{{"payment", options.number}};
    add_date(body, options);
    return show_advance(session, options, client->post(advances, op.code, body));
}

}  // namespace sluice::serve
