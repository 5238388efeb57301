// Typed parameters and columns. A query reads its columns one after the other, in the order in which they were
// selected.
#pragma once

#include <cstring>
#include <initializer_list>
#include <memory_resource>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/ports/hasher.hpp"
#include "store/sql/connection.hpp"
#include "values/check.hpp"
#include "values/date.hpp"
#include "values/decimal.hpp"
#include "values/id.hpp"
#include "values/money.hpp"
#include "values/zone.hpp"

namespace sluice::store {

// Parameters that need text of their own keep it here until the statement has run.
class Texts {
public:
    std::string_view keep(std::string_view text) {
        auto* copy = static_cast<char*>(memory_.allocate(text.size() + 1, 1));
        std::memcpy(copy, text.data(), text.size());
        return {copy, text.size()};
    }
    void clear() { memory_.release(); }

private:
    std::pmr::monotonic_buffer_resource memory_{1024};
};

inline Cell to_cell(Texts&, std::int64_t n) { return n; }
inline Cell to_cell(Texts&, std::int32_t n) { return std::int64_t{n}; }
inline Cell to_cell(Texts&, bool b) { return std::int64_t{b}; }
inline Cell to_cell(Texts&, std::string_view text) { return text; }
inline Cell to_cell(Texts&, const std::string& text) { return std::string_view(text); }
inline Cell to_cell(Texts&, const char* text) { return std::string_view(text); }
inline Cell to_cell(Texts& texts, Date date) { return texts.keep(date.text()); }
inline Cell to_cell(Texts& texts, Decimal number) { return texts.keep(number.text()); }
// Days, with spaces between.
inline Cell to_cell(Texts& texts, const std::vector<int>& days) {
    std::string text;
    for (const int day : days) text += (text.empty() ? "" : " ") + std::to_string(day);
    return texts.keep(std::move(text));
}
inline Cell to_cell(Texts&, Money money) { return money.minor_units(); }
inline Cell to_cell(Texts&, Instant instant) { return std::int64_t{instant.time_since_epoch().count()}; }
inline Cell to_cell(Texts&, const app::Hash& hash) {
    return Bytes{{reinterpret_cast<const char*>(hash.data()), hash.size()}};
}
template <typename Kind>
Cell to_cell(Texts&, Id<Kind> id) {
    return id.value();
}
template <typename T>
Cell to_cell(Texts& texts, const std::optional<T>& value) {
    return value ? to_cell(texts, *value) : Cell{Null{}};
}

class Sql;

class Query {
public:
    template <typename... Parameters>
    Query(Connection& connection, const std::string& sql, const Parameters&... parameters)
        : statement_(connection.prepare(sql)) {
        int at = 0;
        (statement_.bind(at++, to_cell(texts_, parameters)), ...);
    }
    // `sql` lives as long as the query.
    Query(Connection& connection, const Sql& sql);
    Query(Connection& connection, Sql&& sql) = delete;
    ~Query() { statement_.reset(); }
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;

    // Moves to the next row and to its first column; false after the last row.
    bool next() {
        column_ = 0;
        return statement_.step();
    }
    void run() { statement_.step(); }

    template <typename T>
    T get() {
        T value = read(static_cast<T*>(nullptr));
        ++column_;
        return value;
    }
    Money money(Currency currency) { return Money::minor(get<std::int64_t>(), currency); }

private:
    std::int64_t read(std::int64_t*) { return statement_.integer(column_); }
    std::int32_t read(std::int32_t*) { return static_cast<std::int32_t>(statement_.integer(column_)); }
    bool read(bool*) { return statement_.integer(column_) != 0; }
    std::string read(std::string*) { return std::string(statement_.text(column_)); }
    std::string_view read(std::string_view*) { return statement_.text(column_); }
    Date read(Date*) {
        const auto date = Date::parse(statement_.text(column_));
        check(date.has_value(), "a stored date is a date");
        return *date;
    }
    Decimal read(Decimal*) {
        const auto number = Decimal::parse(statement_.text(column_));
        check(number.has_value(), "a stored decimal is a decimal");
        return *number;
    }
    Instant read(Instant*) { return Instant{std::chrono::microseconds{statement_.integer(column_)}}; }
    Currency read(Currency*) = delete;
    app::Hash read(app::Hash*) {
        const auto bytes = statement_.text(column_);
        app::Hash hash{};
        check(bytes.size() == hash.size(), "a stored hash has 32 bytes");
        std::memcpy(hash.data(), bytes.data(), hash.size());
        return hash;
    }
    template <typename Kind>
    Id<Kind> read(Id<Kind>*) {
        return Id<Kind>{statement_.integer(column_)};
    }
    template <typename T>
    std::optional<T> read(std::optional<T>*) {
        if (statement_.is_null(column_)) return std::nullopt;
        return read(static_cast<T*>(nullptr));
    }

    Statement& statement_;
    Texts texts_;
    int column_ = 0;
};

// Inserts many rows with few statements. What is collected is written by flush(), or when enough has come together.
class Inserter {
public:
    Inserter(Connection& connection, std::string_view table, std::initializer_list<std::string_view> columns);

    Inserter(Connection& connection, std::string_view table, const std::vector<std::string>& columns);

    template <typename... Values>
    void row(const Values&... values) {
        check(sizeof...(values) == columns_, "a row has a value for each column");
        (append(to_cell(texts_, values)), ...);
        if (++rows_ == most_rows_) flush();
    }
    void row_of(std::span<const Cell> cells) {
        check(cells.size() == columns_, "a row has a value for each column");
        for (const auto& cell : cells) append(cell);
        if (++rows_ == most_rows_) flush();
    }
    // `parent` is flushed before this one: its rows are what these refer to.
    Inserter& after(Inserter& parent) {
        parent_ = &parent;
        return *this;
    }
    // What happens to rows that are there already: the rest of an ON CONFLICT clause.
    void or_update(std::string_view on_conflict) { on_conflict_ = " ON CONFLICT " + std::string(on_conflict); }
    void flush();

private:
    static constexpr std::size_t rows_per_statement = 32;
    static constexpr std::size_t rows_per_copy = 4096;

    void append(const Cell& cell);
    bool copy();
    void insert(std::size_t first_row, std::size_t rows);
    const std::string& sql_for(std::size_t rows);

    Connection& connection_;
    Inserter* parent_ = nullptr;
    std::string table_;
    std::string names_;  // of the columns
    std::size_t columns_;
    std::size_t most_rows_;
    std::string on_conflict_;
    std::string sql_;  // for so many rows:
    std::size_t sql_rows_ = 0;
    Texts texts_;
    std::vector<Cell> cells_;
    std::size_t rows_ = 0;
};

// Changes or removes many rows, each by its key: some thousands in one statement where rows can come as arrays, which
// databases with other writers take, else with a statement each. What is collected is written by flush(), or when
// enough has come together.
class Updater {
public:
    enum class Type { integer, text, date, bytes };
    struct Column {
        std::string_view name;
        Type type;
    };
    // The first `keys` columns say which row it is, the others what it becomes; without others, it is removed.
    Updater(Connection& connection, std::string_view table, std::size_t keys, std::initializer_list<Column> columns);

    template <typename... Values>
    void row(const Values&... values) {
        check(sizeof...(values) == columns_.size(), "a row has a value for each column");
        std::size_t column = 0;
        (append(column++, to_cell(texts_, values)), ...);
        if (++rows_ == most_rows_) flush();
    }
    void flush();

private:
    static constexpr std::size_t rows_per_statement = 4096;

    void append(std::size_t column, const Cell& cell);
    std::string one_by_one(const std::string& table) const;
    std::string all_together(const std::string& table) const;

    Connection& connection_;
    std::size_t keys_;
    std::vector<Column> columns_;
    std::size_t most_rows_;
    std::string sql_;
    Texts texts_;
    std::vector<Cell> cells_;          // of the one row
    std::vector<std::string> arrays_;  // or of each column
    std::size_t rows_ = 0;
};

}  // namespace sluice::store
