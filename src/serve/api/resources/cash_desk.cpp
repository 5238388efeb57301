// Cash desks: shifts of clerks, what goes through their tills, receipts.
#include "app/cash_desk.hpp"

#include "serve/api/encode.hpp"
#include "serve/api/handlers.hpp"
#include "serve/api/paging.hpp"
#include "serve/commands/read_command.hpp"
#include "serve/json/node_of.hpp"

namespace sluice::serve::api {
namespace {

namespace json = boost::json;

template <typename Id>
json::value id_or_null(const std::optional<Id>& id) {
    return id ? json::value(json::string(id->text())) : json::value(nullptr);
}

json::object json_of(const app::CashShiftRow& row) {
    const auto& [shift, sums] = row;
    const auto& closing = shift.closing;
    json::object object{{"id", shift.id.text()},
                        {"desk", shift.desk},
                        {"clerk", shift.clerk},
                        {"date", shift.date.text()},
                        {"state", closing ? "closed" : "open"},
                        {"float", api::json_of(shift.float_amount)},
                        {"payments", api::json_of(sums.payments)},
                        {"refunds", api::json_of(sums.refunds)},
                        {"cash_in", api::json_of(sums.cash_in)},
                        {"cash_out", api::json_of(sums.cash_out)},
                        {"movements", sums.count},
                        {"expected", api::json_of(closing ? closing->expected : sums.expected(shift.float_amount))},
                        {"counted", nullptr},
                        {"difference", nullptr},
                        {"explanation", closing ? closing->explanation : std::string{}},
                        {"opened_at", api::json_of(shift.opened_at)},
                        {"opened_by", shift.opened_by},
                        {"closed_at", nullptr},
                        {"closed_by", nullptr}};
    if (closing) {
        object["counted"] = api::json_of(closing->counted);
        object["difference"] = api::json_of(closing->counted - closing->expected);
        object["closed_at"] = api::json_of(closing->at);
        object["closed_by"] = closing->by;
    }
    return object;
}

json::object json_of(const app::CashMovementRow& row) {
    const auto& movement = row.movement;
    return {{"id", movement.id.text()},
            {"shift", movement.shift.text()},
            {"kind", app::name_of(movement.kind)},
            {"date", movement.date.text()},
            {"at", api::json_of(movement.at)},
            {"actor", movement.actor},
            {"amount", api::json_of(movement.amount)},
            {"subscriber", text_or_null(row.subscriber_code)},
            {"name", row.subscriber_name},
            {"payment", id_or_null(movement.payment)},
            {"refund", id_or_null(movement.refund)},
            {"receipt", movement.receipt ? text_or_null(movement.receipt->number) : json::value(nullptr)},
            {"reason", movement.reason}};
}

app::CashDesk desk_of(Desk& desk) {
    return app::CashDesk({.store = desk.store(),
                          .commands = desk.commands(),
                          .ids = desk.ids(),
                          .now = desk.call().now,
                          .today = desk.today(),
                          .actor = desk.call().principal->actor()});
}

Problem unknown_shift(Desk& desk) {
    return not_found("unknown_cash_shift", "there is no cash shift \"" + desk.path("cash_shift") + "\"");
}

app::CashShiftId shift_in_path(Desk& desk) {
    const auto id = app::CashShiftId::parse(desk.path("cash_shift"));
    if (!id || !desk.store().find_cash_shift(desk.op_id(), *id)) throw unknown_shift(desk);
    return *id;
}

json::object shift_json(Desk& desk, app::CashShiftId id) {
    const auto row = desk.store().find_cash_shift(desk.op_id(), id);
    check(row.has_value(), "a cash shift stays");
    return json_of(*row);
}

http::Response moved(Desk& desk, app::CashShiftId shift, const Result<app::CashMovementId, app::Refusal>& done) {
    if (!done) throw refused(done.refusal());
    const auto rows =
        desk.store().cash_movements(desk.op_id(), shift, app::CashMovementId{done.value().value() - 1}, 1);
    check(rows.size() == 1, "a movement that was written is there");
    return created(json_of(rows.front()), "/api/v1/cash-shifts/" + shift.text() + "/movements");
}

http::Response list_cash_shifts(Desk& desk) {
    const auto paging = paging_of(desk);
    app::ShiftQuery query{.desk = desk.query("desk"), .date = desk.date("date"), .limit = paging.limit + 1};
    if (const auto state = desk.query("state")) query.is_open = *state == "open";
    if (paging.after) query.before = app::CashShiftId{paging.after->id};
    app::Page<app::CashShiftRow> page{.rows = desk.store().cash_shifts(desk.op_id(), query)};
    if (static_cast<std::int64_t>(page.rows.size()) > paging.limit) {
        page.rows.pop_back();
        page.next = app::Position{.key = {}, .id = page.rows.back().shift.id.value()};
    }
    return ok(page_json(desk, page, [](const app::CashShiftRow& row) { return json_of(row); }));
}

http::Response get_cash_shift(Desk& desk) { return ok(shift_json(desk, shift_in_path(desk))); }

http::Response open_cash_shift(Desk& desk) {
    const auto node = node_of(desk.call().body);
    Fields fields(node, "");
    const auto code = fields.code("desk");
    const auto actor = desk.call().principal->actor();
    const auto opened =
        desk_of(desk).open(code, fields.text_or("clerk", actor), read_money(fields, "float", desk.op().currency));
    if (!opened) throw refused(opened.refusal());
    return created(shift_json(desk, *opened), "/api/v1/cash-shifts/" + opened->text());
}

http::Response take_cash(Desk& desk) {
    const auto shift = shift_in_path(desk);
    const auto node = node_of(desk.call().body);
    Fields fields(node, "");
    const auto subscriber = fields.code("subscriber");
    const auto amount = read_money(fields, "amount", desk.op().currency);
    return moved(desk, shift,
                 desk_of(desk).take(shift, {.subscriber = subscriber,
                                            .amount = amount,
                                            .method = fields.text_or("method", "cash"),
                                            .reference = fields.text_or("reference", "")}));
}

http::Response pay_out_cash(Desk& desk) {
    const auto shift = shift_in_path(desk);
    const auto node = node_of(desk.call().body);
    Fields fields(node, "");
    const auto name = fields.text("payment");
    const auto payment = payments::PaymentId::parse(name);
    if (!payment)
        throw refused(app::Refusal{app::RefusalCode::unknown_payment, "there is no payment \"" + name + "\""});
    const auto currency = desk.op().currency;
    app::RefundRequest request{.payment = *payment, .method = "cash", .reference = fields.text_or("reference", "")};
    if (fields.has("amount")) request.amount = read_money(fields, "amount", currency);
    if (fields.has("fee")) request.fee = read_money(fields, "fee", currency);
    return moved(desk, shift, desk_of(desk).pay_out(shift, request));
}

http::Response move_cash(Desk& desk) {
    const auto shift = shift_in_path(desk);
    const auto& body = desk.call().body.as_object();
    const auto node = node_of(desk.call().body);
    Fields fields(node, "");
    const auto kind =
        body.at("kind").as_string() == "cash_in" ? app::CashMovementKind::cash_in : app::CashMovementKind::cash_out;
    const auto amount = read_money(fields, "amount", desk.op().currency);
    return moved(desk, shift, desk_of(desk).move(shift, kind, amount, fields.text("reason")));
}

http::Response list_cash_movements(Desk& desk) {
    const auto shift = shift_in_path(desk);
    const auto paging = paging_of(desk);
    const auto after = paging.after ? std::optional(app::CashMovementId{paging.after->id}) : std::nullopt;
    app::Page<app::CashMovementRow> page{.rows =
                                             desk.store().cash_movements(desk.op_id(), shift, after, paging.limit + 1)};
    if (static_cast<std::int64_t>(page.rows.size()) > paging.limit) {
        page.rows.pop_back();
        page.next = app::Position{.key = {}, .id = page.rows.back().movement.id.value()};
    }
    return ok(page_json(desk, page, [](const app::CashMovementRow& row) { return json_of(row); }));
}

http::Response close_cash_shift(Desk& desk) {
    const auto shift = shift_in_path(desk);
    const auto node = node_of(desk.call().body);
    Fields fields(node, "");
    const auto counted = read_money(fields, "counted", desk.op().currency);
    const auto closed = desk_of(desk).close(shift, counted, fields.text_or("explanation", ""));
    if (!closed) throw refused(closed.refusal());
    return ok(shift_json(desk, shift));
}

http::Response get_cash_receipt(Desk& desk) {
    const auto& number = desk.path("receipt");
    const auto found = desk.store().find_cash_receipt(desk.op_id(), number);
    if (!found) throw not_found("not_found", "there is no receipt \"" + number + "\"");
    return ok(json_of(*found));
}

}  // namespace

void add_cash_desk(Handlers& handlers) {
    handlers["list_cash_shifts"] = {Runs::in_pool, list_cash_shifts};
    handlers["get_cash_shift"] = {Runs::at_once, get_cash_shift};
    handlers["open_cash_shift"] = {Runs::in_writer, open_cash_shift};
    handlers["close_cash_shift"] = {Runs::in_writer, close_cash_shift};
    handlers["take_cash"] = {Runs::in_writer, take_cash};
    handlers["pay_out_cash"] = {Runs::in_writer, pay_out_cash};
    handlers["move_cash"] = {Runs::in_writer, move_cash};
    handlers["list_cash_movements"] = {Runs::in_pool, list_cash_movements};
    handlers["get_cash_receipt"] = {Runs::at_once, get_cash_receipt};
}

}  // namespace sluice::serve::api
