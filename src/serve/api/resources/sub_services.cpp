// Sub-services and the commands of their life, each with a preview of the money.
#include "serve/api/encode.hpp"
#include "serve/api/handlers.hpp"
#include "serve/api/paging.hpp"
#include "serve/api/preview.hpp"
#include "serve/commands/read_command.hpp"
#include "serve/json/node_of.hpp"

namespace sluice::serve::api {
namespace {

namespace json = boost::json;

app::SubServiceRow row_of(Desk& desk, const customers::Subscriber& subscriber, const std::string& code) {
    auto row = desk.store().find_sub_service(subscriber.id, code);
    if (!row)
        throw not_found("unknown_sub_service",
                        "subscriber \"" + subscriber.code + "\" has no sub-service \"" + code + "\"");
    return std::move(*row);
}

json::object row_json(Desk& desk, const app::SubServiceRow& row) {
    return json_of(row, desk.catalog(), desk.op().currency);
}

http::Response list(Desk& desk, app::SubServiceQuery query) {
    query.paging = paging_of(desk);
    const auto page = desk.store().list(desk.op_id(), query);
    return ok(page_json(desk, page, [&](const app::SubServiceRow& row) { return row_json(desk, row); }));
}

http::Response list_sub_services(Desk& desk) {
    app::SubServiceQuery query{.subscriber = desk.subscriber_in_query(),
                               .due_by = desk.date("due_by"),
                               .started_from = desk.date("started_from"),
                               .started_to = desk.date("started_to"),
                               .cancelled_from = desk.date("cancelled_from"),
                               .cancelled_to = desk.date("cancelled_to")};
    if (const auto status = desk.query("status")) query.status = subscriptions::parse_status(*status);
    if (const auto code = desk.query("unit")) {
        if (!query.subscriber) throw invalid_request({{"query", "unit", "goes with subscriber; name that too"}});
        const auto unit = desk.store().find_unit(*query.subscriber, *code);
        if (!unit) throw invalid_request({{"query", "unit", "names no unit of the subscriber: \"" + *code + "\""}});
        query.unit = unit->id;
    }
    if (const auto code = desk.query("service")) {
        const auto* service = desk.catalog().find(catalog::ProductType::service, *code);
        if (!service) throw invalid_request({{"query", "service", "names no service: \"" + *code + "\""}});
        query.service = service->id;
    }
    if (const auto text = desk.query("price")) {
        const auto id = catalog::PriceId::parse(*text);
        const auto& prices = desk.catalog().prices();
        if (!id || std::none_of(prices.begin(), prices.end(), [&](const auto& price) { return price.id == *id; }))
            throw invalid_request({{"query", "price", "names no price version: \"" + *text + "\""}});
        query.price = id;
    }
    return list(desk, std::move(query));
}

http::Response list_of_subscriber(Desk& desk) { return list(desk, {.subscriber = desk.subscriber().id}); }

http::Response get_sub_service(Desk& desk) {
    return ok(row_json(desk, row_of(desk, desk.subscriber(), desk.path("sub_service"))));
}

void carry_out(Desk& desk, const Command& command) {
    const auto done = command.carry_out(desk.commands());
    if (!done) throw refused(done.refusal());
}

// The command `name` with the body's arguments and those of the path.
Command command_of(Desk& desk, const std::string& name, Node arguments, Date date) {
    std::erase_if(arguments.map, [](const auto& member) { return member.first == "date"; });
    Fields fields(arguments, "");
    KnownCodes any;
    auto command = read_command(name, fields, date, desk.op().currency, any);
    fields.done();
    return command;
}

Node text_node(const std::string& text) { return {.kind = Node::Kind::text, .text = text}; }

http::Response run(Desk& desk, const std::string& name) {
    const auto subscriber = desk.subscriber();
    const auto& code = desk.path("sub_service");
    row_of(desk, subscriber, code);
    static const json::object nothing;
    const auto* body = desk.call().body.if_object();
    const auto date = desk.command_date(body ? *body : nothing);
    auto arguments = node_of(desk.call().body);
    arguments.kind = Node::Kind::map;
    arguments.map.emplace_back("sub_service", text_node(subscriber.code + "/" + code));
    const auto command = command_of(desk, name, std::move(arguments), date);
    if (desk.is_set("preview"))
        return preview(desk, date, {{subscriber.code, code}}, [&] { carry_out(desk, command); });
    carry_out(desk, command);
    return ok(row_json(desk, row_of(desk, subscriber, code)));
}

http::Response add_sub_service(Desk& desk) {
    const auto subscriber = desk.subscriber();
    const auto& body = desk.call().body.as_object();
    const auto date = desk.command_date(body);
    const std::string code(body.at("code").as_string());
    const auto* activate = body.if_contains("activate");
    const auto* taken_over = body.if_contains("taken_over");
    if (taken_over && taken_over->is_null()) taken_over = nullptr;
    const bool activates = activate && activate->as_bool();
    const auto* promo_code = body.if_contains("promo_code");
    if (taken_over && activates)
        throw invalid_request({{"body", "activate", "does not go with taken_over, which says what state it is in"}});

    auto arguments = node_of(body);
    std::erase_if(arguments.map, [](const auto& member) {
        return member.first == "activate" || member.first == "taken_over" || member.first == "promo_code";
    });
    arguments.map.emplace_back("subscriber", text_node(subscriber.code));
    if (taken_over)
        for (auto& member : node_of(*taken_over).map) arguments.map.push_back(std::move(member));
    const auto command =
        command_of(desk, taken_over ? "import_sub_service" : "add_sub_service", std::move(arguments), date);
    const auto sell = [&] {
        carry_out(desk, command);
        if (promo_code) {
            const auto redeemed =
                desk.commands().discounts().redeem(date, {subscriber.code, code}, std::string(promo_code->as_string()));
            if (!redeemed) throw refused(redeemed.refusal());
        }
        if (!activates) return;
        const auto done = desk.commands().activate(date, {subscriber.code, code});
        if (!done) throw refused(done.refusal());
    };
    if (desk.is_set("preview")) return preview(desk, date, {{subscriber.code, code}}, sell);
    sell();
    return created(row_json(desk, row_of(desk, subscriber, code)),
                   "/api/v1/subscribers/" + segment(subscriber.code) + "/sub-services/" + segment(code));
}

}  // namespace

void add_sub_services(Handlers& handlers) {
    handlers["list_sub_services"] = {Runs::in_pool, list_sub_services};
    handlers["list_sub_services_of_subscriber"] = {Runs::in_pool, list_of_subscriber};
    handlers["get_sub_service"] = {Runs::at_once, get_sub_service};
    handlers["add_sub_service"] = {Runs::in_writer, add_sub_service};
    for (const auto* name :
         {"activate", "suspend", "resume", "exhaust_data", "restore_data", "cancel", "change_service", "add_add_on",
          "remove_add_on", "attach_cpe", "return_cpe", "move_to_current_price"})
        handlers[name] = {Runs::in_writer, [name](Desk& desk) { return run(desk, name); }};
}

}  // namespace sluice::serve::api
