// Webhooks as Standard Webhooks 1.0 has them: what is signed and how, which addresses are told, when it is tried again.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/ports/hasher.hpp"
#include "app/ports/webhook_store.hpp"

namespace sluice::app {

// HMAC with SHA-256 (RFC 2104).
std::string hmac(const Hasher& hasher, std::string_view key, std::string_view text);

// "whsec_…" of these random bytes.
std::string webhook_secret(std::string_view random);
constexpr std::size_t webhook_secret_bytes = 32;

// "v1,…": over "id.timestamp.body".  REQUIRES: a secret as webhook_secret() makes them.
std::string webhook_signature(const Hasher& hasher, std::string_view secret, std::string_view id,
                              std::string_view timestamp, std::string_view body);

// What is wrong with an address, in words.
std::optional<std::string> fault_in_webhook_url(std::string_view url, bool private_networks_allowed);

// When something that has failed `attempts` times is tried again; nothing when it is given up: after two and a half
// days.
std::optional<Instant> next_attempt(std::int64_t attempts, Instant now);

// What the delivery becomes by an attempt: 2xx is taken, 410 (gone) is never asked again, all else is.
void conclude(WebhookDelivery& delivery, const WebhookAttempt& attempt, Instant now);

}  // namespace sluice::app
