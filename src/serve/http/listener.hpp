// Takes connections in and hands them to the threads, one after the other. For the sources of the server only.
#pragma once

#include <boost/asio/basic_socket_acceptor.hpp>
#include <functional>

#include "serve/http/io_thread.hpp"

namespace sluice::serve::http {

using Endpoint = net::ip::tcp::endpoint;

// The addresses of a host's name, or the one that it is. Throws std::runtime_error with a sentence.
std::vector<Endpoint> addresses_of(const std::string& host, std::uint16_t port);

class Listener {
public:
    using Next = std::function<IoThread&()>;

    // Listens at once, and takes connections in from start(). Throws boost::system::system_error.
    Listener(IoThread& home, const Endpoint& endpoint, Next next);

    void start();
    void stop();  // on the thread of its home
    std::uint16_t port() const { return port_; }

private:
    void accept();
    void on_accepted(error_code ec, Socket socket, IoThread& thread);
    void admit(Socket socket, IoThread& thread);
    void pause();

    IoThread& home_;
    net::basic_socket_acceptor<net::ip::tcp, Executor> acceptor_;
    Timer pause_;
    Next next_;
    std::uint16_t port_ = 0;
};

}  // namespace sluice::serve::http
