#include "store/sql/query.hpp"

#include "store/sql/sql.hpp"

namespace sluice::store {

Query::Query(Connection& connection, const Sql& sql) : statement_(connection.prepare(sql.text())) {
    int at = 0;
    for (const auto& cell : sql.cells()) statement_.bind(at++, cell);
}

Inserter::Inserter(Connection& connection, std::string_view table, std::initializer_list<std::string_view> columns)
    : connection_(connection), columns_(columns.size()) {
    head_ = "INSERT INTO " + std::string(table) + " (";
    for (const auto column : columns) head_ += (head_.back() == '(' ? "" : ", ") + std::string(column);
    head_ += ") VALUES ";
}

// Made when it is needed: most inserters get a row or two.
const std::string& Inserter::sql_for(std::size_t rows) {
    if (sql_rows_ == rows) return sql_;
    sql_ = head_;
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
    if (rows_ == rows_per_statement)
        insert(0, rows_);
    else
        for (std::size_t row = 0; row < rows_; ++row) insert(row, 1);
    cells_.clear();
    texts_.clear();
    rows_ = 0;
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
