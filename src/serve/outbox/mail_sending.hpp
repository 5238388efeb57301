// From an event to a message for its subscriber, and from a message to what came of it.
#pragma once

#include "app/message_kinds.hpp"
#include "app/ports/mailer.hpp"
#include "serve/engine/operator_books.hpp"
#include "serve/outbox/lanes.hpp"

namespace sluice::serve {

// The next `limit` events become messages, in the store's transaction. GIVES: whether there are more.
bool read_mail_events(app::Store& store, IdSource& ids, const OperatorBook& book, Instant now, std::int64_t limit);

// Sends it and records what came of it.
Sending mail_sending(Engine& engine, const app::MailSettings& settings, app::Message message, Instant until);

// Throws app::SecretsUnavailable.
app::MailServer server_of(app::SecretBox& secrets, const app::MailSettings& settings);
// As it goes over the wire.
std::string text_of_mail(const app::MailSettings& settings, const app::Message& message);

}  // namespace sluice::serve
