#include "domain/ledger/entry.hpp"

#include <gtest/gtest.h>

#include "support/shop.hpp"
#include "values/check.hpp"

namespace sluice::ledger {
namespace {

using support::date;
using support::money;

Entry::Header header(Source source = Source::document) {
    return {EntryId{7}, customers::SubscriberId{3}, date("2026-01-17"), source, 42};
}
Money sum(const Entry& entry) {
    Money total = Money::zero(entry.postings().front().amount.currency());
    for (const auto& posting : entry.postings()) total += posting.amount;
    return total;
}

TEST(Entry, BalancesOrDoesNotExist) {
    EXPECT_TRUE(Entry::balance(header(), {{Account::cash, money("5.00")}, {Account::receivable, money("-5.00")}}));
    const auto crooked = Entry::balance(header(), {{Account::cash, money("5.00")}, {Account::revenue, money("-4.99")}});
    ASSERT_FALSE(crooked);
    EXPECT_EQ(crooked.refusal(), EntryRefusal::does_not_balance);
}

TEST(Entry, HasPostings) {
    const auto empty = Entry::balance(header(), {});
    ASSERT_FALSE(empty);
    EXPECT_EQ(empty.refusal(), EntryRefusal::no_postings);
}

TEST(Entry, OfTwoCurrenciesBreaksAPromise) {
    EXPECT_THROW(static_cast<void>(Entry::balance(
                     header(), {{Account::cash, money("5.00")}, {Account::receivable, money("-5.00", "EUR")}})),
                 BrokenPromise);
}

TEST(EntryOfDocument, BooksNetAndTaxAgainstTheReceivable) {
    const auto entry = entry_of_document(header(), money("100.00"), money("20.00"), money("120.00"));
    ASSERT_EQ(entry.postings().size(), 3U);
    EXPECT_TRUE(sum(entry).is_zero());
    EXPECT_EQ(entry.balance_effect(), money("-120.00"));
}

TEST(EntryOfDocument, WithoutTaxHasNoTaxPosting) {
    const auto entry = entry_of_document(header(), money("100.00"), money("0.00"), money("100.00"));
    EXPECT_EQ(entry.postings().size(), 2U);
}

TEST(EntryOfDocument, OfACreditNoteFavoursTheSubscriber) {
    const auto entry = entry_of_document(header(), money("-10.00"), money("-2.00"), money("-12.00"));
    EXPECT_TRUE(sum(entry).is_zero());
    EXPECT_EQ(entry.balance_effect(), money("12.00"));
}

TEST(EntryOfDocument, OfNothingStillIsAnEntry) {
    const auto entry = entry_of_document(header(), money("0.00"), money("0.00"), money("0.00"));
    EXPECT_EQ(entry.postings().size(), 1U);
    EXPECT_TRUE(entry.balance_effect().is_zero());
}

TEST(EntryOfDocument, WhoseTotalIsNoSumBreaksAPromise) {
    EXPECT_THROW(entry_of_document(header(), money("100.00"), money("20.00"), money("119.99")), BrokenPromise);
}

TEST(EntryOfPayment, FavoursTheSubscriber) {
    const auto entry = entry_of_payment(header(Source::payment), money("50.00"));
    EXPECT_TRUE(sum(entry).is_zero());
    EXPECT_EQ(entry.balance_effect(), money("50.00"));
}

TEST(EntryOfRefund, TakesCashOutAndKeepsTheFee) {
    const auto entry = entry_of_refund(header(Source::refund), money("200.00"), money("30.00"));
    ASSERT_EQ(entry.postings().size(), 3U);
    EXPECT_TRUE(sum(entry).is_zero());
    EXPECT_EQ(entry.balance_effect(), money("-200.00"));
    EXPECT_EQ(entry.postings()[1].amount, money("-170.00"));
}

TEST(EntryOfRefund, OfWhichAllIsFeeMovesNoCash) {
    const auto entry = entry_of_refund(header(Source::refund), money("5.00"), money("5.00"));
    EXPECT_EQ(entry.postings().size(), 2U);
    EXPECT_EQ(entry.balance_effect(), money("-5.00"));
}

TEST(EntriesOfWallets, MoveNoCash) {
    const auto aside = entry_of_refund(header(Source::refund), money("5.00"), money("0.00"), Account::wallet);
    EXPECT_EQ(aside.balance_effect(), money("-5.00"));
    EXPECT_EQ(aside.postings()[1].account, Account::wallet);
    const auto back = entry_of_payment(header(Source::payment), money("5.00"), Account::wallet);
    EXPECT_EQ(back.balance_effect(), money("5.00"));
    EXPECT_EQ(back.postings()[0].account, Account::wallet);
}

TEST(EntryOfWriteOff, FavoursTheSubscriberAtTheOperatorsCost) {
    const auto entry = entry_of_write_off(header(Source::write_off), money("50.00"));
    EXPECT_TRUE(sum(entry).is_zero());
    EXPECT_EQ(entry.balance_effect(), money("50.00"));
    EXPECT_EQ(entry.postings().front().account, Account::bad_debt);
}

TEST(EntryText, CoversEveryField) {
    const auto entry = entry_of_payment(header(Source::payment), money("50.00"));
    EXPECT_EQ(canonical_text(entry.header(), entry.postings()),
              "7\n3\n2026-01-17\npayment\n42\ncash\n5000\nUSD\nreceivable\n-5000\nUSD\n");
}

TEST(AccountNames, AreReadBack) {
    for (const auto account : {Account::receivable, Account::revenue, Account::tax_payable, Account::cash,
                               Account::bad_debt, Account::wallet})
        EXPECT_EQ(parse_account(name_of(account)), account);
    EXPECT_FALSE(parse_account("bank"));
}

}  // namespace
}  // namespace sluice::ledger
