// Money that is set aside for one unit or one sub-service. It is no part of the balance: it pays that one's part of
// documents, and nothing else. Rules: docs/payments.md.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "domain/customers/customers.hpp"
#include "domain/invoicing/document.hpp"
#include "domain/subscriptions/sub_service.hpp"
#include "values/money.hpp"

namespace sluice::invoicing {

struct WalletTag {
    static constexpr std::string_view prefix = "wallet";
};
using WalletId = Id<WalletTag>;

// For a unit or a sub-service: one of the two.
struct Wallet {
    WalletId id;
    std::optional<customers::UnitId> unit;
    std::optional<subscriptions::SubServiceId> sub_service;
    Money amount;  // >= 0

    friend bool operator==(const Wallet&, const Wallet&) = default;
};

// Whom lines are charged for.
struct ChargedFor {
    subscriptions::SubServiceId sub_service;
    std::optional<customers::UnitId> unit;
    friend auto operator<=>(const ChargedFor&, const ChargedFor&) = default;
};

// What wallets hold for it.
Money held_for(const std::vector<Wallet>& wallets, const ChargedFor& whom, Currency currency);

struct Taken {
    WalletId wallet;
    Money amount;  // > 0
};
// Takes up to `wanted` out of the wallets: the sub-service's own one before that of its unit.
std::vector<Taken> take(std::vector<Wallet>& wallets, const ChargedFor& whom, Money wanted);

// What there is to pay for each. Credits of one are no money for another.
using Wanted = std::map<ChargedFor, Money>;
// How much of it wallets pay. They are not changed: a copy is taken.
Money covered(std::vector<Wallet> wallets, const Wanted& wanted, Currency currency);

}  // namespace sluice::invoicing
