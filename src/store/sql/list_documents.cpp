// Lists of documents, and single ones; lines that are on none yet.
#include <limits>

#include "store/sql/account_rows.hpp"
#include "store/sql/document_rows.hpp"
#include "store/sql/finding.hpp"
#include "store/sql/sql_store.hpp"

namespace sluice::store {

using app::DocumentOrder;
using customers::OperatorId;
using customers::SubscriberId;
using invoicing::DocumentId;
using invoicing::DocumentState;
using invoicing::DocumentType;

namespace {

// Documents, and beside those that are open what is open of them.
const Source all_documents{.from = "documents d",
                           .join = " LEFT JOIN open_documents o ON o.subscriber_id = d.subscriber_id AND o.id = d.id",
                           .columns =
                               ", CASE WHEN o.open IS NULL THEN 'paid' WHEN o.open < o.total THEN "
                               "'partially_paid' ELSE 'issued' END AS state"};
// Those that are open alone, by the same names. All of them are invoices.
const Source open_ones{.from = "open_documents d",
                       .columns = ", CASE WHEN d.open < d.total THEN 'partially_paid' ELSE 'issued' END AS state"};
// … and with all the rest of them.
const Source open_ones_in_full{.from = "open_documents o",
                               .join = " JOIN documents d ON d.subscriber_id = o.subscriber_id AND d.id = o.id",
                               .columns = all_documents.columns};
const std::string is_credit_note = ".type = 'credit_note'";

class DocumentPlan {
public:
    DocumentPlan(OperatorId op, const app::DocumentQuery& query)
        : op_(op),
          query_(query),
          state_is_asked_(query.state || query.overdue_on || query.not_overdue_on || query.is_open),
          due_is_asked_(query.due_from || query.due_to),
          is_open_(query.is_open || query.overdue_on || query.state == DocumentState::issued ||
                   query.state == DocumentState::partially_paid),
          type_(query.type) {
        if (is_open_ && type_ == DocumentType::invoice) type_.reset();
    }

    ListPlan make() {
        if (is_impossible()) return {};
        plan_.descending = query_.paging.descending;
        plan_.limit = query_.paging.limit;
        order();
        conditions();
        sets();
        return std::move(plan_);
    }

private:
    // Credit notes are settled by being issued, and drafts and void documents are not kept here.
    bool is_impossible() const {
        return (is_open_ && (type_ == DocumentType::credit_note || query_.state == DocumentState::paid)) ||
               query_.state == DocumentState::draft || query_.state == DocumentState::voided;
    }

    void order() {
        switch (query_.order) {
            case DocumentOrder::date:
                return by_date();
            case DocumentOrder::due:
                return by_due();
            case DocumentOrder::number:
                return by_number();
        }
    }

    void by_date() {
        auto range = date_range(query_.from, query_.to);
        // Nothing is due before its date: what is overdue has an earlier one.
        if (query_.overdue_on && (!range.end || query_.overdue_on->text() < *range.end))
            range.end = query_.overdue_on->text();
        sort("d.date", date_place(query_.paging), range);
        // Its documents are sorted by date, too.
        const bool type_is_walked = type_ == DocumentType::credit_note && !query_.bill_run;
        if (query_.bill_run)
            walk(of_operator().add(" AND d.bill_run_id = ?", *query_.bill_run));
        else
            walk(type_is_walked ? of_operator().add(" AND d" + is_credit_note) : of_operator());
        plan_.is_exact = !query_.subscriber && !query_.number_prefix && !state_is_asked_ && !due_is_asked_ &&
                         (!type_ || type_is_walked);
    }
    // Nothing is due before its date, nor more than a year after it.
    void by_due() {
        KeyRange range;
        if (query_.from) range.first = query_.from->text();
        if (query_.due_from && (!range.first || query_.due_from->text() > *range.first))
            range.first = query_.due_from->text();
        const auto end_by = [&](const Date& end) {
            if (!range.end || end.text() < *range.end) range.end = end.text();
        };
        if (query_.to) end_by(query_.to->plus_days(366));
        if (query_.due_to) end_by(query_.due_to->plus_days(1));
        if (query_.overdue_on) end_by(*query_.overdue_on);
        sort("d.due", date_place(query_.paging), range);
        walk(of_operator());
        plan_.is_exact = !query_.subscriber && !query_.number_prefix && !query_.state && !type_ &&
                         !query_.not_overdue_on && !query_.from && !query_.to && !query_.bill_run;
    }
    void by_number() {
        const auto range = query_.number_prefix ? prefix_range(*query_.number_prefix) : KeyRange{};
        sort("d.number", text_place(query_.paging), range);
        walk(of_operator());
        plan_.is_exact = !query_.subscriber && !type_ && !state_is_asked_ && !due_is_asked_ && !query_.from &&
                         !query_.to && !query_.bill_run;
    }

    Sql of_operator() const { return Sql("d.operator_id = ?", op_); }
    // Which the table of open ones does not have.
    // The same holds for their bill run.
    bool needs_number() const {
        return query_.order == DocumentOrder::number || query_.number_prefix || query_.bill_run;
    }

    void sort(const std::string& key, const Place& place, const KeyRange& range) {
        plan_.columns = "d.subscriber_id, d.id, d.operator_id, " + key + " AS sort_key";
        if (query_.number_prefix) plan_.columns += ", d.number";
        if (type_) plan_.columns += ", d.type";
        if (query_.overdue_on || query_.not_overdue_on || due_is_asked_) plan_.columns += ", d.due";
        if (query_.from || query_.to) plan_.columns += ", d.date";
        if (query_.bill_run) plan_.columns += ", d.bill_run_id";
        asked_ = sort_by(plan_, key, "d.id", place, range);
    }
    void walk(Sql where) {
        where.add(asked_);
        plan_.walks.push_back(is_open_ && !needs_number() ? asking(open_ones, where.add(part_paid("d")))
                                                          : asking(all_documents, where));
    }
    std::string part_paid(const std::string& one) const {
        return query_.state == DocumentState::partially_paid ? " AND " + one + ".open < " + one + ".total" : "";
    }
    Source asking(Source source, const Sql& where) const {
        source.where = where;
        if (!state_is_asked_) {
            source.join = source.columns = "";
        } else if (!query_.state && source.from == open_ones.from) {
            source.columns = ", 'open' AS state";
            source.is_covered = true;
        }
        return source;
    }

    void conditions() {
        auto& all = plan_.conditions.add(" AND g.operator_id = ?", op_);
        if (query_.subscriber) all.add(" AND g.subscriber_id = ?", *query_.subscriber);
        if (const auto& prefix = query_.number_prefix) {
            const auto range = prefix_range(*prefix);
            all.add(" AND g.number >= ? AND g.number < ?", *range.first, *range.end);
        }
        if (type_) all.add(" AND g.type = ?", name_in(document_type_names, *type_));
        if (query_.state) all.add(" AND g.state = ?", name_in(document_state_names, *query_.state));
        if (query_.is_open) all.add(" AND g.state <> 'paid'");
        if (query_.overdue_on) all.add(" AND g.state <> 'paid' AND g.due < ?", *query_.overdue_on);
        if (query_.not_overdue_on) all.add(" AND (g.state = 'paid' OR g.due >= ?)", *query_.not_overdue_on);
        if (query_.from) all.add(" AND g.date >= ?", *query_.from);
        if (query_.to) all.add(" AND g.date <= ?", *query_.to);
        if (query_.bill_run) all.add(" AND g.bill_run_id = ?", *query_.bill_run);
        if (query_.due_from) all.add(" AND g.due >= ?", *query_.due_from);
        if (query_.due_to) all.add(" AND g.due <= ?", *query_.due_to);
    }

    void sets() {
        const auto add = [&](const Source& source, const Sql& where) { plan_.sets.push_back(asking(source, where)); };
        if (query_.subscriber) return add(all_documents, Sql("d.subscriber_id = ?", *query_.subscriber));
        if (query_.bill_run) return add(all_documents, of_operator().add(" AND d.bill_run_id = ?", *query_.bill_run));
        if (const auto& prefix = query_.number_prefix) {
            const auto range = prefix_range(*prefix);
            add(all_documents, of_operator().add(" AND d.number >= ? AND d.number < ?", *range.first, *range.end));
        }
        // The dates narrow whichever index is taken.
        if (is_open_) {
            const std::string one = needs_number() ? "o" : "d";
            Sql where(one + ".operator_id = ?", op_);
            if (query_.overdue_on) where.add(" AND " + one + ".due < ?", *query_.overdue_on);
            add(needs_number() ? open_ones_in_full : open_ones,
                where.add(part_paid(one)).add(dates(one)).add(due_dates(one)));
        } else if (type_ == DocumentType::credit_note) {
            add(all_documents, of_operator().add(" AND d" + is_credit_note).add(dates("d")));
        } else {
            if ((query_.from || query_.to) && query_.order != DocumentOrder::date)
                add(all_documents, of_operator().add(dates("d")));
            if (due_is_asked_ && query_.order != DocumentOrder::due)
                add(all_documents, of_operator().add(due_dates("d")));
        }
    }
    Sql dates(const std::string& one) const {
        Sql dates;
        if (query_.from) dates.add(" AND " + one + ".date >= ?", *query_.from);
        if (query_.to) dates.add(" AND " + one + ".date <= ?", *query_.to);
        return dates;
    }
    Sql due_dates(const std::string& one) const {
        Sql dates;
        if (query_.due_from) dates.add(" AND " + one + ".due >= ?", *query_.due_from);
        if (query_.due_to) dates.add(" AND " + one + ".due <= ?", *query_.due_to);
        return dates;
    }

    OperatorId op_;
    const app::DocumentQuery& query_;
    bool state_is_asked_;
    bool due_is_asked_;
    bool is_open_;                      // only what is open can be in the list
    std::optional<DocumentType> type_;  // unless it follows from that
    Sql asked_;                         // of the walk
    ListPlan plan_;
};

// Documents that are paid, in the order of their dates, have no index of their own, which each payment would have to
// change. Soon after a large bill run nearly all of the latest ones are open: stretches of those are only counted.
class PaidWalk {
public:
    PaidWalk(Connection& db, OperatorId op, const app::DocumentQuery& query, const ListPlan& plan)
        : db_(db),
          op_(op),
          plan_(plan),
          key_(query.order == DocumentOrder::due ? "d.due" : "d.date"),
          place_(date_place(query.paging)),
          way_(direction(plan.descending)) {
        const auto days = query.order == DocumentOrder::due ? 366 : 0;
        const auto first = query.from ? query.from->text() : "";
        const auto last = query.to ? query.to->plus_days(days).text() : last_place;
        if (plan.descending ? place_.key > last : place_.key < first)
            place_ = plan.descending ? Place{last, no_higher_id} : Place{first, 0};
        far_end_ = plan.descending ? first : last;
    }

    std::vector<FoundRow> find() {
        for (;;) {
            const auto end = end_of_stretch();
            const bool all_are_open = end && count_open(*end) == stretch_;
            // Where some are paid, they are looked for in steps so small that a page reads little more than it shows.
            if (!all_are_open && stretch_ > shortest_stretch) {
                stretch_ /= widening;
                continue;
            }
            if (!all_are_open) gather(end);
            const bool is_far = end && (plan_.descending ? end->key < far_end_ : end->key > far_end_);
            if (!end || is_far || std::ssize(rows_) > plan_.limit) return std::move(rows_);
            place_ = *end;
            if (all_are_open) stretch_ = std::min(widening * stretch_, longest_stretch);
        }
    }

private:
    static constexpr std::int64_t shortest_stretch = 250;  // documents
    static constexpr std::int64_t widening = 4;
    static constexpr std::int64_t longest_stretch = 16'000;
    static constexpr auto no_higher_id = std::numeric_limits<std::int64_t>::max();
    static constexpr const char* last_place = "9999-12-31";

    Sql behind(const Place& place, const std::string& sign) const {
        return Sql("(" + key_ + ", d.id)" + sign + "(?, ?)", place.key, place.id);
    }
    Sql from_here() const {
        return Sql("d.operator_id = ? AND ", op_).add(behind(place_, std::string(behind_sign(plan_.descending))));
    }
    Sql up_to(const Place& end) const { return behind(end, plan_.descending ? " >= " : " <= "); }
    std::optional<Place> end_of_stretch() {
        const Sql sql = Sql("SELECT " + key_ + ", d.id FROM documents d WHERE ")
                            .add(from_here())
                            .add(" ORDER BY " + plan_.order + " LIMIT 1 OFFSET ?", stretch_ - 1);
        Query row(db_, sql);
        if (!row.next()) return std::nullopt;
        auto key = row.get<std::string>();
        return Place{std::move(key), row.get<std::int64_t>()};
    }
    // A stretch has no more open documents than documents: the limit ends the walk where not every database sees from
    // the second bound that it is over.
    std::int64_t count_open(const Place& end) {
        const Sql sql = Sql("SELECT COUNT(*) FROM (SELECT " + key_ + ", d.id FROM open_documents d WHERE ")
                            .add(from_here())
                            .add(" ORDER BY " + plan_.order + " LIMIT ?) d WHERE ", stretch_)
                            .add(up_to(end));
        Query row(db_, sql);
        return row.next() ? row.get<std::int64_t>() : 0;
    }
    // Those of the stretch; without an end, of all that are left.
    void gather(const std::optional<Place>& end) {
        Sql stretch("(SELECT * FROM documents d WHERE ");
        stretch.add(from_here());
        if (end) stretch.add(" ORDER BY " + plan_.order + " LIMIT ?", stretch_);
        const Sql sql =
            Sql("SELECT g.subscriber_id, g.id, g.sort_key FROM (SELECT " + plan_.columns + all_documents.columns +
                " FROM ")
                .add(stretch)
                .add(") d" + std::string(all_documents.join) + ") g WHERE ")
                .add(plan_.behind)
                .add(plan_.conditions)
                .add(" ORDER BY sort_key" + way_ + ", id" + way_ + " LIMIT ?", plan_.limit + 1 - std::ssize(rows_));
        Query row(db_, sql);
        read_found_rows(row, rows_);
    }

    Connection& db_;
    OperatorId op_;
    const ListPlan& plan_;
    std::string key_;
    Place place_;
    std::string way_;
    std::string far_end_;
    std::int64_t stretch_ = shortest_stretch;
    std::vector<FoundRow> rows_;
};

std::vector<FoundRow> find_documents(Connection& db, OperatorId op, const app::DocumentQuery& query,
                                     const ListPlan& plan) {
    const bool are_paid_by_date = query.state == DocumentState::paid && query.order != DocumentOrder::number &&
                                  !query.subscriber && !query.number_prefix && !query.bill_run &&
                                  query.type != DocumentType::credit_note;
    return are_paid_by_date ? PaidWalk(db, op, query, plan).find() : find_rows(db, plan);
}

}  // namespace

app::Page<app::StoredDocument> SqlStore::list(OperatorId op, const app::DocumentQuery& query) {
    const auto plan = DocumentPlan(op, query).make();
    app::Page<app::StoredDocument> page;
    if (plan.walks.empty()) return page;  // the filters exclude each other
    auto found = find_documents(*db_, op, query, plan);
    page.next = take_next(found, query.paging.limit);
    page.rows = read_documents(*db_, keys_of(found), query.with_lines);
    return page;
}

std::optional<app::StoredDocument> SqlStore::find_document(OperatorId op, std::string_view number) {
    return document_where(Sql("d.operator_id = ? AND d.number = ?", op, number));
}

std::optional<app::StoredDocument> SqlStore::find_document(OperatorId op, DocumentId id) {
    return document_where(Sql("d.operator_id = ? AND d.id = ?", op, id));
}

// Patterns may give an invoice and a credit note one number: the earlier one is found by it.
std::optional<app::StoredDocument> SqlStore::document_where(const Sql& where) {
    const Sql sql = Sql("SELECT d.subscriber_id, d.id FROM documents d WHERE ")
                        .add(where)
                        .add(" ORDER BY d.id LIMIT ?", std::int64_t{1});
    std::vector<RowKey> keys;
    {
        Query row(*db_, sql);
        if (row.next()) {
            const auto subscriber = row.get<std::int64_t>();
            keys.push_back({subscriber, row.get<std::int64_t>()});
        }
    }
    auto documents = read_documents(*db_, keys, true);
    return documents.empty() ? std::nullopt : std::optional(std::move(documents.front()));
}

std::vector<app::PendingLine> SqlStore::pending_lines(SubscriberId subscriber) {
    std::vector<app::PendingLine> pending;
    {
        Query row(*db_,
                  "SELECT b.code, " + line_columns +
                      " FROM lines l JOIN sub_services b ON b.subscriber_id = l.subscriber_id AND b.id = "
                      "l.sub_service_id WHERE l.subscriber_id = ? AND l.document_id IS NULL AND l.billing_date IS NOT "
                      "NULL ORDER BY l.id",
                  subscriber);
        while (row.next()) {
            auto code = row.get<std::string>();
            pending.push_back({read_line(row), std::move(code)});
        }
    }
    std::vector<invoicing::Line*> lines;
    for (auto& [line, code] : pending) lines.push_back(&line);
    load_taxes(*db_, subscriber, lines);
    return pending;
}

}  // namespace sluice::store
