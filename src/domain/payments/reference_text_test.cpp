#include "domain/payments/reference_text.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

namespace sluice::payments {
namespace {

using Texts = std::vector<std::string>;

Texts numbers_in(std::string_view text, const std::string& pattern = "INV-{year}-{number}") {
    return read_reference(text, std::array{pattern}).document_numbers;
}
bool names_code(std::string_view text, std::string_view key) {
    const auto keys = read_reference(text, {}).code_keys;
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

TEST(Reference, NamesADocumentHoweverItIsWritten) {
    const Texts number{"INV-2026-000001"};
    for (const auto* text :
         {"INV-2026-000001", "inv-2026-000001", "Rechnung INV 2026 000001, danke", "INV2026000001", "inv_2026/000001.",
          "RF18INV2026000001", "RF18 INV2 0260 0000 1", "(INV-2026-000001)", "paying INV-2026-000001/S000009"})
        EXPECT_EQ(numbers_in(text), number) << text;
}

TEST(Reference, NamesSeveralDocuments) {
    EXPECT_EQ(numbers_in("INV-2026-000001 INV-2026-000002 INV-2026-000001"),
              (Texts{"INV-2026-000001", "INV-2026-000002"}));
}

TEST(Reference, ReadsTheOperatorsOwnPattern) {
    EXPECT_EQ(numbers_in("no 000042/2026", "{number}/{year}"), (Texts{"000042/2026"}));
    EXPECT_EQ(numbers_in("2026.000042.X", "{year}.{number}.X"), (Texts{"2026.000042.X"}));
    EXPECT_EQ(numbers_in("R1-2026-1234567", "R1-{year}-{number}"), (Texts{"R1-2026-1234567"}));
}

TEST(Reference, TakesNothingElseForADocument) {
    for (const auto* text : {"", "INV-2026-1", "INV-2026-0000001", "INV-2026-000000", "XINV-2026-000001",
                             "INV-2026-00000A", "CN-2026-000001", "INV", "2026", "\xC3\xBCINV-2026-000001"})
        EXPECT_EQ(numbers_in(text), Texts{}) << text;
}

TEST(Reference, NamesACodeAsAWholeWord) {
    EXPECT_TRUE(names_code("for S000009 thanks", "s000009"));
    EXPECT_TRUE(names_code("s-000009", "s000009"));
    EXPECT_TRUE(names_code("metro:flat.12", "metroflat12"));
    EXPECT_TRUE(names_code("metro:flat.12", "metro"));
    EXPECT_FALSE(names_code("XS000009", "s000009"));
    EXPECT_FALSE(names_code("S 000009", "s000009")) << "a space ends a code";
    EXPECT_FALSE(names_code("S000009\xC3\xA9", "s000009"));
    EXPECT_FALSE(names_code("the 100 for it", "100")) << "short words are nobody's code";
}

TEST(Reference, IsReadInBoundedTimeAndSpace) {
    std::string text;
    for (int i = 0; i < 100'000; ++i) text += "INV-2026-000001-";
    EXPECT_EQ(numbers_in(text), (Texts{"INV-2026-000001"}));
}

}  // namespace
}  // namespace sluice::payments
