#include "store/sql/notes.hpp"

#include "store/sql/query.hpp"
#include "store/sql/sql.hpp"

namespace sluice::store {

using app::Note;
using app::NoteId;
using customers::SubscriberId;

namespace {

const std::string select_notes =
    "SELECT id, author, author_name, created_at, changed_at, pinned, text FROM notes WHERE subscriber_id = ?";

Note read_note(Query& row) {
    const auto id = row.get<NoteId>();
    auto author = row.get<std::string>();
    auto author_name = row.get<std::string>();
    const auto created_at = row.get<Instant>();
    const auto changed_at = row.get<std::optional<Instant>>();
    const bool pinned = row.get<std::int64_t>() != 0;
    return {id, std::move(author), std::move(author_name), created_at, changed_at, pinned, row.get<std::string>()};
}

}  // namespace

void SqlNotes::add(SubscriberId subscriber, const Note& note) {
    Query(db_,
          "INSERT INTO notes (subscriber_id, id, author, author_name, created_at, changed_at, pinned, text) VALUES "
          "(?,?,?,?,?,?,?,?)",
          subscriber, note.id, note.author, note.author_name, note.created_at, note.changed_at,
          std::int64_t{note.pinned}, note.text)
        .run();
}

void SqlNotes::update(SubscriberId subscriber, const Note& note) {
    Query(db_, "UPDATE notes SET changed_at = ?, pinned = ?, text = ? WHERE subscriber_id = ? AND id = ?",
          note.changed_at, std::int64_t{note.pinned}, note.text, subscriber, note.id)
        .run();
}

void SqlNotes::remove(SubscriberId subscriber, NoteId note) {
    Query(db_, "DELETE FROM notes WHERE subscriber_id = ? AND id = ?", subscriber, note).run();
}

std::optional<Note> SqlNotes::find(SubscriberId subscriber, NoteId note) {
    Query row(db_, select_notes + " AND id = ?", subscriber, note);
    if (!row.next()) return std::nullopt;
    return read_note(row);
}

app::Page<Note> SqlNotes::page(SubscriberId subscriber, const app::Paging& paging) {
    Sql sql(select_notes, subscriber);
    if (const auto& after = paging.after)
        sql.add(" AND (pinned, id) < (?, ?)", std::int64_t{after->key == "pinned"}, after->id);
    sql.add(" ORDER BY pinned DESC, id DESC LIMIT ?", paging.limit + 1);
    app::Page<Note> page;
    Query row(db_, sql);
    while (row.next()) page.rows.push_back(read_note(row));
    if (static_cast<std::int64_t>(page.rows.size()) <= paging.limit) return page;
    page.rows.pop_back();
    page.next = app::Position{page.rows.back().pinned ? "pinned" : "", page.rows.back().id.value()};
    return page;
}

}  // namespace sluice::store
