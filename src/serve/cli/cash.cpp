// Cash desks, from the command line: a desk has one open shift, so that its code is enough.
#include <array>
#include <functional>
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

const std::string shifts = "/api/v1/cash-shifts";

json::object amount_json(const std::string& amount, const OperatorFacts& op) {
    return {{"amount", amount}, {"currency", op.currency.code()}};
}

// Empty for null.
std::string amount_or_none(const json::object& object, std::string_view member) {
    const auto* value = object.if_contains(member);
    return value && value->is_object() ? amount_in(object, member) : "";
}

std::string open_shift_of(Client& client, const OperatorFacts& op, const std::string& desk) {
    const auto page = client.get(shifts + "?state=open&desk=" + api::segment(desk), op.code);
    const auto& items = list_in(as_object(page), "items");
    if (items.empty())
        throw BadInput("the desk \"" + desk + "\" has no open shift; `sluice cash open " + desk +
                       " --amount FLOAT` opens one");
    return text_in(as_object(items.front()), "id");
}

void print_shift(std::ostream& out, const json::object& shift) {
    out << text_in(shift, "id") << ": " << text_in(shift, "clerk") << " at " << text_in(shift, "desk") << ", "
        << text_in(shift, "date") << ", " << text_in(shift, "state") << '\n';
    Table table({{"in " + currency_in(shift, "float")}, {"", Align::right}});
    for (const auto* member :
         {"float", "payments", "refunds", "cash_in", "cash_out", "expected", "counted", "difference"})
        if (const auto amount = amount_or_none(shift, member); !amount.empty()) table.row({member, amount});
    out << table.text("  ");
    if (const auto why = text_in(shift, "explanation"); !why.empty()) out << "  " << why << '\n';
}

void print_receipt(std::ostream& out, const json::object& movement, const OperatorFacts& op) {
    out << op.name << "\nReceipt " << text_in(movement, "receipt") << "\n\n"
        << "Date      " << text_in(movement, "date") << '\n'
        << "From      " << text_in(movement, "name") << " (" << text_in(movement, "subscriber") << ")\n"
        << "Amount    " << amount_in(movement, "amount") << ' ' << currency_in(movement, "amount") << ", in cash\n"
        << "Payment   " << text_in(movement, "payment") << '\n';
}

std::string what_for(const json::object& movement) {
    const auto receipt = text_in(movement, "receipt");
    if (!receipt.empty()) return receipt;
    const auto reason = text_in(movement, "reason");
    return reason.empty() ? text_in(movement, "payment") : reason;
}

int show(Session& session, const CashOptions& options, const json::value& answer,
         const std::function<void(const json::object&)>& print) {
    if (options.json)
        session.parts.out << pretty(answer);
    else
        print(as_object(answer));
    return exit_done;
}

int moved(Session& session, const CashOptions& options, const std::string& what, json::object body) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    if (!options.amount.empty()) body["amount"] = amount_json(options.amount, op);
    if (!options.fee.empty()) body["fee"] = amount_json(options.fee, op);
    if (!options.reference.empty()) body["reference"] = options.reference;
    const auto shift = open_shift_of(*client, op, options.name);
    const auto answer = client->post(shifts + "/" + shift + "/" + what, op.code, body);
    return show(session, options, answer, [&](const json::object& movement) {
        if (!text_in(movement, "receipt").empty()) return print_receipt(session.parts.out, movement, op);
        session.parts.out << text_in(movement, "kind") << " of " << amount_in(movement, "amount") << ' '
                          << currency_in(movement, "amount") << ": " << what_for(movement) << '\n';
    });
}

int list_shifts(Session& session, const CashOptions& options, const std::string& filter, bool with_sums) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    Table table({{"shift"},
                 {"date"},
                 {"desk"},
                 {"clerk"},
                 {"state"},
                 {"float", Align::right},
                 {"payments", Align::right},
                 {"refunds", Align::right},
                 {"in", Align::right},
                 {"out", Align::right},
                 {"expected", Align::right},
                 {"counted", Align::right},
                 {"difference", Align::right}});
    constexpr std::array<const char*, 5> summed{"payments", "refunds", "cash_in", "cash_out", "difference"};
    std::vector<Money> sums(summed.size(), Money::zero(op.currency));
    json::array items;
    const auto next = client->each(
        shifts + filter, op.code,
        [&](const json::object& shift) {
            table.row({text_in(shift, "id"), text_in(shift, "date"), text_in(shift, "desk"), text_in(shift, "clerk"),
                       text_in(shift, "state"), amount_in(shift, "float"), amount_in(shift, "payments"),
                       amount_in(shift, "refunds"), amount_in(shift, "cash_in"), amount_in(shift, "cash_out"),
                       amount_in(shift, "expected"), amount_or_none(shift, "counted"),
                       amount_or_none(shift, "difference")});
            for (std::size_t i = 0; i < summed.size(); ++i)
                if (!amount_or_none(shift, summed[i]).empty()) sums[i] += money_in(shift, summed[i]);
            items.push_back(shift);
        },
        options.limit);
    if (with_sums && !items.empty()) {
        table.rule();
        table.row({"all", "", "", "", "", "", sums[0].text(), sums[1].text(), sums[2].text(), sums[3].text(), "", "",
                   sums[4].text()});
    }
    if (options.json)
        session.parts.out << pretty(json::object{{"items", std::move(items)}, {"next", next}});
    else
        session.parts.out << (items.empty() ? "No cash shifts.\n" : table.text());
    return exit_done;
}

}  // namespace

int list_cash_shifts(Session& session, const CashOptions& options) {
    return list_shifts(session, options, options.name.empty() ? "" : "?desk=" + api::segment(options.name), false);
}

int report_cash(Session& session, const CashOptions& options) {
    return list_shifts(session, options, "?date=" + date_option("DATE", options.date).text(), true);
}

int open_cash_shift(Session& session, const CashOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    json::object body{{"desk", options.name}, {"float", amount_json(options.amount, op)}};
    if (!options.clerk.empty()) body["clerk"] = options.clerk;
    return show(session, options, client->post(shifts, op.code, body),
                [&](const json::object& shift) { print_shift(session.parts.out, shift); });
}

int take_cash(Session& session, const CashOptions& options) {
    return moved(session, options, "payments", {{"subscriber", options.subscriber}, {"method", options.method}});
}

int pay_out_cash(Session& session, const CashOptions& options) {
    return moved(session, options, "refunds", {{"payment", options.payment}});
}

int put_cash_in(Session& session, const CashOptions& options) {
    return moved(session, options, "movements", {{"kind", "cash_in"}, {"reason", options.reason}});
}

int take_cash_out(Session& session, const CashOptions& options) {
    return moved(session, options, "movements", {{"kind", "cash_out"}, {"reason", options.reason}});
}

int close_cash_shift(Session& session, const CashOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    json::object body{{"counted", amount_json(options.amount, op)}};
    if (!options.reason.empty()) body["explanation"] = options.reason;
    const auto shift = open_shift_of(*client, op, options.name);
    return show(session, options, client->post(shifts + "/" + shift + "/close", op.code, body),
                [&](const json::object& closed) { print_shift(session.parts.out, closed); });
}

int show_cash_shift(Session& session, const CashOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    const bool is_id = options.name.starts_with("shift_");
    const auto id = is_id ? options.name : open_shift_of(*client, op, options.name);
    const auto shift = client->get(shifts + "/" + api::segment(id), op.code);
    Table table({{"time (UTC)"}, {"kind"}, {"subscriber"}, {"for"}, {"amount", Align::right}});
    json::array items;
    client->each(shifts + "/" + api::segment(id) + "/movements", op.code, [&](const json::object& movement) {
        table.row({text_in(movement, "at").substr(11, 5), text_in(movement, "kind"), text_in(movement, "subscriber"),
                   what_for(movement), amount_in(movement, "amount")});
        items.push_back(movement);
    });
    if (options.json) {
        auto object = as_object(shift);
        object["items"] = std::move(items);
        session.parts.out << pretty(object);
        return exit_done;
    }
    print_shift(session.parts.out, as_object(shift));
    if (!items.empty()) session.parts.out << table.text();
    return exit_done;
}

int show_cash_receipt(Session& session, const CashOptions& options) {
    const auto client = session.client();
    const auto op = selected_operator(*client, session.where);
    return show(session, options, client->get("/api/v1/cash-receipts/" + api::segment(options.name), op.code),
                [&](const json::object& movement) { print_receipt(session.parts.out, movement, op); });
}

}  // namespace sluice::serve
