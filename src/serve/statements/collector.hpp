// What the readers of bank statements share: they collect lines and faults here, in texts of bounded length.
#pragma once

#include "serve/statements/statement_file.hpp"

namespace sluice::serve {

class StatementCollector {
public:
    // `latest`: a booking behind it is a mistake of the file or of its mapping.
    explicit StatementCollector(Date latest) : latest_(latest) {}

    void begin_statement() { file_.statements.emplace_back(); }
    bool has_statement() const { return !file_.statements.empty(); }
    // REQUIRES: a statement has begun.
    void credit(std::int64_t at_line, payments::BankLine line);
    void debit() { ++file_.debits; }
    void reversal() { ++file_.reversals; }
    void pending() { ++file_.pending; }

    void fault(std::int64_t line, std::string message);
    // Nothing that follows is told any more.
    bool is_full() const { return faults_.size() >= StatementFaults::most; }
    // Throws StatementFaults when there are any.
    app::BankFile finish() &&;

private:
    Date latest_;
    app::BankFile file_;
    std::size_t credits_ = 0;
    std::vector<StatementFault> faults_;
};

// In one line, without spaces around it and with one at most between words; what is too long is cut.
std::string tidy(std::string_view text, std::size_t max_characters);
// Account numbers: capitals without spaces.
std::string tidy_account(std::string_view text);
// Both with a space between, where both are there.
void append_words(std::string& all, std::string_view more);

// "1234.5", "1234.500000": exactly, or nothing.
std::optional<Money> read_amount(std::string_view text, Currency currency);

// Nothing for a day that is not in the calendar.
std::optional<Date> civil_date(int year, int month, int day);

// Ids that stand for none: "NONREF", "NOTPROVIDED".
bool is_no_reference(std::string_view text);

}  // namespace sluice::serve
