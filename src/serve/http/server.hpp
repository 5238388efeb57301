// The HTTP/1.1 server: connections, TLS, limits and time-outs. What is served, a Service says.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "serve/http/message.hpp"

namespace sluice::serve::http {

struct ServerOptions {
    std::string host = "127.0.0.1";  // or a name: all its addresses
    std::uint16_t port = 8080;       // 0: any free one
    std::string certificate_file;    // PEM chain; with private_key_file: TLS
    std::string private_key_file;
    bool behind_proxy = false;  // X-Forwarded-For names the client (its last address), X-Request-Id the request
    int io_threads = 2;
    std::size_t max_connections = 10'000;
    std::uint32_t max_header_bytes = 16 * 1024;
    std::chrono::milliseconds header_timeout{10'000};  // from the first byte of a request to the end of its head
    // For the whole body, and for a client to take the answer; longer as long as 16 KiB move every second.
    std::chrono::milliseconds body_timeout{30'000};
    std::chrono::milliseconds idle_timeout{75'000};  // between requests, and before the first
};

class Server {
public:
    // Binds at once. Throws std::runtime_error with a sentence: address in use, no such certificate …
    Server(const ServerOptions& options, Service& service);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    void start();                // returns at once; the I/O threads serve
    std::uint16_t port() const;  // the one that is listened on
    // Takes no new connections or requests, lets those under way end (at most `patience`), closes. REQUIRES: not called
    // from Service::handle, whose thread it waits for.
    void stop(std::chrono::milliseconds patience);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace sluice::serve::http
