// Operators and their policies.
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

http::Response replace_policies(Desk& desk) {
    desk.store().hold(desk.op_id());
    auto op = desk.op();
    require_match(desk, policies_json(op));
    const auto node = node_of(desk.call().body);
    Fields body(node, "");
    op.policies.clear();
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
        op.policies.push_back(std::move(policy));
    }
    desk.store().update(op);
    desk.store().add_event(op.id, {app::EventType::policies_replaced, std::nullopt, op.id.value()});
    const auto policies = policies_json(op);
    return tagged(desk, policies, policies);
}

}  // namespace

void add_operators(Handlers& handlers) {
    handlers["list_operators"] = {Runs::in_pool, list_operators, false};
    handlers["create_operator"] = {Runs::in_writer, create_operator, false};
    handlers["get_operator"] = {Runs::in_pool, get_operator, false};
    handlers["update_operator"] = {Runs::in_writer, update_operator, false};
    handlers["get_policies"] = {Runs::in_pool, get_policies};
    handlers["replace_policies"] = {Runs::in_writer, replace_policies};
}

}  // namespace sluice::serve::api
