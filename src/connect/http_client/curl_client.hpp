// HTTP by libcurl.
#pragma once

#include <memory>

#include "app/ports/http_client.hpp"

namespace sluice::connect {

// Keeps its connection open from one request to the next. For one thread at a time.
std::unique_ptr<app::HttpClient> curl_client();

}  // namespace sluice::connect
