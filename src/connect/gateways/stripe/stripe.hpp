// Stripe: hosted Checkout, cards that are saved and charged without their holder, refunds, signed webhooks.
#pragma once

#include <memory>

#include "app/ports/gateway.hpp"

namespace sluice::connect::stripe {

// Its API is at https://api.stripe.com; SLUICE_STRIPE_API names another address, for tests.
std::shared_ptr<const app::Gateway> gateway();

}  // namespace sluice::connect::stripe
