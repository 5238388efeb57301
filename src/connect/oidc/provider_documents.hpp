// What a provider publishes and answers, read from its JSON.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/ports/sign_on.hpp"

namespace sluice::connect::oidc {

// Of OpenID Connect Discovery.
struct Endpoints {
    std::string authorization;
    std::string token;
    std::string user_info;  // empty: there is none
    std::string keys;
    bool secret_in_body = false;  // the only way in which it takes the client's secret
};

// Over https, or, as is the issuer, over http to this machine itself, for tests; without a fragment. Nothing else may
// be asked.
bool may_be_asked(std::string_view address, std::string_view issuer);

// Throws app::SignOnFailed when it is another issuer's, or leads where nothing may be asked.
Endpoints read_discovery(std::string_view json, const std::string& issuer);

struct Tokens {
    std::string id_token;
    std::string access_token;  // empty: there is none
};
// Throws app::SignOnFailed.
Tokens read_tokens(std::string_view json);

// The error of a refusal (RFC 6749, 5.2), fit for a log; empty for what is none.
std::string error_in(std::string_view json);

// With the e-mail address of user information, when it is about the same subject. Throws app::SignOnFailed.
app::SignedOn with_user_info(app::SignedOn who, std::string_view json);

// Percent-encoded for a query or a form.
std::string encoded(std::string_view text);

}  // namespace sluice::connect::oidc
