// Wallets, and what they will pay of what is charged already.
#pragma once

#include <functional>

#include "domain/invoicing/purse.hpp"
#include "store/sql/query.hpp"

namespace sluice::store {

extern const std::string wallet_columns;  // of `w`
invoicing::Wallet read_wallet(Query& row);

// Puts the wallets of subscribers from `first` to `last` that hold money into their purses, less what is reserved.
// REQUIRES: `unbilled` of the purses is known. `purse_of`: null for one who is not asked for.
void add_wallets(Connection& db, customers::SubscriberId first, customers::SubscriberId last, Currency currency,
                 const std::function<invoicing::Purse*(customers::SubscriberId)>& purse_of);

}  // namespace sluice::store
