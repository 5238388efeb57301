// Bank statements as they were read, in words.
#pragma once

#include <string>
#include <vector>

#include "serve/statements/statement_file.hpp"
#include "support/shop.hpp"

namespace sluice::support {

// "account date amount currency [bank's reference] reference | payer | payer's account"
inline Lines tell(const app::BankFile& file) {
    Lines told;
    for (const auto& lines : file.statements)
        for (const auto& line : lines)
            told.push_back(line.account + " " + line.date.text() + " " + line.amount.text() + " " +
                           std::string(line.amount.currency().code()) + " [" + line.bank_reference + "] " +
                           line.reference + " | " + line.payer + " | " + line.payer_account);
    return told;
}

// By an operator in EUR on a day in 2026.
inline app::BankFile read_file(std::string_view text, serve::StatementFormat format,
                               const serve::CsvMapping* mapping = nullptr) {
    return serve::read_statement(text, format, mapping, *Currency::from_code("EUR"), date("2026-12-31"));
}

inline Lines lines_of(std::string_view text, serve::StatementFormat format,
                      const serve::CsvMapping* mapping = nullptr) {
    return tell(read_file(text, format, mapping));
}

// REQUIRES: there are some.
inline Lines faults_of(std::string_view text, serve::StatementFormat format,
                       const serve::CsvMapping* mapping = nullptr) {
    try {
        read_file(text, format, mapping);
    } catch (const serve::StatementFaults& found) {
        Lines faults;
        for (const auto& fault : found.faults()) faults.push_back(fault.text());
        return faults;
    }
    return {"none"};
}

}  // namespace sluice::support
