#include <gtest/gtest.h>

#include "serve/statements/statement_file.hpp"
#include "support/statements.hpp"

namespace sluice::serve {
namespace {

using support::Lines;

constexpr auto csv = StatementFormat::csv;

CsvMapping german() {
    return {.account = "DE89",
            .separator = ';',
            .date_format = "dd.mm.yyyy",
            .decimal_sign = ',',
            .date = "Buchung",
            .amount = "Betrag",
            .reference = "Zweck",
            .payer = "Name",
            .payer_account = "Konto",
            .bank_reference = "Id"};
}
const std::string header = "Buchung;Betrag;Zweck;Name;Konto;Id\n";

TEST(StatementCsv, ReadsTheColumnsThatTheMappingNames) {
    const auto mapping = german();
    const auto file = support::read_file(
        header +
            "10.02.2026;1.234,50;\"INV-2026-000001; danke\";M\xC3\xBCller;DE02 1203;77\n11.02.2026;-3,00;x;y;z;78\n"
            "\n;;;;;\n12.02.2026;+5;;;;\n",
        csv, &mapping);
    EXPECT_EQ(support::tell(file),
              (Lines{"DE89 2026-02-10 1234.50 EUR [77] INV-2026-000001; danke | M\xC3\xBCller | DE021203",
                     "DE89 2026-02-12 5.00 EUR []  |  | "}));
    EXPECT_EQ(file.debits, 1);
}

TEST(StatementCsv, ReadsACreditAndADebitColumnAndCurrencies) {
    const CsvMapping mapping{
        .account = "1", .date = "date", .credit = "in", .debit = "out", .currency = "ccy", .reference = "text"};
    const auto file = support::read_file(
        "date,in,out,ccy,text\n2026-02-10,\"1,234.50\",,USD,a\n2026-02-10,0.00,2.00,USD,b\n2026-02-10,7,,JPY,c\n", csv,
        &mapping);
    EXPECT_EQ(support::tell(file), (Lines{"1 2026-02-10 1234.50 USD [] a |  | ", "1 2026-02-10 7 JPY [] c |  | "}));
    EXPECT_EQ(file.debits, 1);
}

TEST(StatementCsv, CountsColumnsWhereNoLineNamesThem) {
    const CsvMapping mapping{
        .account = "1", .has_header = false, .skip_rows = 1, .date_format = "yymmdd", .date = "1", .amount = "3"};
    EXPECT_EQ(support::lines_of("My bank\n260210,x,5.00-\n260211,x,6.00\n", csv, &mapping),
              (Lines{"1 2026-02-11 6.00 EUR []  |  | "}));
}

TEST(StatementCsv, TakesNoAmountForAnother) {
    const auto mapping = german();
    for (const auto* wrong : {"1.50", "1,234.50", "12.34,00", "1.2345,00", "1,2,3", "1,005", "", "x", "--1", "1-1",
                              ",5", "1..234,00", ".123,00"})
        EXPECT_EQ(support::faults_of(header + "10.02.2026;" + wrong + ";;;;\n", csv, &mapping).size(), 1U) << wrong;
    for (const auto* right : {"1,50", "1.234,5", "1 234", "1'234,50", "0001,50", "5,"})
        EXPECT_EQ(support::lines_of(header + "10.02.2026;" + right + ";;;;\n", csv, &mapping).size(), 1U) << right;
}

TEST(StatementCsv, SaysWhereAndWhatIsWrong) {
    const auto mapping = german();
    const auto faults =
        support::faults_of(header + "2026-02-10;1,00;;;;\n10.02.2026;1.00;;;;\n10.02.2026;\"1,00;;;;\n", csv, &mapping);
    ASSERT_EQ(faults.size(), 3U);
    EXPECT_EQ(faults[0],
              "line 2: \"2026-02-10\" is no date by the format dd.mm.yyyy; mend the row, or the mapping's date_format");
    EXPECT_EQ(faults[1],
              "line 3: \"1.00\" is no amount in EUR with the decimal sign \",\"; mend the row, or the mapping's "
              "decimal_sign");
    EXPECT_NE(faults[2].find("line 4: a quote is opened and never closed"), std::string::npos);
    auto other = mapping;
    other.payer = "Auftraggeber";
    EXPECT_EQ(support::faults_of(header, csv, &other).front(),
              "line 1: there is no column \"Auftraggeber\"; there is \"Buchung\", \"Betrag\", \"Zweck\", \"Name\", "
              "\"Konto\", \"Id\"");
}

TEST(StatementFormats, AreRecognised) {
    EXPECT_EQ(guess_format("\xEF\xBB\xBF\n <Document/>"), StatementFormat::camt);
    EXPECT_EQ(guess_format("{1:F01}{4:\n:20:A\n:25:B\n"), StatementFormat::mt940);
    EXPECT_EQ(guess_format("date,amount\n"), StatementFormat::csv);
    EXPECT_EQ(guess_format(""), StatementFormat::csv);
}

}  // namespace
}  // namespace sluice::serve
