// Lists of subscribers, found by words, filters and orders, and of their units.
#include <algorithm>
#include <charconv>
#include <limits>
#include <unordered_map>

#include "store/sql/account_rows.hpp"
#include "store/sql/find_by_words.hpp"
#include "store/sql/search_words.hpp"
#include "store/sql/sql_store.hpp"

namespace sluice::store {

using app::SubscriberOrder;
using customers::OperatorId;
using customers::SubscriberId;

namespace {

bool has_word(Connection& db, OperatorId op, const std::string& prefix) {
    const auto sql =
        Sql("SELECT 1 FROM subscriber_words w WHERE ").add(words_from(op, prefix)).add(" LIMIT ?", std::int64_t{1});
    return Query(db, sql).next();
}

// What the words that are looked for begin with. A beginning of another one goes without saying.
std::vector<std::string> prefixes_of(Connection& db, OperatorId op, const std::string& text) {
    std::vector<std::string> prefixes;
    for (auto& term : search_terms(text)) {
        if (term.parts.empty() || has_word(db, op, term.word))
            prefixes.push_back(std::move(term.word));
        else
            std::move(term.parts.begin(), term.parts.end(), std::back_inserter(prefixes));
    }
    std::sort(prefixes.begin(), prefixes.end());
    std::vector<std::string> needed;
    for (auto& prefix : prefixes) {
        if (!needed.empty() && prefix.starts_with(needed.back())) needed.pop_back();
        needed.push_back(std::move(prefix));
    }
    return needed;
}

std::int64_t balance_in(const std::string& key, bool descending) {
    std::int64_t balance = 0;
    const auto end = key.data() + key.size();
    if (std::from_chars(key.data(), end, balance).ec == std::errc()) return balance;
    return descending ? std::numeric_limits<std::int64_t>::max() : std::numeric_limits<std::int64_t>::min();
}

class SubscriberPlan {
public:
    SubscriberPlan(OperatorId op, const app::SubscriberQuery& query, const std::vector<std::string>& prefixes)
        : op_(op), query_(query), prefixes_(prefixes) {
        for (const auto& [column, value] :
             {std::pair("category", &query.category), std::pair("region", &query.region), std::pair("pop", &query.pop)})
            if (*value) filters_.push_back({column, **value});
    }

    ListPlan make() {
        plan_.descending = query_.paging.descending;
        plan_.limit = query_.paging.limit;
        order();
        for (const auto& [column, value] : filters_) {
            plan_.conditions.add(" AND g." + column + " = ?", value);
            plan_.sets.push_back(
                {"subscribers s", head_, Sql("s.operator_id = ? AND s." + column + " = ?", op_, value)});
        }
        for (const auto& prefix : prefixes_) add_words(prefix);
        const bool walks_filter = query_.order == SubscriberOrder::created && filters_.size() == 1;
        plan_.is_exact = prefixes_.empty() && (filters_.empty() || walks_filter);
        return std::move(plan_);
    }

private:
    struct Filter {
        std::string column;
        std::string value;
    };

    void order() {
        const Place place = text_place(query_.paging);
        const std::string sign(behind_sign(plan_.descending));
        const std::string way(direction(plan_.descending));
        switch (query_.order) {
            case SubscriberOrder::created:
                return by_creation(place, sign, way);
            case SubscriberOrder::code:
                columns("s.code");
                plan_.order = "c.code" + way;
                plan_.walks = {{"subscriber_codes c", " JOIN subscribers s ON s.subscriber_id = c.subscriber_id",
                                Sql("c.operator_id = ? AND c.code" + sign + "?", op_, place.key)}};
                plan_.behind = Sql("(g.sort_key, g.id)" + sign + "(?, ?)", place.key, place.id);
                return;
            case SubscriberOrder::name:
                columns("s.sort_name");
                plan_.walks = {{"subscribers s", "", Sql("s.operator_id = ?", op_)}};
                plan_.walks.front().where.add(sort_by(plan_, "s.sort_name", "s.subscriber_id", place));
                return;
            case SubscriberOrder::balance:
                return by_balance(place, sign, way);
        }
    }
    // The index of a filter is sorted by creation, too.
    void by_creation(const Place& place, const std::string& sign, const std::string& way) {
        columns("''");
        plan_.order = "s.subscriber_id" + way;
        Sql where("s.operator_id = ?", op_);
        if (!filters_.empty()) where.add(" AND s." + filters_.front().column + " = ?", filters_.front().value);
        where.add(" AND s.subscriber_id" + sign + "?", place.id);
        plan_.walks = {{"subscribers s", "", where}};
        plan_.behind = Sql("g.id" + sign + "?", place.id);
    }
    void by_balance(const Place& place, const std::string& sign, const std::string& way) {
        columns("h.balance");
        head_ = " JOIN journal_heads h ON h.subscriber_id = s.subscriber_id";
        plan_.order = "h.balance" + way + ", h.subscriber_id" + way;
        const auto balance = balance_in(query_.paging.after ? place.key : "", plan_.descending);
        plan_.walks = {
            {"journal_heads h", " JOIN subscribers s ON s.subscriber_id = h.subscriber_id",
             Sql("h.operator_id = ? AND (h.balance, h.subscriber_id)" + sign + "(?, ?)", op_, balance, place.id)}};
        plan_.behind = Sql("(g.sort_key, g.id)" + sign + "(?, ?)", balance, place.id);
    }
    void columns(const std::string& sort_key) {
        plan_.columns = "s.subscriber_id, s.subscriber_id AS id, " + sort_key + " AS sort_key";
        for (const auto& filter : filters_) plan_.columns += ", s." + filter.column;
        if (!prefixes_.empty()) plan_.columns += ", s.search_text";
    }
    void add_words(const std::string& prefix) {
        plan_.conditions.add(" AND g.search_text LIKE ? ESCAPE '!'", search_pattern(prefix));
        plan_.sets.push_back({.from = "subscriber_words w",
                              .join = " JOIN subscribers s ON s.subscriber_id = w.subscriber_id" + head_,
                              .where = words_from(op_, prefix),
                              .has_repeats = true});
    }

    OperatorId op_;
    const app::SubscriberQuery& query_;
    const std::vector<std::string>& prefixes_;
    std::vector<Filter> filters_;
    std::string head_;  // joins journal heads to subscribers, when the order needs them
    ListPlan plan_;
};

app::SubscriberRow read_subscriber_row(Query& row, Currency currency) {
    auto subscriber = read_subscriber(row);
    return {std::move(subscriber), row.money(currency)};
}

}  // namespace

app::Page<app::SubscriberRow> SqlStore::list(OperatorId op, const app::SubscriberQuery& query) {
    const auto prefixes = prefixes_of(*db_, op, query.text);
    const auto plan = SubscriberPlan(op, query, prefixes).make();
    std::optional<std::vector<FoundRow>> by_words;
    if (!prefixes.empty() && query.order == SubscriberOrder::created)
        by_words = find_by_words(*db_, plan, op, prefixes, text_place(query.paging));
    auto found = by_words ? std::move(*by_words) : find_rows(*db_, plan);
    app::Page<app::SubscriberRow> page;
    page.next = take_next(found, query.paging.limit);
    if (found.empty()) return page;
    const Currency currency = currency_of(op);
    std::unordered_map<SubscriberId, app::SubscriberRow> read;
    each_row_of(*db_, keys_of(found),
                "SELECT " + subscriber_columns +
                    ", COALESCE(h.balance, 0) FROM page p CROSS JOIN subscribers s LEFT JOIN journal_heads h ON "
                    "h.subscriber_id = s.subscriber_id WHERE s.subscriber_id = p.id",
                [&](Query& row) {
                    auto one = read_subscriber_row(row, currency);
                    read.emplace(one.subscriber.id, std::move(one));
                });
    for (const auto& row : found) page.rows.push_back(std::move(read.at(SubscriberId{row.key.id})));
    return page;
}

std::optional<app::SubscriberRow> SqlStore::subscriber_row(OperatorId op, std::string_view code) {
    static const std::string sql =
        "SELECT o.currency, " + subscriber_columns +
        ", COALESCE(h.balance, 0) FROM subscriber_codes c JOIN subscribers s ON s.subscriber_id = c.subscriber_id JOIN "
        "operators o ON o.id = c.operator_id LEFT JOIN journal_heads h ON h.subscriber_id = s.subscriber_id WHERE "
        "c.operator_id = ? AND c.code = ?";
    Query row(*db_, sql, op, code);
    if (!row.next()) return std::nullopt;
    const auto currency = read_currency(row);
    return read_subscriber_row(row, currency);
}

app::Page<app::UnitRow> SqlStore::units(SubscriberId subscriber, const app::Paging& paging) {
    const auto place = text_place(paging);
    const std::string sign(behind_sign(paging.descending));
    app::Page<app::UnitRow> page;
    Query row(*db_,
              "SELECT " + unit_columns + " FROM units u WHERE u.subscriber_id = ? AND u.id" + sign + "? ORDER BY u.id" +
                  std::string(direction(paging.descending)) + " LIMIT ?",
              subscriber, place.id, paging.limit + 1);
    while (row.next()) {
        if (std::ssize(page.rows) == paging.limit) {
            page.next = app::Position{"", page.rows.back().unit.id.value()};
            break;
        }
        page.rows.push_back({read_unit(row)});
    }
    return page;
}

}  // namespace sluice::store
