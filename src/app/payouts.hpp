// Refunds whose money has to reach the payer: the gateway that it came from gives it back, or somebody has to.
// A payout is a row before the gateway is asked, and is asked for under its id, so that it is made once.
#pragma once

#include "app/checkouts.hpp"
#include "app/ports/payout_store.hpp"

namespace sluice::app {

// Books the refund, and opens its payout, in the transaction that is under way. By the gateway only what came from one
// that gives back.
Result<PayoutRow, Refusal> refund_through(Books& books, const Gateways& gateways, const RefundRequest& request,
                                          PayoutThrough through, Date date, Instant now);
// Somebody has made it.
Result<PayoutRow, Refusal> pay_payout(Books& books, PayoutId id, const std::string& reference, Instant now);
// It is not made: the money is the subscriber's again.
Result<PayoutRow, Refusal> cancel_payout(Books& books, PayoutId id, Date today, Instant now);
// Has the gateway make it, or asks how it stands: under the same id, which has no second effect.
Result<PayoutRow, Refusal> query_payout(const CheckoutTools& tools, PayoutId id);

// The payout that an event of a gateway tells of, as made or as failed; none when it is none of ours.
std::optional<PayoutRow> payout_of(Books& books, const PaymentMethod& method, const GatewayEvent& event);
// One that the gateway has failed at, even after it had made it, is open for somebody to make.
void note_told(Books& books, const PayoutRow& row, const GatewayEvent& event, Instant now);

}  // namespace sluice::app
