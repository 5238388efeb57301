// What people write down about a subscriber.
#pragma once

#include <optional>
#include <string>

#include "app/ports/listing.hpp"
#include "domain/customers/customers.hpp"
#include "values/id.hpp"
#include "values/zone.hpp"

namespace sluice::app {

struct NoteTag {
    static constexpr std::string_view prefix = "note";
};
using NoteId = Id<NoteTag>;

struct Note {
    NoteId id;
    std::string author;       // as events name who did it: the id of a user or key, or "sluice"
    std::string author_name;  // what they were called then
    Instant created_at;
    std::optional<Instant> changed_at = {};
    bool pinned = false;
    std::string text;  // 1 to 4,000 characters
};

// REQUIRES: an id is asked for together with the subscriber that it is of; another one's note is not there.
class NoteStore {
public:
    virtual ~NoteStore() = default;

    virtual void add(customers::SubscriberId subscriber, const Note& note) = 0;
    virtual void update(customers::SubscriberId subscriber,
                        const Note& note) = 0;  // its text, and whether it is pinned
    virtual void remove(customers::SubscriberId subscriber, NoteId note) = 0;
    virtual std::optional<Note> find(customers::SubscriberId subscriber, NoteId note) = 0;
    // Those that are pinned first, each part newest first.
    virtual Page<Note> page(customers::SubscriberId subscriber, const Paging& paging) = 0;
};

}  // namespace sluice::app
