// What is kept of webhooks: who wants to be told of events, what they were told, and how that went.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/ports/administration.hpp"

namespace sluice::app {

struct WebhookEndpointTag {
    static constexpr std::string_view prefix = "endpoint";
};
using WebhookEndpointId = Id<WebhookEndpointTag>;
struct WebhookDeliveryTag {
    static constexpr std::string_view prefix = "delivery";
};
using WebhookDeliveryId = Id<WebhookDeliveryTag>;
// Of one claim on rows that wait.
struct ClaimTag {
    static constexpr std::string_view prefix = "claim";
};
using ClaimId = Id<ClaimTag>;

struct WebhookEndpoint {
    WebhookEndpointId id;
    customers::OperatorId op;
    std::string url;
    std::string description;
    std::vector<std::string> event_types;  // none: all
    bool is_enabled = true;
    std::string sealed_secret;
    std::string sealed_old_secret = {};  // signs too, until:
    std::optional<Instant> old_secret_until = {};
    std::int64_t read_through = 0;  // events up to this one have their deliveries
    Instant created_at;
    std::optional<Instant> removed_at = {};

    bool wants(std::string_view event_type) const;
};

enum class DeliveryState { waiting, delivered, given_up };
std::string_view name_of(DeliveryState state);
std::optional<DeliveryState> parse_delivery_state(std::string_view name);

// One event for one endpoint. Its id is what receivers know it by, however often it comes.
struct WebhookDelivery {
    WebhookDeliveryId id;
    WebhookEndpointId endpoint;
    std::optional<std::int64_t> event;  // its sequence; none: a test
    std::string event_type;
    DeliveryState state = DeliveryState::waiting;
    std::int64_t attempts = 0;
    Instant created_at;
    std::optional<Instant> next_attempt_at = {};
    std::optional<Instant> ended_at = {};
};

// One that is to be sent now, with what it tells.
struct DueDelivery {
    WebhookDelivery delivery;
    std::optional<Event> event;
};

struct WebhookAttempt {
    std::int64_t number;
    Instant at;
    std::int64_t took_us;
    std::optional<std::int64_t> status;  // none: no answer came
    std::string answer;                  // how it begins
    std::string reason;                  // empty: it was taken
};

// Newest first.
struct DeliveryQuery {
    std::optional<WebhookEndpointId> endpoint = {};
    std::optional<DeliveryState> state = {};
    std::optional<WebhookDeliveryId> before = {};
    std::int64_t limit = 50;
};

class WebhookStore {
public:
    virtual ~WebhookStore() = default;

    virtual void add(const WebhookEndpoint& endpoint) = 0;
    virtual void update(const WebhookEndpoint& endpoint) = 0;  // all but its id, operator and creation
    virtual std::vector<WebhookEndpoint> endpoints(customers::OperatorId op) = 0;  // in order of creation
    virtual std::optional<WebhookEndpoint> find_endpoint(WebhookEndpointId id) = 0;
    // Held until the transaction ends.
    virtual std::optional<WebhookEndpoint> hold_endpoint(WebhookEndpointId id) = 0;
    virtual std::int64_t last_event(customers::OperatorId op) = 0;

    // Enabled ones, of all operators, whose events have not been read to the end.
    virtual std::vector<WebhookEndpoint> endpoints_behind() = 0;
    // Enabled ones, of all operators, with something to be sent now.
    virtual std::vector<WebhookEndpoint> endpoints_due(Instant now) = 0;
    // What is there already for the same event waits again, under its own id.
    virtual void enqueue(const WebhookEndpoint& endpoint, std::span<const WebhookDelivery> deliveries) = 0;
    // At most `limit` of those that are due and that nobody else has claimed; they are the caller's until `until`.
    virtual std::vector<DueDelivery> claim(WebhookEndpointId endpoint, ClaimId claim, Instant now, Instant until,
                                           std::int64_t limit) = 0;
    // Nobody is sending any more what was claimed; `claim` none: whoever it was.
    virtual void release(std::optional<ClaimId> claim) = 0;
    // What came of an attempt: `delivery` as it is now.
    virtual void record(const WebhookDelivery& delivery, const WebhookAttempt& attempt) = 0;
    // It waits to be sent now.
    virtual void send_again(const WebhookDelivery& delivery, Instant now) = 0;

    virtual std::vector<WebhookDelivery> deliveries(customers::OperatorId op, const DeliveryQuery& query) = 0;
    virtual std::optional<DueDelivery> find_delivery(customers::OperatorId op, WebhookDeliveryId id) = 0;
    virtual std::vector<WebhookAttempt> attempts(const WebhookDelivery& delivery) = 0;  // in order

    virtual std::int64_t count_waiting() = 0;
    // Forgets at most `limit` deliveries that have ended before; how many it were.
    virtual std::int64_t forget_before(Instant time, std::int64_t limit) = 0;
};

}  // namespace sluice::app
