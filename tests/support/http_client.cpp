#include "support/http_client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <utility>

namespace sluice::test {
namespace {

using std::chrono::milliseconds;
constexpr milliseconds patience{10'000};

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

bool connect_to(int socket, std::uint16_t port, const std::string& address) {
    if (address.find(':') != std::string::npos) {
        sockaddr_in6 to{};
        to.sin6_family = AF_INET6;
        to.sin6_port = htons(port);
        inet_pton(AF_INET6, address.c_str(), &to.sin6_addr);
        return connect(socket, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0;
    }
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    inet_pton(AF_INET, address.c_str(), &to.sin_addr);
    return connect(socket, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0;
}

}  // namespace

std::string HttpReply::header(std::string_view name) const {
    const auto at = lower(head).find("\r\n" + lower(std::string(name)) + ": ");
    if (at == std::string::npos) return {};
    const auto begin = at + name.size() + 4;
    return head.substr(begin, head.find("\r\n", begin) - begin);
}

HttpClient::HttpClient(std::uint16_t port, const std::string& address)
    : socket_(::socket(address.find(':') == std::string::npos ? AF_INET : AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0)),
      connected_(connect_to(socket_, port, address)) {}

HttpClient::HttpClient(HttpClient&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), connected_(other.connected_), received_(std::move(other.received_)) {}

HttpClient::~HttpClient() {
    if (socket_ >= 0) ::close(socket_);
}

HttpClient& HttpClient::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) break;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return *this;
}

void HttpClient::end_sending() { ::shutdown(socket_, SHUT_WR); }

void HttpClient::receive_little_by_little() {
    const int few_bytes = 1024;
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &few_bytes, sizeof few_bytes);
}

void HttpClient::reset() {
    const linger at_once{1, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    ::close(std::exchange(socket_, -1));
}

bool HttpClient::receive_some(milliseconds time) {
    pollfd waiting{socket_, POLLIN, 0};
    if (::poll(&waiting, 1, static_cast<int>(time.count())) <= 0) return false;
    char bytes[64 * 1024];
    const auto count = ::recv(socket_, bytes, sizeof bytes, 0);
    if (count <= 0) {
        connected_ = false;
        return false;
    }
    received_.append(bytes, static_cast<std::size_t>(count));
    return true;
}

HttpReply HttpClient::receive(bool to_head) {
    HttpReply reply;
    auto end = received_.find("\r\n\r\n");
    for (; end == std::string::npos; end = received_.find("\r\n\r\n"))
        if (!receive_some(patience)) return reply;
    reply.head = received_.substr(0, end + 4);
    received_.erase(0, end + 4);
    const auto length = reply.header("content-length");
    if (!to_head && !length.empty()) reply.body = receive_bytes(std::stoul(length));
    if (to_head || length.empty() || reply.body.size() == std::stoul(length))
        reply.status = std::stoi(reply.head.substr(9));
    return reply;
}

HttpReply HttpClient::get(std::string_view target) {
    return send("GET " + std::string(target) + " HTTP/1.1\r\nHost: sluice\r\n\r\n").receive();
}

bool HttpClient::is_closed_within(milliseconds time) {
    const auto end = std::chrono::steady_clock::now() + time;
    while (connected_ && received_.empty()) {
        const auto left = std::chrono::duration_cast<milliseconds>(end - std::chrono::steady_clock::now());
        if (left.count() <= 0 || (!receive_some(left) && connected_)) return false;
    }
    return received_.empty();
}

bool HttpClient::has_nothing_to_receive_within(milliseconds time) {
    return received_.empty() && !receive_some(time) && connected_;
}

std::string HttpClient::receive_bytes(std::size_t count) {
    while (received_.size() < count && receive_some(patience)) continue;
    auto bytes = received_.substr(0, count);
    received_.erase(0, bytes.size());
    return bytes;
}

}  // namespace sluice::test
