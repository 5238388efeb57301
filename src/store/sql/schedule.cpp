// What is done by itself, and how it went.
#include "store/sql/rows.hpp"
#include "store/sql/sql_store.hpp"

namespace sluice::store {

using customers::OperatorId;

namespace {

const std::string task_columns =
    "operator_id, task, enabled, hour, compares, next_date, next_at, last_date, started_at, finished_at, succeeded_at, "
    "result, "
    "error, attempts, claim, claimed_until";

// Initializers in braces are carried out in their order, which is that of the columns.
app::ScheduledTask read_task(Query& row) {
    return {.op = row.get<OperatorId>(),
            .task = row.get<std::string>(),
            .is_enabled = row.get<bool>(),
            .hour = row.get<std::int32_t>(),
            .compares = row.get<bool>(),
            .next_date = row.get<std::optional<Date>>(),
            .next_at = row.get<std::optional<Instant>>(),
            .last_date = row.get<std::optional<Date>>(),
            .started_at = row.get<std::optional<Instant>>(),
            .finished_at = row.get<std::optional<Instant>>(),
            .succeeded_at = row.get<std::optional<Instant>>(),
            .result = row.get<std::string>(),
            .error = row.get<std::string>(),
            .attempts = row.get<std::int64_t>(),
            .claim = row.get<std::int64_t>(),
            .claimed_until = row.get<Instant>()};
}

}  // namespace

std::vector<app::ScheduledTask> SqlStore::scheduled_tasks(OperatorId op) {
    std::vector<app::ScheduledTask> tasks;
    Query row(*db_, "SELECT " + task_columns + " FROM scheduled_tasks WHERE operator_id = ? ORDER BY task", op);
    while (row.next()) tasks.push_back(read_task(row));
    return tasks;
}

std::optional<app::ScheduledTask> SqlStore::hold_scheduled_task(OperatorId op, std::string_view task) {
    Query row(*db_,
              "SELECT " + task_columns + " FROM scheduled_tasks WHERE operator_id = ? AND task = ?" +
                  (db_->has_other_writers() ? " FOR NO KEY UPDATE" : ""),
              op, task);
    if (!row.next()) return std::nullopt;
    return read_task(row);
}

void SqlStore::save_scheduled_task(const app::ScheduledTask& t) {
    Query(*db_,
          "INSERT INTO scheduled_tasks (" + task_columns +
              ") VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (operator_id, task) DO UPDATE SET enabled = "
              "excluded.enabled, hour = excluded.hour, compares = excluded.compares, next_date = excluded.next_date, "
              "next_at = excluded.next_at, "
              "last_date = excluded.last_date, started_at = excluded.started_at, finished_at = excluded.finished_at, "
              "succeeded_at = excluded.succeeded_at, result = excluded.result, error = excluded.error, attempts = "
              "excluded.attempts, claim = excluded.claim, claimed_until = excluded.claimed_until",
          t.op, t.task, t.is_enabled, t.hour, t.compares, t.next_date, t.next_at, t.last_date, t.started_at,
          t.finished_at, t.succeeded_at, t.result, t.error, t.attempts, t.claim, t.claimed_until)
        .run();
}

std::vector<std::pair<OperatorId, std::string>> SqlStore::due_tasks(Instant now, std::int64_t limit) {
    std::vector<std::pair<OperatorId, std::string>> due;
    Query row(*db_,
              "SELECT operator_id, task FROM scheduled_tasks WHERE next_at <= ? AND claimed_until <= ? ORDER BY "
              "next_at, operator_id, task LIMIT ?",
              now, now, limit);
    while (row.next()) {
        const auto op = row.get<OperatorId>();
        due.emplace_back(op, row.get<std::string>());
    }
    return due;
}

}  // namespace sluice::store
