// Secrets sealed with libsodium's secretbox (XSalsa20 and Poly1305), as text.
#pragma once

#include <memory>
#include <string>

#include "app/ports/secret_box.hpp"

namespace sluice::connect {

// `key`: 64 hexadecimal digits, or empty. Then the key is in `key_file`, which is made with a new one when the first
// secret is sealed; with neither, nothing can be sealed or opened.
std::unique_ptr<app::SecretBox> secret_box(std::string key, std::string key_file);

}  // namespace sluice::connect
