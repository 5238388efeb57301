// What a provider says of somebody (OpenID Connect Core 1.0), and whether it is to be believed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/ports/sign_on.hpp"
#include "connect/oidc/key_set.hpp"
#include "values/result.hpp"

namespace sluice::connect::oidc {

// In order of precedence.
enum class IdTokenRefusal {
    no_token,               // it is too long, or no JWT
    algorithm_not_allowed,  // neither RS256 nor ES256
    unknown_key,            // the set has no such key: it may be an old set
    wrong_signature,
    no_claims,
    wrong_issuer,
    wrong_audience,  // for somebody else, or not for us alone
    expired,
    wrong_time,  // issued in the future or long ago
    wrong_nonce,
    no_subject
};
std::string_view sentence_of(IdTokenRefusal refusal);

struct Expected {
    std::string issuer;
    std::string client_id;
    std::string nonce;
    Instant now;
};

// Clocks may differ by a minute, and a token that we have just asked for is no older than ten.
inline constexpr std::chrono::seconds leeway{60};
inline constexpr std::chrono::minutes longest_ago{10};

// By Core 3.1.3.7. Other audiences beside us are not trusted. Reads neither clock nor network.
Result<app::SignedOn, IdTokenRefusal> read_id_token(std::string_view token, const std::vector<Key>& keys,
                                                    const Expected& expected);

}  // namespace sluice::connect::oidc
