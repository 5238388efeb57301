// Money that a gateway has paid back, lost in a dispute or got again, brought into the books.
#pragma once

#include "app/checkouts.hpp"

namespace sluice::app {

// What the event tells of the payment of `row`, once, in whatever order such events come. A refund that was made at the
// gateway of money that was used already opens documents, as a charge-back does.  REQUIRES: a transaction that holds
// the subscriber.  GIVES: whether it is in the books; what they cannot take waits for a clerk.
bool book_money_back(Books& books, const CheckoutRow& row, const GatewayEvent& event, Date today);

}  // namespace sluice::app
