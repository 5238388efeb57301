#include "connect/http_client/public_address.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace sluice::connect {
namespace {

struct Block {
    std::uint32_t first;
    int bits;
};

// RFC 6890 and what was added since: this host, private, shared, loopback, link-local, protocol assignments,
// documentation, benchmarks, multicast, reserved.
constexpr std::array<Block, 15> closed{{{0x00000000, 8},
                                        {0x0A000000, 8},
                                        {0x64400000, 10},
                                        {0x7F000000, 8},
                                        {0xA9FE0000, 16},
                                        {0xAC100000, 12},
                                        {0xC0000000, 24},
                                        {0xC0000200, 24},
                                        {0xC0586300, 24},
                                        {0xC0A80000, 16},
                                        {0xC6120000, 15},
                                        {0xC6336400, 24},
                                        {0xCB007100, 24},
                                        {0xE0000000, 4},
                                        {0xF0000000, 4}}};

bool is_public(std::uint32_t address) {
    return std::none_of(closed.begin(), closed.end(), [&](const Block& block) {
        return (address >> (32 - block.bits)) == (block.first >> (32 - block.bits));
    });
}

// Global unicast is 2000::/3; inside of it are tunnels and mappings that lead elsewhere, and documentation.
bool is_public(const in6_addr& address) {
    const auto* bytes = address.s6_addr;
    if (IN6_IS_ADDR_V4MAPPED(&address)) {
        std::uint32_t inner = 0;
        std::memcpy(&inner, bytes + 12, sizeof inner);
        return is_public(ntohl(inner));
    }
    if ((bytes[0] & 0xE0) != 0x20) return false;
    const bool is_6to4 = bytes[0] == 0x20 && bytes[1] == 0x02;
    const bool is_assigned = bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] < 0x02;  // Teredo, ORCHID …
    const bool is_documentation = bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0x0D && bytes[3] == 0xB8;
    return !is_6to4 && !is_assigned && !is_documentation;
}

}  // namespace

bool is_public_address(const sockaddr& address) {
    if (address.sa_family == AF_INET) {
        sockaddr_in four{};
        std::memcpy(&four, &address, sizeof four);
        return is_public(ntohl(four.sin_addr.s_addr));
    }
    if (address.sa_family != AF_INET6) return false;
    sockaddr_in6 six{};
    std::memcpy(&six, &address, sizeof six);
    return is_public(six.sin6_addr);
}

}  // namespace sluice::connect
