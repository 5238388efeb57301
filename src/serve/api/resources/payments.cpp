// Money that came in.
#include "app/payouts.hpp"
#include "serve/api/encode.hpp"
#include "serve/api/handlers.hpp"
#include "serve/api/paging.hpp"
#include "serve/commands/read_command.hpp"
#include "serve/json/node_of.hpp"

namespace sluice::serve::api {
namespace {

http::Response list_payments(Desk& desk) {
    const auto page = desk.store().list(desk.op_id(), app::PaymentQuery{.subscriber = desk.subscriber_in_query(),
                                                                        .method = desk.query("method"),
                                                                        .reference = desk.query("reference"),
                                                                        .from = desk.date("from"),
                                                                        .to = desk.date("to"),
                                                                        .back_from = desk.date("back_from"),
                                                                        .back_to = desk.date("back_to"),
                                                                        .is_from_outside = desk.is_set("from_outside"),
                                                                        .paging = paging_of(desk)});
    return ok(page_json(desk, page, [](const app::PaymentRow& row) { return json_of(row); }));
}

app::PaymentRow payment_in_path(Desk& desk) {
    const auto id = payments::PaymentId::parse(desk.path("payment"));
    auto found = id ? desk.store().find_payment(desk.op_id(), *id) : std::nullopt;
    if (!found) throw not_found("unknown_payment", "there is no payment \"" + desk.path("payment") + "\"");
    return std::move(*found);
}

http::Response get_payment(Desk& desk) { return ok(json_of(payment_in_path(desk))); }

std::optional<Money> optional_money(Fields& fields, std::string_view key, Currency currency) {
    return fields.has(key) ? std::optional(read_money(fields, key, currency)) : std::nullopt;
}

http::Response payment_after(Desk& desk, payments::PaymentId id, const Result<payments::RefundId, app::Refusal>& done) {
    if (!done) throw refused(done.refusal());
    const auto row = desk.store().find_payment(desk.op_id(), id);
    check(row.has_value(), "a payment stays");
    return created(json_of(*row), "/api/v1/payments/" + id.text());
}

http::Response refund_payment(Desk& desk) {
    const auto id = payment_in_path(desk).payment.id;
    const auto date = desk.command_date(desk.call().body.as_object());
    const auto node = node_of(desk.call().body);
    Fields fields(node, "");
    const auto currency = desk.op().currency;
    const app::RefundRequest request{.payment = id,
                                     .amount = optional_money(fields, "amount", currency),
                                     .fee = optional_money(fields, "fee", currency),
                                     .method = read_method(fields),
                                     .reference = fields.text_or("reference", "")};
    const auto through = fields.one_of("through", {"gateway", "manual"});
    if (!through) return payment_after(desk, id, desk.commands().corrections().refund(date, request));
    app::Books books{desk.store(), desk.commands(), desk.ids()};
    const auto opened = app::refund_through(books, desk.engine().parts().gateways, request,
                                            static_cast<app::PayoutThrough>(*through), date, desk.call().now);
    if (!opened) throw refused(opened.refusal());
    return payment_after(desk, id, Result<payments::RefundId, app::Refusal>(opened->payout.refund));
}

http::Response charge_back_payment(Desk& desk) {
    const auto id = payment_in_path(desk).payment.id;
    const auto date = desk.command_date(desk.call().body.as_object());
    const auto node = node_of(desk.call().body);
    Fields fields(node, "");
    return payment_after(
        desk, id,
        desk.commands().corrections().charge_back(date, {.payment = id,
                                                         .amount = optional_money(fields, "amount", desk.op().currency),
                                                         .reference = fields.text_or("reference", "")}));
}

http::Response transfer_money(Desk& desk) {
    const auto date = desk.command_date(desk.call().body.as_object());
    const auto node = node_of(desk.call().body);
    Fields fields(node, "");
    const auto paid = desk.commands().transfer(date, {.from = desk.subscriber().code,
                                                      .to = fields.code("to"),
                                                      .amount = optional_money(fields, "amount", desk.op().currency),
                                                      .reference = fields.text_or("reference", "")});
    if (!paid) throw refused(paid.refusal());
    const auto row = desk.store().find_payment(desk.op_id(), paid.value());
    check(row.has_value(), "a payment that was recorded is there");
    return created(json_of(*row), "/api/v1/payments/" + paid.value().text());
}

http::Response record_payment(Desk& desk) {
    const auto date = desk.command_date(desk.call().body.as_object());
    const auto node = node_of(desk.call().body);
    Fields fields(node, "");
    const auto subscriber = fields.code("subscriber");
    const auto amount = read_money(fields, "amount", desk.op().currency);
    const auto method = read_method(fields);
    const auto reference = fields.text_or("reference", "");
    const auto paid = desk.commands().take_payment(date, subscriber, amount, method, reference);
    if (!paid) throw refused(paid.refusal());
    const auto row = desk.store().find_payment(desk.op_id(), *paid);
    check(row.has_value(), "a payment that was recorded is there");
    return created(json_of(*row), "/api/v1/payments/" + paid->text());
}

}  // namespace

void add_payments(Handlers& handlers) {
    handlers["list_payments"] = {Runs::in_pool, list_payments};
    handlers["get_payment"] = {Runs::at_once, get_payment};
    handlers["record_payment"] = {Runs::in_writer, record_payment};
    handlers["transfer_money"] = {Runs::in_writer, transfer_money};
    handlers["refund_payment"] = {Runs::in_writer, refund_payment};
    handlers["charge_back_payment"] = {Runs::in_writer, charge_back_payment};
}

}  // namespace sluice::serve::api
