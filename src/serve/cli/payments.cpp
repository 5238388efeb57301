// Money that came in and goes back, and how documents are corrected.
#include <ostream>

#include "serve/api/desk.hpp"
#include "serve/cli/answers.hpp"
#include "serve/cli/commands.hpp"
#include "serve/cli/document_text.hpp"
#include "serve/cli/table.hpp"
#include "serve/json/documents_json.hpp"

namespace sluice::serve {
namespace {

namespace json = boost::json;
using Align = Table::Align;

const std::string payments_address = "/api/v1/payments";

json::object amount_json(const std::string& amount, const OperatorFacts& op) {
    return {{"amount", amount}, {"currency", op.currency.code()}};
}

// What was said on the command line; the rest is the server's to fill in.
json::object body_of(const CorrectionOptions& options, const OperatorFacts& op) {
    json::object body;
    if (!options.amount.empty()) body["amount"] = amount_json(options.amount, op);
    if (!options.fee.empty()) body["fee"] = amount_json(options.fee, op);
    if (!options.method.empty()) body["method"] = options.method;
    if (!options.reference.empty()) body["reference"] = options.reference;
    if (!options.reason.empty()) body["reason"] = options.reason;
    if (!options.through.empty()) body["through"] = options.through;
    if (!options.date.empty()) body["date"] = date_option("--date", options.date).text();
    return body;
}

// "2" or "2=10.00"
json::object line_json(const std::string& text, const OperatorFacts& op) {
    const auto equals = text.find('=');
    const auto position = text.substr(0, equals);
    if (position.empty() || position.size() > 6 || position.find_first_not_of("0123456789") != std::string::npos)
        throw BadInput("--line: \"" + text + "\" is no line; write its position, as 2, or with an amount, as 2=10.00");
    json::object line{{"line", std::stoll(position)}};
    if (equals != std::string::npos) line["amount"] = amount_json(text.substr(equals + 1), op);
    return line;
}

Money gone_back(const json::object& payment, Currency currency) {
    Money sum = Money::zero(currency);
    for (const auto& refund : list_in(payment, "refunds")) sum += money_in(as_object(refund), "amount");
    return sum;
}

void print_payment(Session& session, const json::object& payment, const OperatorFacts& op) {
    auto& out = session.parts.out;
    const auto code = std::string(op.currency.code());
    const auto by = [](const json::object& money) {
        const auto method = text_in(money, "method");
        const auto reference = text_in(money, "reference");
        return (method.empty() ? "" : ", " + method) + (reference.empty() ? "" : ", " + reference);
    };
    out << text_in(payment, "id") << "  " << text_in(payment, "date") << "  " << amount_in(payment, "amount") << " "
        << code << " from " << text_in(payment, "subscriber") << by(payment) << '\n';
    Table table({{"what"}, {"document or day"}, {"amount", Align::right}, {""}});
    for (const auto& item : list_in(payment, "paid")) {
        const auto& paid = as_object(item);
        table.row({"pays", text_in(paid, "number"), amount_in(paid, "amount"), ""});
    }
    for (const auto& item : list_in(payment, "refunds")) {
        const auto& refund = as_object(item);
        const bool has_fee = !money_in(refund, "fee").is_zero();
        table.row({text_in(refund, "kind") == "refund" ? "given back" : "charged back", text_in(refund, "date"),
                   amount_in(refund, "amount"),
                   has_fee ? "of which " + amount_in(refund, "fee") + " are kept as a fee, " +
                                 amount_in(refund, "paid_out") + " paid out"
                           : ""});
    }
    table.row({"left", "", amount_in(payment, "unallocated"), ""});
    out << table.text("  ");
}

int correct_payment(Session& session, const CorrectionOptions& options, const std::string& what) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    const auto answer =
        client->post(payments_address + "/" + api::segment(options.name) + "/" + what, op.code, body_of(options, op));
    if (options.json)
        session.parts.out << pretty(answer);
    else
        print_payment(session, as_object(answer), op);
    return exit_done;
}

int correct_document(Session& session, const CorrectionOptions& options, const std::string& what) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    auto body = body_of(options, op);
    if (!options.lines.empty()) {
        json::array lines;
        for (const auto& line : options.lines) lines.push_back(line_json(line, op));
        body["lines"] = std::move(lines);
    }
    const auto answer = client->post("/api/v1/documents/" + api::segment(options.name) + "/" + what, op.code, body);
    session.parts.out << (options.json ? pretty(answer) : document_text(as_object(answer)));
    return exit_done;
}

}  // namespace

int list_payments(Session& session, const PaymentsOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    auto list = payments_address + "?sort=-date";
    if (!options.subscriber.empty()) list += "&subscriber=" + api::segment(options.subscriber);
    if (!options.method.empty()) list += "&method=" + api::segment(options.method);
    Table table({{"payment"},
                 {"date"},
                 {"subscriber"},
                 {"method"},
                 {"reference"},
                 {"amount", Align::right},
                 {"went back", Align::right},
                 {"left", Align::right}});
    json::array items;
    auto next = client->each(
        list, op.code,
        [&](const json::object& p) {
            table.row({text_in(p, "id"), text_in(p, "date"), text_in(p, "subscriber"), text_in(p, "method"),
                       text_in(p, "reference"), amount_in(p, "amount"), gone_back(p, op.currency).text(),
                       amount_in(p, "unallocated")});
            items.push_back(p);
        },
        options.limit);
    auto& out = session.parts.out;
    const bool any = !items.empty();
    if (options.json) {
        out << pretty(json::object{{"items", std::move(items)}, {"next", std::move(next)}});
        return exit_done;
    }
    if (any)
        out << op.name << ": payments in " << op.currency.code() << ", the latest first\n" << table.text();
    else
        out << "No payments yet. `sluice payments record SUBSCRIBER AMOUNT` records one.\n";
    if (any && !next.is_null()) out << "There are more; show them with --limit N.\n";
    return exit_done;
}

int show_payment(Session& session, const CorrectionOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    const auto answer = client->get(payments_address + "/" + api::segment(options.name), op.code);
    if (options.json)
        session.parts.out << pretty(answer);
    else
        print_payment(session, as_object(answer), op);
    return exit_done;
}

int record_payment(Session& session, const CorrectionOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    auto body = body_of(options, op);
    body["subscriber"] = options.name;
    const auto answer = client->post(payments_address, op.code, body);
    if (options.json)
        session.parts.out << pretty(answer);
    else
        print_payment(session, as_object(answer), op);
    return exit_done;
}

int transfer_money(Session& session, const CorrectionOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    auto body = body_of(options, op);
    body["to"] = options.to;
    const auto answer = client->post("/api/v1/subscribers/" + api::segment(options.name) + "/transfers", op.code, body);
    if (options.json)
        session.parts.out << pretty(answer);
    else
        print_payment(session, as_object(answer), op);
    return exit_done;
}

namespace {

json::value move_wallet(Session& session, const CorrectionOptions& options, const char* path) {
    if (options.unit.empty() && options.sub_service.empty())
        throw BadInput("name what the money is for, with --unit or --sub-service");
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    auto body = body_of(options, op);
    if (!options.unit.empty()) body["unit"] = options.unit;
    if (!options.sub_service.empty()) body["sub_service"] = options.sub_service;
    return client->post("/api/v1/subscribers/" + api::segment(options.name) + "/wallets/" + path, op.code, body);
}

}  // namespace

int set_aside(Session& session, const CorrectionOptions& options) {
    const auto answer = move_wallet(session, options, "set-aside");
    const auto& wallet = as_object(answer);
    if (options.json)
        session.parts.out << pretty(answer);
    else
        session.parts.out << amount_in(wallet, "amount") << " " << currency_in(wallet, "amount") << " is set aside for "
                          << options.unit << options.sub_service << '\n';
    return exit_done;
}

int release_wallet(Session& session, const CorrectionOptions& options) {
    const auto answer = move_wallet(session, options, "release");
    if (options.json)
        session.parts.out << pretty(answer);
    else
        print_payment(session, as_object(answer), selected_operator(*session.client(), session.where));
    return exit_done;
}

int refund_payment(Session& session, const CorrectionOptions& options) {
    return correct_payment(session, options, "refunds");
}

int charge_back_payment(Session& session, const CorrectionOptions& options) {
    return correct_payment(session, options, "charge-backs");
}

int credit_document(Session& session, const CorrectionOptions& options) {
    return correct_document(session, options, "credit-notes");
}

int write_off_document(Session& session, const CorrectionOptions& options) {
    return correct_document(session, options, "write-offs");
}

}  // namespace sluice::serve
