// Addresses of stores, for people to read.
#pragma once

#include <string>

namespace sluice::app {

// "postgresql://user:secret@host/database?password=secret" → "postgresql://user@host/database?password=…": for
// messages and logs.
std::string without_password(const std::string& address);

}  // namespace sluice::app
