#include "serve/http/server.hpp"

#include <sys/resource.h>

#include <boost/asio/post.hpp>
#include <stdexcept>
#include <thread>

#include "serve/http/listener.hpp"
#include "serve/http/tls.hpp"

namespace sluice::serve::http {
namespace {

// Many systems give a program 1,024 descriptors until it asks for more.
void allow_descriptors_for(std::size_t connections) {
    constexpr rlim_t for_other_uses = 256;
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    const auto wanted = std::min<rlim_t>(connections + for_other_uses, limit.rlim_max);
    if (limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur >= wanted) return;
    limit.rlim_cur = wanted;
    setrlimit(RLIMIT_NOFILE, &limit);  // when refused, connections wait in the queue instead
}

std::string text_of(const Endpoint& endpoint) {
    const auto address = endpoint.address().to_string();
    return (endpoint.address().is_v6() ? "[" + address + "]" : address) + ":" + std::to_string(endpoint.port());
}

[[noreturn]] void fail_to_listen(const Endpoint& endpoint, const error_code& ec) {
    if (ec == net::error::address_in_use)
        throw std::runtime_error("cannot listen on " + text_of(endpoint) + ": another program does already");
    throw std::runtime_error("cannot listen on " + text_of(endpoint) + ": " + ec.message());
}

}  // namespace

struct Server::Impl {
    Impl(const ServerOptions& options, Service& service) : shared(options, service) {
        if (!options.certificate_file.empty() || !options.private_key_file.empty())
            shared.tls.emplace(make_tls_context(options));
        for (int number = 0; number < std::max(options.io_threads, 1); ++number)
            io_threads.push_back(std::make_unique<IoThread>(shared, static_cast<std::uint64_t>(number)));
        listen();
        allow_descriptors_for(options.max_connections);
    }

    // On every address of the host, with one port.
    void listen() {
        const auto& options = shared.options;
        for (auto endpoint : addresses_of(options.host, options.port)) {
            if (!listeners.empty()) endpoint.port(listeners.front()->port());
            try {
                listeners.push_back(
                    std::make_unique<Listener>(home(), endpoint, [this]() -> IoThread& { return next(); }));
            } catch (const boost::system::system_error& error) {
                // A name may have an address of a kind that this machine does not have: "localhost" without IPv6.
                const bool dispensable = error.code() == net::error::address_family_not_supported ||
                                         error.code() == boost::system::errc::address_not_available;
                if (!dispensable) fail_to_listen(endpoint, error.code());
                not_listened_on.emplace_back(endpoint, error.code());
            }
        }
        if (listeners.empty()) fail_to_listen(not_listened_on.front().first, not_listened_on.front().second);
    }

    IoThread& home() { return *io_threads.front(); }
    IoThread& next() { return *io_threads[next_thread++ % io_threads.size()]; }

    void start() {
        if (!threads.empty()) return;
        for (auto& listener : listeners) listener->start();
        for (auto& io_thread : io_threads) threads.emplace_back([&thread = *io_thread] { thread.run(); });
    }

    void stop(std::chrono::milliseconds patience) {
        if (threads.empty()) return;
        shared.draining = true;
        net::post(home().context(), [this] {
            for (auto& listener : listeners) listener->stop();
            // Only now: nobody is admitted any more behind the back of those who drain.
            for (auto& io_thread : io_threads) io_thread->drain();
        });
        {
            std::unique_lock lock(shared.mutex);
            shared.last_connection_closed.wait_for(lock, patience, [this] { return shared.connections == 0; });
        }
        for (auto& io_thread : io_threads) io_thread->cut();
        for (auto& io_thread : io_threads) io_thread->finish();
        for (auto& thread : threads) thread.join();
        threads.clear();
    }

    Shared shared;
    std::vector<std::unique_ptr<IoThread>> io_threads;
    std::vector<std::unique_ptr<Listener>> listeners;
    std::vector<std::pair<Endpoint, error_code>> not_listened_on;
    std::vector<std::thread> threads;
    std::size_t next_thread = 0;
};

Server::Server(const ServerOptions& options, Service& service) : impl_(std::make_unique<Impl>(options, service)) {}

Server::~Server() { impl_->stop(std::chrono::milliseconds(0)); }

void Server::start() { impl_->start(); }

std::uint16_t Server::port() const { return impl_->listeners.front()->port(); }

void Server::stop(std::chrono::milliseconds patience) { impl_->stop(patience); }

}  // namespace sluice::serve::http
