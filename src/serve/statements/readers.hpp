// One reader for each format.
#pragma once

#include "serve/statements/collector.hpp"

namespace sluice::serve {

void read_camt(std::string_view text, StatementCollector& collector);
void read_mt940(std::string_view text, StatementCollector& collector);
void read_statement_csv(std::string_view text, const CsvMapping& mapping, Currency currency,
                        StatementCollector& collector);

}  // namespace sluice::serve
