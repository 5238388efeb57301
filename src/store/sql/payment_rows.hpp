// Rows of refunds.
#pragma once

#include <string>

#include "domain/payments/refund.hpp"
#include "store/sql/query.hpp"

namespace sluice::store {

extern const std::string refund_columns;  // of `r`
payments::Refund read_refund(Query& row, customers::SubscriberId subscriber);

}  // namespace sluice::store
