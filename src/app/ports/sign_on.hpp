// Asking a provider of OpenID Connect who somebody is.
#pragma once

#include <stdexcept>
#include <string>

#include "values/zone.hpp"

namespace sluice::app {

// What we are at a provider.
struct SignOnClient {
    std::string issuer;
    std::string client_id;
    std::string client_secret;
};

// One way there and back. Each is random and used once.
struct SignOnTrip {
    std::string redirect_uri;
    std::string state;
    std::string nonce;
    std::string code_verifier;  // RFC 7636: 43 to 128 letters and digits
};

struct SignedOn {
    std::string subject;
    std::string email;  // empty: not told
    bool email_verified = false;
};

// Nobody is signed on: the provider did not answer, refused, or what it said is not to be trusted. The reason is for
// the log, and not for whoever asks.
class SignOnFailed : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

class SignOn {
public:
    virtual ~SignOn() = default;
    // From any thread. Both ask the provider where they have to, and throw SignOnFailed.
    virtual std::string address_of(const SignOnClient& client, const SignOnTrip& trip, Instant now) = 0;
    // REQUIRES: the state that came back is the trip's.
    virtual SignedOn redeem(const SignOnClient& client, const SignOnTrip& trip, const std::string& code,
                            Instant now) = 0;
};

}  // namespace sluice::app
