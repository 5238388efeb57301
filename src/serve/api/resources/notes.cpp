// What people write down about a subscriber.
#include "app/ports/note_store.hpp"
#include "serve/api/encode.hpp"
#include "serve/api/handlers.hpp"
#include "serve/api/paging.hpp"

namespace sluice::serve::api {
namespace {

namespace json = boost::json;
using app::EventType;
using app::Note;

json::object json_of(const Note& note) {
    return {{"id", note.id.text()},
            {"text", note.text},
            {"pinned", note.pinned},
            {"author", json::object{{"id", note.author}, {"name", note.author_name}}},
            {"created_at", api::json_of(note.created_at)},
            {"changed_at", api::json_of(note.changed_at)}};
}

// What two people may change at once.
json::object editable(const Note& note) { return {{"text", note.text}, {"pinned", note.pinned}}; }

Note note_in_path(Desk& desk, const customers::Subscriber& subscriber) {
    const auto id = app::NoteId::parse(desk.path("note"));
    auto note = id ? desk.store().notes().find(subscriber.id, *id) : std::nullopt;
    if (!note)
        throw not_found("unknown_note",
                        "subscriber \"" + subscriber.code + "\" has no note \"" + desk.path("note") + "\"");
    return std::move(*note);
}

// What somebody wrote is theirs: others see it, an owner sees to it.
void require_author(Desk& desk, const Note& note, const std::string& what) {
    const auto& principal = *desk.call().principal;
    if (principal.role == app::Role::owner || principal.actor() == note.author) return;
    throw Problem(403, "not_allowed", "only its author or an owner can " + what + " this note");
}

void add_event(Desk& desk, EventType type, const customers::Subscriber& subscriber, const Note& note) {
    desk.add_event(type, subscriber.id, note.id.value());
}

http::Response list_notes(Desk& desk) {
    const auto page = desk.store().notes().page(desk.subscriber().id, paging_of(desk));
    return ok(page_json(desk, page, [](const Note& note) { return json_of(note); }));
}

http::Response get_note(Desk& desk) {
    const auto note = note_in_path(desk, desk.subscriber());
    return tagged(desk, json_of(note), editable(note));
}

http::Response add_note(Desk& desk) {
    const auto subscriber = desk.subscriber();
    const auto& body = desk.call().body.as_object();
    const auto& principal = *desk.call().principal;
    const auto* pinned = body.if_contains("pinned");
    const Note note{.id = desk.ids().next<app::NoteId>(),
                    .author = principal.actor(),
                    .author_name = principal.name.empty() ? "sluice" : principal.name,
                    .created_at = desk.call().now,
                    .pinned = pinned && pinned->as_bool(),
                    .text = std::string(body.at("text").as_string())};
    desk.store().notes().add(subscriber.id, note);
    add_event(desk, EventType::note_added, subscriber, note);
    auto response = tagged(desk, json_of(note), editable(note), 201);
    response.headers.emplace_back(
        "Location", "/api/v1/subscribers/" + segment(subscriber.code) + "/notes/" + segment(note.id.text()));
    return response;
}

http::Response update_note(Desk& desk) {
    const auto subscriber = desk.held_subscriber();
    auto note = note_in_path(desk, subscriber);
    require_match(desk, editable(note));
    const auto& body = desk.call().body.as_object();
    const auto* text = body.if_contains("text");
    if (text && text->as_string() != note.text) {
        require_author(desk, note, "change the text of");
        note.text = std::string(text->as_string());
        note.changed_at = desk.call().now;
    }
    if (const auto* pinned = body.if_contains("pinned")) note.pinned = pinned->as_bool();
    desk.store().notes().update(subscriber.id, note);
    add_event(desk, EventType::note_changed, subscriber, note);
    return tagged(desk, json_of(note), editable(note));
}

http::Response remove_note(Desk& desk) {
    const auto subscriber = desk.held_subscriber();
    const auto note = note_in_path(desk, subscriber);
    require_author(desk, note, "remove");
    desk.store().notes().remove(subscriber.id, note.id);
    add_event(desk, EventType::note_removed, subscriber, note);
    return {.status = 204};
}

}  // namespace

void add_notes(Handlers& handlers) {
    handlers["list_notes"] = {Runs::in_pool, list_notes};
    handlers["get_note"] = {Runs::at_once, get_note};
    handlers["add_note"] = {Runs::in_writer, add_note};
    handlers["update_note"] = {Runs::in_writer, update_note};
    handlers["remove_note"] = {Runs::in_writer, remove_note};
}

}  // namespace sluice::serve::api
