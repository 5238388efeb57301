#include "store/sql/subscriber_index.hpp"

#include "store/sql/account_rows.hpp"
#include "store/sql/search_words.hpp"
#include "store/sql/sql.hpp"

namespace sluice::store {

using customers::OperatorId;
using customers::Subscriber;
using customers::SubscriberId;

namespace {

struct OwnedSubscriber {
    OperatorId op;
    Subscriber subscriber;
};

Inserter words_inserter(Connection& db) { return {db, "subscriber_words", {"subscriber_id", "word", "operator_id"}}; }

void add_words(Inserter& words, OperatorId op, const Subscriber& subscriber) {
    for (const auto& word : search_words(subscriber)) words.row(subscriber.id, word, op);
}

std::vector<OwnedSubscriber> some_subscribers(Connection& db, SubscriberId after) {
    std::vector<OwnedSubscriber> some;
    Query row(db,
              "SELECT s.operator_id, " + subscriber_columns +
                  " FROM subscribers s WHERE s.subscriber_id > ? ORDER BY s.subscriber_id LIMIT 256",
              after);
    while (row.next()) {
        const auto op = row.get<OperatorId>();
        some.push_back({op, read_subscriber(row)});
    }
    return some;
}

void set_sort_names(Connection& db, const std::vector<OwnedSubscriber>& some) {
    Sql sql("WITH named (subscriber_id, name) AS (VALUES ");
    for (const auto& [op, subscriber] : some)
        sql.add(&subscriber == &some.front().subscriber ? "(?,?)" : ",(?,?)", subscriber.id, sort_name(subscriber));
    sql.add(
        ") UPDATE subscribers SET sort_name = named.name FROM named WHERE named.subscriber_id = "
        "subscribers.subscriber_id");
    Query(db, sql).run();
}

}  // namespace

SubscriberIndex::SubscriberIndex(Connection& db)
    : words_(words_inserter(db)),
      heads_(db, "journal_heads", {"subscriber_id", "operator_id", "entries", "hash", "balance"}) {}

void SubscriberIndex::add(OperatorId op, const Subscriber& subscriber) {
    add_words(words_, op, subscriber);
    heads_.row(subscriber.id, op, 0, app::Hash{}, 0);
}

void SubscriberIndex::flush() {
    words_.flush();
    heads_.flush();
}

void replace_words(Connection& db, OperatorId op, const Subscriber& subscriber) {
    Query(db, "DELETE FROM subscriber_words WHERE subscriber_id = ?", subscriber.id).run();
    auto words = words_inserter(db);
    add_words(words, op, subscriber);
    words.flush();
}

void index_all_subscribers(Connection& db) {
    Query(db,
          "INSERT INTO journal_heads (subscriber_id, operator_id, entries, hash, balance) SELECT s.subscriber_id, "
          "s.operator_id, 0, ?, 0 FROM subscribers s WHERE NOT EXISTS (SELECT 1 FROM journal_heads h WHERE "
          "h.subscriber_id = s.subscriber_id)",
          app::Hash{})
        .run();
    auto words = words_inserter(db);
    for (auto after = SubscriberId{0};;) {
        const auto some = some_subscribers(db, after);
        if (some.empty()) break;
        for (const auto& [op, subscriber] : some) add_words(words, op, subscriber);
        set_sort_names(db, some);
        after = some.back().subscriber.id;
    }
    words.flush();
}

}  // namespace sluice::store
