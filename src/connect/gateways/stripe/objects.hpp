// Stripe's objects as outcomes and events.
#pragma once

#include <boost/json.hpp>

#include "app/ports/gateway.hpp"

namespace sluice::connect::stripe {

// A Checkout Session. Its card is told when "payment_intent.payment_method" or "setup_intent.payment_method" is
// expanded.
app::Outcome outcome_of_session(const boost::json::object& session);
app::Outcome outcome_of_intent(const boost::json::object& payment_intent);

// The body of a webhook; nothing for what is no event of Stripe.
std::optional<app::GatewayEvent> read_event(std::string_view body);

// In the metadata of all that we make there.
constexpr std::string_view attempt_key = "sluice_attempt";

}  // namespace sluice::connect::stripe
