#include "store/sql/query.hpp"

#include "store/sql/sql.hpp"

namespace sluice::store {

Query::Query(Connection& connection, const Sql& sql) : statement_(connection.prepare(sql.text())) {
    int at = 0;
    for (const auto& cell : sql.cells()) statement_.bind(at++, cell);
}

// Only a database with other writers has a bulk load that is worth to wait for.
Inserter::Inserter(Connection& connection, std::string_view table, std::initializer_list<std::string_view> columns)
    : connection_(connection),
      table_(table),
      columns_(columns.size()),
      most_rows_(connection.has_other_writers() ? rows_per_copy : rows_per_statement) {
    for (const auto column : columns) (names_ += names_.empty() ? "" : ", ") += column;
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
    try {
        statement.step();
    } catch (...) {
        statement.reset();
        throw;
    }
    statement.reset();
}

}  // namespace sluice::store
