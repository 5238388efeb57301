// One row of an import at a time: its fields by the names of their columns, and everything that is wrong with them.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/ports/import_source.hpp"
#include "domain/customers/terms.hpp"
#include "values/date.hpp"

namespace sluice::app {

struct ImportProblem {
    std::string file;
    std::int64_t line;   // 0 when it is about the file
    std::string column;  // empty when it is about the row
    std::string value;   // as it stands there, shortened
    std::string wrong;
    std::string right;
};
// sub_services.csv, line 12: status "actve" is not known here; write inactive, active or suspended
std::string text_of(const ImportProblem& problem);
// The same without the place.
std::string reason_of(const ImportProblem& problem);

class ImportRowReader {
public:
    // `columns`: the names that the header must have, in any order; the last `optional` of them it may have.
    ImportRowReader(std::string file, std::span<const std::string_view> columns, std::size_t optional = 0);

    // False when the rows below such a header cannot be read; problems() says why.
    bool read_header(const ImportRow& row);
    // Moves to a row; false when its form is wrong.
    bool start(const ImportRow& row);

    std::int64_t line() const { return line_; }
    // The field as it is; empty when not given.  REQUIRES: one of the columns.
    std::string_view text(std::string_view column) const;

    // Each of these complains when the field is not as it should be.
    std::string_view code(std::string_view column, bool is_needed = true);
    std::string_view short_text(std::string_view column, std::size_t max_characters);
    std::string_view country(std::string_view column);
    std::optional<Date> date(std::string_view column);
    std::optional<std::int64_t> number(std::string_view column, std::int64_t min, std::int64_t max);
    // The position of the field among `words`.
    std::optional<std::size_t> word(std::string_view column, std::span<const std::string_view> words);
    // model, cycle_day, first_charge and invoicing.
    customers::BillingSettings settings();

    // An empty column: the whole row.
    void complain(std::string_view column, std::string wrong, std::string right);
    void complain(std::string_view column, std::string_view value, std::string wrong, std::string right);

    bool is_good() const { return problems_.empty(); }
    const std::vector<ImportProblem>& problems() const { return problems_; }

private:
    static constexpr std::size_t not_there = static_cast<std::size_t>(-1);

    std::size_t column_named(std::string_view name) const;
    void refuse_missing_columns();

    std::string file_;
    std::span<const std::string_view> columns_;
    std::size_t needed_;               // of the columns
    std::vector<std::size_t> places_;  // of each column in the rows
    std::size_t width_ = 0;
    std::int64_t line_ = 0;
    std::span<const std::string_view> fields_;
    std::vector<ImportProblem> problems_;
};

// 1 to 64 of letters, digits and . _ : -
bool is_import_code(std::string_view text);
// A whole number in digits alone; nothing for another form or above 10^15.
std::optional<std::int64_t> parse_count(std::string_view digits);
// "one, two or three"
std::string choice_of(std::span<const std::string_view> words);

}  // namespace sluice::app
