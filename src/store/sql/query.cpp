#include "store/sql/query.hpp"

#include "store/sql/arrays.hpp"
#include "store/sql/run_once.hpp"
#include "store/sql/sql.hpp"

namespace sluice::store {

Query::Query(Connection& connection, const Sql& sql) : statement_(connection.prepare(sql.text())) {
    int at = 0;
    for (const auto& cell : sql.cells()) statement_.bind(at++, cell);
}

// Only a database with other writers has a bulk load that is worth to wait for.
Inserter::Inserter(Connection& connection, std::string_view table, std::initializer_list<std::string_view> columns)
    : Inserter(connection, table, std::vector<std::string>(columns.begin(), columns.end())) {}

Inserter::Inserter(Connection& connection, std::string_view table, const std::vector<std::string>& columns)
    : connection_(connection),
      table_(table),
      columns_(columns.size()),
      most_rows_(connection.has_other_writers() ? rows_per_copy : rows_per_statement) {
    for (const auto& column : columns) (names_ += names_.empty() ? "" : ", ") += column;
}

// Made when it is needed: most inserters get a row or two.
const std::string& Inserter::sql_for(std::size_t rows) {
    if (sql_rows_ == rows) return sql_;
    sql_ = "INSERT INTO " + table_ + " (" + names_ + ") VALUES ";
    for (std::size_t row = 0; row < rows; ++row)
        for (std::size_t i = 0; i < columns_; ++i) sql_ += i > 0 ? ",?" : row > 0 ? "),(?" : "(?";
    (sql_ += ")") += on_conflict_;
    sql_rows_ = rows;
    return sql_;
}

// Rows outlive the values that they were made from, so texts are copied.
void Inserter::append(const Cell& cell) {
    if (const auto* text = std::get_if<std::string_view>(&cell))
        cells_.push_back(texts_.keep(*text));
    else if (const auto* bytes = std::get_if<Bytes>(&cell))
        cells_.push_back(Bytes{texts_.keep(bytes->bytes)});
    else
        cells_.push_back(cell);
}

void Inserter::flush() {
    if (parent_) parent_->flush();
    if (!copy()) {
        std::size_t row = 0;
        for (; row + rows_per_statement <= rows_; row += rows_per_statement) insert(row, rows_per_statement);
        for (; row < rows_; ++row) insert(row, 1);
    }
    cells_.clear();
    texts_.clear();
    rows_ = 0;
}

bool Inserter::copy() {
    return rows_ > 0 && on_conflict_.empty() && connection_.copy_rows(table_, names_, columns_, cells_);
}

void Inserter::insert(std::size_t first_row, std::size_t rows) {
    auto& statement = connection_.prepare(sql_for(rows));
    for (std::size_t i = 0; i < rows * columns_; ++i)
        statement.bind(static_cast<int>(i), cells_[first_row * columns_ + i]);
    run_once(statement);
}

Updater::Updater(Connection& connection, std::string_view table, std::size_t keys,
                 std::initializer_list<Column> columns)
    : connection_(connection),
      keys_(keys),
      columns_(columns),
      most_rows_(connection.has_other_writers() ? rows_per_statement : 1),
      sql_(most_rows_ == 1 ? one_by_one(std::string(table)) : all_together(std::string(table))),
      cells_(columns_.size()),
      arrays_(columns_.size()) {}

std::string Updater::one_by_one(const std::string& table) const {
    std::string changes;
    std::string condition;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        auto& part = i < keys_ ? condition : changes;
        if (!part.empty()) part += i < keys_ ? " AND " : ", ";
        part += std::string(columns_[i].name) + " = ?";
    }
    return (changes.empty() ? "DELETE FROM " + table : "UPDATE " + table + " SET " + changes) + " WHERE " + condition;
}

std::string Updater::all_together(const std::string& table) const {
    std::string changes;
    std::string condition;
    std::string arrays;
    std::string names;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        const std::string name(columns_[i].name);
        const auto type = columns_[i].type;
        const std::string comma = i > 0 ? ", " : "";
        arrays += comma + "CAST(? AS " +
                  (type == Type::integer ? "BIGINT[])"
                   : type == Type::text  ? "TEXT[])"
                   : type == Type::bytes ? "BYTEA[])"
                                         : "DATE[])");
        names += comma + name;
        if (i < keys_)
            condition += (i > 0 ? " AND t." : "t.") + name + " = v." + name;
        else
            changes += (i > keys_ ? ", " : "") + name + " = v." + name;
    }
    return (changes.empty() ? "DELETE FROM " + table + " t USING" : "UPDATE " + table + " t SET " + changes + " FROM") +
           " unnest(" + arrays + ") AS v (" + names + ") WHERE " + condition;
}

void Updater::append(std::size_t column, const Cell& cell) {
    if (most_rows_ == 1)
        cells_[column] = cell;
    else
        append_element(arrays_[column], cell, columns_[column].type == Type::text);
}

void Updater::flush() {
    if (rows_ == 0) return;
    rows_ = 0;
    auto& statement = connection_.prepare(sql_);
    if (most_rows_ == 1) {
        int at = 0;
        for (std::size_t i = keys_; i < columns_.size(); ++i) statement.bind(at++, cells_[i]);
        for (std::size_t i = 0; i < keys_; ++i) statement.bind(at++, cells_[i]);
    } else {
        for (std::size_t i = 0; i < columns_.size(); ++i)
            statement.bind(static_cast<int>(i), std::string_view(arrays_[i] += '}'));
    }
    run_once(statement);
    texts_.clear();
    for (auto& array : arrays_) array.clear();
}

}  // namespace sluice::store
