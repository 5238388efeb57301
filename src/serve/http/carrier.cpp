// What carries the bytes of a connection: TCP as it is, or TLS over it.
#include <boost/asio/ssl/stream.hpp>

#include "serve/http/connection.hpp"

namespace sluice::serve::http {
namespace {

std::string address_text(const Socket& socket) {
    error_code ec;
    auto address = socket.remote_endpoint(ec).address();
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        address = net::ip::make_address_v4(net::ip::v4_mapped, address.to_v6());
    return ec ? std::string() : address.to_string();
}

void close_now(Socket& socket) {
    error_code ec;
    socket.close(ec);
}

void reset_now(Socket& socket) {
    error_code ec;
    socket.set_option(net::socket_base::linger(true, 0), ec);
    socket.close(ec);
}

class TcpConnection : public Connection {
public:
    TcpConnection(IoThread& thread, std::uint64_t key, Socket socket)
        : Connection(thread, key, address_text(socket), false), socket_(std::move(socket)) {
        error_code ec;
        socket_.non_blocking(true, ec);  // for write_at_once
    }

private:
    std::shared_ptr<TcpConnection> self() { return std::static_pointer_cast<TcpConnection>(shared_from_this()); }

    void start_handshake() override { on_handshake({}); }
    void start_reading(std::span<char> room) override {
        socket_.async_read_some(net::buffer(room.data(), room.size()),
                                [me = self()](error_code ec, std::size_t count) { me->on_read(ec, count); });
    }
    std::size_t write_at_once(const ConstBuffers& bytes) override {
        error_code ec;  // whatever it is, the write that follows says it again
        return socket_.write_some(bytes, ec);
    }
    void start_writing(const ConstBuffers& bytes) override {
        socket_.async_write_some(bytes, [me = self()](error_code ec, std::size_t count) { me->on_written(ec, count); });
    }
    bool owes_farewell() const override { return false; }
    void start_farewell() override {
        error_code ec;
        socket_.shutdown(Socket::shutdown_send, ec);
        on_farewell();
    }
    void start_discarding(std::span<char> room) override {
        socket_.async_read_some(net::buffer(room.data(), room.size()),
                                [me = self()](error_code ec, std::size_t) { me->on_discarded(ec); });
    }
    void close_socket() override { close_now(socket_); }
    void reset_socket() override { reset_now(socket_); }

    Socket socket_;
};

class TlsConnection : public Connection {
public:
    TlsConnection(IoThread& thread, std::uint64_t key, Socket socket)
        : Connection(thread, key, address_text(socket), true), stream_(std::move(socket), *thread.shared().tls) {}

private:
    std::shared_ptr<TlsConnection> self() { return std::static_pointer_cast<TlsConnection>(shared_from_this()); }

    void start_handshake() override {
        stream_.async_handshake(net::ssl::stream_base::server, [me = self()](error_code ec) { me->on_handshake(ec); });
    }
    void start_reading(std::span<char> room) override {
        stream_.async_read_some(net::buffer(room.data(), room.size()),
                                [me = self()](error_code ec, std::size_t count) { me->on_read(ec, count); });
    }
    std::size_t write_at_once(const ConstBuffers&) override { return 0; }  // a record goes out whole or not at all
    void start_writing(const ConstBuffers& bytes) override {
        stream_.async_write_some(bytes, [me = self()](error_code ec, std::size_t count) { me->on_written(ec, count); });
    }
    bool owes_farewell() const override { return true; }  // or the end could be anybody's
    void start_farewell() override {
        stream_.async_shutdown([me = self()](error_code) {
            error_code ec;
            me->stream_.next_layer().shutdown(Socket::shutdown_send, ec);
            me->on_farewell();
        });
    }
    void start_discarding(std::span<char> room) override {
        stream_.next_layer().async_read_some(net::buffer(room.data(), room.size()),
                                             [me = self()](error_code ec, std::size_t) { me->on_discarded(ec); });
    }
    void close_socket() override { close_now(stream_.next_layer()); }
    void reset_socket() override { reset_now(stream_.next_layer()); }

    net::ssl::stream<Socket> stream_;
};

}  // namespace

std::shared_ptr<Connection> make_connection(IoThread& thread, std::uint64_t key, Socket socket) {
    if (thread.shared().tls) return std::make_shared<TlsConnection>(thread, key, std::move(socket));
    return std::make_shared<TcpConnection>(thread, key, std::move(socket));
}

}  // namespace sluice::serve::http
