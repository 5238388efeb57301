#include "serve/http/listener.hpp"

#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <stdexcept>

namespace sluice::serve::http {
namespace {

constexpr int backlog = 4096;  // the system takes as much of it as it allows
constexpr std::chrono::milliseconds pause_without_descriptors{100};

}  // namespace

std::vector<Endpoint> addresses_of(const std::string& host, std::uint16_t port) {
    using Resolver = net::ip::tcp::resolver;
    net::io_context context;
    error_code ec;
    const auto found =
        Resolver(context).resolve(host, std::to_string(port), Resolver::passive | Resolver::numeric_service, ec);
    if (ec || found.empty()) throw std::runtime_error("cannot find the address of the host \"" + host + "\"");
    return {found.begin(), found.end()};
}

Listener::Listener(IoThread& home, const Endpoint& endpoint, Next next)
    : home_(home), acceptor_(home.context()), pause_(home.context()), next_(std::move(next)) {
    acceptor_.open(endpoint.protocol());
    acceptor_.set_option(net::socket_base::reuse_address(true));  // a restart need not wait for old connections
    acceptor_.bind(endpoint);
    acceptor_.listen(backlog);
    port_ = acceptor_.local_endpoint().port();
}

void Listener::start() {
    net::post(home_.context(), [this] { accept(); });
}

void Listener::stop() {
    error_code ec;
    acceptor_.close(ec);
    pause_.cancel();
}

void Listener::accept() {
    if (!acceptor_.is_open()) return;
    auto& thread = next_();
    acceptor_.async_accept(thread.context().get_executor(), [this, &thread](error_code ec, Socket socket) {
        on_accepted(ec, std::move(socket), thread);
    });
}

void Listener::on_accepted(error_code ec, Socket socket, IoThread& thread) {
    if (ec == net::error::operation_aborted) return;
    // Out of descriptors or memory: the connection stays in the queue, and asking again at once would only spin.
    if (ec && ec != net::error::connection_aborted) return pause();
    if (!ec) admit(std::move(socket), thread);
    accept();
}

void Listener::admit(Socket socket, IoThread& thread) {
    auto& shared = home_.shared();
    if (shared.connections >= shared.options.max_connections) return;  // the socket closes
    ++shared.connections;
    error_code ec;
    socket.set_option(net::ip::tcp::no_delay(true), ec);
    net::post(thread.context(), [&thread, socket = std::move(socket)]() mutable { thread.admit(std::move(socket)); });
}

void Listener::pause() {
    pause_.expires_after(pause_without_descriptors);
    pause_.async_wait([this](error_code ec) {
        if (!ec) accept();
    });
}

}  // namespace sluice::serve::http
