#include "serve/statements/statement_file.hpp"

#include "serve/statements/readers.hpp"
#include "serve/text/utf8.hpp"

namespace sluice::serve {

app::BankFile read_statement(std::string_view text, StatementFormat format, const CsvMapping* mapping,
                             Currency currency, Date latest) {
    StatementCollector collector(latest);
    switch (format) {
        case StatementFormat::camt:
            read_camt(text, collector);
            break;
        case StatementFormat::mt940:
            read_mt940(text, collector);
            break;
        case StatementFormat::csv:
            check(mapping != nullptr, "a CSV file comes with a mapping");
            read_statement_csv(text, *mapping, currency, collector);
            break;
    }
    auto file = std::move(collector).finish();
    file.format = name_of(format);
    return file;
}

}  // namespace sluice::serve
