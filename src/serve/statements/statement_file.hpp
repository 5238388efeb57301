// Bank statements as banks write them: camt.053, MT940 and CSV. A file is read whole or refused with all that is wrong.
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "app/import_bank_statement.hpp"

namespace sluice::serve {

enum class StatementFormat { camt, mt940, csv };
std::string_view name_of(StatementFormat format);
std::optional<StatementFormat> parse_statement_format(std::string_view name);
// What the text looks like.
StatementFormat guess_format(std::string_view text);

// Which column of a CSV file is what: by the name in the header line, or without such a line by its number from 1.
// Empty: there is none.
struct CsvMapping {
    std::string account;  // the operator's, which the file does not say
    char separator = ',';
    bool has_header = true;
    std::int64_t skip_rows = 0;              // before the header line
    std::string date_format = "yyyy-mm-dd";  // yyyy or yy, mm and dd, with anything between them
    char decimal_sign = '.';
    std::string date;
    std::string amount;  // credits positive, debits negative; or …
    std::string credit;  // … a column for each
    std::string debit;
    std::string currency;  // without it, the operator's
    std::string reference;
    std::string payer;
    std::string payer_account;
    std::string bank_reference;
};

struct StatementFault {
    std::int64_t line;    // from 1; 0: the whole file
    std::string message;  // what is wrong, and how to mend it
    std::string text() const { return line > 0 ? "line " + std::to_string(line) + ": " + message : message; }
};

class StatementFaults : public std::runtime_error {
public:
    static constexpr std::size_t most = 20;
    explicit StatementFaults(std::vector<StatementFault> faults)
        : std::runtime_error(faults.front().text()), faults_(std::move(faults)) {}
    const std::vector<StatementFault>& faults() const { return faults_; }

private:
    std::vector<StatementFault> faults_;
};

inline constexpr std::size_t most_statement_lines = 50'000;

// REQUIRES: UTF-8; with csv a mapping.  `currency`: the operator's, for files that name none; `latest`: no booking is
// later.  Throws StatementFaults.
app::BankFile read_statement(std::string_view text, StatementFormat format, const CsvMapping* mapping,
                             Currency currency, Date latest);

}  // namespace sluice::serve
