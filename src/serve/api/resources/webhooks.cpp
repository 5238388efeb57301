// Webhooks: addresses that are told of events, what they were told, and how that went.
#include "app/webhooks.hpp"
#include "serve/api/encode.hpp"
#include "serve/api/handlers.hpp"
#include "serve/api/paging.hpp"
#include "serve/outbox/webhook_sending.hpp"

namespace sluice::serve::api {
namespace {

namespace json = boost::json;
using app::WebhookEndpoint;

constexpr std::size_t most_endpoints = 20;  // each is told of all that the operator's clerks do
constexpr std::chrono::hours old_secret_signs{24};

// What a clerk edits: how far the events have been read is not of it.
json::object editable(const WebhookEndpoint& endpoint) {
    json::array types;
    for (const auto& type : endpoint.event_types) types.emplace_back(type);
    return {{"id", endpoint.id.text()},
            {"url", endpoint.url},
            {"description", endpoint.description},
            {"event_types", std::move(types)},
            {"enabled", endpoint.is_enabled},
            {"old_secret_until", json_of(endpoint.old_secret_until)},
            {"created_at", json_of(endpoint.created_at)}};
}

json::object shown(const WebhookEndpoint& endpoint) {
    auto object = editable(endpoint);
    object["read_through"] = endpoint.read_through;
    return object;
}

json::object json_of(const app::WebhookDelivery& delivery) {
    return {{"id", delivery.id.text()},
            {"endpoint", delivery.endpoint.text()},
            {"event", delivery.event ? json::value(*delivery.event) : json::value(nullptr)},
            {"event_type", delivery.event_type},
            {"state", app::name_of(delivery.state)},
            {"attempts", delivery.attempts},
            {"created_at", api::json_of(delivery.created_at)},
            {"next_attempt_at", api::json_of(delivery.next_attempt_at)},
            {"ended_at", api::json_of(delivery.ended_at)}};
}

json::object json_of(const app::WebhookAttempt& attempt) {
    constexpr std::int64_t us_per_ms = 1'000;
    return {{"number", attempt.number},
            {"at", api::json_of(attempt.at)},
            {"milliseconds", attempt.took_us / us_per_ms},
            {"status", attempt.status ? json::value(*attempt.status) : json::value(nullptr)},
            {"answer", attempt.answer},
            {"reason", attempt.reason}};
}

Problem no_endpoint(Desk& desk) {
    return not_found("unknown_webhook_endpoint", "there is no endpoint " + desk.path("webhook_endpoint"));
}

bool is_of(const std::optional<WebhookEndpoint>& endpoint, Desk& desk) {
    return endpoint && endpoint->op == desk.op_id() && !endpoint->removed_at;
}

WebhookEndpoint endpoint_in_path(Desk& desk) {
    const auto id = app::WebhookEndpointId::parse(desk.path("webhook_endpoint"));
    auto endpoint = id ? desk.store().webhooks().find_endpoint(*id) : std::nullopt;
    if (!is_of(endpoint, desk)) throw no_endpoint(desk);
    return std::move(*endpoint);
}

WebhookEndpoint held_endpoint(Desk& desk) {
    const auto id = app::WebhookEndpointId::parse(desk.path("webhook_endpoint"));
    auto endpoint = id ? desk.store().webhooks().hold_endpoint(*id) : std::nullopt;
    if (!is_of(endpoint, desk)) throw no_endpoint(desk);
    return std::move(*endpoint);
}

// What the body says; the rest stays.
void read_changes(Desk& desk, const json::object& body, WebhookEndpoint& endpoint) {
    if (const auto* url = body.if_contains("url")) {
        endpoint.url = url->as_string();
        if (const auto fault =
                app::fault_in_webhook_url(endpoint.url, desk.engine().parts().webhooks_to_private_networks))
            throw invalid_request({{"body", "url", *fault}});
    }
    if (const auto* text = body.if_contains("description")) endpoint.description = text->as_string();
    if (const auto* enabled = body.if_contains("enabled")) endpoint.is_enabled = enabled->as_bool();
    if (const auto* types = body.if_contains("event_types")) {
        endpoint.event_types.clear();
        for (const auto& type : types->as_array()) endpoint.event_types.emplace_back(type.as_string());
    }
}

std::string new_secret(Desk& desk) {
    return app::webhook_secret(desk.engine().parts().random_bytes(app::webhook_secret_bytes));
}

std::string sealed(Desk& desk, const std::string& secret) {
    try {
        return desk.engine().parts().secrets->seal(secret);
    } catch (const app::SecretsUnavailable& missing) {
        throw Problem(503, "secrets_unavailable", missing.what());
    }
}

// Only in this answer: a repetition of the request does not get it.
json::object with_secret(Desk& desk, const WebhookEndpoint& endpoint, const std::string& secret) {
    auto answer = shown(endpoint);
    answer["secret"] = nullptr;
    desk.keep_instead(answer);
    answer["secret"] = secret;
    return answer;
}

void changed(Desk& desk, const WebhookEndpoint& endpoint) {
    desk.store().webhooks().update(endpoint);
    desk.add_event(app::EventType::webhook_endpoint_updated, std::nullopt, endpoint.id.value());
}

http::Response list_webhook_endpoints(Desk& desk) {
    const auto page = page_of(desk, desk.store().webhooks().endpoints(desk.op_id()));
    return ok(page_json(desk, page, shown));
}

http::Response get_webhook_endpoint(Desk& desk) {
    const auto endpoint = endpoint_in_path(desk);
    return tagged(desk, shown(endpoint), editable(endpoint));
}

http::Response create_webhook_endpoint(Desk& desk) {
    desk.store().hold(desk.op_id());
    auto& webhooks = desk.store().webhooks();
    if (webhooks.endpoints(desk.op_id()).size() >= most_endpoints)
        throw Problem(409, "too_many_webhook_endpoints",
                      "there are " + std::to_string(most_endpoints) + " endpoints already; remove one first");
    const auto secret = new_secret(desk);
    WebhookEndpoint endpoint{.id = desk.ids().next<app::WebhookEndpointId>(),
                             .op = desk.op_id(),
                             .url = {},
                             .description = {},
                             .event_types = {},
                             .sealed_secret = {},
                             .read_through = webhooks.last_event(desk.op_id()),
                             .created_at = desk.call().now};
    read_changes(desk, desk.call().body.as_object(), endpoint);
    endpoint.sealed_secret = sealed(desk, secret);
    webhooks.add(endpoint);
    desk.add_event(app::EventType::webhook_endpoint_created, std::nullopt, endpoint.id.value());
    return created(with_secret(desk, endpoint, secret), "/api/v1/webhook-endpoints/" + endpoint.id.text());
}

http::Response update_webhook_endpoint(Desk& desk) {
    auto endpoint = held_endpoint(desk);
    require_match(desk, editable(endpoint));
    read_changes(desk, desk.call().body.as_object(), endpoint);
    changed(desk, endpoint);
    return tagged(desk, shown(endpoint), editable(endpoint));
}

http::Response remove_webhook_endpoint(Desk& desk) {
    auto endpoint = held_endpoint(desk);
    endpoint.removed_at = desk.call().now;
    endpoint.is_enabled = false;
    desk.store().webhooks().update(endpoint);
    desk.add_event(app::EventType::webhook_endpoint_removed, std::nullopt, endpoint.id.value());
    return {.status = 204, .content_type = {}, .body = {}};
}

http::Response rotate_webhook_secret(Desk& desk) {
    auto endpoint = held_endpoint(desk);
    const auto secret = new_secret(desk);
    endpoint.sealed_old_secret = std::move(endpoint.sealed_secret);
    endpoint.old_secret_until = desk.call().now + old_secret_signs;
    endpoint.sealed_secret = sealed(desk, secret);
    changed(desk, endpoint);
    return ok(with_secret(desk, endpoint, secret));
}

http::Response test_webhook_endpoint(Desk& desk) {
    const auto endpoint = endpoint_in_path(desk);
    const app::WebhookDelivery delivery{.id = desk.ids().next<app::WebhookDeliveryId>(),
                                        .endpoint = endpoint.id,
                                        .event = {},
                                        .event_type = "webhook.test",
                                        .created_at = desk.call().now,
                                        .next_attempt_at = desk.call().now};
    desk.store().webhooks().enqueue(endpoint, {&delivery, 1});
    return created(json_of(delivery), "/api/v1/webhook-deliveries/" + delivery.id.text());
}

// The last event before `from`. Events are in the order of their commits, which is that of their dates but for moments.
std::int64_t last_before(Desk& desk, Date from) {
    std::int64_t before = 0;
    auto behind = desk.store().webhooks().last_event(desk.op_id()) + 1;
    while (behind - before > 1) {
        const auto middle = before + (behind - before) / 2;
        const auto events = desk.store().events(desk.op_id(), {.after = middle - 1, .limit = 1});
        const bool is_before = !events.empty() && desk.book().zone.date_at(events.front().at) < from;
        (is_before ? before : behind) = middle;
    }
    return before;
}

http::Response replay_webhook_endpoint(Desk& desk) {
    auto endpoint = held_endpoint(desk);
    const auto& body = desk.call().body.as_object();
    const auto* after = body.if_contains("after");
    const auto* from = body.if_contains("from");
    if ((after == nullptr) == (from == nullptr))
        throw invalid_request({{"body", "", "must hold either after or from"}});
    const auto last = after ? after->to_number<std::int64_t>() : last_before(desk, *Date::parse(from->as_string()));
    endpoint.read_through = std::min(endpoint.read_through, last);
    changed(desk, endpoint);
    return ok(shown(endpoint));
}

app::DueDelivery delivery_in_path(Desk& desk) {
    const auto& text = desk.path("webhook_delivery");
    const auto id = app::WebhookDeliveryId::parse(text);
    auto found = id ? desk.store().webhooks().find_delivery(desk.op_id(), *id) : std::nullopt;
    if (!found) throw not_found("unknown_webhook_delivery", "there is no delivery " + text);
    return std::move(*found);
}

http::Response list_webhook_deliveries(Desk& desk) {
    const auto paging = paging_of(desk);
    app::DeliveryQuery query{.limit = paging.limit + 1};
    if (const auto endpoint = desk.query("endpoint"))
        query.endpoint = app::WebhookEndpointId::parse(*endpoint).value_or(app::WebhookEndpointId{0});
    if (const auto state = desk.query("state")) query.state = app::parse_delivery_state(*state);
    if (paging.after) query.before = app::WebhookDeliveryId{paging.after->id};
    app::Page<app::WebhookDelivery> page{.rows = desk.store().webhooks().deliveries(desk.op_id(), query)};
    if (static_cast<std::int64_t>(page.rows.size()) > paging.limit) {
        page.rows.pop_back();
        page.next = app::Position{.key = {}, .id = page.rows.back().id.value()};
    }
    return ok(page_json(desk, page, [](const app::WebhookDelivery& row) { return json_of(row); }));
}

http::Response get_webhook_delivery(Desk& desk) {
    const auto found = delivery_in_path(desk);
    auto answer = json_of(found.delivery);
    answer["body"] = webhook_body(found);
    json::array log;
    for (const auto& attempt : desk.store().webhooks().attempts(found.delivery)) log.push_back(json_of(attempt));
    answer["log"] = std::move(log);
    return ok(answer);
}

http::Response replay_webhook_delivery(Desk& desk) {
    const auto delivery = delivery_in_path(desk).delivery;
    const auto endpoint = desk.store().webhooks().find_endpoint(delivery.endpoint);
    if (!endpoint || endpoint->removed_at)
        throw Problem(409, "webhook_endpoint_removed", "the endpoint of " + delivery.id.text() + " has been removed");
    desk.store().webhooks().send_again(delivery, desk.call().now);
    return ok(json_of(delivery_in_path(desk).delivery));
}

}  // namespace

void add_webhooks(Handlers& handlers) {
    handlers["list_webhook_endpoints"] = {Runs::in_pool, list_webhook_endpoints};
    handlers["get_webhook_endpoint"] = {Runs::in_pool, get_webhook_endpoint};
    handlers["create_webhook_endpoint"] = {Runs::in_writer, create_webhook_endpoint};
    handlers["update_webhook_endpoint"] = {Runs::in_writer, update_webhook_endpoint};
    handlers["remove_webhook_endpoint"] = {Runs::in_writer, remove_webhook_endpoint};
    handlers["rotate_webhook_secret"] = {Runs::in_writer, rotate_webhook_secret};
    handlers["test_webhook_endpoint"] = {Runs::in_writer, test_webhook_endpoint};
    handlers["replay_webhook_endpoint"] = {Runs::in_writer, replay_webhook_endpoint};
    handlers["list_webhook_deliveries"] = {Runs::in_pool, list_webhook_deliveries};
    handlers["get_webhook_delivery"] = {Runs::in_pool, get_webhook_delivery};
    handlers["replay_webhook_delivery"] = {Runs::in_writer, replay_webhook_delivery};
}

}  // namespace sluice::serve::api
