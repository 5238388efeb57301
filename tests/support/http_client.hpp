// A client that says exactly what a test wants it to say, byte for byte, over a plain socket of the loopback.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace sluice::test {

struct HttpReply {
    int status = 0;    // 0: the connection ended before there was a whole reply
    std::string head;  // with its empty line
    std::string body;

    std::string header(std::string_view name) const;  // empty when there is none
};

class HttpClient {
public:
    explicit HttpClient(std::uint16_t port, const std::string& address = "127.0.0.1");
    HttpClient(HttpClient&& other) noexcept;
    HttpClient& operator=(HttpClient&&) = delete;
    ~HttpClient();

    HttpClient& send(std::string_view bytes);  // an error is not one of the test: the server may have closed
    void end_sending();
    void receive_little_by_little();  // before anything is sent: a receive buffer as small as it can be
    // The next reply; to a HEAD request it has no body whatever its Content-Length says.
    HttpReply receive(bool to_head = false);
    HttpReply get(std::string_view target);
    // Whether the server ends the connection within that time, with nothing more said.
    bool is_closed_within(std::chrono::milliseconds time);
    bool has_nothing_to_receive_within(std::chrono::milliseconds time);  // and is connected all the while
    std::string receive_bytes(std::size_t count);
    bool is_connected() const { return connected_; }
    void reset();  // leaves without a word

private:
    bool receive_some(std::chrono::milliseconds time);

    int socket_ = -1;
    bool connected_ = false;
    std::string received_;
};

}  // namespace sluice::test
