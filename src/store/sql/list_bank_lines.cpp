// Bank statements and their lines: writing, lists, single ones.
#include <array>
#include <cstdint>
#include <unordered_map>

#include "store/sql/finding.hpp"
#include "store/sql/rows.hpp"
#include "store/sql/sql_store.hpp"
#include "store/sql/wanted_texts.hpp"

namespace sluice::store {

using customers::OperatorId;
using customers::SubscriberId;
using payments::BankLineId;
using payments::BankStatementId;

namespace {

constexpr std::array<std::string_view, 3> state_names{"unmatched", "matched", "set_aside"};
constexpr std::array<std::string_view, 4> matched_by_names{"reference", "amount_and_name", "payer_account", "clerk"};

const std::string statement_columns =
    "t.id, t.file_name, t.file_hash, t.format, t.imported_at, t.imported_by, t.statements, t.credits, t.known, "
    "t.matched, t.debits, t.reversals, t.pending";

app::BankStatement read_bank_statement(Query& row) {
    app::BankStatement statement{.id = row.get<BankStatementId>(),
                                 .file_name = row.get<std::string>(),
                                 .file_hash = row.get<std::string>(),
                                 .format = row.get<std::string>(),
                                 .imported_at = row.get<Instant>(),
                                 .imported_by = row.get<std::string>()};
    for (auto* count : {&statement.statements, &statement.credits, &statement.known, &statement.matched,
                        &statement.debits, &statement.reversals, &statement.pending})
        *count = row.get<std::int64_t>();
    return statement;
}

class BankLinePlan {
public:
    BankLinePlan(OperatorId op, const app::BankLineQuery& query) : op_(op), query_(query) {}

    // The operator's id stands where other lists have the subscriber's: it is the other half of the key.
    ListPlan make() {
        plan_.columns =
            "b.operator_id AS subscriber_id, b.id, b.state, b.statement_id, b.subscriber_id AS payer_id, b.date, "
            "b.date AS sort_key";
        plan_.descending = query_.paging.descending;
        plan_.limit = query_.paging.limit;
        walk();
        conditions();
        if (query_.subscriber)
            plan_.sets.push_back({"bank_lines b", "", Sql("b.subscriber_id = ?", *query_.subscriber)});
        if (query_.statement)
            plan_.sets.push_back(
                {"bank_lines b", "", Sql("b.operator_id = ? AND b.statement_id = ?", op_, *query_.statement)});
        return std::move(plan_);
    }

private:
    // Those that wait or are set aside have an index of their own, and so have those of one statement.
    void walk() {
        const bool is_rare = query_.state && *query_.state != app::BankLineState::matched;
        Sql where("b.operator_id = ?", op_);
        if (query_.state == app::BankLineState::unmatched) where.add(" AND b.state = 'unmatched'");
        if (query_.state == app::BankLineState::set_aside) where.add(" AND b.state = 'set_aside'");
        if (!is_rare && query_.statement) where.add(" AND b.statement_id = ?", *query_.statement);
        where.add(sort_by(plan_, "b.date", "b.id", date_place(query_.paging), date_range(query_.from, query_.to)));
        plan_.walks = {{"bank_lines b", "", where}};
        plan_.is_exact = !query_.subscriber && (is_rare ? !query_.statement : !query_.state);
    }
    void conditions() {
        auto& all = plan_.conditions.add(" AND g.subscriber_id = ?", op_);
        if (query_.state) all.add(" AND g.state = ?", name_in(state_names, *query_.state));
        if (query_.statement) all.add(" AND g.statement_id = ?", *query_.statement);
        if (query_.subscriber) all.add(" AND g.payer_id = ?", *query_.subscriber);
        if (query_.from) all.add(" AND g.date >= ?", *query_.from);
        if (query_.to) all.add(" AND g.date <= ?", *query_.to);
    }

    OperatorId op_;
    const app::BankLineQuery& query_;
    ListPlan plan_;
};

app::BankLineRow read_bank_line(Query& row) {
    const auto id = row.get<BankLineId>();
    const auto statement = row.get<BankStatementId>();
    auto fingerprint = row.get<std::string>();
    auto account = row.get<std::string>();
    const auto date = row.get<Date>();
    const auto currency = read_currency(row);
    const auto amount = row.money(currency);
    app::StoredBankLine stored{.id = id,
                               .statement = statement,
                               .fingerprint = std::move(fingerprint),
                               .line = {.account = std::move(account), .date = date, .amount = amount}};
    auto& line = stored.line;
    for (auto* text : {&line.bank_reference, &line.reference, &line.payer, &line.payer_account})
        *text = row.get<std::string>();
    stored.state = read_enum<app::BankLineState>(state_names, row);
    stored.by = read_optional_enum<payments::MatchedBy>(matched_by_names, row);
    stored.subscriber = row.get<std::optional<SubscriberId>>();
    stored.payment = row.get<std::optional<payments::PaymentId>>();
    stored.reason = row.get<std::string>();
    return {std::move(stored), row.get<std::string>(), {}};
}

// The lines of these keys, in their order, with the codes of the subscribers.
std::vector<app::BankLineRow> read_bank_lines(Connection& db, const std::vector<RowKey>& keys) {
    std::unordered_map<BankLineId, app::BankLineRow> read;
    each_row_of(db, keys,
                "SELECT b.id, b.statement_id, b.fingerprint, b.account, b.date, b.currency, b.amount, "
                "b.bank_reference, b.reference, b.payer, b.payer_account, b.state, b.matched_by, b.subscriber_id, "
                "b.payment_id, b.reason, COALESCE(s.code, '') FROM page p CROSS JOIN bank_lines b LEFT JOIN "
                "subscribers s ON s.subscriber_id = b.subscriber_id WHERE b.operator_id = p.subscriber_id AND b.id = "
                "p.id",
                [&](Query& row) {
                    auto one = read_bank_line(row);
                    read.emplace(one.stored.id, std::move(one));
                });
    each_row_of(db, keys,
                "SELECT c.line_id, c.subscriber_id, s.code FROM page p CROSS JOIN bank_line_candidates c JOIN "
                "subscribers s ON s.subscriber_id = c.subscriber_id WHERE c.operator_id = p.subscriber_id AND "
                "c.line_id = p.id ORDER BY c.line_id, c.subscriber_id",
                [&](Query& row) {
                    auto& one = read.at(row.get<BankLineId>());
                    if (one.stored.state == app::BankLineState::matched) return;
                    one.stored.candidates.push_back(row.get<SubscriberId>());
                    one.candidate_codes.push_back(row.get<std::string>());
                });
    std::vector<app::BankLineRow> rows;
    rows.reserve(keys.size());
    for (const auto& key : keys)
        if (const auto found = read.find(BankLineId{key.id}); found != read.end())
            rows.push_back(std::move(found->second));
    return rows;
}

}  // namespace

void SqlStore::add_bank_statement(OperatorId op, const app::BankStatement& s) {
    Query(*db_,
          "INSERT INTO bank_statements (operator_id, id, file_name, file_hash, format, imported_at, imported_by, "
          "statements, credits, known, matched, debits, reversals, pending) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
          op, s.id, s.file_name, s.file_hash, s.format, s.imported_at, s.imported_by, s.statements, s.credits, s.known,
          s.matched, s.debits, s.reversals, s.pending)
        .run();
}

void SqlStore::update_bank_statement(OperatorId op, const app::BankStatement& s) {
    Query(*db_,
          "UPDATE bank_statements SET statements = ?, credits = ?, known = ?, matched = ?, debits = ?, reversals = ?, "
          "pending = ? WHERE operator_id = ? AND id = ?",
          s.statements, s.credits, s.known, s.matched, s.debits, s.reversals, s.pending, op, s.id)
        .run();
}

std::optional<app::BankStatement> SqlStore::find_bank_statement(OperatorId op, std::string_view file_hash) {
    Query row(*db_,
              "SELECT " + statement_columns + " FROM bank_statements t WHERE t.operator_id = ? AND t.file_hash = ?", op,
              file_hash);
    if (!row.next()) return std::nullopt;
    return read_bank_statement(row);
}

std::optional<app::BankStatement> SqlStore::find_bank_statement(OperatorId op, BankStatementId id) {
    Query row(*db_, "SELECT " + statement_columns + " FROM bank_statements t WHERE t.operator_id = ? AND t.id = ?", op,
              id);
    if (!row.next()) return std::nullopt;
    return read_bank_statement(row);
}

app::Page<app::BankStatement> SqlStore::bank_statements(OperatorId op, const app::Paging& paging) {
    app::Page<app::BankStatement> page;
    Query row(*db_,
              "SELECT " + statement_columns +
                  " FROM bank_statements t WHERE t.operator_id = ? AND t.id < ? ORDER BY t.id DESC LIMIT ?",
              op, paging.after ? paging.after->id : INT64_MAX, paging.limit + 1);
    while (row.next()) page.rows.push_back(read_bank_statement(row));
    if (std::ssize(page.rows) > paging.limit) {
        page.rows.pop_back();
        page.next = app::Position{.key = {}, .id = page.rows.back().id.value()};
    }
    return page;
}

void SqlStore::add_bank_lines(OperatorId op, std::span<const app::StoredBankLine> lines) {
    Inserter rows(
        *db_, "bank_lines",
        {"operator_id", "id", "statement_id", "fingerprint", "account", "date", "currency", "amount", "bank_reference",
         "reference", "payer", "payer_account", "state", "matched_by", "subscriber_id", "payment_id", "reason"});
    Inserter candidates(*db_, "bank_line_candidates", {"operator_id", "line_id", "subscriber_id"});
    for (const auto& s : lines) {
        const auto& line = s.line;
        rows.row(op, s.id, s.statement, s.fingerprint, line.account, line.date, line.amount.currency().code(),
                 line.amount, line.bank_reference, line.reference, line.payer, line.payer_account,
                 name_in(state_names, s.state), name_in(matched_by_names, s.by), s.subscriber, s.payment, s.reason);
        for (const auto& candidate : s.candidates) candidates.row(op, s.id, candidate);
    }
    rows.flush();
    candidates.flush();
}

void SqlStore::update_bank_line(OperatorId op, const app::StoredBankLine& s) {
    Query(*db_,
          "UPDATE bank_lines SET state = ?, matched_by = ?, subscriber_id = ?, payment_id = ?, reason = ? WHERE "
          "operator_id = ? AND id = ?",
          name_in(state_names, s.state), name_in(matched_by_names, s.by), s.subscriber, s.payment, s.reason, op, s.id)
        .run();
}

std::vector<std::string> SqlStore::known_fingerprints(OperatorId op, std::span<const std::string> fingerprints) {
    std::vector<std::string> known;
    each_row_for(
        *db_, fingerprints,
        "SELECT b.fingerprint FROM wanted w CROSS JOIN bank_lines b WHERE b.operator_id = ? AND b.fingerprint = w.word",
        [&](Query& row) { known.push_back(row.get<std::string>()); }, op);
    return known;
}

app::Page<app::BankLineRow> SqlStore::bank_lines(OperatorId op, const app::BankLineQuery& query) {
    auto found = find_rows(*db_, BankLinePlan(op, query).make());
    app::Page<app::BankLineRow> page;
    page.next = take_next(found, query.paging.limit);
    page.rows = read_bank_lines(*db_, keys_of(found));
    return page;
}

std::vector<app::BankStatements::Unlike> SqlStore::lines_unlike_their_payments(OperatorId op, std::int64_t limit) {
    std::vector<Unlike> unlike;
    Query row(*db_,
              "SELECT b.id, b.currency, b.amount, p.amount FROM bank_lines b LEFT JOIN payments p ON p.subscriber_id = "
              "b.subscriber_id AND p.id = b.payment_id WHERE b.operator_id = ? AND b.state = 'matched' AND (p.id IS "
              "NULL OR p.amount <> b.amount OR EXISTS (SELECT 1 FROM bank_lines e WHERE e.operator_id = b.operator_id "
              "AND e.payment_id = b.payment_id AND e.subscriber_id = b.subscriber_id AND e.id < b.id)) ORDER BY b.id "
              "LIMIT ?",
              op, limit);
    while (row.next()) {
        const auto line = row.get<BankLineId>();
        const auto currency = read_currency(row);
        const auto amount = row.money(currency);
        const auto paid = row.get<std::optional<std::int64_t>>();
        unlike.push_back({line, amount, paid ? std::optional(Money::minor(*paid, currency)) : std::nullopt});
    }
    return unlike;
}

std::optional<app::BankLineRow> SqlStore::find_bank_line(OperatorId op, BankLineId id) {
    auto rows = read_bank_lines(*db_, {{op.value(), id.value()}});
    if (rows.empty()) return std::nullopt;
    return std::move(rows.front());
}

std::optional<app::BankLineRow> SqlStore::hold_bank_line(OperatorId op, BankLineId id) {
    if (db_->has_other_writers())
        Query(*db_, "SELECT id FROM bank_lines WHERE operator_id = ? AND id = ? FOR NO KEY UPDATE", op, id).run();
    return find_bank_line(op, id);
}

}  // namespace sluice::store
