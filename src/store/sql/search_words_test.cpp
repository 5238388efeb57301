#include "store/sql/search_words.hpp"

#include <gtest/gtest.h>

namespace sluice::store {
namespace {

using Words = std::vector<std::string>;

Words words_of(const char* code, const char* contact = "", const char* organization = "") {
    return search_words({.code = code, .contact = contact, .organization = organization});
}

// "word" or "word=part+part", one after the other.
std::string terms_of(std::string_view text) {
    std::string told;
    for (const auto& term : search_terms(text)) {
        told += (told.empty() ? "" : " ") + term.word;
        for (const auto& part : term.parts) told += (&part == &term.parts.front() ? "=" : "+") + part;
    }
    return told;
}

TEST(SearchWords, AreFoldedWithoutCaseAndMarks) {
    EXPECT_EQ(folded("ABC xyz 09"), "abc xyz 09");
    EXPECT_EQ(folded("Niño ÅNGSTRÖM Żółć"), "nino angstrom zołc");
    EXPECT_EQ(folded("Straße"), "strasse");
    EXPECT_EQ(folded("ﬁber ① ＡＢ"), "fiber 1 ab") << "one way of writing a character is as good as another";
    EXPECT_EQ(folded("ΣΊΣΥΦΟΣ"), folded("σίσυφος"));
    EXPECT_EQ(folded("n\u0303"), folded("\u00F1")) << "composed or not";
    EXPECT_EQ(folded(""), "");
}

TEST(SearchWords, OfTextThatIsNoUtf8AreItsAsciiCharacters) {
    EXPECT_EQ(folded("A\xFF"
                     "B\xC3"),
              "ab");
}

TEST(SearchWords, AreSplitAtWhateverIsNeitherLetterNorDigit) {
    EXPECT_EQ(words_of("s1", "O'Neill, Anna (Ltd)"), (Words{"anna", "ltd", "neill", "o", "s1"}));
    EXPECT_EQ(words_of("s1", "東京 太郎"), (Words{"s1", "太郎", "東京"}));
    EXPECT_EQ(words_of("s1", "...", " - "), (Words{"s1"}));
}

TEST(SearchWords, AreThereOnceEach) { EXPECT_EQ(words_of("anna", "Anna", "ANNA Änna"), (Words{"anna"})); }

TEST(SearchWords, ThatAreHeldTogetherAreWordsBesideTheirParts) {
    EXPECT_EQ(words_of("Green-Tower.12"), (Words{"12", "green", "green-tower.12", "tower"}));
    EXPECT_EQ(words_of("a_b:c"), (Words{"a", "a_b:c", "b", "c"}));
    EXPECT_EQ(words_of("s1", "-J.- Smith-Jones."), (Words{"j", "jones", "s1", "smith", "smith-jones"}));
}

TEST(SearchWords, AreCutBetweenCharacters) {
    std::string name;
    std::string cut;
    for (int i = 0; i < 50; ++i) name += "ж";
    for (int i = 0; i < 40; ++i) cut += "ж";
    EXPECT_EQ(words_of("", name.c_str()), (Words{cut}));
    EXPECT_EQ(terms_of(name), cut) << "what is looked for is cut alike";
    EXPECT_EQ(first_characters("ab", 5), "ab");
    EXPECT_EQ(first_characters("жж", 1), "ж");
    EXPECT_EQ(first_characters("", 0), "");
}

TEST(SearchWords, LieBehindSpacesAndAreFoundByTheirBegin) {
    EXPECT_EQ(search_text({"ab", "c"}), " ab c");
    EXPECT_EQ(search_text({}), "");
    EXPECT_EQ(search_pattern("a_b-c"), "% a!_b-c%");
}

TEST(SearchTerms, AreFoldedLikeWords) {
    EXPECT_EQ(terms_of("  Niño   GARCÍA "), "nino garcia");
    EXPECT_EQ(terms_of("green-tow"), "green-tow=green+tow");
    EXPECT_EQ(terms_of("green-"), "green");
    EXPECT_EQ(terms_of(" ,;- "), "");
}

TEST(SearchTerms, OfVeryManyAreTheLongestOnes) {
    EXPECT_EQ(search_terms("a b c d e f g h i j").size(), 10U);
    EXPECT_EQ(terms_of("a b cc d e f g h ii j k l"), "cc ii a b d e f g h j");
}

TEST(SortNames, AreOfTheOrganizationElseOfTheContact) {
    EXPECT_EQ(sort_name({.contact = "Änna", .organization = "Zoë Ltd"}), "zoe ltd");
    EXPECT_EQ(sort_name({.contact = "Änna"}), "anna");
}

}  // namespace
}  // namespace sluice::store
