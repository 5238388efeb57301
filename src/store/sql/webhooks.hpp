// Webhooks: endpoints, deliveries that wait, attempts.
#pragma once

#include "app/ports/webhook_store.hpp"
#include "store/sql/connection.hpp"

namespace sluice::store {

class SqlWebhooks final : public app::WebhookStore {
public:
    explicit SqlWebhooks(Connection& db) : db_(db) {}

    void add(const app::WebhookEndpoint& endpoint) override;
    void update(const app::WebhookEndpoint& endpoint) override;
    std::vector<app::WebhookEndpoint> endpoints(customers::OperatorId op) override;
    std::optional<app::WebhookEndpoint> find_endpoint(app::WebhookEndpointId id) override;
    std::optional<app::WebhookEndpoint> hold_endpoint(app::WebhookEndpointId id) override;
    std::int64_t last_event(customers::OperatorId op) override;
    std::vector<app::WebhookEndpoint> endpoints_behind() override;
    std::vector<app::WebhookEndpoint> endpoints_due(Instant now) override;
    void enqueue(const app::WebhookEndpoint& endpoint, std::span<const app::WebhookDelivery> deliveries) override;
    std::vector<app::DueDelivery> claim(app::WebhookEndpointId endpoint, app::ClaimId claim, Instant now, Instant until,
                                        std::int64_t limit) override;
    void release(std::optional<app::ClaimId> claim) override;
    void record(const app::WebhookDelivery& delivery, const app::WebhookAttempt& attempt) override;
    void send_again(const app::WebhookDelivery& delivery, Instant now) override;
    std::vector<app::WebhookDelivery> deliveries(customers::OperatorId op, const app::DeliveryQuery& query) override;
    std::optional<app::DueDelivery> find_delivery(customers::OperatorId op, app::WebhookDeliveryId id) override;
    std::vector<app::WebhookAttempt> attempts(const app::WebhookDelivery& delivery) override;
    std::int64_t count_waiting() override;
    std::int64_t forget_before(Instant time, std::int64_t limit) override;

private:
    Connection& db_;
};

}  // namespace sluice::store
