// Lists of documents, and single ones; lines that are on none yet.
#include <algorithm>

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

const std::vector<DocumentState> open_states{DocumentState::issued, DocumentState::partially_paid};
const std::vector<DocumentState> all_states{DocumentState::draft, DocumentState::issued, DocumentState::partially_paid,
                                            DocumentState::paid, DocumentState::voided};
const std::string is_open = ".state IN ('issued', 'partially_paid')";
const std::string is_credit_note = ".type = 'credit_note'";

class DocumentPlan {
public:
    DocumentPlan(OperatorId op, const app::DocumentQuery& query) : op_(op), query_(query) {}

    ListPlan make() {
        plan_.descending = query_.paging.descending;
        plan_.limit = query_.paging.limit;
        order();
        conditions();
        sets();
        return std::move(plan_);
    }

private:
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
        asked_ = sort("d.date", date_place(query_.paging), range);
        if (query_.state || query_.overdue_on)
            walk_states();
        else if (query_.type == DocumentType::credit_note)
            walk(Sql("d.operator_id = ? AND d" + is_credit_note, op_));
        else
            walk(Sql("d.operator_id = ?", op_));
        const bool type_is_walked = !query_.type || (query_.type == DocumentType::credit_note && !query_.state);
        plan_.is_exact = !query_.subscriber && !query_.number_prefix && !query_.overdue_on && !query_.not_overdue_on &&
                         type_is_walked;
    }
    // Nothing is due before its date, nor more than a year after it.
    void by_due() {
        KeyRange range;
        if (query_.from) range.first = query_.from->text();
        if (query_.to) range.end = query_.to->plus_days(366).text();
        if (query_.overdue_on && (!range.end || query_.overdue_on->text() < *range.end))
            range.end = query_.overdue_on->text();
        asked_ = sort("d.due", date_place(query_.paging), range);
        walk_states();
        plan_.is_exact = !query_.subscriber && !query_.number_prefix && !query_.type && !query_.not_overdue_on &&
                         !query_.from && !query_.to;
    }
    void by_number() {
        const auto range = query_.number_prefix ? prefix_range(*query_.number_prefix) : KeyRange{};
        asked_ = sort("d.number", text_place(query_.paging), range);
        walk(Sql("d.operator_id = ?", op_));
        plan_.is_exact = !query_.subscriber && !query_.type && !query_.state && !query_.overdue_on &&
                         !query_.not_overdue_on && !query_.from && !query_.to;
    }

    Sql sort(const std::string& key, const Place& place, const KeyRange& range) {
        plan_.columns = "d.subscriber_id, d.id, d.operator_id, " + key + " AS sort_key";
        if (query_.number_prefix) plan_.columns += ", d.number";
        if (query_.type) plan_.columns += ", d.type";
        if (query_.state || query_.overdue_on || query_.not_overdue_on) plan_.columns += ", d.state, d.due";
        if (query_.from || query_.to) plan_.columns += ", d.date";
        return sort_by(plan_, key, "d.id", place, range);
    }
    void walk(Sql where) { plan_.walks.push_back({"documents d", "", where.add(asked_)}); }
    void walk_states() {
        for (const auto state : states())
            walk(Sql("d.operator_id = ? AND d.state = ?", op_, name_in(document_state_names, state)));
    }
    std::vector<DocumentState> states() const {
        const auto& possible = query_.overdue_on ? open_states : all_states;
        if (!query_.state) return possible;
        const bool is_possible = std::find(possible.begin(), possible.end(), *query_.state) != possible.end();
        return is_possible ? std::vector<DocumentState>{*query_.state} : std::vector<DocumentState>{};
    }

    void conditions() {
        auto& all = plan_.conditions.add(" AND g.operator_id = ?", op_);
        if (query_.subscriber) all.add(" AND g.subscriber_id = ?", *query_.subscriber);
        if (const auto& prefix = query_.number_prefix) {
            const auto range = prefix_range(*prefix);
            all.add(" AND g.number >= ? AND g.number < ?", *range.first, *range.end);
        }
        if (query_.type) all.add(" AND g.type = ?", name_in(document_type_names, *query_.type));
        if (query_.state) all.add(" AND g.state = ?", name_in(document_state_names, *query_.state));
        if (query_.overdue_on) all.add(" AND g" + is_open + " AND g.due < ?", *query_.overdue_on);
        if (query_.not_overdue_on) all.add(" AND NOT (g" + is_open + " AND g.due < ?)", *query_.not_overdue_on);
        if (query_.from) all.add(" AND g.date >= ?", *query_.from);
        if (query_.to) all.add(" AND g.date <= ?", *query_.to);
    }

    void sets() {
        const auto add = [&](const Sql& where, bool is_covered = false) {
            plan_.sets.push_back({.from = "documents d", .where = where, .is_covered = is_covered});
        };
        if (query_.subscriber) return add(Sql("d.subscriber_id = ?", *query_.subscriber));
        const Sql of_operator("d.operator_id = ?", op_);
        if (const auto& prefix = query_.number_prefix) {
            const auto range = prefix_range(*prefix);
            add(Sql(of_operator).add(" AND d.number >= ? AND d.number < ?", *range.first, *range.end));
        }
        if (query_.overdue_on)
            add(Sql(of_operator).add(" AND d" + is_open + " AND d.due < ?", *query_.overdue_on),
                query_.order != DocumentOrder::number && !query_.number_prefix && !query_.type);
        // The dates narrow whichever index is taken.
        Sql dates;
        if (query_.from) dates.add(" AND d.date >= ?", *query_.from);
        if (query_.to) dates.add(" AND d.date <= ?", *query_.to);
        if (query_.type == DocumentType::credit_note) add(Sql(of_operator).add(" AND d" + is_credit_note).add(dates));
        if (query_.state)
            add(Sql(of_operator).add(" AND d.state = ?", name_in(document_state_names, *query_.state)).add(dates));
        else if (!dates.empty() && query_.order != DocumentOrder::date)
            add(Sql(of_operator).add(dates));
    }

    OperatorId op_;
    const app::DocumentQuery& query_;
    Sql asked_;  // of each walk
    ListPlan plan_;
};

}  // namespace

app::Page<app::StoredDocument> SqlStore::list(OperatorId op, const app::DocumentQuery& query) {
    const auto plan = DocumentPlan(op, query).make();
    app::Page<app::StoredDocument> page;
    if (plan.walks.empty()) return page;  // the filters exclude each other
    auto found = find_rows(*db_, plan);
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
