#include "connect/http_client/public_address.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

#include <cstring>

#include "connect/http_client/curl_client.hpp"

namespace sluice::connect {
namespace {

bool is_public(const char* text) {
    sockaddr_storage storage{};
    sockaddr_in four{};
    sockaddr_in6 six{};
    if (::inet_pton(AF_INET, text, &four.sin_addr) == 1) {
        four.sin_family = AF_INET;
        std::memcpy(&storage, &four, sizeof four);
    } else if (::inet_pton(AF_INET6, text, &six.sin6_addr) == 1) {
        six.sin6_family = AF_INET6;
        std::memcpy(&storage, &six, sizeof six);
    }
    return is_public_address(*reinterpret_cast<const sockaddr*>(&storage));
}

TEST(PublicAddress, IsOneOfTheInternetAtLarge) {
    for (const auto* address : {"1.1.1.1", "93.184.216.34", "172.15.255.255", "172.32.0.0", "100.63.0.1",
                                "2606:4700::1111", "2a00:1450:4001::1", "::ffff:8.8.8.8"})
        EXPECT_TRUE(is_public(address)) << address;
    for (const auto* address : {"0.0.0.0",
                                "10.1.2.3",
                                "100.64.0.1",
                                "127.0.0.1",
                                "169.254.169.254",
                                "172.16.0.1",
                                "172.31.255.255",
                                "192.168.0.1",
                                "198.18.0.1",
                                "203.0.113.5",
                                "224.0.0.1",
                                "255.255.255.255",
                                "::",
                                "::1",
                                "fe80::1",
                                "fc00::1",
                                "fd12::1",
                                "ff02::1",
                                "::ffff:127.0.0.1",
                                "::ffff:10.0.0.1",
                                "64:ff9b::7f00:1",
                                "2002:7f00:1::",
                                "2001:db8::1",
                                "2001::1"})
        EXPECT_FALSE(is_public(address)) << address;
}

TEST(PublicAddress, IsAskedForBeforeAConnectionIsMade) {
    const auto client = curl_client();
    try {
        client->send({.method = "POST", .url = "http://localhost:1/", .body = "{}", .public_only = true});
        FAIL() << "it was sent";
    } catch (const app::HttpFailure& failure) {
        EXPECT_NE(std::string(failure.what()).find("not allowed"), std::string::npos) << failure.what();
    }
}

}  // namespace
}  // namespace sluice::connect
