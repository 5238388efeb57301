// Pro-forma documents once more: what they ask for against their lines, and their numbers.
#pragma once

#include "app/verify_account.hpp"

namespace sluice::app {

void verify_pro_formas(Store& store, const customers::Operator& op, Findings& findings);

}  // namespace sluice::app
