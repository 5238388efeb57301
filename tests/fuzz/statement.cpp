// A bank statement is read, or refused with what is wrong: whatever a bank or its customer may have written. The first
// byte says of which format it is, or how the columns of a CSV file are mapped.
#include <algorithm>

#include "fuzz/fuzz.hpp"
#include "serve/statements/statement_file.hpp"
#include "serve/text/utf8.hpp"

using namespace sluice;

namespace {

const Currency euro = *Currency::from_code("EUR");
const Date latest = *Date::parse("2026-12-31");

serve::CsvMapping mapping_of(unsigned char choice) {
    serve::CsvMapping mapping{.account = "1", .has_header = false, .date = "1", .reference = "4", .payer = "5"};
    mapping.separator = (choice & 1) != 0 ? ';' : ',';
    mapping.decimal_sign = (choice & 2) != 0 ? ',' : '.';
    mapping.date_format = (choice & 4) != 0 ? "dd.mm.yyyy" : "yyyy-mm-dd";
    ((choice & 8) != 0 ? mapping.credit : mapping.amount) = "2";
    if ((choice & 8) != 0) mapping.debit = "3";
    if ((choice & 16) != 0) mapping.currency = "6";
    return mapping;
}

void is_clean(const std::string& text) {
    fuzz::must(!serve::has_control_character(text), "texts are in one line");
    fuzz::must(serve::code_points(text) <= 1'000, "texts are bounded");
    fuzz::must(serve::is_utf8(text), "texts are UTF-8");
}

void is_good(const payments::BankLine& line) {
    fuzz::must(line.amount.is_positive(), "a credit is above zero");
    fuzz::must(line.date <= latest, "nothing is booked in the future");
    fuzz::must(!line.account.empty(), "a line is of an account");
    for (const auto* text : {&line.account, &line.bank_reference, &line.reference, &line.payer, &line.payer_account})
        is_clean(*text);
}

void read_or_refuse(std::string_view text, serve::StatementFormat format, const serve::CsvMapping& mapping) {
    try {
        const auto file = serve::read_statement(text, format, &mapping, euro, latest);
        for (const auto& statement : file.statements)
            for (const auto& line : statement) is_good(line);
    } catch (const serve::StatementFaults& refused) {
        fuzz::must(!refused.faults().empty() && refused.faults().size() <= serve::StatementFaults::most,
                   "a refusal tells some faults");
        const auto ends = std::count_if(text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r'; });
        for (const auto& fault : refused.faults())
            fuzz::must(fault.line >= 0 && fault.line <= 1 + ends && !fault.message.empty(),
                       "a fault names a line of the file");
    }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const auto text = fuzz::text(data + 1, size - 1);
    if (!serve::is_utf8(text)) return 0;  // the API takes nothing else
    serve::guess_format(text);
    const auto format = data[0] < 64    ? serve::StatementFormat::camt
                        : data[0] < 128 ? serve::StatementFormat::mt940
                                        : serve::StatementFormat::csv;
    read_or_refuse(text, format, mapping_of(data[0]));
    return 0;
}
