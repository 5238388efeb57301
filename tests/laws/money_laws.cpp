#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>

#include "domain/ledger/entry.hpp"
#include "domain/payments/method.hpp"
#include "domain/rating/rate.hpp"
#include "support/shop.hpp"
#include "values/check.hpp"
#include "values/money.hpp"

namespace sluice::laws {
namespace {

constexpr std::int64_t quintillion = 1'000'000'000'000'000'000;

Currency any_currency() {
    const auto codes = Currency::all_codes();
    return Currency::from_code(codes[*rc::gen::inRange<std::size_t>(0, codes.size())]).value();
}
Rounding any_rounding() { return *rc::gen::element(Rounding::half_up, Rounding::half_even); }
Int128 absolute(Int128 n) { return n < 0 ? -n : n; }

void expect_read_back(Money money) {
    const auto read = Money::parse(money.text(), money.currency());
    RC_ASSERT(read.has_value());
    RC_ASSERT(*read == money);
}

RC_GTEST_PROP(MoneyText, IsReadBackForEveryCurrency, ()) {
    const auto minor = *rc::gen::oneOf(rc::gen::inRange<std::int64_t>(-quintillion, quintillion + 1),
                                       rc::gen::inRange<std::int64_t>(-1000, 1000));
    for (const auto code : Currency::all_codes())
        expect_read_back(Money::minor(minor, Currency::from_code(code).value()));
}

TEST(MoneyText, IsReadBackAtTheEdges) {
    for (const auto code : Currency::all_codes())
        for (const auto minor : {-quintillion, std::int64_t{-1}, std::int64_t{0}, std::int64_t{1}, quintillion}) {
            const auto money = Money::minor(minor, Currency::from_code(code).value());
            EXPECT_EQ(Money::parse(money.text(), money.currency()), money) << money.text() << " " << code;
        }
}

RC_GTEST_PROP(MoneyText, BeyondSixtyFourBitsIsRefused, ()) {
    const auto currency = any_currency();
    const auto largest = Money::minor(std::numeric_limits<std::int64_t>::max(), currency).text();
    // One more digit before the decimals is always too much.
    const auto digit = static_cast<char>('1' + *rc::gen::inRange(0, 9));
    RC_ASSERT(!Money::parse(digit + largest, currency));
    RC_ASSERT(!Money::parse("-" + (digit + largest), currency));
}

RC_GTEST_PROP(MoneySums, AreExactOrRefused, ()) {
    const auto a = *rc::gen::arbitrary<std::int64_t>();
    const auto b = *rc::gen::arbitrary<std::int64_t>();
    const auto currency = any_currency();
    const Int128 exact = Int128{a} + b;
    const bool fits = exact == Int128{static_cast<std::int64_t>(exact)};
    if (!fits) {
        RC_ASSERT_THROWS_AS(Money::minor(a, currency) + Money::minor(b, currency), ArithmeticOverflow);
    } else {
        const auto sum = Money::minor(a, currency) + Money::minor(b, currency);
        RC_ASSERT(sum.minor_units() == static_cast<std::int64_t>(exact));
        RC_ASSERT(sum - Money::minor(b, currency) == Money::minor(a, currency));
    }
}

RC_GTEST_PROP(Settle, IsWithinHalfAMinorUnitAndDecidesTiesByTheRule, ()) {
    const auto scaled = *rc::gen::inRange<std::int64_t>(-1'000'000'000'000'000, 1'000'000'000'000'001);
    const auto quantity = *rc::gen::inRange<std::int64_t>(1, 1001);
    const auto of_days = *rc::gen::inRange(1, 400);
    const auto days = *rc::gen::inRange(0, of_days + 1);
    const auto currency = any_currency();
    const auto rounding = any_rounding();
    const auto price = Decimal::from_scaled(scaled);
    const auto settled = settle(rating::prorated(price, quantity, days, of_days), currency, rounding).minor_units();

    const Int128 exact = Int128{scaled} * quantity * days * currency.minor_per_unit();  // over `whole`
    const Int128 whole = Int128{Decimal::one} * of_days;
    const Int128 error = absolute(exact - settled * whole);
    RC_ASSERT(2 * error <= whole);
    if (2 * error == whole && rounding == Rounding::half_up) RC_ASSERT(absolute(settled * whole) > absolute(exact));
    if (2 * error == whole && rounding == Rounding::half_even) RC_ASSERT(settled % 2 == 0);
}

// Prices of few decimals make ties frequent.
RC_GTEST_PROP(Settle, IsSymmetricInSign, ()) {
    const auto scaled =
        *rc::gen::inRange<std::int64_t>(0, 1'000'000) * *rc::gen::element<std::int64_t>(1, 500'000, 5'000'000);
    const auto currency = any_currency();
    const auto rounding = any_rounding();
    const auto share = *rc::gen::inRange(1, 9);
    const auto positive = settle(Amount::of(Decimal::from_scaled(scaled)).share(1, share), currency, rounding);
    const auto negative = settle(Amount::of(Decimal::from_scaled(-scaled)).share(1, share), currency, rounding);
    RC_ASSERT(-positive == negative);
}

RC_GTEST_PROP(Settle, OfMoneyIsThatMoney, ()) {
    const auto money = Money::minor(*rc::gen::inRange<std::int64_t>(-quintillion, quintillion + 1), any_currency());
    RC_ASSERT(settle(Amount::of(money), money.currency(), any_rounding()) == money);
}

RC_GTEST_PROP(Settle, OfAShareOfUpToAQuintillionNeverOverflows, ()) {
    const auto money = Money::minor(*rc::gen::inRange<std::int64_t>(-quintillion, quintillion + 1), any_currency());
    const auto of_days = *rc::gen::inRange(1, 3661);
    const auto days = *rc::gen::inRange(0, of_days + 1);
    const auto share = settle(Amount::of(money).share(days, of_days), money.currency(), any_rounding());
    const Int128 error = absolute(Int128{money.minor_units()} * days - Int128{share.minor_units()} * of_days);
    RC_ASSERT(2 * error <= of_days);
    // A tax on it, at a rate of nine decimals.
    const auto rate = Decimal::from_scaled(*rc::gen::inRange<std::int64_t>(0, 100 * Decimal::one + 1));
    const auto tax = settle(Amount::of(share) * rate / Decimal::whole(100), money.currency(), any_rounding());
    RC_ASSERT(absolute(tax.minor_units()) <= absolute(share.minor_units()));
}

RC_GTEST_PROP(DecimalText, IsReadBack, ()) {
    const Int128 scaled = Int128{*rc::gen::inRange<std::int64_t>(-quintillion, quintillion + 1)} *
                          *rc::gen::element<std::int64_t>(1, 1'000, Decimal::one);
    const auto decimal = Decimal::from_scaled(scaled);
    RC_ASSERT(Decimal::parse(decimal.text()) == decimal);
    RC_ASSERT(Decimal::parse(decimal.text(4)) == decimal);
}

RC_GTEST_PROP(Installments, SumToThePrice, ()) {
    const auto total = Money::minor(*rc::gen::inRange<std::int64_t>(0, quintillion + 1), any_currency());
    const auto parts = *rc::gen::inRange(2, 1201);
    const auto first = rating::installment(total, 1, 1, parts);
    Money sum = first;
    for (int part = 2; part <= parts; ++part) {
        const auto amount = rating::installment(total, part, part, parts);
        RC_ASSERT(amount <= first);
        RC_ASSERT(first.minor_units() - amount.minor_units() < parts);
        sum += amount;
    }
    RC_ASSERT(sum == total);
    // Cancelling after k parts makes the rest due in one sum.
    const auto charged = *rc::gen::inRange(1, parts);
    RC_ASSERT(rating::installment(total, 1, charged, parts) + rating::installment(total, charged + 1, parts, parts) ==
              total);
}

RC_GTEST_PROP(Entries, OfDocumentsAndPaymentsBalance, ()) {
    const auto currency = any_currency();
    const auto net = Money::minor(*rc::gen::inRange<std::int64_t>(-quintillion, quintillion), currency);
    const auto tax = Money::minor(*rc::gen::inRange<std::int64_t>(-quintillion, quintillion), currency);
    const ledger::Entry::Header header{ledger::EntryId{1}, customers::SubscriberId{1}, support::date("2026-01-01"),
                                       ledger::Source::document, 1};
    for (const auto& entry :
         {ledger::entry_of_document(header, net, tax, net + tax), ledger::entry_of_payment(header, net)}) {
        Money sum = Money::zero(currency);
        for (const auto& posting : entry.postings()) sum += posting.amount;
        RC_ASSERT(sum.is_zero());
    }
    RC_ASSERT(ledger::entry_of_document(header, net, tax, net + tax).balance_effect() == -(net + tax));
}

RC_GTEST_PROP(Entries, ThatDoNotBalanceDoNotExist, ()) {
    const auto currency = any_currency();
    auto postings = *rc::gen::resize(
        6,
        rc::gen::nonEmpty(rc::gen::container<std::vector<std::int64_t>>(rc::gen::inRange<std::int64_t>(-1000, 1000))));
    Int128 sum = 0;
    std::vector<ledger::Posting> made;
    for (const auto minor : postings) {
        sum += minor;
        made.push_back({ledger::Account::revenue, Money::minor(minor, currency)});
    }
    const ledger::Entry::Header header{ledger::EntryId{1}, customers::SubscriberId{1}, support::date("2026-01-01"),
                                       ledger::Source::document, 1};
    RC_ASSERT(ledger::Entry::balance(header, std::move(made)).ok() == (sum == 0));
}

// In minor units and billionths of a percent, so that nothing is lost on the way.
RC_GTEST_PROP(Commissions, AreWithinHalfAMinorUnitOfTheExactShare, ()) {
    const auto currency = any_currency();
    const auto amount = Money::minor(*rc::gen::inRange<std::int64_t>(1, 1'000'000'000'000), currency);
    const auto percent = *rc::gen::inRange<std::int64_t>(0, 100 * Decimal::one);
    const auto fixed = Money::minor(*rc::gen::inRange<std::int64_t>(0, 1'000'000), currency);
    const bool on_top = *rc::gen::arbitrary<bool>();
    const auto quoted = payments::quote(amount, {Decimal::from_scaled(percent), fixed, on_top}, any_rounding());
    const Int128 whole = Int128{100} * Decimal::one;
    const Int128 exact = Int128{amount.minor_units()} * percent;  // of the share, times `whole`
    const Int128 rounded = Int128{(quoted.commission - fixed).minor_units()} * whole;
    RC_ASSERT(absolute(rounded - exact) * 2 <= whole);
    RC_ASSERT(quoted.amount == amount);
    RC_ASSERT(quoted.total == (on_top ? amount + quoted.commission : amount));
}

}  // namespace
}  // namespace sluice::laws
