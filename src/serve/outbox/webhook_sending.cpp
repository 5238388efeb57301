#include "serve/outbox/webhook_sending.hpp"

#include "app/webhooks.hpp"
#include "serve/api/encode.hpp"

namespace sluice::serve {
namespace {

namespace json = boost::json;

constexpr long longest_answer_seconds = 15;
constexpr std::size_t kept_of_answer = 1024;

// As text in UTF-8, whatever came.
std::string printable(std::string_view bytes) {
    std::string text;
    for (std::size_t at = 0; at < bytes.size();) {
        const auto byte = static_cast<unsigned char>(bytes[at]);
        const std::size_t size = byte < 0x80 ? 1 : (byte >> 5) == 6 ? 2 : (byte >> 4) == 14 ? 3 : 1;
        bool is_good = (byte >= 0x20 && byte < 0x7F) || byte == '\n' || byte == '\t' || (byte >= 0xC2 && size > 1);
        for (std::size_t i = 1; i < size; ++i)
            is_good = is_good && at + i < bytes.size() && (static_cast<unsigned char>(bytes[at + i]) >> 6) == 2;
        const bool is_overlong = size == 3 && at + 1 < bytes.size() &&
                                 ((byte == 0xE0 && static_cast<unsigned char>(bytes[at + 1]) < 0xA0) ||
                                  (byte == 0xED && static_cast<unsigned char>(bytes[at + 1]) >= 0xA0));
        if (is_good && !is_overlong) {
            text.append(bytes.substr(at, size));
            at += size;
        } else {
            text += '?';
            ++at;
        }
    }
    return text;
}

app::HttpRequest request_of(Engine& engine, const app::WebhookEndpoint& endpoint, const app::DueDelivery& due,
                            Instant now) {
    const auto& parts = engine.parts();
    const auto body = webhook_body(due);
    const auto id = due.delivery.id.text();
    const auto timestamp =
        std::to_string(std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count());
    const auto signature = [&](const std::string& sealed) {
        return app::webhook_signature(*parts.hasher, parts.secrets->open(sealed), id, timestamp, body);
    };
    auto signatures = signature(endpoint.sealed_secret);
    if (!endpoint.sealed_old_secret.empty() && endpoint.old_secret_until && now < *endpoint.old_secret_until)
        signatures += " " + signature(endpoint.sealed_old_secret);
    return {.method = "POST",
            .url = endpoint.url,
            .headers = {{"Content-Type", "application/json"},
                        {"User-Agent", "Sluice"},
                        {"webhook-id", id},
                        {"webhook-timestamp", timestamp},
                        {"webhook-signature", signatures}},
            .body = body,
            .longest_seconds = longest_answer_seconds,
            .public_only = !parts.webhooks_to_private_networks,
            .most_bytes = kept_of_answer};
}

app::WebhookAttempt attempt_of(Engine& engine, SendingTools& tools, const app::WebhookEndpoint& endpoint,
                               const app::DueDelivery& due) {
    const auto began = std::chrono::steady_clock::now();
    app::WebhookAttempt attempt{
        .number = 0, .at = engine.now(), .took_us = 0, .status = {}, .answer = {}, .reason = {}};
    try {
        if (!tools.http) tools.http = engine.parts().http_client();
        const auto reply = tools.http->send(request_of(engine, endpoint, due, attempt.at));
        attempt.status = reply.status;
        attempt.answer = printable(reply.body);
        if (reply.status < 200 || reply.status > 299) attempt.reason = "answered " + std::to_string(reply.status);
    } catch (const std::exception& failure) {
        attempt.reason = failure.what();
    }
    attempt.took_us =
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - began).count();
    return attempt;
}

bool send(Engine& engine, SendingTools& tools, const app::WebhookEndpoint& endpoint, const app::DueDelivery& due) {
    const auto attempt = attempt_of(engine, tools, endpoint, due);
    auto delivery = due.delivery;
    app::conclude(delivery, attempt, engine.now());
    auto& figures = engine.outbox();
    ++(attempt.reason.empty() ? figures.webhooks_delivered : figures.webhooks_failed);
    try {
        engine.writer().submit([delivery, attempt](app::Store& store) { store.webhooks().record(delivery, attempt); },
                               [](const std::exception_ptr&) {});
    } catch (const Busy&) {
        // Its claim ends, and it is sent once more.
    }
    return attempt.reason.empty();
}

}  // namespace

bool read_events(app::Store& store, IdSource& ids, app::WebhookEndpointId id, Instant now, std::int64_t limit) {
    auto endpoint = store.webhooks().hold_endpoint(id);
    if (!endpoint || !endpoint->is_enabled || endpoint->removed_at) return false;
    const auto events = store.events(endpoint->op, {.after = endpoint->read_through, .limit = limit});
    if (events.empty()) return false;
    std::vector<app::WebhookDelivery> deliveries;
    for (const auto& event : events)
        if (endpoint->wants(app::name_of(event.type)))
            deliveries.push_back({.id = ids.next<app::WebhookDeliveryId>(),
                                  .endpoint = id,
                                  .event = event.sequence,
                                  .event_type = std::string(app::name_of(event.type)),
                                  .created_at = now,
                                  .next_attempt_at = now});
    store.webhooks().enqueue(*endpoint, deliveries);
    endpoint->read_through = events.back().sequence;
    store.webhooks().update(*endpoint);
    return static_cast<std::int64_t>(events.size()) == limit;
}

std::string webhook_body(const app::DueDelivery& due) {
    if (due.event) return json::serialize(api::json_of(*due.event));
    return json::serialize(json::object{{"type", due.delivery.event_type},
                                        {"id", due.delivery.id.text()},
                                        {"at", api::json_of(due.delivery.created_at)}});
}

Sending webhook_sending(Engine& engine, const app::WebhookEndpoint& endpoint, app::DueDelivery due, Instant until) {
    return {
        [&engine, endpoint, due = std::move(due)](SendingTools& tools) { return send(engine, tools, endpoint, due); },
        until};
}

}  // namespace sluice::serve
