#pragma once

#include "app/ports/note_store.hpp"
#include "store/sql/connection.hpp"

namespace sluice::store {

class SqlNotes final : public app::NoteStore {
public:
    explicit SqlNotes(Connection& db) : db_(db) {}

    void add(customers::SubscriberId subscriber, const app::Note& note) override;
    void update(customers::SubscriberId subscriber, const app::Note& note) override;
    void remove(customers::SubscriberId subscriber, app::NoteId note) override;
    std::optional<app::Note> find(customers::SubscriberId subscriber, app::NoteId note) override;
    app::Page<app::Note> page(customers::SubscriberId subscriber, const app::Paging& paging) override;

private:
    Connection& db_;
};

}  // namespace sluice::store
