#include "values/id.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <set>

namespace sluice {
namespace {

struct ThingKind {
    static constexpr std::string_view prefix = "thing";
};
using ThingId = Id<ThingKind>;

TEST(IdText, StartsWithItsKindAndHasThirteenDigits) {
    EXPECT_EQ(ThingId{0}.text(), "thing_0000000000000");
    EXPECT_EQ(ThingId{31}.text(), "thing_000000000000z");
    EXPECT_EQ(ThingId{0x14d2}.text(), "thing_000000000056j");
}

TEST(IdText, IsReadBack) {
    for (const std::int64_t value : {std::int64_t{0}, std::int64_t{1}, std::int64_t{4096},
                                     std::numeric_limits<std::int64_t>::max(), std::int64_t{-1}})
        EXPECT_EQ(ThingId::parse(ThingId{value}.text()), ThingId{value});
}

TEST(IdText, SortsAsTheIdsDo) {
    EXPECT_LT(ThingId{41}.text(), ThingId{1041}.text());
    EXPECT_LT(ThingId{1041}.text(), ThingId{1LL << 50}.text());
}

TEST(IdParse, RefusesOtherPrefixesAndForms) {
    for (const char* text : {"", "thing", "thing_", "other_0000000000001", "thing-0000000000001", "thing_000000000001",
                             "thing_00000000000001", "thing_000000000000u", "thing_000000000000Z",
                             "thing_g000000000000", " thing_000000000001"})
        EXPECT_FALSE(ThingId::parse(text)) << text;
}

TEST(IdSource, GivesIdsThatOnlyGrow) {
    IdSource source(1'700'000'000'000, 3);
    auto before = source.next<ThingId>();
    for (int i = 0; i < 20'000; ++i) {
        const auto next = source.next<ThingId>();
        ASSERT_LT(before, next);
        before = next;
    }
}

TEST(IdSource, GivesIdsAboveOneOfAClockThatIsAhead) {
    IdSource behind(1'700'000'000'000, 3);
    IdSource ahead(1'700'000'500'000, 9);
    const auto theirs = ahead.next<ThingId>().value();
    const auto ours = behind.next_after<ThingId>(theirs).value();
    EXPECT_GT(ours, theirs);
    EXPECT_EQ((ours >> 12) & 1023, 3) << "with its own node";
    EXPECT_GT(behind.next<ThingId>().value(), ours);
    EXPECT_EQ(behind.next_after<ThingId>(0).value(), ours + 2) << "and goes on from there";
}

TEST(IdSource, KeepsNodesApartWhenAMillisecondIsUsedUp) {
    IdSource one(1'700'000'000'000, 1);
    IdSource two(1'700'000'000'000, 2);
    std::set<std::int64_t> seen;
    for (int i = 0; i < 10'000; ++i) {
        seen.insert(one.next<ThingId>().value());
        seen.insert(two.next<ThingId>().value());
    }
    EXPECT_EQ(seen.size(), 20'000U);
}

}  // namespace
}  // namespace sluice
