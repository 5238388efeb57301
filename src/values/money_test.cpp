#include "values/money.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "values/check.hpp"

namespace sluice {
namespace {

Currency currency(const char* code) { return Currency::from_code(code).value(); }
Money usd(std::int64_t cents) { return Money::minor(cents, currency("USD")); }
Amount amount(const char* text) { return Amount::of(Decimal::parse(text).value()); }
std::string settled(const char* text, Rounding rounding, const char* code = "USD") {
    return settle(amount(text), currency(code), rounding).text();
}

TEST(MoneyText, HasTheDecimalsOfItsCurrency) {
    EXPECT_EQ(Money::minor(1234, currency("JPY")).text(), "1234");
    EXPECT_EQ(Money::minor(1234, currency("USD")).text(), "12.34");
    EXPECT_EQ(Money::minor(1234, currency("KWD")).text(), "1.234");
    EXPECT_EQ(Money::minor(1234, currency("CLF")).text(), "0.1234");
}

TEST(MoneyText, KeepsZerosAndSigns) {
    EXPECT_EQ(usd(0).text(), "0.00");
    EXPECT_EQ(usd(7).text(), "0.07");
    EXPECT_EQ(usd(-7).text(), "-0.07");
    EXPECT_EQ(usd(-1230).text(), "-12.30");
    EXPECT_EQ(Money::zero(currency("JPY")).text(), "0");
    EXPECT_EQ(Money::minor(-5, currency("JPY")).text(), "-5");
}

TEST(MoneyText, ShowsTheLargestAndTheSmallestNumber) {
    EXPECT_EQ(usd(std::numeric_limits<std::int64_t>::max()).text(), "92233720368547758.07");
    EXPECT_EQ(usd(std::numeric_limits<std::int64_t>::min()).text(), "-92233720368547758.08");
}

TEST(MoneyParse, ReadsPlainNotation) {
    EXPECT_EQ(Money::parse("12.34", currency("USD")), usd(1234));
    EXPECT_EQ(Money::parse("12.3", currency("USD")), usd(1230));
    EXPECT_EQ(Money::parse("12", currency("USD")), usd(1200));
    EXPECT_EQ(Money::parse("-0.07", currency("USD")), usd(-7));
    EXPECT_EQ(Money::parse("0.007", currency("KWD")), Money::minor(7, currency("KWD")));
}

TEST(MoneyParse, RefusesEveryOtherForm) {
    for (const char* text : {"", "-", ".", "1.", ".5", "+1", "1e2", "1,000", "1.2.3", " 1", "1 ", "0x1", "--1", "1.-5",
                             "NaN", "12,34", "１"})
        EXPECT_FALSE(Money::parse(text, currency("USD"))) << text;
}

TEST(MoneyParse, RefusesMoreDecimalsThanTheCurrencyHas) {
    EXPECT_FALSE(Money::parse("0.001", currency("USD")));
    EXPECT_FALSE(Money::parse("0.5", currency("JPY")));
    EXPECT_FALSE(Money::parse("0.0001", currency("KWD")));
}

TEST(MoneyParse, ReachesTheEndsOfSixtyFourBitsAndNoFurther) {
    EXPECT_EQ(Money::parse("92233720368547758.07", currency("USD")), usd(std::numeric_limits<std::int64_t>::max()));
    EXPECT_EQ(Money::parse("-92233720368547758.08", currency("USD")), usd(std::numeric_limits<std::int64_t>::min()));
    EXPECT_FALSE(Money::parse("92233720368547758.08", currency("USD")));
    EXPECT_FALSE(Money::parse("-92233720368547758.09", currency("USD")));
    EXPECT_FALSE(Money::parse("99999999999999999999", currency("USD")));
}

TEST(MoneySum, ThatLeavesSixtyFourBitsIsRefused) {
    const auto most = usd(std::numeric_limits<std::int64_t>::max());
    const auto least = usd(std::numeric_limits<std::int64_t>::min());
    EXPECT_THROW(most + usd(1), ArithmeticOverflow);
    EXPECT_THROW(least - usd(1), ArithmeticOverflow);
    EXPECT_THROW(-least, ArithmeticOverflow);
    EXPECT_EQ(most + usd(-1), usd(std::numeric_limits<std::int64_t>::max() - 1));
}

TEST(MoneySum, OfTwoCurrenciesBreaksAPromise) {
    const auto yen = Money::minor(1, currency("JPY"));
    EXPECT_THROW(usd(1) + yen, BrokenPromise);
    EXPECT_THROW(usd(1) - yen, BrokenPromise);
    EXPECT_THROW(static_cast<void>(usd(1) < yen), BrokenPromise);
}

TEST(Settle, RoundsHalvesAwayFromZeroByDefault) {
    EXPECT_EQ(settled("0.005", Rounding::half_up), "0.01");
    EXPECT_EQ(settled("0.015", Rounding::half_up), "0.02");
    EXPECT_EQ(settled("0.025", Rounding::half_up), "0.03");
    EXPECT_EQ(settled("-0.005", Rounding::half_up), "-0.01");
    EXPECT_EQ(settled("-0.025", Rounding::half_up), "-0.03");
    EXPECT_EQ(settled("0.004999999", Rounding::half_up), "0.00");
    EXPECT_EQ(settled("-0.005000001", Rounding::half_up), "-0.01");
}

TEST(Settle, RoundsHalvesToTheEvenNeighbourWhenTheBankerSaysSo) {
    EXPECT_EQ(settled("0.005", Rounding::half_even), "0.00");
    EXPECT_EQ(settled("0.015", Rounding::half_even), "0.02");
    EXPECT_EQ(settled("0.025", Rounding::half_even), "0.02");
    EXPECT_EQ(settled("-0.005", Rounding::half_even), "0.00");
    EXPECT_EQ(settled("-0.015", Rounding::half_even), "-0.02");
    EXPECT_EQ(settled("-0.025", Rounding::half_even), "-0.02");
    EXPECT_EQ(settled("0.005000001", Rounding::half_even), "0.01");
    EXPECT_EQ(settled("0.024999999", Rounding::half_even), "0.02");
}

TEST(Settle, UsesTheDecimalsOfTheCurrency) {
    EXPECT_EQ(settled("1234.5", Rounding::half_up, "JPY"), "1235");
    EXPECT_EQ(settled("1234.5", Rounding::half_even, "JPY"), "1234");
    EXPECT_EQ(settled("0.0005", Rounding::half_up, "KWD"), "0.001");
    EXPECT_EQ(settled("0.00005", Rounding::half_even, "CLF"), "0.0000");
}

TEST(Settle, OfAThirdDoesNotDependOnHowItWasReached) {
    const auto third = amount("100").share(1, 3);
    EXPECT_EQ(settle(third, currency("USD"), Rounding::half_up), usd(3333));
    EXPECT_EQ(settle(third * 3, currency("USD"), Rounding::half_up), usd(10000));
    EXPECT_EQ(settle(third / Decimal::parse("0.5").value(), currency("USD"), Rounding::half_up), usd(6667));
}

TEST(Settle, WorksWithAQuintillionMinorUnits) {
    const auto price = amount("10000000000000000");  // 10^18 cents
    EXPECT_EQ(settle(price, currency("USD"), Rounding::half_up).minor_units(), 1'000'000'000'000'000'000);
    EXPECT_EQ(settle(price.share(17, 31), currency("USD"), Rounding::half_up).minor_units(), 548'387'096'774'193'548);
    const auto tax =
        Amount::of(usd(1'000'000'000'000'000'000)) * Decimal::parse("23.000000001").value() / Decimal::whole(100);
    EXPECT_EQ(settle(tax, currency("USD"), Rounding::half_up).minor_units(), 230'000'000'010'000'000);
}

TEST(Settle, RefusesWhatDoesNotFitIntoSixtyFourBits) {
    EXPECT_THROW(settle(amount("1000000000000000000"), currency("USD"), Rounding::half_up), ArithmeticOverflow);
    EXPECT_THROW(settle(amount("-92233720368547758.08"), currency("USD"), Rounding::half_up), ArithmeticOverflow);
    EXPECT_THROW(settle(amount("92233720368547758.075"), currency("USD"), Rounding::half_up), ArithmeticOverflow);
    EXPECT_EQ(settled("92233720368547758.074", Rounding::half_up), "92233720368547758.07");
}

TEST(Amount, ThatLeavesOneHundredTwentyEightBitsIsRefused) {
    auto huge = amount("1000000000000000000");
    const auto grow = [&] {
        for (int i = 0; i < 4; ++i) huge = huge * 1'000'000'007;
    };
    EXPECT_THROW(grow(), ArithmeticOverflow);
}

TEST(Amount, CancelsBeforeItGivesUp) {
    auto exact = amount("1000000000000000000");
    for (int i = 0; i < 20; ++i) exact = exact.share(1'000'003, 1'000'003);
    EXPECT_EQ(exact.text(0), "1000000000000000000");
}

TEST(AmountText, IsCutAndSaysSo) {
    EXPECT_EQ(amount("12.5").text(2), "12.50");
    EXPECT_EQ(amount("1").share(2, 3).text(4), "0.6666…");
    EXPECT_EQ(amount("-1").share(2, 3).text(0), "-0…");
    EXPECT_EQ(amount("-40").share(1, 31).text(6), "-1.290322…");
    EXPECT_EQ(amount("0").text(3), "0.000");
}

}  // namespace
}  // namespace sluice
