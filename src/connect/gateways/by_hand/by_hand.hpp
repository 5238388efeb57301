// Ways to pay without a gateway: cash, cheques, and whatever else an operator takes. Nobody is sent anywhere; a clerk
// records what came in, within the terms of the payment method.
#pragma once

#include <memory>
#include <string>

#include "app/ports/gateway.hpp"

namespace sluice::connect::by_hand {

std::shared_ptr<const app::Gateway> gateway(std::string code, std::string name);

}  // namespace sluice::connect::by_hand
