// The client of OpenID Connect: authorization code flow with PKCE.
#pragma once

#include <functional>
#include <memory>

#include "app/ports/http_client.hpp"
#include "app/ports/sign_on.hpp"

namespace sluice::connect {

// Remembers what providers publish for an hour; keys that a token names and nobody knows are asked for at once, though
// at most once a minute. A provider whose documents or keys could not be read is asked again after ten seconds. A code
// is redeemed once, whatever becomes of the request.
std::shared_ptr<app::SignOn> sign_on(std::function<std::unique_ptr<app::HttpClient>()> http_client);

}  // namespace sluice::connect
