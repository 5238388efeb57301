// Cheques, and what gateways told that the books could not take.
#include <array>
#include <map>

#include "app/cash_desk.hpp"
#include "serve/api/encode.hpp"
#include "serve/api/handlers.hpp"
#include "serve/api/paging.hpp"
#include "serve/commands/read_command.hpp"
#include "serve/json/node_of.hpp"

namespace sluice::serve::api {
namespace {

namespace json = boost::json;

json::object json_of(const app::ChequeRow& row) {
    const auto& cheque = row.cheque;
    return {{"id", cheque.id.text()},
            {"subscriber", row.subscriber_code},
            {"payment", cheque.payment.text()},
            {"number", cheque.number},
            {"bank", cheque.bank},
            {"date", cheque.date.text()},
            {"amount", api::json_of(cheque.amount)},
            {"state", app::name_of(cheque.state)},
            {"settled_on", api::json_of(cheque.settled_on)},
            {"reason", cheque.reason}};
}

app::Cheques cheques_of(Desk& desk) { return {desk.store(), desk.commands(), desk.ids()}; }

app::ChequeRow cheque_in_path(Desk& desk) {
    const auto id = app::ChequeId::parse(desk.path("cheque"));
    auto found = id ? desk.store().find_cheque(desk.op_id(), *id) : std::nullopt;
    if (!found) throw not_found("unknown_cheque", "there is no cheque \"" + desk.path("cheque") + "\"");
    return std::move(*found);
}

http::Response list_cheques(Desk& desk) {
    const auto paging = paging_of(desk);
    app::ChequeQuery query{.subscriber = desk.subscriber_in_query(), .limit = paging.limit + 1};
    if (const auto state = desk.query("state")) query.state = app::parse_cheque_state(*state);
    if (paging.after) query.before = app::ChequeId{paging.after->id};
    app::Page<app::ChequeRow> page{.rows = desk.store().cheques(desk.op_id(), query)};
    if (static_cast<std::int64_t>(page.rows.size()) > paging.limit) {
        page.rows.pop_back();
        page.next = app::Position{.key = {}, .id = page.rows.back().cheque.id.value()};
    }
    return ok(page_json(desk, page, [](const app::ChequeRow& row) { return json_of(row); }));
}

http::Response get_cheque(Desk& desk) { return ok(json_of(cheque_in_path(desk))); }

http::Response receive_cheque(Desk& desk) {
    const auto date = desk.command_date(desk.call().body.as_object());
    const auto node = node_of(desk.call().body);
    Fields fields(node, "");
    const auto subscriber = fields.code("subscriber");
    const auto amount = read_money(fields, "amount", desk.op().currency);
    const auto done = cheques_of(desk).receive(date, {.subscriber = subscriber,
                                                      .amount = amount,
                                                      .number = fields.text("number"),
                                                      .bank = fields.text_or("bank", ""),
                                                      .method = fields.text_or("method", "cheque")});
    if (!done) throw refused(done.refusal());
    const auto row = desk.store().find_cheque(desk.op_id(), *done);
    check(row.has_value(), "a cheque that was received is there");
    return created(json_of(*row), "/api/v1/cheques/" + done->text());
}

http::Response settled(Desk& desk, const Result<app::ChequeId, app::Refusal>& done) {
    if (!done) throw refused(done.refusal());
    return ok(json_of(cheque_in_path(desk)));
}

http::Response clear_cheque(Desk& desk) {
    const auto id = cheque_in_path(desk).cheque.id;
    return settled(desk, cheques_of(desk).clear(desk.command_date(desk.call().body.as_object()), id));
}

http::Response bounce_cheque(Desk& desk) {
    const auto id = cheque_in_path(desk).cheque.id;
    const auto& body = desk.call().body.as_object();
    return settled(desk,
                   cheques_of(desk).bounce(desk.command_date(body), id, std::string(body.at("reason").as_string())));
}

json::object event_json(const app::StoredGatewayEvent& event, const std::string& method) {
    static constexpr std::array<std::string_view, 3> states{"done", "ignored", "to_be_booked"};
    return {{"event", event.event},
            {"payment_method", method},
            {"type", event.type},
            {"state", states[static_cast<std::size_t>(event.state)]},
            {"gateway_payment", event.payment},
            {"reference", event.reference},
            {"checkout", event.checkout ? json::value(json::string(event.checkout->text())) : json::value(nullptr)},
            {"amount", event.amount ? api::json_of(*event.amount) : json::value(nullptr)},
            {"received_at", api::json_of(event.received_at)}};
}

// The oldest first, as many as one page holds: what waits for a clerk is little.
http::Response list_gateway_events(Desk& desk) {
    using State = app::StoredGatewayEvent::State;
    const auto name = desk.query("state").value_or("to_be_booked");
    const auto state = name == "done" ? State::done : name == "ignored" ? State::ignored : State::to_be_booked;
    std::map<app::PaymentMethodId, std::string> codes;
    for (const auto& method : desk.store().payment_methods(desk.op_id())) codes.emplace(method.id, method.code);
    json::array items;
    for (const auto& event : desk.store().gateway_events(desk.op_id(), state, desk.integer("limit")))
        items.push_back(event_json(event, codes[event.method]));
    return ok(json::object{{"items", std::move(items)}});
}

}  // namespace

void add_cheques(Handlers& handlers) {
    handlers["list_cheques"] = {Runs::in_pool, list_cheques};
    handlers["get_cheque"] = {Runs::at_once, get_cheque};
    handlers["receive_cheque"] = {Runs::in_writer, receive_cheque};
    handlers["clear_cheque"] = {Runs::in_writer, clear_cheque};
    handlers["bounce_cheque"] = {Runs::in_writer, bounce_cheque};
    handlers["list_gateway_events"] = {Runs::in_pool, list_gateway_events};
}

}  // namespace sluice::serve::api
