// What a gateway says of a checkout, brought into the books.
#pragma once

#include "app/checkouts.hpp"

namespace sluice::app {

// REQUIRES: a transaction.  `was_asked`: the gateway was asked, so that it says all that it knows.  GIVES: the checkout
// as it stands then. Once it has succeeded nothing undoes that, and a second payment of it becomes credit.
CheckoutRow settle_checkout(Books& books, const CheckoutRow& row, const Outcome& outcome, Instant now, Date today,
                            bool was_asked);

// When the gateway is asked next.
Instant next_query(const Checkout& checkout, Instant now);

}  // namespace sluice::app
