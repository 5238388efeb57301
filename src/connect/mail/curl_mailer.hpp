// E-mail by SMTP, with libcurl.
#pragma once

#include <memory>

#include "app/ports/mailer.hpp"

namespace sluice::connect {

// Keeps its connection open from one message to the next. For one thread at a time.
std::unique_ptr<app::Mailer> curl_mailer();

}  // namespace sluice::connect
