// What people write down about a subscriber: read as written, in order, and of that subscriber alone.
#include "app/commands.hpp"
#include "app/ports/note_store.hpp"
#include "connect/crypto/sha256_hasher.hpp"
#include "contract/store_home.hpp"

namespace sluice::contract {
namespace {

using app::Note;
using app::NoteId;
using support::Shop;
using Texts = std::vector<std::string>;

Instant at(std::string_view text) { return parse_instant(text).value(); }

std::string tell(const Note& note) {
    const auto time = [](Instant instant) { return std::to_string(instant.time_since_epoch().count()); };
    return note.id.text() + '|' + note.author + '|' + note.author_name + '|' + time(note.created_at) + '|' +
           (note.changed_at ? time(*note.changed_at) : "never") + '|' + (note.pinned ? "pinned" : "") + '|' + note.text;
}

class NotesOfStore : public Contract {
protected:
    NotesOfStore() : hasher(connect::sha256_hasher()) {
        found(shop);
        app::Commands does{store(), *hasher, shop.ids, store().operators().front()};
        for (const char* code : {"anna", "bert"})
            EXPECT_TRUE(does.create_subscriber({.code = code, .contact = code}).ok());
        anna = store().find_subscriber(shop.op.id, "anna")->id;
        bert = store().find_subscriber(shop.op.id, "bert")->id;
    }
    app::NoteStore& notes() { return store().notes(); }
    Note add(customers::SubscriberId subscriber, std::string text, bool pinned = false) {
        Note note{.id = shop.ids.next<NoteId>(),
                  .author = "user_7",
                  .author_name = "Ánn",
                  .created_at = at("2026-01-05T08:00:00.123456Z"),
                  .pinned = pinned,
                  .text = std::move(text)};
        notes().add(subscriber, note);
        return note;
    }
    // Page by page.
    Texts texts(customers::SubscriberId subscriber, std::int64_t limit) {
        Texts all;
        app::Paging paging{.limit = limit};
        do {
            const auto page = notes().page(subscriber, paging);
            EXPECT_LE(page.rows.size(), static_cast<std::size_t>(limit));
            for (const auto& note : page.rows) all.push_back(note.text);
            paging.after = page.next;
        } while (paging.after);
        return all;
    }

    Shop shop;
    std::unique_ptr<app::Hasher> hasher;
    customers::SubscriberId anna{0}, bert{0};
};

TEST_P(NotesOfStore, ANoteIsReadAsWrittenAndAsChanged) {
    auto note = add(anna, "The dog bites.\nRing first — ☎");
    reopen();
    ASSERT_TRUE(notes().find(anna, note.id));
    EXPECT_EQ(tell(*notes().find(anna, note.id)), tell(note));
    note.text = "It is a cat.";
    note.pinned = true;
    note.changed_at = at("2026-01-06T08:00:00.654321Z");
    notes().update(anna, note);
    reopen();
    EXPECT_EQ(tell(*notes().find(anna, note.id)), tell(note));
    notes().remove(anna, note.id);
    EXPECT_FALSE(notes().find(anna, note.id));
}

TEST_P(NotesOfStore, ThoseThatArePinnedComeFirstAndTheNewestBeforeTheOthersOnPagesOfAnySize) {
    for (const char* text : {"1", "2", "3", "4", "5"}) add(anna, text, text[0] == '2' || text[0] == '4');
    for (const std::int64_t limit : {1, 2, 3, 4, 5, 50})
        EXPECT_EQ(texts(anna, limit), (Texts{"4", "2", "5", "3", "1"})) << limit;
}

TEST_P(NotesOfStore, ANoteIsOfItsSubscriberAlone) {
    const auto note = add(anna, "of Anna");
    EXPECT_FALSE(notes().find(bert, note.id));
    EXPECT_EQ(texts(bert, 50), Texts{});
    notes().remove(bert, note.id);
    auto changed = note;
    changed.text = "of Bert";
    notes().update(bert, changed);
    EXPECT_EQ(tell(*notes().find(anna, note.id)), tell(note));
}

TEST_P(NotesOfStore, ACharacterIsOneHoweverManyBytesItTakes) {
    std::string longest;
    for (int i = 0; i < 4000; ++i) longest += "ü";
    const auto note = add(anna, longest);
    EXPECT_EQ(notes().find(anna, note.id)->text, longest);
}

SLUICE_ON_EACH_STORE(NotesOfStore);

}  // namespace
}  // namespace sluice::contract
