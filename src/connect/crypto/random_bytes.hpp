// Chance that nobody can guess.
#pragma once

#include <string>

namespace sluice::connect {

// From OpenSSL's generator. Throws std::runtime_error when the system has no randomness to give.
std::string random_bytes(std::size_t count);

}  // namespace sluice::connect
