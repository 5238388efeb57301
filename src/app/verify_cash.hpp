// The tills once more: what shifts were closed with against their movements, movements against the books, receipts
// without gaps.
#pragma once

#include "app/verify_account.hpp"

namespace sluice::app {

void verify_cash(Store& store, const customers::Operator& op, Findings& findings);

}  // namespace sluice::app
