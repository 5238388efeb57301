#include "store/sql/find_by_words.hpp"

#include <algorithm>

namespace sluice::store {
namespace {

constexpr std::int64_t most_words = 32;          // that are walked side by side
constexpr std::int64_t most_entries = 10'000;    // of more words, which are sorted
constexpr std::int64_t most_candidates = 4'000;  // that are looked at before another way is tried
constexpr std::int64_t counted = 1'000;          // entries, to tell which of several beginnings is rare
constexpr std::int64_t few_words = 8;            // that the directory is asked for, before the subscriber is

class WordWalk {
public:
    WordWalk(Connection& db, const ListPlan& plan, customers::OperatorId op, std::int64_t after)
        : db_(db), plan_(plan), op_(op), after_(after) {}

    // Goes over those who have a word that begins so; false when these are too many words and entries.
    bool take(const std::string& prefix) {
        words_ = words_beginning_with(prefix, most_words);
        range_ = words_from(op_, prefix);
        return std::ssize(words_) <= most_words || entries_of(prefix, most_entries) < most_entries;
    }
    // Of these, only those who have a word that begins so too.
    void expect(const std::string& prefix) {
        const auto words = words_beginning_with(prefix, few_words);
        if (std::ssize(words) > few_words) return;
        expected_.add(" AND EXISTS (SELECT 1 FROM subscriber_words w WHERE w.operator_id = ? AND w.word IN (", op_);
        for (const auto& word : words) expected_.add(&word == &words.front() ? "?" : ",?", word);
        // With an offset each candidate is looked up; a planner that may join instead reads all that have the word.
        expected_.add(") AND w.subscriber_id = p.id LIMIT 1 OFFSET 0)");
    }

    std::int64_t entries_of(const std::string& prefix, std::int64_t bound) {
        const Sql sql = Sql("SELECT COUNT(*) FROM (SELECT 1 FROM subscriber_words w WHERE ")
                            .add(words_from(op_, prefix))
                            .add(" LIMIT ?) one", bound);
        Query row(db_, sql);
        return row.next() ? row.get<std::int64_t>() : 0;
    }

    std::optional<std::vector<FoundRow>> find() {
        std::vector<FoundRow> found;
        // At first as many as fill a page when most of them fit.
        std::int64_t count = std::min<std::int64_t>(plan_.limit + plan_.limit / 4, most_page_keys);
        for (std::int64_t seen = 0; seen < most_candidates; seen += count, count = most_page_keys) {
            const auto candidates = next_candidates(count);
            add_fitting(candidates.keys, found);
            if (candidates.are_all || std::ssize(found) > plan_.limit) return found;
        }
        return std::nullopt;
    }

private:
    struct Candidates {
        std::vector<RowKey> keys;
        bool are_all;
    };

    // Leaps from word to word, up to one more than `most`.
    std::vector<std::string> words_beginning_with(const std::string& prefix, std::int64_t most) {
        const auto range = prefix_range(prefix);
        const Sql sql(
            "WITH RECURSIVE leaps (word) AS (SELECT MIN(w.word) FROM subscriber_words w WHERE w.operator_id = ? AND "
            "w.word >= ? AND w.word < ? UNION ALL SELECT (SELECT MIN(w.word) FROM subscriber_words w WHERE "
            "w.operator_id = ? AND w.word > leaps.word AND w.word < ?) FROM leaps WHERE leaps.word IS NOT NULL) SELECT "
            "word FROM leaps WHERE word IS NOT NULL LIMIT ?",
            op_, *range.first, *range.end, op_, *range.end, most + 1);
        std::vector<std::string> words;
        Query row(db_, sql);
        while (row.next()) words.push_back(row.get<std::string>());
        return words;
    }

    Candidates next_candidates(std::int64_t count) {
        Sql sql;
        const std::string behind = " AND w.subscriber_id" + std::string(behind_sign(plan_.descending)) + "?";
        const std::string in_order = " ORDER BY subscriber_id" + std::string(direction(plan_.descending)) + " LIMIT ?";
        if (std::ssize(words_) <= most_words) {
            // Each in order and no more than are wanted, or a planner that thinks a word rare would sort all it has.
            for (const auto& word : words_) {
                sql.add(sql.empty() ? "" : " UNION ALL ");
                sql.add(
                    "SELECT subscriber_id FROM (SELECT w.subscriber_id FROM subscriber_words w WHERE w.operator_id "
                    "= ? AND w.word = ?",
                    op_, word);
                sql.add(behind, after_).add(in_order, count).add(") one");
            }
        } else {
            sql = Sql("SELECT DISTINCT w.subscriber_id FROM subscriber_words w WHERE ").add(range_).add(behind, after_);
        }
        if (sql.empty()) return {{}, true};
        sql.add(in_order, count);
        Candidates candidates{{}, true};
        std::int64_t rows = 0;
        Query row(db_, sql);
        for (; row.next(); ++rows) {
            const auto id = row.get<std::int64_t>();
            if (candidates.keys.empty() || id != after_) candidates.keys.push_back({id, id});
            after_ = id;
        }
        candidates.are_all = rows < count;
        return candidates;
    }

    // Those that meet all conditions, in order, and not more than are wanted.
    void add_fitting(const std::vector<RowKey>& candidates, std::vector<FoundRow>& found) {
        if (candidates.empty()) return;
        const Sql sql = with_page(db_, candidates)
                            .add(
                                "SELECT g.subscriber_id, g.subscriber_id AS id, '' AS sort_key FROM page p CROSS JOIN "
                                "subscribers g WHERE g.subscriber_id = p.id")
                            .add(expected_)
                            .add(plan_.conditions)
                            .add(" ORDER BY g.subscriber_id" + std::string(direction(plan_.descending)) + " LIMIT ?",
                                 plan_.limit + 1 - std::ssize(found));
        Query row(db_, sql);
        read_found_rows(row, found);
    }

    Connection& db_;
    const ListPlan& plan_;
    customers::OperatorId op_;
    std::int64_t after_;
    std::vector<std::string> words_;
    Sql range_;
    Sql expected_;
};

}  // namespace

Sql words_from(customers::OperatorId op, const std::string& prefix) {
    const auto range = prefix_range(prefix);
    return Sql("w.operator_id = ? AND w.word >= ? AND w.word < ?", op, *range.first, *range.end);
}

std::optional<std::vector<FoundRow>> find_by_words(Connection& db, const ListPlan& plan, customers::OperatorId op,
                                                   const std::vector<std::string>& prefixes, Place place) {
    WordWalk walk(db, plan, op, place.id);
    // The rarest one; how rare is not told exactly beyond a bound.
    const std::string* rarest = &prefixes.front();
    std::int64_t fewest = counted;
    for (const auto& prefix : prefixes)
        if (prefixes.size() > 1)
            if (const auto entries = walk.entries_of(prefix, fewest); entries < fewest) {
                rarest = &prefix;
                fewest = entries;
            }
    if (!walk.take(*rarest)) return std::nullopt;
    for (const auto& prefix : prefixes)
        if (&prefix != rarest) walk.expect(prefix);
    return walk.find();
}

}  // namespace sluice::store
