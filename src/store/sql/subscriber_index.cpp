#include "store/sql/subscriber_index.hpp"

#include <algorithm>
#include <map>

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

// What is searched by, and nothing else: migrations call this when later columns are not there yet.
std::vector<OwnedSubscriber> some_subscribers(Connection& db, SubscriberId after) {
    std::vector<OwnedSubscriber> some;
    // Migrations fill in by this: of the columns of later ones it must know nothing.
    Query row(db,
              "SELECT operator_id, subscriber_id, code, contact, organization FROM subscribers WHERE subscriber_id > ? "
              "ORDER BY subscriber_id LIMIT 1000",
              after);
    while (row.next()) {
        const auto op = row.get<OperatorId>();
        Subscriber subscriber{.id = row.get<SubscriberId>()};
        subscriber.code = row.get<std::string>();
        subscriber.contact = row.get<std::string>();
        subscriber.organization = row.get<std::string>();
        some.push_back({op, std::move(subscriber)});
    }
    return some;
}

void index_some(Connection& db, const std::vector<OwnedSubscriber>& some) {
    std::map<OperatorId, WordWriter> writers;
    Sql sql("WITH made (subscriber_id, sort_name, search_text) AS (VALUES ");
    std::string_view piece = "(CAST(? AS BIGINT),?,?)";
    for (const auto& [op, subscriber] : some) {
        auto words = search_words(subscriber);
        sql.add(piece, subscriber.id, sort_name(subscriber), search_text(words));
        piece = ",(?,?,?)";
        writers.try_emplace(op, db, op).first->second.add(subscriber.id, std::move(words));
    }
    sql.add(
        ") UPDATE subscribers SET sort_name = made.sort_name, search_text = made.search_text FROM made WHERE "
        "made.subscriber_id = subscribers.subscriber_id");
    Query(db, sql).run();
    for (auto& [op, words] : writers) words.flush();
}

std::vector<std::string> words_missing_in(const std::vector<std::string>& words, const std::vector<std::string>& of) {
    std::vector<std::string> missing;
    std::set_difference(of.begin(), of.end(), words.begin(), words.end(), std::back_inserter(missing));
    return missing;
}

}  // namespace

WordWriter::WordWriter(Connection& db, OperatorId op)
    : rows_(db, "subscriber_words", {"operator_id", "word", "subscriber_id"}), op_(op) {
    // It may lead to subscribers that have the word no more, until they have it again.
    rows_.or_update("(operator_id, word, subscriber_id) DO NOTHING");
}

void WordWriter::add(SubscriberId subscriber, std::vector<std::string> words) {
    for (auto& word : words) entries_.push_back({std::move(word), subscriber});
}

void WordWriter::flush() {
    std::sort(entries_.begin(), entries_.end(), [](const Entry& one, const Entry& other) {
        return std::tie(one.word, one.subscriber) < std::tie(other.word, other.subscriber);
    });
    for (const auto& [word, subscriber] : entries_) rows_.row(op_, word, subscriber);
    rows_.flush();
    entries_.clear();
}

void replace_words(Connection& db, OperatorId op, const Subscriber& before, const Subscriber& after) {
    const auto old_words = directory_words(before);
    const auto new_words = directory_words(after);
    if (const auto gone = words_missing_in(new_words, old_words); !gone.empty()) {
        Sql sql("DELETE FROM subscriber_words WHERE operator_id = ? AND subscriber_id = ? AND word IN (", op, after.id);
        for (std::size_t i = 0; i < gone.size(); ++i) sql.add(i == 0 ? "?" : ",?", gone[i]);
        sql.add(")");
        Query(db, sql).run();
    }
    WordWriter writer(db, op);
    writer.add(after.id, words_missing_in(old_words, new_words));
    writer.flush();
}

void index_contacts(Connection& db) {
    for (auto some = some_subscribers(db, SubscriberId{0}); !some.empty();
         some = some_subscribers(db, some.back().subscriber.id)) {
        std::map<OperatorId, WordWriter> writers;
        for (const auto& [op, subscriber] : some)
            if (!subscriber.contact.empty() && !subscriber.organization.empty())
                writers.try_emplace(op, db, op).first->second.add(subscriber.id, {contact_word(subscriber.contact)});
        for (auto& [op, words] : writers) words.flush();
    }
}

void index_all_subscribers(Connection& db) {
    Query(db,
          "INSERT INTO journal_heads (subscriber_id, operator_id, entries, hash, balance) SELECT s.subscriber_id, "
          "s.operator_id, 0, ?, 0 FROM subscribers s WHERE NOT EXISTS (SELECT 1 FROM journal_heads h WHERE "
          "h.subscriber_id = s.subscriber_id)",
          app::Hash{})
        .run();
    for (auto some = some_subscribers(db, SubscriberId{0}); !some.empty();
         some = some_subscribers(db, some.back().subscriber.id))
        index_some(db, some);
}

}  // namespace sluice::store
