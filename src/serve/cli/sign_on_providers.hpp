#pragma once

#include "serve/cli/add_command.hpp"

namespace sluice::serve {

// `sluice users providers`: through whom people sign on beside a password.
void add_sign_on_providers(CLI::App& users, Chosen& chosen);

}  // namespace sluice::serve
