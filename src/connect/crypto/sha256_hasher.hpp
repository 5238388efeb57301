// SHA-256 from OpenSSL.
#pragma once

#include <memory>

#include "app/ports/hasher.hpp"

namespace sluice::connect {

std::unique_ptr<app::Hasher> sha256_hasher();

}  // namespace sluice::connect
