// All gateways there are.
#pragma once

#include "app/ports/gateway.hpp"

namespace sluice::connect {

app::Gateways gateways();

}  // namespace sluice::connect
