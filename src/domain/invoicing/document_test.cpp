#include "domain/invoicing/document.hpp"

#include <gtest/gtest.h>

#include "support/shop.hpp"
#include "values/check.hpp"

namespace sluice::invoicing {
namespace {

using support::money;

TEST(DocumentNumber, HasAtLeastSixDigits) {
    EXPECT_EQ(format_number("INV-{year}-{number}", 2026, 1), "INV-2026-000001");
    EXPECT_EQ(format_number("INV-{year}-{number}", 2026, 999'999), "INV-2026-999999");
    EXPECT_EQ(format_number("INV-{year}-{number}", 2026, 1'234'567), "INV-2026-1234567");
    EXPECT_EQ(format_number("{number}/{year}", 2027, 42), "000042/2027");
}

TEST(DocumentNumberPattern, NeedsYearAndNumberOnceEach) {
    EXPECT_TRUE(is_number_pattern("INV-{year}-{number}"));
    EXPECT_TRUE(is_number_pattern("{number}/{year}"));
    EXPECT_TRUE(is_number_pattern("{year}{number}"));
    for (const char* pattern : {"", "INV", "INV-{number}", "INV-{year}", "{year}-{year}-{number}",
                                "{number}{number}{year}", "{YEAR}-{number}"})
        EXPECT_FALSE(is_number_pattern(pattern)) << pattern;
}

TEST(DocumentNumberPattern, HasPlainCharactersAround) {
    for (const char* pattern : {"INV {year}-{number}", "INV_{year}-{number}", "{year}-{number}\n", "É{year}-{number}",
                                "{year}-{number}{", "<{year}>{number}", "AVeryLongPrefixForANumber-{year}-{number}"})
        EXPECT_FALSE(is_number_pattern(pattern)) << pattern;
    EXPECT_TRUE(is_number_pattern("A.b/9-{year}-{number}"));
}

TEST(DocumentState, FollowsFromWhatIsPaid) {
    EXPECT_EQ(state_of(money("40.00"), money("0.00")), DocumentState::issued);
    EXPECT_EQ(state_of(money("40.00"), money("0.01")), DocumentState::partially_paid);
    EXPECT_EQ(state_of(money("40.00"), money("39.99")), DocumentState::partially_paid);
    EXPECT_EQ(state_of(money("40.00"), money("40.00")), DocumentState::paid);
}

TEST(DocumentState, OfATotalOfZeroOrLessIsPaid) {
    EXPECT_EQ(state_of(money("0.00"), money("0.00")), DocumentState::paid);
    EXPECT_EQ(state_of(money("-5.00"), money("0.00")), DocumentState::paid);
}

TEST(DocumentStateNames, AreReadBack) {
    for (const auto state : {DocumentState::draft, DocumentState::issued, DocumentState::partially_paid,
                             DocumentState::paid, DocumentState::voided})
        EXPECT_EQ(parse_state(name_of(state)), state);
    EXPECT_EQ(name_of(DocumentState::voided), "void");
    EXPECT_FALSE(parse_state("overdue"));
    EXPECT_EQ(name_of(DocumentType::credit_note), "credit_note");
    EXPECT_EQ(name_of(DocumentType::invoice), "invoice");
}

}  // namespace
}  // namespace sluice::invoicing
