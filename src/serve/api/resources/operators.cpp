// Operators and their policies.
#include "app/preview_policies.hpp"
#include "app/set_up.hpp"
#include "serve/api/encode.hpp"
#include "serve/api/handlers.hpp"
#include "serve/api/paging.hpp"
#include "serve/json/node_of.hpp"
#include "serve/scenario/read_setup.hpp"

namespace sluice::serve::api {
namespace {

namespace json = boost::json;

// The operators that the key may see.
std::vector<customers::Operator> visible_operators(Desk& desk) {
    auto operators = desk.store().operators();
    const auto& only = desk.call().principal->op;
    if (only) std::erase_if(operators, [&](const auto& op) { return op.id != *only; });
    return operators;
}

customers::Operator operator_in_path(Desk& desk) {
    for (auto& op : visible_operators(desk))
        if (op.code == desk.path("operator")) return op;
    throw not_found("unknown_operator", "there is no operator \"" + desk.path("operator") + "\"");
}

json::object editable(const customers::Operator& op) {
    auto object = json_of(op);
    object.erase("billed_through");
    return object;
}

json::object policies_json(const customers::Operator& op) {
    json::array items;
    for (const auto& policy : op.policies) items.push_back(json_of(policy, op.currency));
    return {{"items", std::move(items)}};
}

http::Response list_operators(Desk& desk) {
    const auto page = page_of(desk, visible_operators(desk));
    return ok(page_json(desk, page, [](const customers::Operator& op) { return json_of(op); }));
}

http::Response create_operator(Desk& desk) {
    const auto node = node_of(desk.call().body);
    Fields fields(node, "");
    const auto op = read_operator(fields, desk.ids());
    fields.done();
    for (const auto& other : desk.store().operators())
        if (other.code == op.code) throw Problem(409, "code_taken", "there is an operator \"" + op.code + "\" already");
    app::store_setup(desk.store(), {.op = op, .products = {}, .prices = {}, .taxes = {}});
    desk.afterwards([&engine = desk.engine()] { engine.operators_changed(); });
    desk.store().add_event(op.id, {app::EventType::operator_created, std::nullopt, op.id.value()});
    auto response = tagged(desk, json_of(op), editable(op), 201);
    response.headers.emplace_back("Location", "/api/v1/operators/" + segment(op.code));
    return response;
}

http::Response get_operator(Desk& desk) {
    const auto op = operator_in_path(desk);
    return tagged(desk, json_of(op), editable(op));
}

http::Response update_operator(Desk& desk) {
    desk.store().hold(operator_in_path(desk).id);
    auto op = operator_in_path(desk);
    require_match(desk, editable(op));
    const auto node = node_of(desk.call().body);
    Fields fields(node, "");
    read_operator_settings(fields, op);
    fields.done();
    desk.store().update(op);
    desk.store().add_event(op.id, {app::EventType::operator_updated, std::nullopt, op.id.value()});
    return tagged(desk, json_of(op), editable(op));
}

http::Response get_policies(Desk& desk) {
    const auto policies = policies_json(desk.op());
    return tagged(desk, policies, policies);
}

// REQUIRES: `policies` belongs to that operator; what they name is looked for there.
std::vector<customers::Policy> read_policies(const customers::Operator& op, const json::value& policies) {
    const auto node = node_of(policies);
    Fields body(node, "");
    std::vector<customers::Policy> read;
    for (const auto& [path, item] : body.take_list("items")) {
        Fields fields(*item, path);
        customers::Policy policy;
        if (const auto* when = fields.take("when")) {
            Fields conditions(*when, path + ".when");
            policy.region = conditions.text_or("region", "");
            policy.pop = conditions.text_or("pop", "");
            policy.category = conditions.text_or("category", "");
        }
        if (const auto* billing = fields.take("billing")) {
            Fields settings(*billing, path + ".billing");
            policy.settings = read_billing_settings(settings);
        }
        if (const auto* payment = fields.take("payment")) {
            Fields settings(*payment, path + ".payment");
            policy.payment = read_payment_settings(settings, op.currency);
            const auto& ladder = policy.payment.ladder;
            if (ladder && *ladder != "none" && !customers::find_ladder(op, *ladder))
                fields.fail("payment", "names a ladder \"" + *ladder + "\", which the operator does not have");
        }
        read.push_back(std::move(policy));
    }
    return read;
}

http::Response replace_policies(Desk& desk) {
    desk.store().hold(desk.op_id());
    auto op = desk.op();
    require_match(desk, policies_json(op));
    op.policies = read_policies(op, desk.call().body);
    desk.store().update(op);
    desk.store().add_event(op.id, {app::EventType::policies_replaced, std::nullopt, op.id.value()});
    const auto policies = policies_json(op);
    return tagged(desk, policies, policies);
}

json::object effect_json(const app::PolicyEffect& effect) {
    json::array changes;
    for (const auto& change : effect.changes)
        changes.push_back(json::object{{"setting", change.setting},
                                       {"before", text_or_null(change.before)},
                                       {"after", text_or_null(change.after)}});
    return {{"subscriber", effect.subscriber_code},
            {"subscriber_name", effect.subscriber_name},
            {"sub_service", text_or_null(effect.sub_service_code)},
            {"changes", std::move(changes)}};
}

http::Response preview_policies(Desk& desk) {
    constexpr std::size_t most = 100;
    const auto op = desk.op();
    const auto preview = app::preview_policies(desk.store(), op, read_policies(op, desk.call().body), most);
    json::array settings;
    for (const auto& [setting, count] : preview.settings)
        settings.push_back(json::object{{"setting", setting}, {"count", count}});
    json::array effects;
    for (const auto& effect : preview.effects) effects.push_back(effect_json(effect));
    return ok(json::object{{"all_subscribers", preview.all_subscribers},
                           {"all_sub_services", preview.all_sub_services},
                           {"subscribers", preview.subscribers},
                           {"sub_services", preview.sub_services},
                           {"settings", std::move(settings)},
                           {"effects", std::move(effects)}});
}

}  // namespace

void add_operators(Handlers& handlers) {
    handlers["list_operators"] = {Runs::in_pool, list_operators, false};
    handlers["create_operator"] = {Runs::in_writer, create_operator, false};
    handlers["get_operator"] = {Runs::in_pool, get_operator, false};
    handlers["update_operator"] = {Runs::in_writer, update_operator, false};
    handlers["get_policies"] = {Runs::in_pool, get_policies};
    handlers["preview_policies"] = {Runs::in_pool, preview_policies};
    handlers["replace_policies"] = {Runs::in_writer, replace_policies};
}

}  // namespace sluice::serve::api
