// E-mail to subscribers: settings, the operators' own words, messages that wait and what came of them.
#pragma once

#include "app/ports/message_store.hpp"
#include "store/sql/connection.hpp"

namespace sluice::store {

class SqlMessages final : public app::MessageStore {
public:
    explicit SqlMessages(Connection& db) : db_(db) {}

    void save(const app::MailSettings& settings) override;
    std::optional<app::MailSettings> mail_settings(customers::OperatorId op) override;
    std::optional<app::MailSettings> hold_mail_settings(customers::OperatorId op) override;
    std::vector<app::MessageTemplate> templates(customers::OperatorId op) override;
    void save(customers::OperatorId op, const app::MessageTemplate& wording) override;
    void remove_template(customers::OperatorId op, std::string_view kind, std::string_view language) override;
    std::vector<app::MailSettings> senders_behind() override;
    std::vector<app::MailSettings> senders_due(Instant now) override;
    std::vector<app::MessageFacts> facts(customers::OperatorId op, Currency currency, std::int64_t after,
                                         std::int64_t through) override;
    std::optional<app::MessageFacts> latest_facts(customers::OperatorId op, Currency currency,
                                                  customers::SubscriberId subscriber,
                                                  std::string_view event_type) override;
    void enqueue(std::span<const app::Message> messages) override;
    std::vector<app::Message> claim(customers::OperatorId op, app::ClaimId claim, Instant now, Instant until,
                                    std::int64_t limit) override;
    void release(std::optional<app::ClaimId> claim) override;
    void record(const app::Message& message) override;
    std::vector<app::Message> messages(customers::SubscriberId subscriber, std::optional<app::MessageId> before,
                                       std::int64_t limit) override;
    std::optional<app::Message> find_message(customers::SubscriberId subscriber, app::MessageId id) override;
    std::int64_t count_waiting() override;
    std::int64_t forget_before(Instant time, std::int64_t limit) override;

private:
    Connection& db_;
};

}  // namespace sluice::store
