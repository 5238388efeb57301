// Transactions, and what is held while they last. Where others write too, whoever changes an account holds its
// journal's head first; document numbers and events, which an operator's writers share, are held last and shortly.
#include <algorithm>

#include "store/sql/rows.hpp"
#include "store/sql/sql_store.hpp"

namespace sluice::store {

using customers::OperatorId;
using customers::SubscriberId;

void SqlStore::begin() {
    db_->begin();
    events_before_.push_back(new_events_.size());
}

void SqlStore::commit() {
    if (events_before_.size() == 1) write_events();
    db_->commit();
    events_before_.pop_back();
}

void SqlStore::rollback() {
    new_events_.erase(new_events_.begin() + static_cast<std::ptrdiff_t>(events_before_.back()), new_events_.end());
    events_before_.pop_back();
    db_->rollback();
}

void SqlStore::hold(OperatorId op) {
    if (db_->has_other_writers()) Query(*db_, "SELECT id FROM operators WHERE id = ? FOR NO KEY UPDATE", op).run();
}

void SqlStore::hold(OperatorId op, std::string_view subscriber_code) {
    if (!db_->has_other_writers()) return;
    Query(*db_,
          "SELECT h.subscriber_id FROM journal_heads h JOIN subscriber_codes c ON c.subscriber_id = h.subscriber_id "
          "WHERE c.operator_id = ? AND c.code = ? FOR NO KEY UPDATE OF h",
          op, subscriber_code)
        .run();
}

std::vector<SubscriberId> SqlStore::hold(std::span<const SubscriberId> subscribers, bool wait) {
    if (!db_->has_other_writers()) return {subscribers.begin(), subscribers.end()};
    std::string ids = "{";  // an array, in a database that has other writers
    for (const auto& id : subscribers) (ids += ids.size() > 1 ? "," : "") += std::to_string(id.value());
    ids += "}";
    std::vector<SubscriberId> held;
    held.reserve(subscribers.size());
    Query row(*db_,
              std::string("SELECT h.subscriber_id FROM journal_heads h WHERE h.subscriber_id = ANY (CAST(? AS "
                          "BIGINT[])) ORDER BY h.subscriber_id FOR NO KEY UPDATE") +
                  (wait ? "" : " SKIP LOCKED"),
              ids);
    while (row.next()) held.push_back(row.get<SubscriberId>());
    return held;
}

// A row that is there before all others.
void SqlStore::hold_first_key() {
    if (db_->has_other_writers())
        Query(*db_, "SELECT version FROM schema_migrations WHERE version = 1 FOR NO KEY UPDATE").run();
}

app::NumberSeries SqlStore::hold_number_series(OperatorId op, invoicing::DocumentType type, std::int32_t year) {
    const auto name = name_in(document_type_names, type);
    if (db_->has_other_writers())
        Query(*db_,
              "INSERT INTO number_series (operator_id, type, year, next) VALUES (?,?,?,1) ON CONFLICT (operator_id, "
              "type, year) DO NOTHING",
              op, name, year)
            .run();
    Query row(*db_,
              std::string("SELECT next FROM number_series WHERE operator_id = ? AND type = ? AND year = ?") +
                  (db_->has_other_writers() ? " FOR UPDATE" : ""),
              op, name, year);
    return {type, year, row.next() ? row.get<std::int64_t>() : 1};
}

// Their numbers are given when the transaction ends, so that they are held only while they are written; those of one
// operator by one transaction after the other: whoever reads events sees them in order and without gaps.
void SqlStore::add_events(OperatorId op, std::span<const app::NewEvent> events) {
    for (const auto& event : events) {
        new_events_.push_back({op, event, occasion_});
        if (event.subscriber) subscriber_of_occasion_ = event.subscriber;
    }
    if (events_before_.empty()) write_events();
}

void SqlStore::write_events() {
    std::stable_sort(new_events_.begin(), new_events_.end(),
                     [](const OwnedEvent& one, const OwnedEvent& other) { return one.op < other.op; });
    Inserter rows(*db_, "events", {"operator_id", "sequence", "type", "at", "subscriber_id", "object_id", "actor"});
    std::optional<OperatorId> current;
    std::int64_t sequence = 0;
    for (const auto& [op, event, occasion] : new_events_) {
        if (current != op) sequence = last_event(op);
        current = op;
        rows.row(op, ++sequence, app::name_of(event.type), occasion.at, event.subscriber, event.object, occasion.actor);
    }
    rows.flush();
    new_events_.clear();
}

std::int64_t SqlStore::last_event(OperatorId op) {
    hold(op);
    Query row(*db_, "SELECT COALESCE(MAX(sequence), 0) FROM events WHERE operator_id = ?", op);
    return row.next() ? row.get<std::int64_t>() : 0;
}

}  // namespace sluice::store
