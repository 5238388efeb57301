// Keys: who may do what, for which operator.
#include "serve/api/encode.hpp"
#include "serve/api/handlers.hpp"
#include "serve/api/keyring.hpp"
#include "serve/api/paging.hpp"

namespace sluice::serve::api {
namespace {

namespace json = boost::json;

std::optional<std::string> code_of(app::Store& store, std::optional<customers::OperatorId> op) {
    if (!op) return std::nullopt;
    const auto found = store.find_operator(*op);
    return found ? std::optional(found->code) : std::nullopt;
}

// The keys that the request may see: of the operator that it acts for; when it acts for none, all.
std::vector<app::ApiKey> visible_keys(Desk& desk) {
    auto keys = desk.store().api_keys();
    if (desk.call().op) std::erase_if(keys, [&](const app::ApiKey& key) { return key.op != desk.call().op; });
    return keys;
}

http::Response get_key(Desk& desk) {
    if (!desk.call().principal->key) throw not_found("unknown_api_key", "the program itself has no API key");
    for (const auto& key : desk.store().api_keys())
        if (key.id == desk.call().principal->key) return ok(json_of(key, desk.call().principal->op_code));
    fail_promise("a key that was let in is stored", __FILE__, __LINE__);
}

http::Response list_api_keys(Desk& desk) {
    const auto page = page_of(desk, visible_keys(desk));
    return ok(
        page_json(desk, page, [&](const app::ApiKey& key) { return json_of(key, code_of(desk.store(), key.op)); }));
}

// The operator that the new key is for: the one named, else the one that the request acts for.
std::optional<customers::OperatorId> operator_of_new_key(Desk& desk, const json::object& body) {
    const auto* named = body.if_contains("operator");
    const auto& principal = *desk.call().principal;
    if (!named) return desk.call().op;
    if (named->is_null()) {
        if (!principal.is_platform())
            throw Problem(403, "not_allowed", "only a key of the platform can make another one; leave operator out");
        return std::nullopt;
    }
    for (const auto& op : desk.store().operators())
        if (op.code == named->as_string() && (principal.is_platform() || op.id == principal.op)) return op.id;
    throw Problem(422, "unknown_operator", "there is no operator \"" + std::string(named->as_string()) + "\"");
}

http::Response create_api_key(Desk& desk) {
    const auto& body = desk.call().body.as_object();
    const auto op = operator_of_new_key(desk, body);
    const auto role = *parse_role(body.at("role").as_string());
    const auto made = make_key(desk.engine(), op, std::string(body.at("name").as_string()), role, desk.call().now,
                               desk.call().principal->actor());
    desk.store().add(made.key);
    desk.afterwards([&engine = desk.engine()] { engine.operators_changed(); });
    if (op) desk.store().add_event(*op, {app::EventType::api_key_created, std::nullopt, made.key.id.value()});
    auto answer = json_of(made.key, code_of(desk.store(), op));
    answer["key"] = nullptr;
    desk.keep_instead(answer);
    answer["key"] = made.secret;
    return created(answer, "/api/v1/api-keys/" + made.key.id.text());
}

http::Response revoke_api_key(Desk& desk) {
    const auto id = app::ApiKeyId::parse(desk.path("api_key"));
    for (const auto& key : visible_keys(desk)) {
        if (key.id != id) continue;
        desk.store().revoke(key.id, desk.call().now);
        desk.afterwards([&engine = desk.engine()] { engine.operators_changed(); });
        if (key.op && !key.revoked_at)
            desk.store().add_event(*key.op, {app::EventType::api_key_revoked, std::nullopt, key.id.value()});
        return {.status = 204, .content_type = {}, .body = {}};
    }
    throw not_found("unknown_api_key", "there is no API key " + desk.path("api_key"));
}

}  // namespace

void add_api_keys(Handlers& handlers) {
    handlers["get_key"] = {Runs::in_pool, get_key, false};
    handlers["list_api_keys"] = {Runs::in_pool, list_api_keys, false};
    handlers["create_api_key"] = {Runs::in_writer, create_api_key, false};
    handlers["revoke_api_key"] = {Runs::in_writer, revoke_api_key, false};
}

}  // namespace sluice::serve::api
