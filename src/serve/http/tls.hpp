// What TLS needs to know: certificate, key, what is spoken.
#pragma once

#include <boost/asio/ssl/context.hpp>

#include "serve/http/server.hpp"

namespace sluice::serve::http {

// Throws std::runtime_error with a sentence: which file, and what is wrong with it.
boost::asio::ssl::context make_tls_context(const ServerOptions& options);

}  // namespace sluice::serve::http
