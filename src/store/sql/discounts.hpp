// Discounts as they are read with catalogues and accounts.
#pragma once

#include "app/ports/store.hpp"
#include "store/sql/query.hpp"

namespace sluice::store {

extern const std::string grant_columns;  // of table discount_grants g
extern const std::string use_columns;    // of table discount_uses u

subscriptions::DiscountGrant read_grant(Query& row);
subscriptions::DiscountUse read_use(Query& row);
bool has_discounts(Connection& db, customers::OperatorId op);
void read_discounts(Connection& db, customers::OperatorId op, catalog::Catalog& catalog);
// What one subscriber was granted, and how much of it the account's items have used.
void load_discounts(Connection& db, invoicing::AccountFacts& account);

}  // namespace sluice::store
