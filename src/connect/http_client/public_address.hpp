// Which addresses are of the internet at large: an address that somebody else chooses must not lead into our own house.
#pragma once

#include <sys/socket.h>

namespace sluice::connect {

bool is_public_address(const sockaddr& address);

}  // namespace sluice::connect
