// Gateways, and the payment methods that an operator makes of them.
#include "app/gateway_settings.hpp"
#include "serve/api/encode.hpp"
#include "serve/api/gateways_json.hpp"
#include "serve/api/handlers.hpp"
#include "serve/api/paging.hpp"
#include "serve/commands/read_command.hpp"
#include "serve/json/node_of.hpp"

namespace sluice::serve::api {
namespace {

namespace json = boost::json;
using app::PaymentMethod;

const app::Gateways& gateways(Desk& desk) { return desk.engine().parts().gateways; }
app::SecretBox& secrets(Desk& desk) { return *desk.engine().parts().secrets; }

Problem unavailable(const app::SecretsUnavailable& missing) { return {503, "gateway_unavailable", missing.what()}; }

// Without any, nothing is sealed, and no key is needed.
bool has_settings(Desk& desk, const PaymentMethod& method) {
    const auto* gateway = app::find_gateway(gateways(desk), method.gateway);
    return !gateway || !gateway->description().settings.empty();
}

app::GatewaySettings settings_of(Desk& desk, const PaymentMethod& method) {
    if (!has_settings(desk, method)) return {};
    try {
        return app::unseal(secrets(desk), method.sealed_settings);
    } catch (const app::SecretsUnavailable& missing) {
        throw unavailable(missing);
    }
}

json::object shown(Desk& desk, const PaymentMethod& method) {
    app::GatewaySettings settings;
    const auto* gateway = app::find_gateway(gateways(desk), method.gateway);
    try {
        settings = settings_of(desk, method);
    } catch (const Problem&) {
        // Without the key there is nothing to show of them; all else is there.
    }
    for (auto& [name, value] : settings)
        for (const auto& field : gateway->description().settings)
            if (field.name == name && field.is_secret) value = app::masked(value);
    return json_of(method, desk.op().code, settings);
}

PaymentMethod method_in_path(Desk& desk) {
    const auto& code = desk.path("payment_method");
    for (auto& method : desk.store().payment_methods(desk.op_id()))
        if (method.code == code) return std::move(method);
    throw not_found("unknown_payment_method", "there is no payment method \"" + code + "\"");
}

std::vector<std::string> words_in(const json::value& list) {
    std::vector<std::string> words;
    for (const auto& word : list.as_array()) words.emplace_back(word.as_string());
    return words;
}

void read_limit(Desk& desk, const json::object& body, std::string_view name, std::optional<Money>& limit) {
    const auto* value = body.if_contains(name);
    if (!value) return;
    limit.reset();
    if (value->is_null()) return;
    const auto node = node_of(body);
    Fields fields(node, "");
    limit = read_money(fields, name, desk.op().currency);
}

void read_commission(Desk& desk, const json::object& body, payments::Commission& commission) {
    const auto* given = body.if_contains("commission");
    if (!given) return;
    const auto node = node_of(*given);
    Fields fields(node, "commission");
    commission = {.percent = fields.optional_decimal("percent").value_or(Decimal{}),
                  .fixed = Money::zero(desk.op().currency),
                  .on_top = fields.boolean("on_top").value_or(false)};
    if (fields.has("fixed")) commission.fixed = read_money(fields, "fixed", desk.op().currency);
    if (commission.percent > Decimal::whole(100)) fields.fail("percent", "is more than 100");
    if (commission.fixed.is_negative()) fields.fail("fixed", "is negative");
}

// What the body says; the rest stays.
void read_terms(Desk& desk, const json::object& body, PaymentMethod& method) {
    if (const auto* name = body.if_contains("name")) method.name = name->as_string();
    if (const auto* position = body.if_contains("position")) method.position = position->to_number<std::int64_t>();
    if (const auto* enabled = body.if_contains("enabled")) method.is_enabled = enabled->as_bool();
    if (const auto* test = body.if_contains("test_mode")) method.is_test = test->as_bool();
    if (const auto* list = body.if_contains("currencies")) method.terms.currencies = words_in(*list);
    if (const auto* list = body.if_contains("countries")) method.terms.countries = words_in(*list);
    if (const auto* list = body.if_contains("categories")) method.terms.categories = words_in(*list);
    read_limit(desk, body, "minimum", method.terms.minimum);
    read_limit(desk, body, "maximum", method.terms.maximum);
    read_commission(desk, body, method.terms.commission);
}

// Settings that are sent replace those of the same names; an empty one takes it away.
void read_settings(Desk& desk, const json::object& body, PaymentMethod& method, app::GatewaySettings settings) {
    const auto* given = body.if_contains("settings");
    if (given)
        for (const auto& [name, value] : given->as_object()) {
            settings.erase(name);
            if (!value.as_string().empty()) settings.emplace(name, value.as_string());
        }
    const auto* gateway = app::find_gateway(gateways(desk), method.gateway);
    check(gateway != nullptr, "a payment method's gateway is there");
    if (const auto refusal = app::refuse_settings(*gateway, settings, method.is_enabled, method.is_test))
        throw refused(*refusal);
    // What a clerk records is what is credited: nobody would ask the payer for more.
    if (method.terms.commission.on_top && !app::can(*gateway, app::Capability::hosted_checkout))
        throw refused({app::RefusalCode::settings_not_allowed,
                       "a commission on top is for gateways, which ask the payer for it; by \"" + method.code +
                           "\" clerks record what is credited. Leave on_top false, and sell the fee as an add-on"});
    if (!has_settings(desk, method) || (!given && !method.sealed_settings.empty())) return;
    try {
        method.sealed_settings = app::seal(secrets(desk), settings);
    } catch (const app::SecretsUnavailable& missing) {
        throw unavailable(missing);
    }
}

http::Response list_gateways(Desk& desk) {
    return ok(page_json(desk, page_of(desk, gateways(desk)),
                        [](const auto& gateway) { return json_of(gateway->description()); }));
}

http::Response list_payment_methods(Desk& desk) {
    const auto page = page_of(desk, desk.store().payment_methods(desk.op_id()));
    return ok(page_json(desk, page, [&](const PaymentMethod& method) { return shown(desk, method); }));
}

http::Response get_payment_method(Desk& desk) {
    const auto method = shown(desk, method_in_path(desk));
    return tagged(desk, method, method);
}

http::Response create_payment_method(Desk& desk) {
    const auto& body = desk.call().body.as_object();
    PaymentMethod method{.id = desk.ids().next<app::PaymentMethodId>(),
                         .op = desk.op_id(),
                         .code = std::string(body.at("code").as_string()),
                         .name = {},
                         .gateway = std::string(body.at("gateway").as_string()),
                         .terms = {.commission = {.fixed = Money::zero(desk.op().currency)}},
                         .sealed_settings = {},
                         .created_at = desk.call().now};
    if (!app::find_gateway(gateways(desk), method.gateway))
        throw Problem(422, "unknown_gateway",
                      "there is no gateway \"" + method.gateway + "\"; see GET /api/v1/gateways");
    desk.store().hold(desk.op_id());
    for (const auto& other : desk.store().payment_methods(desk.op_id()))
        if (other.code == method.code)
            throw Problem(409, "code_taken", "there is a payment method \"" + method.code + "\" already");
    read_terms(desk, body, method);
    read_settings(desk, body, method, {});
    desk.store().add_payment_method(method);
    desk.add_event(app::EventType::payment_method_created, std::nullopt, method.id.value());
    const auto answer = shown(desk, method);
    auto response = tagged(desk, answer, answer, 201);
    response.headers.emplace_back("Location", "/api/v1/payment-methods/" + segment(method.code));
    return response;
}

http::Response update_payment_method(Desk& desk) {
    desk.store().hold(desk.op_id());
    auto method = method_in_path(desk);
    require_match(desk, shown(desk, method));
    const auto& body = desk.call().body.as_object();
    read_terms(desk, body, method);
    read_settings(desk, body, method, settings_of(desk, method));
    desk.store().update_payment_method(method);
    desk.add_event(app::EventType::payment_method_updated, std::nullopt, method.id.value());
    const auto answer = shown(desk, method);
    return tagged(desk, answer, answer);
}

}  // namespace

void add_payment_methods(Handlers& handlers) {
    handlers["list_gateways"] = {Runs::in_pool, list_gateways, false};
    handlers["list_payment_methods"] = {Runs::in_pool, list_payment_methods};
    handlers["get_payment_method"] = {Runs::in_pool, get_payment_method};
    handlers["create_payment_method"] = {Runs::in_writer, create_payment_method};
    handlers["update_payment_method"] = {Runs::in_writer, update_payment_method};
}

}  // namespace sluice::serve::api
