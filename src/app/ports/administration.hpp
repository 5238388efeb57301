// What faces need beside the books: API keys, answers kept for repeated requests, events, long work.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/ports/hasher.hpp"
#include "domain/customers/customers.hpp"
#include "values/zone.hpp"

namespace sluice::app {

struct ApiKeyTag {
    static constexpr std::string_view prefix = "key";
};
using ApiKeyId = Id<ApiKeyTag>;
struct JobTag {
    static constexpr std::string_view prefix = "job";
};
using JobId = Id<JobTag>;

// Each may do what those before it may.
enum class Role { viewer, clerk, owner };

struct ApiKey {
    ApiKeyId id;
    std::optional<customers::OperatorId> op;  // none: the platform, all operators
    std::string name;
    Role role;
    Hash secret_hash;
    Instant created_at;
    std::string created_by;
    std::optional<Instant> revoked_at = {};
};

// The answer to a request under an idempotency key.
struct KeptAnswer {
    Hash request;  // of all that makes the request what it is
    int status;
    std::string headers;  // "Name: value\n" each
    std::string body;
};

// When something is done, and by whom.
struct Occasion {
    Instant at;
    std::string actor;                   // an API key's id, "command line" …
    std::optional<JobId> bill_run = {};  // whose documents are issued
};

enum class EventType {
    subscriber_created,
    subscriber_updated,
    unit_created,
    unit_updated,
    sub_service_added,
    sub_service_imported,
    sub_service_activated,
    sub_service_suspended,
    sub_service_resumed,
    sub_service_data_exhausted,
    sub_service_data_restored,
    sub_service_cancelled,
    sub_service_service_changed,
    sub_service_moved_to_current_price,
    item_added,
    item_removed,
    product_created,
    price_changed,
    tax_created,
    policies_replaced,
    operator_created,
    operator_updated,
    document_issued,
    document_paid,
    payment_recorded,
    payment_refunded,
    payment_charged_back,
    document_reopened,
    document_written_off,
    bill_run_started,
    bill_run_finished,
    bill_run_cancelled,
    bill_run_failed,
    account_parked,
    account_replayed,
    api_key_created,
    api_key_revoked,
    bank_statement_imported,
    bank_line_assigned,
    bank_line_set_aside,
    bank_line_taken_back,
    payment_method_created,
    payment_method_updated,
    checkout_begun,
    checkout_succeeded,
    checkout_failed,
    checkout_expired,
    saved_method_added,
    saved_method_removed,
    document_reminded,
    collection_hold_placed,
    collection_hold_released,
    payment_plan_agreed,
    payment_plan_ended,
    payment_promised,
    cash_shift_opened,
    cash_shift_closed,
    cheque_received,
    cheque_cleared,
    cheque_bounced,
    webhook_endpoint_created,
    webhook_endpoint_updated,
    webhook_endpoint_removed,
    mail_settings_updated,
    message_template_updated,
    message_template_removed,
    pro_forma_issued,
    pro_forma_reminded,
    pro_forma_paid,
    pro_forma_expired,
    pro_forma_withdrawn,
    advance_payment_issued,
    automatic_payment_enabled,
    automatic_payment_ended,
    automatic_payment_above_cap,
    automatic_payment_declined,
    automatic_payment_stopped,
    discount_created,
    discount_ended,
    discount_removed,
    promo_code_created,
    promo_code_ended,
    discount_granted,
    discount_revoked,
    payout_opened,
    payout_paid,
    payout_cancelled,
    wallet_changed,
    note_added,
    note_changed,
    note_removed,
};
std::string_view name_of(EventType type);  // "subscriber.created"
std::optional<EventType> parse_event_type(std::string_view name);

// What happened to which thing; when and by whom, the store's occasion tells.
struct NewEvent {
    EventType type;
    std::optional<customers::SubscriberId> subscriber;
    std::int64_t object;  // its id
};

struct Event {
    std::int64_t sequence;  // 1, 2, 3 … within the operator, in the order of commits
    EventType type;
    Instant at;
    std::optional<customers::SubscriberId> subscriber;
    std::string subscriber_code;
    std::int64_t object;
    std::string actor;
};

struct EventQuery {
    std::int64_t after = 0;  // sequence
    std::optional<customers::SubscriberId> subscriber = {};
    std::optional<EventType> type = {};
    std::int64_t limit = 100;
};

enum class JobKind { bill_run, verification, import, collection_run, automatic_payment_run };
enum class JobState { queued, running, finished, cancelled, failed };
std::string_view name_of(JobKind kind);
std::string_view name_of(JobState state);

// Long work. `request`, `progress` and `result` are JSON that only who does the work understands.
struct Job {
    JobId id;
    std::optional<customers::OperatorId> op;
    JobKind kind;
    JobState state = JobState::queued;
    std::string request;
    std::string progress = "{}";
    std::string result = "{}";
    std::string error = {};
    std::string actor;
    Instant requested_at;
    std::optional<Instant> started_at = {};
    std::optional<Instant> finished_at = {};
};

class Administration {
public:
    virtual ~Administration() = default;

    // Held until the transaction ends: whether there is a key already is decided by one at a time.
    virtual void hold_first_key() = 0;
    virtual void add(const ApiKey& key) = 0;
    virtual std::vector<ApiKey> api_keys() = 0;  // revoked ones too, in order of creation
    virtual void revoke(ApiKeyId key, Instant at) = 0;

    // `op`: none for requests to the platform.
    virtual std::optional<KeptAnswer> find_answer(std::optional<customers::OperatorId> op, std::string_view key) = 0;
    virtual void keep(std::optional<customers::OperatorId> op, std::string_view key, const KeptAnswer& answer,
                      Instant at) = 0;
    // Forgets at most `limit` answers that are older; how many it were.
    virtual std::int64_t forget_answers_before(Instant time, std::int64_t limit) = 0;

    // Holds for all events until the next one is set.
    virtual void set_occasion(Occasion occasion) = 0;
    virtual void add_events(customers::OperatorId op, std::span<const NewEvent> events) = 0;
    void add_event(customers::OperatorId op, const NewEvent& event) { add_events(op, {&event, 1}); }
    // Of the latest event since the occasion was set: whom it is about.
    virtual std::optional<customers::SubscriberId> subscriber_of_occasion() const = 0;
    virtual std::vector<Event> events(customers::OperatorId op, const EventQuery& query) = 0;

    virtual void add(const Job& job) = 0;
    virtual void update(const Job& job) = 0;  // state, progress, result, error, times
    virtual std::optional<Job> find_job(JobId job) = 0;
    // The same, held until the transaction ends: nobody else changes it meanwhile.
    virtual std::optional<Job> hold_job(JobId job) = 0;
    // Whether nobody else who has this database open carries out that job; then it is this store's until it is given
    // back or closed.
    virtual bool take_job(JobId job) = 0;
    virtual void give_back_job(JobId job) = 0;
    // Newest first, those before `before`.  `op` none: of the platform.
    virtual std::vector<Job> jobs(std::optional<customers::OperatorId> op, JobKind kind, std::optional<JobId> before,
                                  std::int64_t limit) = 0;
    virtual std::vector<Job> unfinished_jobs() = 0;  // oldest first

    // Grows with every change of the operator or its catalogue. Nothing for an operator that is not there.
    virtual std::optional<std::int64_t> revision(customers::OperatorId op) = 0;
};

}  // namespace sluice::app
