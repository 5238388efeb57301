// Pro-forma documents and orders, and documents of advance payments.
#include "app/pro_formas.hpp"

#include "serve/api/encode.hpp"
#include "serve/api/handlers.hpp"
#include "serve/api/paging.hpp"
#include "serve/commands/read_command.hpp"
#include "serve/json/node_of.hpp"

namespace sluice::serve::api {
namespace {

namespace json = boost::json;

json::object row_json(const app::ProFormaRow& row) {
    const auto& pro_forma = row.pro_forma;
    return {
        {"number", pro_forma.number},
        {"purpose", invoicing::name_of(pro_forma.purpose)},
        {"subscriber", row.subscriber_code},
        {"name", row.subscriber_name},
        {"date", pro_forma.date.text()},
        {"expires_on", pro_forma.expires_on.text()},
        {"runs_out_on", json_of(pro_forma.runs_out_on)},
        {"lead_days", pro_forma.lead_days ? json::value(*pro_forma.lead_days) : json::value(nullptr)},
        {"paid_ahead", json_of(pro_forma.paid_ahead)},
        {"total", json_of(pro_forma.total)},
        {"state", invoicing::name_of(pro_forma.state)},
        {"settled_on", json_of(pro_forma.settled_on)},
        {"reason", pro_forma.reason},
    };
}

json::object line_json(const invoicing::ProFormaLine& line, const catalog::Catalog& catalog) {
    const auto& product = catalog.product(line.product);
    const auto start = line.period ? std::optional(line.period->start) : std::nullopt;
    const auto end = line.period ? std::optional(line.period->end) : std::nullopt;
    return {{"sub_service", line.code},  {"product", product.code},
            {"name", product.name},      {"kind", charging::name_of(line.kind)},
            {"start", json_of(start)},   {"end", json_of(end)},
            {"quantity", line.quantity}, {"net", json_of(line.net)},
            {"tax", json_of(line.tax)},  {"gross", json_of(line.gross)}};
}

json::object whole_json(Desk& desk, const app::ProFormaRow& row) {
    json::array lines;
    for (const auto& line : row.pro_forma.lines) lines.push_back(line_json(line, desk.catalog()));
    json::array items;
    for (const auto& item : row.pro_forma.items) {
        json::value product = nullptr;
        if (item.product) product = json::string(desk.catalog().product(*item.product).code);
        items.push_back(
            json::object{{"sub_service", item.code}, {"product", std::move(product)}, {"quantity", item.quantity}});
    }
    auto object = row_json(row);
    object["lines"] = std::move(lines);
    object["items"] = std::move(items);
    return object;
}

app::ProFormaRow pro_forma_named(Desk& desk, const std::string& number) {
    auto found = desk.store().pro_formas().find(desk.op_id(), number);
    if (!found) throw not_found("unknown_pro_forma", "there is no pro-forma document \"" + number + "\"");
    return std::move(*found);
}

http::Response place_order(Desk& desk) {
    const auto subscriber = desk.subscriber();
    const auto date = desk.command_date(desk.call().body.as_object());
    const auto node = node_of(desk.call().body);
    Fields fields(node, "");
    const auto placed = desk.commands().pro_formas().order(date, read_order(fields, subscriber.code));
    if (!placed) throw refused(placed.refusal());
    return created(whole_json(desk, pro_forma_named(desk, placed.value())),
                   "/api/v1/pro-formas/" + segment(placed.value()));
}

http::Response list_pro_formas(Desk& desk) {
    const auto paging = paging_of(desk);
    app::ProFormaQuery query{.subscriber = desk.subscriber_in_query(), .limit = paging.limit + 1};
    if (const auto state = desk.query("state")) query.state = invoicing::parse_pro_forma_state(*state);
    if (const auto purpose = desk.query("purpose")) query.purpose = invoicing::parse_pro_forma_purpose(*purpose);
    if (paging.after) query.before = invoicing::ProFormaId{paging.after->id};
    app::Page<app::ProFormaRow> page{.rows = desk.store().pro_formas().list(desk.op_id(), query)};
    if (static_cast<std::int64_t>(page.rows.size()) > paging.limit) {
        page.rows.pop_back();
        page.next = app::Position{.key = {}, .id = page.rows.back().pro_forma.id.value()};
    }
    return ok(page_json(desk, page, row_json));
}

http::Response get_pro_forma(Desk& desk) { return ok(whole_json(desk, pro_forma_named(desk, desk.path("pro_forma")))); }

http::Response withdraw_pro_forma(Desk& desk) {
    const auto number = pro_forma_named(desk, desk.path("pro_forma")).pro_forma.number;
    const auto date = desk.command_date(desk.call().body.as_object());
    const auto node = node_of(desk.call().body);
    Fields fields(node, "");
    const auto done = desk.commands().pro_formas().withdraw(date, number, fields.text_or("reason", ""));
    if (!done) throw refused(done.refusal());
    return ok(whole_json(desk, pro_forma_named(desk, number)));
}

json::object json_of(const app::AdvancePaymentRow& row) {
    return {{"number", row.advance.number},    {"subscriber", row.subscriber_code},
            {"name", row.subscriber_name},     {"payment", row.advance.payment.text()},
            {"date", row.advance.date.text()}, {"amount", api::json_of(row.advance.amount)}};
}

app::AdvancePaymentRow advance_named(Desk& desk, const std::string& number) {
    auto found = desk.store().pro_formas().find_advance(desk.op_id(), number);
    if (!found) throw not_found("unknown_advance_payment", "there is no advance payment \"" + number + "\"");
    return std::move(*found);
}

http::Response list_advance_payments(Desk& desk) {
    const auto paging = paging_of(desk);
    app::AdvancePaymentQuery query{.subscriber = desk.subscriber_in_query(), .limit = paging.limit + 1};
    if (paging.after) query.before = payments::PaymentId{paging.after->id};
    app::Page<app::AdvancePaymentRow> page{.rows = desk.store().pro_formas().list(desk.op_id(), query)};
    if (static_cast<std::int64_t>(page.rows.size()) > paging.limit) {
        page.rows.pop_back();
        page.next = app::Position{.key = {}, .id = page.rows.back().advance.payment.value()};
    }
    return ok(page_json(desk, page, [](const app::AdvancePaymentRow& row) { return json_of(row); }));
}

http::Response get_advance_payment(Desk& desk) {
    return ok(json_of(advance_named(desk, desk.path("advance_payment"))));
}

http::Response issue_advance_payment(Desk& desk) {
    const auto& body = desk.call().body.as_object();
    const auto name = std::string(body.at("payment").as_string());
    const auto payment = payments::PaymentId::parse(name);
    if (!payment) throw refused({app::RefusalCode::unknown_payment, "there is no payment \"" + name + "\""});
    const auto issued = desk.commands().pro_formas().issue_advance_payment(desk.command_date(body), *payment);
    if (!issued) throw refused(issued.refusal());
    return created(json_of(advance_named(desk, issued.value())), "/api/v1/advance-payments/" + segment(issued.value()));
}

}  // namespace

void add_pro_formas(Handlers& handlers) {
    handlers["place_order"] = {Runs::in_writer, place_order};
    handlers["list_pro_formas"] = {Runs::in_pool, list_pro_formas};
    handlers["get_pro_forma"] = {Runs::at_once, get_pro_forma};
    handlers["withdraw_pro_forma"] = {Runs::in_writer, withdraw_pro_forma};
    handlers["list_advance_payments"] = {Runs::in_pool, list_advance_payments};
    handlers["get_advance_payment"] = {Runs::at_once, get_advance_payment};
    handlers["issue_advance_payment"] = {Runs::in_writer, issue_advance_payment};
}

}  // namespace sluice::serve::api
