#include "serve/outbox/mail_sending.hpp"

#include <algorithm>

#include "app/mime_message.hpp"
#include "app/webhooks.hpp"

namespace sluice::serve {
namespace {

using app::MessageState;

constexpr std::size_t longest_reason = 500;

bool is_on(const app::MailSettings& settings, const app::MessageKind& kind) {
    return std::find(settings.kinds.begin(), settings.kinds.end(), kind.name) != settings.kinds.end();
}

app::Message message_of(const app::MailSettings& settings, std::span<const app::MessageTemplate> own,
                        const app::MessageKind& kind, const app::MessageFacts& facts, const OperatorBook& book,
                        app::MessageId id, Instant now) {
    const auto& wording = app::choose_template(own, kind.name, facts.language, settings.language);
    const auto values = app::values_of(facts, book.op, book.zone.date_at(facts.event.at));
    app::Message message{.id = id,
                         .subscriber = *facts.event.subscriber,
                         .op = settings.op,
                         .event = facts.event.sequence,
                         .kind = std::string(kind.name),
                         .language = wording.language,
                         .recipient = facts.email,
                         .subject = app::fill_in(wording.subject, values),
                         .body = app::fill_in(wording.body, values),
                         .created_at = now,
                         .next_attempt_at = now};
    if (!message.recipient.empty()) return message;
    message.state = MessageState::no_address;
    message.reason = "the subscriber has no e-mail address";
    message.next_attempt_at.reset();
    message.ended_at = now;
    return message;
}

// `refused`: the server will never take it.
void fail(app::Message& message, bool refused, const std::string& why, Instant now) {
    message.reason = why.substr(0, longest_reason);
    message.next_attempt_at = refused ? std::nullopt : app::next_attempt(message.attempts, now);
    if (message.next_attempt_at) return;
    message.state = refused ? MessageState::refused : MessageState::given_up;
    message.ended_at = now;
}

// GIVES: whether the mail server does its work, whatever it thinks of this message.
bool attempt(Engine& engine, SendingTools& tools, const app::MailSettings& settings, app::Message& message) {
    const auto& parts = engine.parts();
    ++message.attempts;
    try {
        if (!tools.mailer) tools.mailer = parts.mailer();
        tools.mailer->send(server_of(*parts.secrets, settings), settings.from_address, message.recipient,
                           text_of_mail(settings, message));
        message.state = MessageState::sent;
        message.reason.clear();
        message.next_attempt_at.reset();
        message.ended_at = engine.now();
        return true;
    } catch (const app::MailRefused& refused) {
        fail(message, true, refused.what(), engine.now());
        return true;
    } catch (const std::exception& failure) {
        fail(message, false, failure.what(), engine.now());
        return false;
    }
}

bool send(Engine& engine, SendingTools& tools, const app::MailSettings& settings, app::Message message) {
    const bool works = attempt(engine, tools, settings, message);
    auto& figures = engine.outbox();
    ++(message.state == MessageState::sent ? figures.messages_sent : figures.messages_failed);
    try {
        engine.writer().submit([message = std::move(message)](app::Store& store) { store.messages().record(message); },
                               [](const std::exception_ptr&) {});
    } catch (const Busy&) {
        // Its claim ends, and it is sent once more.
    }
    return works;
}

}  // namespace

bool read_mail_events(app::Store& store, IdSource& ids, const OperatorBook& book, Instant now, std::int64_t limit) {
    auto& messages = store.messages();
    auto settings = messages.hold_mail_settings(book.op.id);
    if (!settings || !settings->is_enabled) return false;
    const auto last = store.webhooks().last_event(book.op.id);
    const auto through = std::min(last, settings->read_through + limit);
    const auto own = messages.templates(book.op.id);
    std::vector<app::Message> made;
    for (const auto& facts : messages.facts(book.op.id, book.op.currency, settings->read_through, through)) {
        const auto* kind = app::message_kind_of(facts.event.type);
        if (!kind || !is_on(*settings, *kind)) continue;
        made.push_back(message_of(*settings, own, *kind, facts, book, ids.next<app::MessageId>(), now));
    }
    messages.enqueue(made);
    settings->read_through = through;
    messages.save(*settings);
    return through < last;
}

Sending mail_sending(Engine& engine, const app::MailSettings& settings, app::Message message, Instant until) {
    return {[&engine, settings, message = std::move(message)](SendingTools& tools) {
                return send(engine, tools, settings, message);
            },
            until};
}

app::MailServer server_of(app::SecretBox& secrets, const app::MailSettings& settings) {
    using Security = app::MailServer::Security;
    return {.host = settings.host,
            .port = settings.port,
            .security = settings.security == app::MailSecurity::tls        ? Security::tls
                        : settings.security == app::MailSecurity::starttls ? Security::starttls
                                                                           : Security::none,
            .username = settings.username,
            .password = settings.sealed_password.empty() ? std::string{} : secrets.open(settings.sealed_password)};
}

std::string text_of_mail(const app::MailSettings& settings, const app::Message& message) {
    return app::mime_message({.from_name = settings.from_name,
                              .from_address = settings.from_address,
                              .to = message.recipient,
                              .reply_to = settings.reply_to,
                              .subject = message.subject,
                              .body = message.body,
                              .id = message.id.text(),
                              .at = message.created_at});
}

}  // namespace sluice::serve
