#include "app/phrases.hpp"

#include <gtest/gtest.h>

#include <set>

#include "support/shop.hpp"
#include "values/check.hpp"

namespace sluice::app {
namespace {

using support::date;
using support::decimal;
using support::money;

std::string english(PhraseKey key, std::vector<Fact> facts) { return text(Phrase{key, std::move(facts)}); }

TEST(Phrases, SayTheirFacts) {
    EXPECT_EQ(english("price_version", {{"version", 3}, {"date", date("2026-01-01")}}),
              "version 3, valid from 2026-01-01");
    EXPECT_EQ(english("amount", {{"amount", money("-1.50")}}), "-1.50 USD");
    EXPECT_EQ(english("price", {{"price", Price{decimal("2.5"), money("0").currency()}}}), "2.50 USD");
    EXPECT_EQ(english("plain", {{"text", "{text} {date}"}}), "{text} {date}") << "what is put in is not read again";
}
TEST(Phrases, CountOneDayAndSeveral) {
    EXPECT_EQ(english("days", {{"count", 1}}), "1 day");
    EXPECT_EQ(english("days", {{"count", 0}}), "0 days");
    EXPECT_EQ(english("factor_days", {{"days", 1}, {"count", 1}}), "1 / 1 days");
}
TEST(Phrases, StandOneAfterTheOther) {
    EXPECT_EQ(text(std::vector<Phrase>{}), "");
    EXPECT_EQ(text({{"days", {{"count", 15}}}, {"days_suspended", {{"count", 2}}}}),
              "15 days, 2 days suspended are not charged");
    EXPECT_EQ(text({{"factor_less", {{"number", "40.00"}}}, {"factor_days", {{"days", 15}, {"count", 31}}}}),
              "-40.00 × 15 / 31 days");
    EXPECT_EQ(text({{"of_same_line"}, {"computes_to", {{"amount", money("1.00")}}}}),
              "of the same line; computes to 1.00 USD");
}
TEST(Phrases, HaveTheFactsThatTheirFormNames) {
    EXPECT_THROW(english("price_version", {{"version", 3}}), BrokenPromise);
}
TEST(Phrases, HaveEachTheirKey) {
    std::set<std::string_view> keys;
    for (const auto& form : phrase_forms) EXPECT_TRUE(keys.insert(form.key).second) << form.key;
}

}  // namespace
}  // namespace sluice::app
