// What was done, when, by whom and from where.
#include "serve/api/encode.hpp"
#include "serve/api/handlers.hpp"
#include "serve/api/paging.hpp"

namespace sluice::serve::api {
namespace {

namespace json = boost::json;

std::optional<Instant> instant_in(const Desk& desk, std::string_view name) {
    const auto text = desk.query(name);
    return text ? parse_instant(*text) : std::nullopt;
}

json::value state_json(const std::optional<std::string>& text) { return text ? json::parse(*text) : json::value(); }

json::object json_of(const app::AuditEntry& entry) {
    json::value actor_id;
    if (entry.actor_id)
        actor_id = json::string(entry.actor == app::ActorKind::api_key ? app::ApiKeyId(*entry.actor_id).text()
                                                                       : app::UserId(*entry.actor_id).text());
    return {{"id", entry.id.text()},
            {"at", api::json_of(entry.at)},
            {"actor", {{"kind", name_of(entry.actor)}, {"id", std::move(actor_id)}, {"name", entry.actor_name}}},
            {"address", entry.address},
            {"operation", entry.operation},
            {"subscriber", entry.subscriber ? json::value(entry.subscriber->text()) : json::value()},
            {"request", json::parse(entry.request)},
            {"before", state_json(entry.before)},
            {"after", state_json(entry.after)},
            {"status", entry.status}};
}

http::Response list_audit_log(Desk& desk) {
    app::AuditQuery query{.op = desk.call().op, .operation = desk.query("operation")};
    if (const auto who = desk.query("user")) {
        if (const auto user = app::UserId::parse(*who)) query.actor = user->value();
        if (const auto key = app::ApiKeyId::parse(*who)) query.actor = key->value();
        if (!query.actor) throw invalid_request({{"query", "user", "is the id of no user or API key"}});
    }
    if (desk.query("subscriber")) {
        if (!desk.call().op)
            throw invalid_request({{"header", "Sluice-Operator", "is missing; name the operator of the subscriber"}});
        query.subscriber = desk.subscriber_in_query();
    }
    query.since = instant_in(desk, "since");
    query.until = instant_in(desk, "until");
    query.paging = paging_of(desk);
    const auto page = desk.store().staff().audit_log(query);
    return ok(page_json(desk, page, [](const app::AuditEntry& entry) { return json_of(entry); }));
}

}  // namespace

void add_audit_log(Handlers& handlers) { handlers["list_audit_log"] = {Runs::in_pool, list_audit_log, false}; }

}  // namespace sluice::serve::api
