#include "store/sql/webhooks.hpp"

#include "store/sql/rows.hpp"
#include "store/sql/sql.hpp"
#include "store/sql/word_lists.hpp"

namespace sluice::store {

using customers::OperatorId;

namespace {

constexpr std::array<std::string_view, 3> delivery_state_names{"waiting", "delivered", "given_up"};

const std::string endpoint_columns =
    "e.id, e.operator_id, e.url, e.description, e.event_types, e.enabled, e.sealed_secret, e.sealed_old_secret, "
    "e.old_secret_until, e.read_through, e.created_at, e.removed_at FROM webhook_endpoints e ";

app::WebhookEndpoint read_endpoint(Query& row) {
    return {.id = row.get<app::WebhookEndpointId>(),
            .op = row.get<OperatorId>(),
            .url = row.get<std::string>(),
            .description = row.get<std::string>(),
            .event_types = words_in_lines(row.get<std::string_view>()),
            .is_enabled = row.get<bool>(),
            .sealed_secret = row.get<std::string>(),
            .sealed_old_secret = row.get<std::string>(),
            .old_secret_until = row.get<std::optional<Instant>>(),
            .read_through = row.get<std::int64_t>(),
            .created_at = row.get<Instant>(),
            .removed_at = row.get<std::optional<Instant>>()};
}

std::vector<app::WebhookEndpoint> all_endpoints(Query&& row) {
    std::vector<app::WebhookEndpoint> endpoints;
    while (row.next()) endpoints.push_back(read_endpoint(row));
    return endpoints;
}

std::optional<app::WebhookEndpoint> first_endpoint(Query&& row) {
    if (!row.next()) return std::nullopt;
    return read_endpoint(row);
}

const std::string delivery_columns =
    "d.id, d.endpoint_id, d.event_sequence, d.event_type, d.state, d.attempts, d.created_at, d.next_attempt_at, "
    "d.ended_at";

app::WebhookDelivery read_delivery(Query& row) {
    return {.id = row.get<app::WebhookDeliveryId>(),
            .endpoint = row.get<app::WebhookEndpointId>(),
            .event = row.get<std::optional<std::int64_t>>(),
            .event_type = row.get<std::string>(),
            .state = read_enum<app::DeliveryState>(delivery_state_names, row),
            .attempts = row.get<std::int64_t>(),
            .created_at = row.get<Instant>(),
            .next_attempt_at = row.get<std::optional<Instant>>(),
            .ended_at = row.get<std::optional<Instant>>()};
}

// A delivery with its event, when it has one.
const std::string told_columns = delivery_columns +
                                 ", v.at, v.subscriber_id, COALESCE(s.code, ''), v.object_id, v.actor FROM "
                                 "webhook_deliveries d LEFT JOIN events v ON v.operator_id = d.operator_id AND "
                                 "v.sequence = d.event_sequence LEFT JOIN subscribers s ON s.subscriber_id = "
                                 "v.subscriber_id ";

app::DueDelivery read_told(Query& row) {
    app::DueDelivery due{.delivery = read_delivery(row), .event = {}};
    const auto at = row.get<std::optional<Instant>>();
    if (!at) return due;
    const auto type = app::parse_event_type(due.delivery.event_type);
    check(type.has_value(), "a stored event is of a type that Sluice knows");
    const auto subscriber = row.get<std::optional<customers::SubscriberId>>();
    auto code = row.get<std::string>();
    const auto object = row.get<std::int64_t>();
    due.event =
        app::Event{*due.delivery.event, *type, *at, subscriber, std::move(code), object, row.get<std::string>()};
    return due;
}

constexpr std::string_view active = "e.enabled = 1 AND e.removed_at IS NULL AND ";

}  // namespace

void SqlWebhooks::add(const app::WebhookEndpoint& e) {
    Query(db_,
          "INSERT INTO webhook_endpoints (id, operator_id, url, description, event_types, enabled, sealed_secret, "
          "sealed_old_secret, old_secret_until, read_through, created_at) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
          e.id, e.op, e.url, e.description, lines_of(e.event_types), e.is_enabled, e.sealed_secret, e.sealed_old_secret,
          e.old_secret_until, e.read_through, e.created_at)
        .run();
}

void SqlWebhooks::update(const app::WebhookEndpoint& e) {
    Query(db_,
          "UPDATE webhook_endpoints SET url = ?, description = ?, event_types = ?, enabled = ?, sealed_secret = ?, "
          "sealed_old_secret = ?, old_secret_until = ?, read_through = ?, removed_at = ? WHERE id = ?",
          e.url, e.description, lines_of(e.event_types), e.is_enabled, e.sealed_secret, e.sealed_old_secret,
          e.old_secret_until, e.read_through, e.removed_at, e.id)
        .run();
}

std::vector<app::WebhookEndpoint> SqlWebhooks::endpoints(OperatorId op) {
    return all_endpoints(Query(
        db_, "SELECT " + endpoint_columns + "WHERE e.operator_id = ? AND e.removed_at IS NULL ORDER BY e.id", op));
}

std::optional<app::WebhookEndpoint> SqlWebhooks::find_endpoint(app::WebhookEndpointId id) {
    return first_endpoint(Query(db_, "SELECT " + endpoint_columns + "WHERE e.id = ?", id));
}

std::optional<app::WebhookEndpoint> SqlWebhooks::hold_endpoint(app::WebhookEndpointId id) {
    return first_endpoint(Query(
        db_, "SELECT " + endpoint_columns + "WHERE e.id = ?" + (db_.has_other_writers() ? " FOR NO KEY UPDATE" : ""),
        id));
}

std::int64_t SqlWebhooks::last_event(OperatorId op) {
    Query row(db_, "SELECT COALESCE(MAX(sequence), 0) FROM events WHERE operator_id = ?", op);
    return row.next() ? row.get<std::int64_t>() : 0;
}

std::vector<app::WebhookEndpoint> SqlWebhooks::endpoints_behind() {
    return all_endpoints(Query(db_, "SELECT " + endpoint_columns + "WHERE " + std::string(active) +
                                        "e.read_through < (SELECT COALESCE(MAX(v.sequence), 0) FROM events v WHERE "
                                        "v.operator_id = e.operator_id) ORDER BY e.id"));
}

std::vector<app::WebhookEndpoint> SqlWebhooks::endpoints_due(Instant now) {
    return all_endpoints(
        Query(db_,
              "SELECT " + endpoint_columns + "WHERE " + std::string(active) +
                  "EXISTS (SELECT 1 FROM webhook_deliveries d WHERE d.endpoint_id = e.id AND d.state = 'waiting' AND "
                  "d.next_attempt_at <= ? AND (d.claimed_until IS NULL OR d.claimed_until <= ?)) ORDER BY e.id",
              now, now));
}

void SqlWebhooks::enqueue(const app::WebhookEndpoint& endpoint, std::span<const app::WebhookDelivery> deliveries) {
    Inserter rows(db_, "webhook_deliveries",
                  {"endpoint_id", "id", "operator_id", "event_sequence", "event_type", "state", "attempts",
                   "created_at", "next_attempt_at"});
    rows.or_update(
        "(endpoint_id, event_sequence) DO UPDATE SET state = 'waiting', next_attempt_at = excluded.next_attempt_at, "
        "ended_at = NULL");
    for (const auto& d : deliveries)
        rows.row(endpoint.id, d.id, endpoint.op, d.event, d.event_type, name_in(delivery_state_names, d.state),
                 d.attempts, d.created_at, d.next_attempt_at);
    rows.flush();
}

std::vector<app::DueDelivery> SqlWebhooks::claim(app::WebhookEndpointId endpoint, app::ClaimId claim, Instant now,
                                                 Instant until, std::int64_t limit) {
    std::vector<app::DueDelivery> due;
    {
        Query row(db_,
                  "SELECT " + told_columns +
                      "WHERE d.endpoint_id = ? AND d.state = 'waiting' AND d.next_attempt_at <= ? AND "
                      "(d.claimed_until IS NULL OR d.claimed_until <= ?) ORDER BY d.next_attempt_at, d.id LIMIT ?" +
                      (db_.has_other_writers() ? " FOR NO KEY UPDATE OF d SKIP LOCKED" : ""),
                  endpoint, now, now, limit);
        while (row.next()) due.push_back(read_told(row));
    }
    using enum Updater::Type;
    Updater rows(db_, "webhook_deliveries", 2,
                 {{"endpoint_id", integer}, {"id", integer}, {"claim", integer}, {"claimed_until", integer}});
    for (const auto& one : due) rows.row(endpoint, one.delivery.id, claim, until);
    rows.flush();
    return due;
}

void SqlWebhooks::release(std::optional<app::ClaimId> claim) {
    const std::string sql = "UPDATE webhook_deliveries SET claim = NULL, claimed_until = NULL WHERE claim ";
    if (claim)
        Query(db_, sql + "= ?", *claim).run();
    else
        Query(db_, sql + "IS NOT NULL").run();
}

// A failure that comes late, after somebody else has delivered it, changes nothing but the log.
void SqlWebhooks::record(const app::WebhookDelivery& d, const app::WebhookAttempt& attempt) {
    std::int64_t number = 0;
    bool is_over = false;
    {
        Query row(db_,
                  std::string("SELECT attempts, state FROM webhook_deliveries WHERE endpoint_id = ? AND id = ?") +
                      (db_.has_other_writers() ? " FOR NO KEY UPDATE" : ""),
                  d.endpoint, d.id);
        if (!row.next()) return;  // forgotten meanwhile
        number = row.get<std::int64_t>() + 1;
        is_over = row.get<std::string_view>() == "delivered" && d.state != app::DeliveryState::delivered;
    }
    if (is_over)
        Query(db_, "UPDATE webhook_deliveries SET attempts = ? WHERE endpoint_id = ? AND id = ?", number, d.endpoint,
              d.id)
            .run();
    else
        Query(db_,
              "UPDATE webhook_deliveries SET state = ?, attempts = ?, next_attempt_at = ?, ended_at = ?, claim = NULL, "
              "claimed_until = NULL WHERE endpoint_id = ? AND id = ?",
              name_in(delivery_state_names, d.state), number, d.next_attempt_at, d.ended_at, d.endpoint, d.id)
            .run();
    Query(db_,
          "INSERT INTO webhook_attempts (endpoint_id, delivery_id, number, at, took_us, status, answer, reason) VALUES "
          "(?,?,?,?,?,?,?,?)",
          d.endpoint, d.id, number, attempt.at, attempt.took_us, attempt.status, attempt.answer, attempt.reason)
        .run();
}

void SqlWebhooks::send_again(const app::WebhookDelivery& d, Instant now) {
    Query(db_,
          "UPDATE webhook_deliveries SET state = 'waiting', next_attempt_at = ?, ended_at = NULL, claim = NULL, "
          "claimed_until = NULL WHERE endpoint_id = ? AND id = ?",
          now, d.endpoint, d.id)
        .run();
}

std::vector<app::WebhookDelivery> SqlWebhooks::deliveries(OperatorId op, const app::DeliveryQuery& query) {
    Sql sql("SELECT " + delivery_columns + " FROM webhook_deliveries d WHERE d.operator_id = ? AND d.id < ?", op,
            query.before ? query.before->value() : INT64_MAX);
    if (query.endpoint) sql.add(" AND d.endpoint_id = ?", *query.endpoint);
    if (query.state) sql.add(" AND d.state = ?", name_in(delivery_state_names, *query.state));
    sql.add(" ORDER BY d.id DESC LIMIT ?", query.limit);
    std::vector<app::WebhookDelivery> deliveries;
    Query row(db_, sql);
    while (row.next()) deliveries.push_back(read_delivery(row));
    return deliveries;
}

std::optional<app::DueDelivery> SqlWebhooks::find_delivery(OperatorId op, app::WebhookDeliveryId id) {
    Query row(db_, "SELECT " + told_columns + "WHERE d.operator_id = ? AND d.id = ?", op, id);
    if (!row.next()) return std::nullopt;
    return read_told(row);
}

std::vector<app::WebhookAttempt> SqlWebhooks::attempts(const app::WebhookDelivery& delivery) {
    std::vector<app::WebhookAttempt> attempts;
    Query row(db_,
              "SELECT number, at, took_us, status, answer, reason FROM webhook_attempts WHERE endpoint_id = ? AND "
              "delivery_id = ? ORDER BY number",
              delivery.endpoint, delivery.id);
    while (row.next()) {
        const auto number = row.get<std::int64_t>();
        const auto at = row.get<Instant>();
        const auto took_us = row.get<std::int64_t>();
        const auto status = row.get<std::optional<std::int64_t>>();
        auto answer = row.get<std::string>();
        attempts.push_back({number, at, took_us, status, std::move(answer), row.get<std::string>()});
    }
    return attempts;
}

std::int64_t SqlWebhooks::count_waiting() {
    Query row(db_, "SELECT COUNT(*) FROM webhook_deliveries WHERE state = 'waiting'");
    return row.next() ? row.get<std::int64_t>() : 0;
}

std::int64_t SqlWebhooks::forget_before(Instant time, std::int64_t limit) {
    std::vector<std::pair<std::int64_t, std::int64_t>> old;
    {
        Query row(db_,
                  "SELECT endpoint_id, id FROM webhook_deliveries WHERE ended_at IS NOT NULL AND ended_at < ? ORDER BY "
                  "ended_at LIMIT ?",
                  time, limit);
        while (row.next()) {
            const auto endpoint = row.get<std::int64_t>();
            old.emplace_back(endpoint, row.get<std::int64_t>());
        }
    }
    for (const auto& [endpoint, id] : old) {
        Query(db_, "DELETE FROM webhook_attempts WHERE endpoint_id = ? AND delivery_id = ?", endpoint, id).run();
        Query(db_, "DELETE FROM webhook_deliveries WHERE endpoint_id = ? AND id = ?", endpoint, id).run();
    }
    return static_cast<std::int64_t>(old.size());
}

}  // namespace sluice::store
