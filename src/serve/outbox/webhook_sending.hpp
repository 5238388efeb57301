// From an event to a webhook, and from a webhook to what came of it.
#pragma once

#include "app/ports/webhook_store.hpp"
#include "serve/outbox/lanes.hpp"

namespace sluice::serve {

// The next `limit` events become deliveries of this endpoint, in the store's transaction. GIVES: whether there are
// more.
bool read_events(app::Store& store, IdSource& ids, app::WebhookEndpointId endpoint, Instant now, std::int64_t limit);

// Sends it and records what came of it.
Sending webhook_sending(Engine& engine, const app::WebhookEndpoint& endpoint, app::DueDelivery due, Instant until);

// What is sent: the event as the API tells it. The same each time.
std::string webhook_body(const app::DueDelivery& due);

}  // namespace sluice::serve
