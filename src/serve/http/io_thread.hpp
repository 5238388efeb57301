// One of the threads that serve: an event loop of its own with the connections that were given to it. Nothing of a
// connection is touched by another thread; answers given elsewhere come in through the mailbox. For the sources of the
// server only: Asio shows through.
#pragma once

#include <atomic>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

#include "serve/http/message.hpp"
#include "serve/http/server.hpp"

namespace sluice::serve::http {

namespace net = boost::asio;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;
using Executor = net::io_context::executor_type;  // the concrete type: nothing is type-erased for every operation
using Socket = net::basic_stream_socket<net::ip::tcp, Executor>;
using Timer = net::basic_waitable_timer<Clock, net::wait_traits<Clock>, Executor>;

class Connection;
class IoThread;

// What all threads of a server share.
struct Shared {
    Shared(const ServerOptions& its_options, Service& its_service) : options(its_options), service(its_service) {}
    const ServerOptions options;
    Service& service;
    std::optional<net::ssl::context> tls;
    std::atomic<std::size_t> connections = 0;
    std::atomic<bool> draining = false;  // stop() was called
    std::mutex mutex;
    std::condition_variable last_connection_closed;
};

// The answer to a request of a connection; without a response it was never given.
struct Letter {
    std::uint64_t connection = 0;
    std::uint64_t request = 0;
    std::optional<Response> response;
};

// Outlives its thread for as long as somebody holds an Answer.
class Mailbox {
public:
    explicit Mailbox(IoThread& thread) : thread_(&thread) {}
    void put(Letter letter) noexcept;  // from any thread
    std::vector<Letter> take();
    void close();  // from now on letters are thrown away

private:
    bool deliver_at_once(Letter& letter);

    std::mutex mutex_;
    std::vector<Letter> letters_;
    IoThread* thread_;
};

class IoThread {
public:
    IoThread(Shared& shared, std::uint64_t number);
    ~IoThread();
    IoThread(const IoThread&) = delete;
    IoThread& operator=(const IoThread&) = delete;

    // From any thread.
    net::io_context& context() { return context_; }
    void run();     // until finish()
    void finish();  // REQUIRES: no connection is left, or cut() was called
    void drain();   // idle connections close, the others after their answer
    void cut();     // all connections close

    // From this thread only.
    void admit(Socket socket);
    void forget(std::uint64_t connection);
    void deliver(Letter letter);
    bool deliver_to_running_handler(Letter& letter);
    void deliver_mail();
    Answer answer_to(std::uint64_t connection, std::uint64_t request);
    std::string next_request_id();
    std::string_view date() const { return date_; }
    Clock::time_point now() const { return now_; }  // at most one tick old
    Clock::time_point in(std::chrono::milliseconds time) const { return now_ + time + tick_; }
    Shared& shared() { return shared_; }

private:
    void tick();
    void wait_for_tick();
    void one_connection_less();

    Shared& shared_;
    net::io_context context_{1};
    net::executor_work_guard<Executor> work_{context_.get_executor()};
    Timer timer_{context_};
    std::shared_ptr<Mailbox> mailbox_;
    std::unordered_map<std::uint64_t, std::shared_ptr<Connection>> connections_;
    std::uint64_t last_connection_ = 0;
    std::uint64_t next_id_;
    std::chrono::milliseconds tick_;
    Clock::time_point now_;
    std::time_t date_second_ = 0;
    std::string date_;
};

}  // namespace sluice::serve::http
