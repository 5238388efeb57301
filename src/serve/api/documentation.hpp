// The description of the API and the page that shows it, which travel inside the program.
#pragma once

#include <string>
#include <string_view>

#include "serve/http/message.hpp"

namespace sluice::serve::api {

// openapi.yaml as JSON, which is read ten times as fast.
const std::string& described_api();
// Puts the file at the path into the answer, if there is one.
void add_documentation(std::string_view path, http::Response& response);

}  // namespace sluice::serve::api
