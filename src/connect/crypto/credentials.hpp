// Argon2id from libsodium, and one-time codes.
#pragma once

#include <memory>

#include "app/ports/credentials.hpp"

namespace sluice::connect {

std::unique_ptr<app::Credentials> credentials();

}  // namespace sluice::connect
