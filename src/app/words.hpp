// How amounts are said in sentences.
#pragma once

#include <string>

#include "values/money.hpp"

namespace sluice::app {

// "12.34 USD"
inline std::string words(Money money) { return money.text() + " " + std::string(money.currency().code()); }

}  // namespace sluice::app
