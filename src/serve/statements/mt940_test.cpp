#include <gtest/gtest.h>

#include "serve/statements/statement_file.hpp"
#include "support/statements.hpp"

namespace sluice::serve {
namespace {

using support::Lines;

constexpr auto mt940 = StatementFormat::mt940;

std::string statement(const std::string& bookings) {
    return ":20:STARTUMS\r\n:25:37040044/0532013000\r\n:28C:00042/001\r\n:60F:C260209EUR1000,00\r\n" + bookings +
           ":62F:C260210EUR2000,00\r\n-\r\n";
}

TEST(Mt940, ReadsPiecesOfGermanBanks) {
    const auto text = statement(
        ":61:2602100210CR1234,50NTRFNONREF//FT1\r\n"
        ":86:166?00GUTSCHRIFT?109310?20EREF+E2E-7?21SVWZ+Rechnung INV-2026-0000?2201 danke?30COBADEFFXXX?31DE02120300"
        "000000202051?32Mueller und Soehne Gebaeu?33dereinigung\r\n");
    EXPECT_EQ(support::lines_of(text, mt940),
              (Lines{"37040044/0532013000 2026-02-10 1234.50 EUR [FT1] Rechnung INV-2026-000001 danke E2E-7 | Mueller "
                     "und Soehne Gebaeudereinigung | DE02120300000000202051"}))
        << "a word goes on behind a full piece";
    const auto short_pieces = statement(":61:2602100210CR1,00NTRFNONREF\r\n:86:166?20SVWZ+Miete?21Februar\r\n");
    EXPECT_EQ(support::lines_of(short_pieces, mt940),
              (Lines{"37040044/0532013000 2026-02-10 1.00 EUR [] Miete Februar |  | "}))
        << "a piece that is not full ends a word";
}

TEST(Mt940, ReadsSlashesOfDutchBanks) {
    const auto text = statement(
        ":61:2602100210C30,00NTRFEREF//B1\n:86:/TRTP/SEPA OVERBOEKING/IBAN/NL08ABNA0123456789/BIC/ABNANL2A/NAME/J.\n "
        "Jansen/REMI/INV-2026-000001/EREF/NOTPROVIDED\n"
        ":61:2602100210C31,00NTRFNONREF//B2\n:86:/EREF/X9//CNTP/NL08INGB0001234567/INGBNL2A/ING Name/Town///REMI/USTD//"
        "thanks/\n");
    EXPECT_EQ(support::lines_of(text, mt940),
              (Lines{"37040044/0532013000 2026-02-10 30.00 EUR [B1] INV-2026-000001 EREF | J. Jansen | "
                     "NL08ABNA0123456789",
                     "37040044/0532013000 2026-02-10 31.00 EUR [B2] thanks X9 | ING Name | NL08INGB0001234567"}));
}

TEST(Mt940, ReadsFreeTextAndTheReferenceOfTheBooking) {
    const auto text = statement(
        ":61:260210C10,NTRFINV-2026-000001\n:86:FROM ANN LEE\nFOR FEBRUARY\n:61:260210C11,5NMSCNONREF\nEXTRA LINE\n");
    EXPECT_EQ(support::lines_of(text, mt940),
              (Lines{"37040044/0532013000 2026-02-10 10.00 EUR [] FROM ANN LEE FOR FEBRUARY INV-2026-000001 |  | ",
                     "37040044/0532013000 2026-02-10 11.50 EUR [] EXTRA LINE |  | "}));
}

TEST(Mt940, CountsWhatItPassesOver) {
    const auto file = support::read_file(
        statement(":61:2602100210D1,00NTRFNONREF\n:61:2602100210DR1,00NTRFNONREF\n:61:2602100210RC2,00NTRFNONREF\n:61:"
                  "2602100210RD3,00NTRFNONREF\n:61:2602100210EC4,00NTRFNONREF\n"),
        mt940);
    EXPECT_EQ(support::tell(file), Lines{});
    EXPECT_EQ(file.debits, 2);
    EXPECT_EQ(file.reversals, 2);
    EXPECT_EQ(file.pending, 1);
}

TEST(Mt940, BooksAroundTheNewYear) {
    EXPECT_EQ(support::lines_of(statement(":61:2512310102C1,00NTRFNONREF\n:61:2601021231C2,00NTRFNONREF\n"), mt940),
              (Lines{"37040044/0532013000 2026-01-02 1.00 EUR []  |  | ",
                     "37040044/0532013000 2025-12-31 2.00 EUR []  |  | "}));
}

TEST(Mt940, ReadsAnyEndsOfLinesAndEnvelopes) {
    const auto text = statement(":61:2602100210C1,00NTRFNONREF//A\r\n:86:one\r\ntwo\r\n");
    const auto wanted = support::lines_of(text, mt940);
    ASSERT_EQ(wanted.size(), 1U);
    for (const auto* end : {"\n", "\r"}) {
        std::string other;
        for (const char c : text)
            if (c != '\r') other += c == '\n' ? std::string(end) : std::string(1, c);
        EXPECT_EQ(support::lines_of(other, mt940), wanted);
    }
    EXPECT_EQ(support::lines_of("{1:F01BANK}{2:I940X}{4:\r\n" + text.substr(0, text.size() - 3) + "-}", mt940), wanted);
}

TEST(Mt940, ASecondPageGoesOnWithTheStatement) {
    const std::string booking = ":61:2602100210C1,00NTRFNONREF\n:86:same\n";
    auto page = statement(booking);
    page.replace(page.find("60F"), 3, "60M");
    const auto file = support::read_file(statement(booking) + page, mt940);
    ASSERT_EQ(file.statements.size(), 1U);
    EXPECT_EQ(file.statements.front().size(), 2U);
    EXPECT_EQ(support::read_file(statement(booking) + statement(booking), mt940).statements.size(), 2U);
}

TEST(Mt940, CutsNoCharacter) {
    EXPECT_EQ(support::lines_of(statement(":61:260210C1,00NTR\xC3\xB1ONREF\n"), mt940),
              (Lines{"37040044/0532013000 2026-02-10 1.00 EUR [] \xC3\xB1ONREF |  | "}));
}

TEST(Mt940, SaysWhereAndWhatIsWrong) {
    const auto fault = [](const std::string& text) { return support::faults_of(text, mt940).front(); };
    EXPECT_EQ(fault(statement(":61:26021C1,00NTRFNONREF\n")),
              "line 5: the booking \":61:26021C1,00NTRFNONREF\" cannot be read: it must begin with the value date as "
              "YYMMDD");
    EXPECT_NE(fault(statement(":61:260210X1,00NTRF\n")).find("C, D, RC or RD"), std::string::npos);
    EXPECT_NE(fault(statement(":61:260210C1.00NTRF\n")).find("decimal comma"), std::string::npos);
    EXPECT_NE(fault(statement(":61:260210C1,005NTRF\n")).find("more decimals than EUR"), std::string::npos);
    EXPECT_NE(fault(":20:X\n:25:1\n:61:260210C1,00NTRF\n").find("before any opening balance"), std::string::npos);
    EXPECT_NE(fault(":20:X\n:25:1\n:60F:C260210XXQ1,00\n").find("names no currency"), std::string::npos);
    EXPECT_NE(fault(":20:X\n:60F:C260210EUR1,00\n").find("no field :25:"), std::string::npos);
    EXPECT_EQ(fault(statement(":25:\n:61:260210C1,00NTRF\n")),
              "line 5: field :25: is empty; it has to name the account");
    EXPECT_NE(fault(":20:X\n:25:1\n:34F:EURD0,\n").find("MT942"), std::string::npos);
    EXPECT_NE(fault("hello").find("holds no statement"), std::string::npos);
}

}  // namespace
}  // namespace sluice::serve
