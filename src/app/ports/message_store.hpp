// What is kept of e-mail to subscribers: how it is sent, in which words, and each message with what came of it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/ports/administration.hpp"
#include "app/ports/webhook_store.hpp"
#include "values/money.hpp"

namespace sluice::app {

struct MessageTag {
    static constexpr std::string_view prefix = "message";
};
using MessageId = Id<MessageTag>;

enum class MailSecurity { starttls, tls, none };
std::string_view name_of(MailSecurity security);
std::optional<MailSecurity> parse_mail_security(std::string_view name);

struct MailSettings {
    customers::OperatorId op;
    std::string host;
    std::int64_t port = 587;
    MailSecurity security = MailSecurity::starttls;
    std::string username = {};
    std::string sealed_password = {};
    std::string from_name = {};
    std::string from_address;
    std::string reply_to = {};
    std::string language = "en";  // for subscribers who have said none
    bool is_enabled = true;
    std::vector<std::string> kinds = {};  // of messages that are switched on
    std::int64_t read_through = 0;        // events up to this one have their messages
};

struct MessageTemplate {
    std::string kind;
    std::string language;
    std::string subject;
    std::string body;
};

enum class MessageState { waiting, sent, refused, no_address, given_up };
std::string_view name_of(MessageState state);

struct Message {
    MessageId id;
    customers::SubscriberId subscriber;
    customers::OperatorId op;
    std::optional<std::int64_t> event;  // its sequence; none: sent again by a clerk
    std::string kind;
    std::string language;
    std::string recipient;
    std::string subject;
    std::string body;
    MessageState state = MessageState::waiting;
    std::int64_t attempts = 0;
    std::string reason = {};  // why the last attempt failed
    Instant created_at;
    std::optional<Instant> next_attempt_at = {};
    std::optional<Instant> ended_at = {};
};

// What can be said of an event; a member is there when the event has it.
struct MessageFacts {
    Event event;
    std::string contact;
    std::string organization;
    std::string email;
    std::string language;
    Money balance;
    std::string document_number = {};
    std::optional<Money> document_total = {};
    std::optional<Money> document_open = {};
    std::optional<Date> document_date = {};
    std::optional<Date> document_due = {};
    std::optional<Money> amount = {};  // of the payment, refund, charge-back or checkout
    std::optional<Date> date = {};     // of the payment, refund or charge-back
    std::string method = {};
    std::string sub_service = {};
};

class MessageStore {
public:
    virtual ~MessageStore() = default;

    virtual void save(const MailSettings& settings) = 0;
    virtual std::optional<MailSettings> mail_settings(customers::OperatorId op) = 0;
    virtual std::optional<MailSettings> hold_mail_settings(customers::OperatorId op) = 0;

    virtual std::vector<MessageTemplate> templates(customers::OperatorId op) = 0;  // by kind and language
    virtual void save(customers::OperatorId op, const MessageTemplate& wording) = 0;
    virtual void remove_template(customers::OperatorId op, std::string_view kind, std::string_view language) = 0;

    // Of all operators, enabled ones: whose events have not been read to the end; with something to be sent now.
    virtual std::vector<MailSettings> senders_behind() = 0;
    virtual std::vector<MailSettings> senders_due(Instant now) = 0;
    // Of events after `after` up to `through` that are of a subscriber; in order.
    virtual std::vector<MessageFacts> facts(customers::OperatorId op, Currency currency, std::int64_t after,
                                            std::int64_t through) = 0;
    // The same of one event type for a subscriber, the newest; nothing when there was none.
    virtual std::optional<MessageFacts> latest_facts(customers::OperatorId op, Currency currency,
                                                     customers::SubscriberId subscriber,
                                                     std::string_view event_type) = 0;
    // What is there already for the same event stays.
    virtual void enqueue(std::span<const Message> messages) = 0;
    virtual std::vector<Message> claim(customers::OperatorId op, ClaimId claim, Instant now, Instant until,
                                       std::int64_t limit) = 0;
    virtual void release(std::optional<ClaimId> claim) = 0;
    virtual void record(const Message& message) = 0;  // state, attempts, reason, times

    // Newest first.
    virtual std::vector<Message> messages(customers::SubscriberId subscriber, std::optional<MessageId> before,
                                          std::int64_t limit) = 0;
    virtual std::optional<Message> find_message(customers::SubscriberId subscriber, MessageId id) = 0;

    virtual std::int64_t count_waiting() = 0;
    virtual std::int64_t forget_before(Instant time, std::int64_t limit) = 0;
};

}  // namespace sluice::app
