#include "store/sql/messages.hpp"

#include "store/sql/rows.hpp"
#include "store/sql/sql.hpp"
#include "store/sql/word_lists.hpp"

namespace sluice::store {

using customers::OperatorId;
using customers::SubscriberId;

namespace {

constexpr std::array<std::string_view, 3> security_names{"starttls", "tls", "none"};
constexpr std::array<std::string_view, 5> message_state_names{"waiting", "sent", "refused", "no_address", "given_up"};

const std::string settings_columns =
    "m.operator_id, m.host, m.port, m.security, m.username, m.sealed_password, m.from_name, m.from_address, "
    "m.reply_to, m.language, m.enabled, m.kinds, m.read_through FROM mail_settings m ";

app::MailSettings read_mail_settings(Query& row) {
    return {.op = row.get<OperatorId>(),
            .host = row.get<std::string>(),
            .port = row.get<std::int64_t>(),
            .security = read_enum<app::MailSecurity>(security_names, row),
            .username = row.get<std::string>(),
            .sealed_password = row.get<std::string>(),
            .from_name = row.get<std::string>(),
            .from_address = row.get<std::string>(),
            .reply_to = row.get<std::string>(),
            .language = row.get<std::string>(),
            .is_enabled = row.get<bool>(),
            .kinds = words_in_lines(row.get<std::string_view>()),
            .read_through = row.get<std::int64_t>()};
}

std::optional<app::MailSettings> first_settings(Query&& row) {
    if (!row.next()) return std::nullopt;
    return read_mail_settings(row);
}

std::vector<app::MailSettings> all_settings(Query&& row) {
    std::vector<app::MailSettings> settings;
    while (row.next()) settings.push_back(read_mail_settings(row));
    return settings;
}

const std::string message_columns =
    "m.id, m.subscriber_id, m.operator_id, m.event_sequence, m.kind, m.language, m.recipient, m.subject, m.body, "
    "m.state, m.attempts, m.reason, m.created_at, m.next_attempt_at, m.ended_at FROM messages m ";

app::Message read_message(Query& row) {
    return {.id = row.get<app::MessageId>(),
            .subscriber = row.get<SubscriberId>(),
            .op = row.get<OperatorId>(),
            .event = row.get<std::optional<std::int64_t>>(),
            .kind = row.get<std::string>(),
            .language = row.get<std::string>(),
            .recipient = row.get<std::string>(),
            .subject = row.get<std::string>(),
            .body = row.get<std::string>(),
            .state = read_enum<app::MessageState>(message_state_names, row),
            .attempts = row.get<std::int64_t>(),
            .reason = row.get<std::string>(),
            .created_at = row.get<Instant>(),
            .next_attempt_at = row.get<std::optional<Instant>>(),
            .ended_at = row.get<std::optional<Instant>>()};
}

std::vector<app::Message> all_messages(Query&& row) {
    std::vector<app::Message> messages;
    while (row.next()) messages.push_back(read_message(row));
    return messages;
}

// Ids are unique beyond their table, so that an event's object is found by its id alone. Of refunds and charge-backs
// the event names the payment: the n-th event of a payment tells of its n-th one.
const std::string facts_sql =
    "SELECT v.sequence, v.type, v.at, v.subscriber_id, s.code, v.object_id, v.actor, s.contact, s.organization, "
    "s.email, s.language, COALESCE(h.balance, 0), COALESCE(d.number, f.number, ''), COALESCE(d.total, f.total), "
    "COALESCE(d.date, f.date), COALESCE(d.due, f.runs_out_on, f.expires_on), COALESCE(o.open, 0), p.amount, p.date, "
    "COALESCE(p.method, ''), r.amount, r.date, COALESCE(c.total, CASE v.type WHEN 'automatic_payment.above_cap' THEN "
    "a.told_amount ELSE a.failed_amount END), COALESCE(b.code, '') FROM events v JOIN "
    "subscribers s ON s.subscriber_id = v.subscriber_id LEFT JOIN journal_heads h ON h.subscriber_id = v.subscriber_id "
    "LEFT JOIN documents d ON d.subscriber_id = v.subscriber_id AND d.id = v.object_id LEFT JOIN open_documents o ON "
    "o.subscriber_id = v.subscriber_id AND o.id = v.object_id LEFT JOIN payments p ON p.subscriber_id = "
    "v.subscriber_id AND p.id = v.object_id LEFT JOIN refunds r ON r.subscriber_id = v.subscriber_id AND r.payment_id "
    "= v.object_id AND r.kind = CASE v.type WHEN 'payment.refunded' THEN 'refund' WHEN 'payment.charged_back' THEN "
    "'charge_back' ELSE '' END AND (SELECT COUNT(*) FROM refunds q WHERE q.subscriber_id = r.subscriber_id AND "
    "q.payment_id = r.payment_id AND q.kind = r.kind AND q.id < r.id) = (SELECT COUNT(*) FROM events w WHERE "
    "w.subscriber_id = v.subscriber_id AND w.operator_id = v.operator_id AND w.sequence < v.sequence AND w.type = "
    "v.type AND w.object_id = v.object_id) LEFT JOIN checkouts c ON c.subscriber_id = v.subscriber_id AND c.id = "
    "v.object_id LEFT JOIN sub_services b ON b.subscriber_id = v.subscriber_id AND b.id = v.object_id LEFT JOIN "
    "pro_formas f ON f.subscriber_id = v.subscriber_id AND f.id = v.object_id LEFT JOIN "
    "automatic_payments a ON a.subscriber_id = v.subscriber_id AND a.id = v.object_id ";

std::optional<Money> money_in(Query& row, Currency currency) {
    const auto minor = row.get<std::optional<std::int64_t>>();
    return minor ? std::optional(Money::minor(*minor, currency)) : std::nullopt;
}

app::MessageFacts read_facts(Query& row, Currency currency) {
    const auto sequence = row.get<std::int64_t>();
    const auto type = app::parse_event_type(row.get<std::string_view>());
    check(type.has_value(), "a stored event is of a type that Sluice knows");
    const auto at = row.get<Instant>();
    const auto subscriber = row.get<std::optional<SubscriberId>>();
    auto code = row.get<std::string>();
    const auto object = row.get<std::int64_t>();
    auto actor = row.get<std::string>();
    app::MessageFacts facts{.event = {sequence, *type, at, subscriber, std::move(code), object, std::move(actor)},
                            .contact = row.get<std::string>(),
                            .organization = row.get<std::string>(),
                            .email = row.get<std::string>(),
                            .language = row.get<std::string>(),
                            .balance = row.money(currency)};
    facts.document_number = row.get<std::string>();
    facts.document_total = money_in(row, currency);
    facts.document_date = row.get<std::optional<Date>>();
    facts.document_due = row.get<std::optional<Date>>();
    const auto open = row.money(currency);
    if (facts.document_total) facts.document_open = open;
    const auto payment = money_in(row, currency);
    const auto payment_date = row.get<std::optional<Date>>();
    facts.method = row.get<std::string>();
    const auto refund = money_in(row, currency);
    const auto refund_date = row.get<std::optional<Date>>();
    const auto checkout = money_in(row, currency);
    facts.amount = refund ? refund : payment ? payment : checkout;
    facts.date = refund_date ? refund_date : payment_date;
    facts.sub_service = row.get<std::string>();
    return facts;
}

}  // namespace

void SqlMessages::save(const app::MailSettings& m) {
    Query(db_,
          "INSERT INTO mail_settings (operator_id, host, port, security, username, sealed_password, from_name, "
          "from_address, reply_to, language, enabled, kinds, read_through) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?) ON "
          "CONFLICT (operator_id) DO UPDATE SET host = excluded.host, port = excluded.port, security = "
          "excluded.security, username = excluded.username, sealed_password = excluded.sealed_password, from_name = "
          "excluded.from_name, from_address = excluded.from_address, reply_to = excluded.reply_to, language = "
          "excluded.language, enabled = excluded.enabled, kinds = excluded.kinds, read_through = excluded.read_through",
          m.op, m.host, m.port, name_in(security_names, m.security), m.username, m.sealed_password, m.from_name,
          m.from_address, m.reply_to, m.language, m.is_enabled, lines_of(m.kinds), m.read_through)
        .run();
}

std::optional<app::MailSettings> SqlMessages::mail_settings(OperatorId op) {
    return first_settings(Query(db_, "SELECT " + settings_columns + "WHERE m.operator_id = ?", op));
}

std::optional<app::MailSettings> SqlMessages::hold_mail_settings(OperatorId op) {
    return first_settings(Query(db_,
                                "SELECT " + settings_columns + "WHERE m.operator_id = ?" +
                                    (db_.has_other_writers() ? " FOR NO KEY UPDATE" : ""),
                                op));
}

std::vector<app::MessageTemplate> SqlMessages::templates(OperatorId op) {
    std::vector<app::MessageTemplate> templates;
    Query row(db_,
              "SELECT kind, language, subject, body FROM message_templates WHERE operator_id = ? ORDER BY kind, "
              "language",
              op);
    while (row.next()) {
        auto kind = row.get<std::string>();
        auto language = row.get<std::string>();
        auto subject = row.get<std::string>();
        templates.push_back({std::move(kind), std::move(language), std::move(subject), row.get<std::string>()});
    }
    return templates;
}

void SqlMessages::save(OperatorId op, const app::MessageTemplate& wording) {
    Query(db_,
          "INSERT INTO message_templates (operator_id, kind, language, subject, body) VALUES (?,?,?,?,?) ON CONFLICT "
          "(operator_id, kind, language) DO UPDATE SET subject = excluded.subject, body = excluded.body",
          op, wording.kind, wording.language, wording.subject, wording.body)
        .run();
}

void SqlMessages::remove_template(OperatorId op, std::string_view kind, std::string_view language) {
    Query(db_, "DELETE FROM message_templates WHERE operator_id = ? AND kind = ? AND language = ?", op, kind, language)
        .run();
}

std::vector<app::MailSettings> SqlMessages::senders_behind() {
    return all_settings(Query(db_, "SELECT " + settings_columns +
                                       "WHERE m.enabled = 1 AND m.read_through < (SELECT COALESCE(MAX(v.sequence), 0) "
                                       "FROM events v WHERE v.operator_id = m.operator_id) ORDER BY m.operator_id"));
}

std::vector<app::MailSettings> SqlMessages::senders_due(Instant now) {
    return all_settings(
        Query(db_,
              "SELECT " + settings_columns +
                  "WHERE m.enabled = 1 AND EXISTS (SELECT 1 FROM messages d WHERE d.operator_id = m.operator_id AND "
                  "d.state = 'waiting' AND d.next_attempt_at <= ? AND (d.claimed_until IS NULL OR d.claimed_until <= "
                  "?)) ORDER BY m.operator_id",
              now, now));
}

std::vector<app::MessageFacts> SqlMessages::facts(OperatorId op, Currency currency, std::int64_t after,
                                                  std::int64_t through) {
    std::vector<app::MessageFacts> all;
    Query row(db_, facts_sql + "WHERE v.operator_id = ? AND v.sequence > ? AND v.sequence <= ? ORDER BY v.sequence", op,
              after, through);
    while (row.next()) all.push_back(read_facts(row, currency));
    return all;
}

std::optional<app::MessageFacts> SqlMessages::latest_facts(OperatorId op, Currency currency, SubscriberId subscriber,
                                                           std::string_view event_type) {
    Query row(
        db_,
        facts_sql + "WHERE v.operator_id = ? AND v.subscriber_id = ? AND v.type = ? ORDER BY v.sequence DESC LIMIT 1",
        op, subscriber, event_type);
    if (!row.next()) return std::nullopt;
    return read_facts(row, currency);
}

void SqlMessages::enqueue(std::span<const app::Message> messages) {
    Inserter rows(db_, "messages",
                  {"subscriber_id", "id", "operator_id", "event_sequence", "kind", "language", "recipient", "subject",
                   "body", "state", "attempts", "reason", "created_at", "next_attempt_at", "ended_at"});
    rows.or_update("(subscriber_id, event_sequence) DO NOTHING");
    for (const auto& m : messages)
        rows.row(m.subscriber, m.id, m.op, m.event, m.kind, m.language, m.recipient, m.subject, m.body,
                 name_in(message_state_names, m.state), m.attempts, m.reason, m.created_at, m.next_attempt_at,
                 m.ended_at);
    rows.flush();
}

// Who claims holds the operator's settings: messages are spread by subscriber, and cannot be held by anything else.
std::vector<app::Message> SqlMessages::claim(OperatorId op, app::ClaimId claim, Instant now, Instant until,
                                             std::int64_t limit) {
    if (db_.has_other_writers() &&
        !Query(db_, "SELECT 1 FROM mail_settings WHERE operator_id = ? FOR NO KEY UPDATE SKIP LOCKED", op).next())
        return {};
    auto due =
        all_messages(Query(db_,
                           "SELECT " + message_columns +
                               "WHERE m.operator_id = ? AND m.state = 'waiting' AND m.next_attempt_at <= ? AND "
                               "(m.claimed_until IS NULL OR m.claimed_until <= ?) ORDER BY m.next_attempt_at LIMIT ?",
                           op, now, now, limit));
    using enum Updater::Type;
    Updater rows(db_, "messages", 2,
                 {{"subscriber_id", integer}, {"id", integer}, {"claim", integer}, {"claimed_until", integer}});
    for (const auto& message : due) rows.row(message.subscriber, message.id, claim, until);
    rows.flush();
    return due;
}

void SqlMessages::release(std::optional<app::ClaimId> claim) {
    const std::string sql = "UPDATE messages SET claim = NULL, claimed_until = NULL WHERE claim ";
    if (claim)
        Query(db_, sql + "= ?", *claim).run();
    else
        Query(db_, sql + "IS NOT NULL").run();
}

void SqlMessages::record(const app::Message& m) {
    Query(db_,
          "UPDATE messages SET state = ?, attempts = ?, reason = ?, next_attempt_at = ?, ended_at = ?, claim = NULL, "
          "claimed_until = NULL WHERE subscriber_id = ? AND id = ?",
          name_in(message_state_names, m.state), m.attempts, m.reason, m.next_attempt_at, m.ended_at, m.subscriber,
          m.id)
        .run();
}

std::vector<app::Message> SqlMessages::messages(SubscriberId subscriber, std::optional<app::MessageId> before,
                                                std::int64_t limit) {
    return all_messages(
        Query(db_, "SELECT " + message_columns + "WHERE m.subscriber_id = ? AND m.id < ? ORDER BY m.id DESC LIMIT ?",
              subscriber, before ? before->value() : INT64_MAX, limit));
}

std::optional<app::Message> SqlMessages::find_message(SubscriberId subscriber, app::MessageId id) {
    Query row(db_, "SELECT " + message_columns + "WHERE m.subscriber_id = ? AND m.id = ?", subscriber, id);
    if (!row.next()) return std::nullopt;
    return read_message(row);
}

std::int64_t SqlMessages::count_waiting() {
    Query row(db_, "SELECT COUNT(*) FROM messages WHERE state = 'waiting'");
    return row.next() ? row.get<std::int64_t>() : 0;
}

std::int64_t SqlMessages::forget_before(Instant time, std::int64_t limit) {
    std::vector<std::pair<std::int64_t, std::int64_t>> old;
    {
        Query row(db_,
                  "SELECT subscriber_id, id FROM messages WHERE ended_at IS NOT NULL AND ended_at < ? ORDER BY "
                  "ended_at LIMIT ?",
                  time, limit);
        while (row.next()) {
            const auto subscriber = row.get<std::int64_t>();
            old.emplace_back(subscriber, row.get<std::int64_t>());
        }
    }
    for (const auto& [subscriber, id] : old)
        Query(db_, "DELETE FROM messages WHERE subscriber_id = ? AND id = ?", subscriber, id).run();
    return static_cast<std::int64_t>(old.size());
}

}  // namespace sluice::store
