#include "values/zone.hpp"

#include <gtest/gtest.h>

namespace sluice {
namespace {

std::string day(const char* zone, const char* instant) {
    return Zone::named(zone).value().date_at(parse_instant(instant).value()).text();
}

TEST(Zone, DecidesWhichDayAnInstantIsOn) {
    EXPECT_EQ(day("UTC", "2026-01-10T23:30:00Z"), "2026-01-10");
    EXPECT_EQ(day("Asia/Tokyo", "2026-01-10T23:30:00Z"), "2026-01-11");
    EXPECT_EQ(day("America/Chicago", "2026-01-11T05:59:59Z"), "2026-01-10");
    EXPECT_EQ(day("America/Chicago", "2026-01-11T06:00:00Z"), "2026-01-11");
}

TEST(Zone, ShiftsMidnightWithDaylightSaving) {
    EXPECT_EQ(day("America/Chicago", "2026-07-01T04:59:59Z"), "2026-06-30");
    EXPECT_EQ(day("America/Chicago", "2026-07-01T05:00:00Z"), "2026-07-01");
    EXPECT_EQ(day("Europe/Warsaw", "2026-03-28T22:59:59Z"), "2026-03-28");
    EXPECT_EQ(day("Europe/Warsaw", "2026-03-29T22:00:00Z"), "2026-03-30");
}

TEST(Zone, KnowsDaylightSavingAfter2038) {
    EXPECT_EQ(day("America/Chicago", "2045-07-01T05:00:00Z"), "2045-07-01");
    EXPECT_EQ(day("America/Chicago", "2045-01-01T05:59:59Z"), "2044-12-31");
}

TEST(Zone, TakesOddOffsets) {
    EXPECT_EQ(day("Asia/Kathmandu", "2026-05-01T18:15:00Z"), "2026-05-02");
    EXPECT_EQ(day("Asia/Kathmandu", "2026-05-01T18:14:59Z"), "2026-05-01");
    EXPECT_EQ(day("Pacific/Kiritimati", "2026-05-01T10:00:00Z"), "2026-05-02");
}

TEST(Zone, SkipsTheDayThatSamoaSkipped) {
    EXPECT_EQ(day("Pacific/Apia", "2011-12-30T09:59:59Z"), "2011-12-29");
    EXPECT_EQ(day("Pacific/Apia", "2011-12-30T10:00:00Z"), "2011-12-31");
}

TEST(Zone, OfANameThatTheDatabaseDoesNotHaveIsRefused) {
    for (const char* name : {"", "Europe/Atlantis", "Mars", "/etc/passwd", "../../etc/passwd", "Fixed/UTC+05:00:00",
                             "UTC+3:00", "europe/warsaw "})
        EXPECT_FALSE(Zone::named(name)) << name;
}

TEST(Zone, KeepsTheNameItWasAskedBy) { EXPECT_EQ(Zone::named("Europe/Warsaw")->name(), "Europe/Warsaw"); }

TEST(InstantParse, ReadsOffsetsAndFractions) {
    const auto utc = parse_instant("2026-03-01T07:30:00Z");
    ASSERT_TRUE(utc);
    EXPECT_EQ(parse_instant("2026-03-01T13:00:00+05:30"), utc);
    EXPECT_EQ(parse_instant("2026-02-28T23:30:00-08:00"), utc);
    EXPECT_EQ(parse_instant("2026-03-01T07:30:00.000000Z"), utc);
    EXPECT_EQ(parse_instant("2026-03-01T07:30:00.25Z"), *utc + std::chrono::milliseconds(250));
}

TEST(InstantParse, ReadsTheInstantBeforeNineteenSeventy) {
    EXPECT_EQ(parse_instant("1969-12-31T23:59:59Z"), Instant{std::chrono::seconds(-1)});
}

TEST(InstantParse, RefusesOtherForms) {
    for (const char* text : {"", "2026-03-01", "2026-03-01T07:30:00", "2026-03-01 07:30:00Z", "2026-02-30T07:30:00Z",
                             "2026-03-01T24:30:00Z", "2026-03-01T07:61:00Z", "2026-03-01T07:30Z", "26-03-01T07:30:00Z",
                             "2026-03-01T07:30:00Zjunk", "0026-03-01T07:30:00Z", "2026-03-01T07:30:00+99:00"})
        EXPECT_FALSE(parse_instant(text)) << text;
}

}  // namespace
}  // namespace sluice
