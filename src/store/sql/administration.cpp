// API keys, answers that are kept, events, long work.
#include <algorithm>
#include <atomic>

#include "store/sql/rows.hpp"
#include "store/sql/sql_store.hpp"

namespace sluice::store {

using customers::OperatorId;

namespace {

constexpr std::array<std::string_view, 3> role_names{"viewer", "clerk", "owner"};
constexpr std::array<std::string_view, 5> job_kind_names{"bill_run", "verification", "import", "collection_run",
                                                         "automatic_payment_run"};
constexpr std::array<std::string_view, 5> job_state_names{"queued", "running", "finished", "cancelled", "failed"};

// Requests to the platform itself have no operator; a key needs something to stand there.
std::int64_t scope_of(std::optional<OperatorId> op) { return op ? op->value() : 0; }

app::ApiKey read_api_key(Query& row) {
    const auto id = row.get<app::ApiKeyId>();
    const auto op = row.get<std::optional<OperatorId>>();
    auto name = row.get<std::string>();
    const auto role = read_enum<app::Role>(role_names, row);
    const auto hash = row.get<app::Hash>();
    const auto created_at = row.get<Instant>();
    auto created_by = row.get<std::string>();
    return {id, op, std::move(name), role, hash, created_at, std::move(created_by), row.get<std::optional<Instant>>()};
}

const std::string job_columns =
    "id, operator_id, kind, state, request, progress, result, error, actor, requested_at, started_at, finished_at";

app::Job read_job(Query& row) {
    const auto id = row.get<app::JobId>();
    const auto op = row.get<std::optional<OperatorId>>();
    const auto kind = read_enum<app::JobKind>(job_kind_names, row);
    const auto state = read_enum<app::JobState>(job_state_names, row);
    auto request = row.get<std::string>();
    auto progress = row.get<std::string>();
    auto result = row.get<std::string>();
    auto error = row.get<std::string>();
    auto actor = row.get<std::string>();
    const auto requested_at = row.get<Instant>();
    const auto started_at = row.get<std::optional<Instant>>();
    return {id,
            op,
            kind,
            state,
            std::move(request),
            std::move(progress),
            std::move(result),
            std::move(error),
            std::move(actor),
            requested_at,
            started_at,
            row.get<std::optional<Instant>>()};
}

std::vector<app::Job> read_jobs(Query& row) {
    std::vector<app::Job> jobs;
    while (row.next()) jobs.push_back(read_job(row));
    return jobs;
}

}  // namespace

void SqlStore::add(const app::ApiKey& key) {
    Query(*db_,
          "INSERT INTO api_keys (id, operator_id, name, role, secret_hash, created_at, created_by) VALUES "
          "(?,?,?,?,?,?,?)",
          key.id, key.op, key.name, name_in(role_names, key.role), key.secret_hash, key.created_at, key.created_by)
        .run();
}

std::vector<app::ApiKey> SqlStore::api_keys() {
    std::vector<app::ApiKey> keys;
    Query row(*db_,
              "SELECT id, operator_id, name, role, secret_hash, created_at, created_by, revoked_at FROM api_keys ORDER "
              "BY id");
    while (row.next()) keys.push_back(read_api_key(row));
    return keys;
}

void SqlStore::revoke(app::ApiKeyId key, Instant at) {
    Query(*db_, "UPDATE api_keys SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", at, key).run();
}

std::optional<app::KeptAnswer> SqlStore::find_answer(std::optional<OperatorId> op, std::string_view key) {
    Query row(*db_,
              "SELECT request_hash, status, headers, body FROM idempotency_keys WHERE operator_id = ? AND "
              "idempotency_key = ?",
              scope_of(op), key);
    if (!row.next()) return std::nullopt;
    const auto request = row.get<app::Hash>();
    const auto status = row.get<std::int32_t>();
    auto headers = row.get<std::string>();
    return app::KeptAnswer{request, status, std::move(headers), row.get<std::string>()};
}

void SqlStore::keep(std::optional<OperatorId> op, std::string_view key, const app::KeptAnswer& answer, Instant at) {
    Query(
        *db_,
        "INSERT INTO idempotency_keys (operator_id, idempotency_key, request_hash, status, headers, body, created_at) "
        "VALUES (?,?,?,?,?,?,?)",
        scope_of(op), key, answer.request, answer.status, answer.headers, answer.body, at)
        .run();
}

std::int64_t SqlStore::forget_answers_before(Instant time, std::int64_t limit) {
    std::vector<std::pair<std::int64_t, std::string>> old;
    {
        Query row(*db_,
                  "SELECT operator_id, idempotency_key FROM idempotency_keys WHERE created_at < ? ORDER BY created_at "
                  "LIMIT ?",
                  time, limit);
        while (row.next()) {
            const auto op = row.get<std::int64_t>();
            old.emplace_back(op, row.get<std::string>());
        }
    }
    for (const auto& [op, key] : old)
        Query(*db_, "DELETE FROM idempotency_keys WHERE operator_id = ? AND idempotency_key = ?", op, key).run();
    return static_cast<std::int64_t>(old.size());
}

void SqlStore::set_occasion(app::Occasion occasion) {
    occasion_ = std::move(occasion);
    subscriber_of_occasion_.reset();
}

std::vector<app::Event> SqlStore::events(OperatorId op, const app::EventQuery& query) {
    std::vector<app::Event> events;
    Query row(
        *db_,
        std::string("SELECT e.sequence, e.type, e.at, e.subscriber_id, COALESCE(s.code, ''), e.object_id, e.actor "
                    "FROM events e LEFT JOIN subscribers s ON s.subscriber_id = e.subscriber_id WHERE "
                    "e.operator_id = ? AND e.sequence > ?") +
            (query.subscriber ? " AND e.subscriber_id = ?" : " AND ? = 0") +
            (query.type ? " AND e.type = ?" : " AND ? = ''") + " ORDER BY e.sequence LIMIT ?",
        op, query.after, query.subscriber ? query.subscriber->value() : 0, query.type ? app::name_of(*query.type) : "",
        query.limit);
    while (row.next()) {
        const auto sequence = row.get<std::int64_t>();
        const auto type = app::parse_event_type(row.get<std::string_view>());
        check(type.has_value(), "a stored event is of a type that Sluice knows");
        const auto at = row.get<Instant>();
        const auto subscriber = row.get<std::optional<customers::SubscriberId>>();
        auto code = row.get<std::string>();
        const auto object = row.get<std::int64_t>();
        events.push_back({sequence, *type, at, subscriber, std::move(code), object, row.get<std::string>()});
    }
    return events;
}

void SqlStore::add(const app::Job& job) {
    Query(*db_, "INSERT INTO jobs (" + job_columns + ") VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", job.id, job.op,
          name_in(job_kind_names, job.kind), name_in(job_state_names, job.state), job.request, job.progress, job.result,
          job.error, job.actor, job.requested_at, job.started_at, job.finished_at)
        .run();
}

void SqlStore::update(const app::Job& job) {
    Query(
        *db_,
        "UPDATE jobs SET state = ?, progress = ?, result = ?, error = ?, started_at = ?, finished_at = ? WHERE id = ?",
        name_in(job_state_names, job.state), job.progress, job.result, job.error, job.started_at, job.finished_at,
        job.id)
        .run();
}

std::optional<app::Job> SqlStore::find_job(app::JobId job) {
    Query row(*db_, "SELECT " + job_columns + " FROM jobs WHERE id = ?", job);
    if (!row.next()) return std::nullopt;
    return read_job(row);
}

std::optional<app::Job> SqlStore::hold_job(app::JobId job) {
    Query row(
        *db_,
        "SELECT " + job_columns + " FROM jobs WHERE id = ?" + (db_->has_other_writers() ? " FOR NO KEY UPDATE" : ""),
        job);
    if (!row.next()) return std::nullopt;
    return read_job(row);
}

bool SqlStore::take_job(app::JobId job) { return db_->take(job.value()); }
void SqlStore::give_back_job(app::JobId job) { db_->give_back(job.value()); }

std::vector<app::Job> SqlStore::jobs(std::optional<OperatorId> op, app::JobKind kind, std::optional<app::JobId> before,
                                     std::int64_t limit) {
    Query row(*db_,
              "SELECT " + job_columns + " FROM jobs WHERE " +
                  (op ? "operator_id = ?" : "operator_id IS NULL AND ? = 0") +
                  " AND kind = ? AND id < ? ORDER BY id DESC LIMIT ?",
              scope_of(op), name_in(job_kind_names, kind), before ? before->value() : INT64_MAX, limit);
    return read_jobs(row);
}

std::vector<app::Job> SqlStore::unfinished_jobs() {
    Query row(*db_, "SELECT " + job_columns + " FROM jobs WHERE state IN ('queued', 'running') ORDER BY id");
    return read_jobs(row);
}

std::optional<std::int64_t> SqlStore::revision(OperatorId op) {
    Query row(*db_, "SELECT revision FROM operators WHERE id = ?", op);
    if (!row.next()) return std::nullopt;
    return row.get<std::int64_t>();
}

// A revision that was undone is never given again by this process: who has kept a copy of it would take it for the new
// one.
void SqlStore::revise(OperatorId op) {
    static std::atomic<std::int64_t> latest = 0;
    const std::int64_t next = std::max(revision(op).value_or(0), latest.load()) + 1;
    latest = next;
    Query(*db_, "UPDATE operators SET revision = ? WHERE id = ?", next, op).run();
}

}  // namespace sluice::store
