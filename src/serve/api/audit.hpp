// What the audit log says of a request.
#pragma once

#include <string>
#include <string_view>

#include "serve/api/desk.hpp"

namespace sluice::serve::api {

// The body with what the path names, secrets left out, as JSON.
std::string audited_request(const Call& call);
// An object's text without its secrets; `{}` for what is no object.
std::string text_without_secrets(std::string_view object);

}  // namespace sluice::serve::api
