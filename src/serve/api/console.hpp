// The operator console: pages for people. It is no part of the API and in no description, but asks it for everything.
#pragma once

#include <optional>
#include <string_view>

#include "serve/http/message.hpp"

namespace sluice::serve::api {

// GIVES: nothing, when the path is none of the console's. The console finds its own way behind /console/, so that what
// names no file there is answered with its page.
std::optional<http::Response> console_answer(std::string_view method, std::string_view path);

}  // namespace sluice::serve::api
