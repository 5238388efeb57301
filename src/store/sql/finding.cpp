#include "store/sql/finding.hpp"

#include <limits>

namespace sluice::store {
namespace {

constexpr std::string_view last_character = "\U0010FFFF";
constexpr std::int64_t no_bound = std::numeric_limits<std::int64_t>::max();

class Finder {
public:
    Finder(Connection& db, const ListPlan& plan) : db_(db), plan_(plan) {}

    std::vector<FoundRow> find() {
        if (plan_.is_exact) return walk(wanted());
        if (const auto* set = cheapest_set(few()); set && cost_ < few()) return gather(*set);
        for (auto bound = 4 * wanted();;) {
            auto rows = walk(bound);
            if (is_full(rows) || walk_is_shorter_than(bound)) return rows;
            const auto rows_needed = 2 * bound * wanted() / std::max<std::int64_t>(std::ssize(rows), 1);
            if (const auto* set = cheapest_set(rows_needed); set && cost_ < rows_needed) return gather(*set);
            bound = rows_needed;
        }
    }

private:
    enum class Come { in_order, unsorted, repeatedly };

    std::int64_t wanted() const { return plan_.limit + 1; }
    // As many rows as are looked at in a millisecond.
    std::int64_t few() const { return std::max<std::int64_t>(600, 4 * plan_.limit); }
    bool is_full(const std::vector<FoundRow>& rows) const { return std::ssize(rows) == wanted(); }

    // The first `bound` rows of all walks together. Each of them alone may reach further than another one.
    std::vector<FoundRow> walk(std::int64_t bound) {
        Sql driver;
        for (const auto& source : plan_.walks) {
            const bool alone = plan_.walks.size() == 1;
            if (!alone) driver.add(driver.empty() ? "SELECT * FROM (" : " UNION ALL SELECT * FROM (");
            driver.add(rows_in(source));
            driver.add(" ORDER BY " + plan_.order + " LIMIT ?", bound);
            if (!alone) driver.add(") one");
        }
        if (plan_.walks.size() == 1) return rows_of(driver, Come::in_order);
        if (plan_.is_exact) return rows_of(driver, Come::unsorted);
        return rows_of(Sql("SELECT * FROM (").add(driver).add(") all_walks" + in_order() + " LIMIT ?", bound),
                       Come::in_order);
    }
    // The bound keeps the database from mixing the set's conditions with the others, so that it uses the set's index.
    std::vector<FoundRow> gather(const Source& set) {
        const auto driver = rows_in(set).add(" LIMIT ?", no_bound);
        return rows_of(driver, set.has_repeats ? Come::repeatedly : Come::unsorted);
    }
    // What comes in order is not sorted once more: the walk ends with the last row that is wanted, not at its bound.
    // (A filter keeps the order of a subquery that is sorted and bounded.)
    std::vector<FoundRow> rows_of(const Sql& driver, Come come) {
        Sql sql(come == Come::repeatedly ? "SELECT DISTINCT " : "SELECT ");
        sql.add("g.subscriber_id, g.id, g.sort_key FROM (");
        sql.add(driver).add(") g WHERE ").add(plan_.behind).add(plan_.conditions);
        sql.add((come == Come::in_order ? "" : in_order()) + " LIMIT ?", wanted());
        std::vector<FoundRow> rows;
        Query row(db_, sql);
        read_found_rows(row, rows);
        return rows;
    }

    Sql rows_in(const Source& source) const {
        return Sql("SELECT " + plan_.columns + source.columns + " FROM " + source.from + source.join + " WHERE ")
            .add(source.where);
    }
    std::string in_order() const {
        const std::string way(direction(plan_.descending));
        return " ORDER BY sort_key" + way + ", id" + way;
    }

    std::int64_t count(const Source& source, std::int64_t bound) {
        const Sql sql = Sql("SELECT COUNT(*) FROM (SELECT 1 FROM " + source.from + " WHERE ")
                            .add(source.where)
                            .add(" LIMIT ?) one", bound);
        Query row(db_, sql);
        return row.next() ? row.get<std::int64_t>() : 0;
    }
    // The one with the fewest rows to look at; their number is not told exactly from `bound` on.
    const Source* cheapest_set(std::int64_t bound) {
        const Source* cheapest = nullptr;
        for (const auto& set : plan_.sets) {
            const std::int64_t weight = set.is_covered ? 4 : 1;
            const auto cost = count(set, weight * (cheapest ? cost_ : bound)) / weight;
            if (cheapest && cost >= cost_) continue;
            cheapest = &set;
            cost_ = cost;
        }
        return cheapest;
    }
    bool walk_is_shorter_than(std::int64_t bound) {
        std::int64_t rows = 0;
        for (const auto& source : plan_.walks) rows += count(source, bound);
        return rows < bound;
    }

    Connection& db_;
    const ListPlan& plan_;
    std::int64_t cost_ = 0;  // of the cheapest set
};

}  // namespace

std::vector<FoundRow> find_rows(Connection& db, const ListPlan& plan) { return Finder(db, plan).find(); }

void read_found_rows(Query& row, std::vector<FoundRow>& rows) {
    while (row.next()) {
        const auto subscriber = row.get<std::int64_t>();
        const auto id = row.get<std::int64_t>();
        rows.push_back({{subscriber, id}, row.get<std::string>()});
    }
}

std::optional<app::Position> take_next(std::vector<FoundRow>& rows, std::int64_t limit) {
    if (std::ssize(rows) <= limit) return std::nullopt;
    rows.pop_back();
    return app::Position{rows.back().sort_key, rows.back().key.id};
}

std::vector<RowKey> keys_of(const std::vector<FoundRow>& rows) {
    std::vector<RowKey> keys;
    keys.reserve(rows.size());
    for (const auto& row : rows) keys.push_back(row.key);
    return keys;
}

std::string_view behind_sign(bool descending) { return descending ? " < " : " > "; }
std::string_view direction(bool descending) { return descending ? " DESC" : ""; }

Place text_place(const app::Paging& paging) {
    if (paging.after) return {paging.after->key, paging.after->id};
    return paging.descending ? Place{std::string(last_character), no_bound} : Place{"", 0};
}

Place date_place(const app::Paging& paging) {
    if (paging.after) return {paging.after->key, paging.after->id};
    return paging.descending ? Place{"9999-12-31", no_bound} : Place{"0001-01-01", 0};
}

KeyRange date_range(std::optional<Date> first, std::optional<Date> last) {
    KeyRange range;
    if (first) range.first = first->text();
    if (last) range.end = last->plus_days(1).text();
    return range;
}

// No character sorts behind the last one, which no text has.
KeyRange prefix_range(std::string_view prefix) {
    return {std::string(prefix), std::string(prefix).append(last_character)};
}

Sql sort_by(ListPlan& plan, const std::string& key, const std::string& id, Place place, const KeyRange& range) {
    const auto& near_end = plan.descending ? range.end : range.first;
    if (near_end && (plan.descending ? place.key >= *near_end : place.key < *near_end)) place = {*near_end, 0};
    const std::string sign(behind_sign(plan.descending));
    const std::string way(direction(plan.descending));
    plan.order = key + way + ", " + id + way;
    plan.behind = Sql("(g.sort_key, g.id)" + sign + "(?, ?)", place.key, place.id);
    Sql asked(" AND (" + key + ", " + id + ")" + sign + "(?, ?)", place.key, place.id);
    if (const auto& far_end = plan.descending ? range.first : range.end)
        asked.add(" AND " + key + (plan.descending ? " >= ?" : " < ?"), *far_end);
    return asked;
}

}  // namespace sluice::store
