// Subscribers, their units, what they owe and how it came about.
#include "serve/api/encode.hpp"
#include "serve/api/handlers.hpp"
#include "serve/api/paging.hpp"
#include "serve/commands/read_command.hpp"
#include "serve/json/node_of.hpp"
#include "serve/scenario/read_setup.hpp"

namespace sluice::serve::api {
namespace {

namespace json = boost::json;
using app::SubscriberOrder;

std::string path_of(const customers::Subscriber& subscriber) {
    return "/api/v1/subscribers/" + segment(subscriber.code);
}

SubscriberOrder order_of(std::string_view name) {
    if (name == "code") return SubscriberOrder::code;
    if (name == "name") return SubscriberOrder::name;
    return name == "balance" ? SubscriberOrder::balance : SubscriberOrder::created;
}

http::Response list_subscribers(Desk& desk) {
    const auto page = desk.store().list(desk.op_id(), app::SubscriberQuery{.text = desk.query("q").value_or(""),
                                                                           .category = desk.query("category"),
                                                                           .region = desk.query("region"),
                                                                           .pop = desk.query("pop"),
                                                                           .order = order_of(sort_of(desk).name),
                                                                           .paging = paging_of(desk)});
    return ok(page_json(desk, page, [](const app::SubscriberRow& row) { return json_of(row); }));
}

http::Response list_balances(Desk& desk) {
    const auto page = desk.store().list(
        desk.op_id(), app::SubscriberQuery{.order = order_of(sort_of(desk).name), .paging = paging_of(desk)});
    return ok(page_json(desk, page, [](const app::SubscriberRow& row) {
        const auto& s = row.subscriber;
        return json::object{{"subscriber", s.code},
                            {"name", s.organization.empty() ? s.contact : s.organization},
                            {"balance", json_of(row.balance)}};
    }));
}

app::SubscriberRow row_of(Desk& desk, const std::string& code) {
    auto row = desk.store().subscriber_row(desk.op_id(), code);
    if (!row) throw not_found("unknown_subscriber", "there is no subscriber \"" + code + "\"");
    return std::move(*row);
}

http::Response get_subscriber(Desk& desk) {
    const auto row = row_of(desk, desk.path("subscriber"));
    auto editable = editable_json(row.subscriber, row.balance.currency());
    auto body = editable;
    body["balance"] = json_of(row.balance);
    return tagged(desk, body, editable);
}

// What a clerk may change; what is not said stays.
void read_changes(Fields& fields, customers::Subscriber& subscriber) {
    subscriber.contact = fields.text_or("contact", subscriber.contact);
    subscriber.organization = fields.text_or("organization", subscriber.organization);
    subscriber.country = fields.text_or("country", subscriber.country);
    subscriber.region = fields.text_or("region", subscriber.region);
    subscriber.pop = fields.text_or("pop", subscriber.pop);
    subscriber.category = fields.text_or("category", subscriber.category);
    subscriber.email = fields.text_or("email", subscriber.email);
    subscriber.language = fields.text_or("language", subscriber.language);
}

void read_billing(Fields& fields, customers::BillingSettings& billing) {
    const auto* node = fields.take("billing");
    if (!node) return;
    Fields settings(*node, "billing");
    billing = read_billing_settings(settings);
    settings.done();
}

void read_payment(Desk& desk, Fields& fields, customers::PaymentSettings& payment) {
    const auto* node = fields.take("payment");
    if (!node) return;
    Fields settings(*node, "payment");
    payment = read_payment_settings(settings, desk.op().currency);
    settings.done();
    if (payment.ladder && *payment.ladder != "none" && !customers::find_ladder(desk.op(), *payment.ladder))
        fields.fail("payment", "names a ladder \"" + *payment.ladder + "\", which the operator does not have");
}

http::Response create_subscriber(Desk& desk) {
    const auto node = node_of(desk.call().body);
    Fields fields(node, "");
    customers::Subscriber subscriber;
    subscriber.code = fields.code("code");
    read_changes(fields, subscriber);
    read_billing(fields, subscriber.billing);
    read_payment(desk, fields, subscriber.payment);
    fields.done();
    const auto done = desk.commands().create_subscriber(subscriber);
    if (!done) throw refused(done.refusal());
    const auto row = row_of(desk, subscriber.code);
    auto response = tagged(desk, json_of(row), editable_json(row.subscriber, row.balance.currency()), 201);
    response.headers.emplace_back("Location", path_of(row.subscriber));
    return response;
}

http::Response update_subscriber(Desk& desk) {
    auto subscriber = desk.held_subscriber();
    require_match(desk, editable_json(subscriber, desk.op().currency));
    const auto node = node_of(desk.call().body);
    Fields fields(node, "");
    read_changes(fields, subscriber);
    read_billing(fields, subscriber.billing);
    read_payment(desk, fields, subscriber.payment);
    fields.done();
    const auto done = desk.commands().update_subscriber(subscriber);
    if (!done) throw refused(done.refusal());
    const auto row = row_of(desk, subscriber.code);
    return tagged(desk, json_of(row), editable_json(row.subscriber, row.balance.currency()));
}

customers::Unit unit_in_path(Desk& desk, const customers::Subscriber& subscriber) {
    auto unit = desk.store().find_unit(subscriber.id, desk.path("unit"));
    if (!unit)
        throw not_found("unknown_unit",
                        "subscriber \"" + subscriber.code + "\" has no unit \"" + desk.path("unit") + "\"");
    return std::move(*unit);
}

http::Response list_units(Desk& desk) {
    const auto subscriber = desk.subscriber();
    const auto page = desk.store().units(subscriber.id, paging_of(desk));
    return ok(page_json(desk, page, [&](const app::UnitRow& row) { return json_of(row.unit, subscriber.code); }));
}

http::Response get_unit(Desk& desk) {
    const auto subscriber = desk.subscriber();
    const auto unit = json_of(unit_in_path(desk, subscriber), subscriber.code);
    return tagged(desk, unit, unit);
}

http::Response create_unit(Desk& desk) {
    const auto subscriber = desk.subscriber();
    const auto node = node_of(desk.call().body);
    Fields fields(node, "");
    customers::Unit unit;
    unit.code = fields.code("code");
    unit.name = fields.text_or("name", unit.code);
    read_billing(fields, unit.billing);
    fields.done();
    const auto done = desk.commands().create_unit(subscriber.code, unit);
    if (!done) throw refused(done.refusal());
    const auto stored = json_of(*desk.store().find_unit(subscriber.id, unit.code), subscriber.code);
    auto response = tagged(desk, stored, stored, 201);
    response.headers.emplace_back("Location", path_of(subscriber) + "/units/" + segment(unit.code));
    return response;
}

http::Response update_unit(Desk& desk) {
    const auto subscriber = desk.held_subscriber();
    auto unit = unit_in_path(desk, subscriber);
    require_match(desk, json_of(unit, subscriber.code));
    const auto node = node_of(desk.call().body);
    Fields fields(node, "");
    unit.name = fields.text_or("name", unit.name);
    read_billing(fields, unit.billing);
    fields.done();
    desk.commands().update_unit(subscriber.id, unit);
    const auto stored = json_of(unit, subscriber.code);
    return tagged(desk, stored, stored);
}

http::Response get_statement(Desk& desk) {
    const auto row = row_of(desk, desk.path("subscriber"));
    const auto page = desk.store().statement(row.subscriber, desk.op().currency, paging_of(desk));
    auto body = page_json(desk, page, [](const app::StatementRow& entry) { return json_of(entry); });
    body["subscriber"] = row.subscriber.code;
    body["balance"] = json_of(row.balance);
    return ok(body);
}

}  // namespace

void add_subscribers(Handlers& handlers) {
    handlers["list_subscribers"] = {Runs::in_pool, list_subscribers};
    handlers["list_balances"] = {Runs::in_pool, list_balances};
    handlers["get_subscriber"] = {Runs::at_once, get_subscriber};
    handlers["create_subscriber"] = {Runs::in_writer, create_subscriber};
    handlers["update_subscriber"] = {Runs::in_writer, update_subscriber};
    handlers["list_units"] = {Runs::in_pool, list_units};
    handlers["get_unit"] = {Runs::at_once, get_unit};
    handlers["create_unit"] = {Runs::in_writer, create_unit};
    handlers["update_unit"] = {Runs::in_writer, update_unit};
    handlers["get_statement"] = {Runs::in_pool, get_statement};
}

}  // namespace sluice::serve::api
