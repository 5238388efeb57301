#include "domain/payments/match_line.hpp"

#include <gtest/gtest.h>

#include "domain/payments/bank_line.hpp"
#include "support/shop.hpp"

namespace sluice::payments {
namespace {

using customers::SubscriberId;
using Subscribers = std::vector<SubscriberId>;

const SubscriberId ann{1};
const SubscriberId ben{2};

TEST(MatchLine, WhomTheReferenceNamesItIs) {
    const auto found = match({.named = {ann}, .owing = {ben}, .paid_from = {ben}});
    EXPECT_EQ(found.subscriber, ann);
    EXPECT_EQ(found.by, MatchedBy::reference);
}

TEST(MatchLine, AmountAndNameComeBeforeTheAccount) {
    const auto found = match({.owing = {ben}, .paid_from = {ann}});
    EXPECT_EQ(found.subscriber, ben);
    EXPECT_EQ(found.by, MatchedBy::amount_and_name);
}

TEST(MatchLine, TheAccountIsTheLastToBeAsked) {
    const auto found = match({.paid_from = {ann}});
    EXPECT_EQ(found.subscriber, ann);
    EXPECT_EQ(found.by, MatchedBy::payer_account);
}

TEST(MatchLine, OfSeveralNobodyIsChosen) {
    for (const auto& clues :
         {MatchClues{.named = {ann, ben}, .owing = {ann}, .paid_from = {ann}},
          MatchClues{.owing = {ann, ben}, .paid_from = {ann}}, MatchClues{.paid_from = {ann, ben}}}) {
        const auto found = match(clues);
        EXPECT_FALSE(found.subscriber);
        EXPECT_EQ(found.candidates, (Subscribers{ann, ben}));
    }
    EXPECT_FALSE(match({}).subscriber);
    EXPECT_TRUE(match({}).candidates.empty());
}

TEST(MatchLine, OnlyWhatWasReadOrSaidTeachesAnAccount) {
    EXPECT_TRUE(teaches_account(MatchedBy::reference));
    EXPECT_TRUE(teaches_account(MatchedBy::clerk));
    EXPECT_FALSE(teaches_account(MatchedBy::amount_and_name));
    EXPECT_FALSE(teaches_account(MatchedBy::payer_account));
}

TEST(BankLineIdentity, IsWhatTheBankCallsTheBooking) {
    BankLine line{.account = "A",
                  .date = support::date("2026-02-10"),
                  .amount = support::money("30.00"),
                  .bank_reference = "FT1",
                  .reference = "INV",
                  .payer = "Ann"};
    const auto identity = identity_of(line);
    auto other = line;
    other.reference = "other";
    other.payer = "Ben";
    EXPECT_EQ(identity_of(other), identity) << "another file may tell more or less of it";
    for (auto change : {+[](BankLine& l) { l.account = "B"; }, +[](BankLine& l) { l.bank_reference = "FT2"; },
                        +[](BankLine& l) { l.date = l.date.plus_days(1); },
                        +[](BankLine& l) { l.amount = support::money("30.01"); }}) {
        other = line;
        change(other);
        EXPECT_NE(identity_of(other), identity);
    }
    EXPECT_NE(identity_of({.account = "A",
                           .date = line.date,
                           .amount = Money::minor(3000, *Currency::from_code("EUR")),
                           .bank_reference = "FT1"}),
              identity);
}

TEST(BankLineIdentity, IsAllThatIsSaidWhereTheBankCallsItNothing) {
    BankLine line{.account = "A",
                  .date = support::date("2026-02-10"),
                  .amount = support::money("30.00"),
                  .reference = "INV",
                  .payer = "Ann",
                  .payer_account = "X"};
    const auto identity = identity_of(line);
    for (auto change : {+[](BankLine& l) { l.reference = "other"; }, +[](BankLine& l) { l.payer = "Ben"; },
                        +[](BankLine& l) { l.payer_account = "Y"; }}) {
        auto other = line;
        change(other);
        EXPECT_NE(identity_of(other), identity);
    }
}

}  // namespace
}  // namespace sluice::payments
