#include "domain/invoicing/wallet.hpp"

#include <gtest/gtest.h>

namespace sluice::invoicing {
namespace {

Currency eur() { return Currency::from_code("EUR").value(); }
Money euros(std::int64_t cents) { return Money::minor(cents, eur()); }

const customers::UnitId flat{7};
const ChargedFor internet{subscriptions::SubServiceId{1}, flat};
const ChargedFor voip{subscriptions::SubServiceId{2}, flat};
const ChargedFor elsewhere{subscriptions::SubServiceId{3}, customers::UnitId{8}};

std::vector<Wallet> own_and_unit() {
    return {{WalletId{10}, flat, std::nullopt, euros(3000)},
            {WalletId{11}, std::nullopt, internet.sub_service, euros(1000)}};
}

TEST(Wallets, ASubServiceHasItsOwnOneAndThatOfItsUnit) {
    EXPECT_EQ(held_for(own_and_unit(), internet, eur()), euros(4000));
    EXPECT_EQ(held_for(own_and_unit(), voip, eur()), euros(3000));
    EXPECT_EQ(held_for(own_and_unit(), elsewhere, eur()), euros(0));
}

TEST(Wallets, TheOwnOneIsEmptiedFirst) {
    auto wallets = own_and_unit();
    const auto taken = take(wallets, internet, euros(1500));
    ASSERT_EQ(taken.size(), 2u);
    EXPECT_EQ(taken[0].wallet, WalletId{11});
    EXPECT_EQ(taken[0].amount, euros(1000));
    EXPECT_EQ(taken[1].wallet, WalletId{10});
    EXPECT_EQ(taken[1].amount, euros(500));
    EXPECT_EQ(wallets[0].amount, euros(2500));
    EXPECT_EQ(wallets[1].amount, euros(0));
}

TEST(Wallets, NothingIsTakenForACreditNorForSomebodyElse) {
    auto wallets = own_and_unit();
    EXPECT_TRUE(take(wallets, internet, euros(-500)).empty());
    EXPECT_TRUE(take(wallets, elsewhere, euros(500)).empty());
    EXPECT_EQ(wallets, own_and_unit());
}

TEST(Wallets, ACreditOfOneIsNoMoneyForAnother) {
    EXPECT_EQ(covered(own_and_unit(), {{internet, euros(-2000)}, {voip, euros(5000)}, {elsewhere, euros(100)}}, eur()),
              euros(3000));
}

}  // namespace
}  // namespace sluice::invoicing
