// The keys by which a provider signs (RFC 7517).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::connect::oidc {

enum class Algorithm { rs256, es256 };

// A public key that ID tokens may be signed with; all others in a set are passed over.
struct Key {
    std::string id;  // empty: it has none
    Algorithm algorithm;
    // RSA: modulus and exponent; P-256: x and y. Unsigned, the most significant byte first.
    std::string first;
    std::string second;
};

// Nothing for what is no key set. RSA of 2048 to 8192 bits, and curve P-256; keys for encryption, of another algorithm,
// and secret ones are left out.
std::optional<std::vector<Key>> read_key_set(std::string_view json);

// Whether the signature (RFC 7515, as bytes) over `text` is the key's.
bool is_signed_by(const Key& key, std::string_view text, std::string_view signature);

}  // namespace sluice::connect::oidc
