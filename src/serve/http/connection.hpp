// One connection of a client, from its first byte to its last: reads a request, has it served, writes the answer, reads
// the next. Everything happens on the connection's IoThread. For the sources of the server only: Asio shows through.
#pragma once

#include <array>
#include <boost/asio/buffer.hpp>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "serve/http/head_scanner.hpp"
#include "serve/http/input_buffer.hpp"
#include "serve/http/io_thread.hpp"
#include "serve/http/request_parser.hpp"

namespace sluice::serve::http {

using ConstBuffers = std::array<net::const_buffer, 2>;

// What a connection does, over whatever carries its bytes. A carrier calls the on_… functions when what it was told to
// start has ended; it holds a reference to itself until then.
class Connection : public std::enable_shared_from_this<Connection> {
public:
    Connection(IoThread& thread, std::uint64_t key, std::string peer, bool secure);
    virtual ~Connection() = default;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void begin();
    // Of the request with that number, if it is the one under way; nothing: it was given up without an answer.
    void answer(std::uint64_t request_number, std::optional<Response> response);
    void close_if_idle();
    void close();
    void on_deadline();
    Clock::time_point deadline() const { return deadline_; }
    bool is_working() const { return working_; }

protected:
    virtual void start_handshake() = 0;
    virtual void start_reading(std::span<char> room) = 0;
    // Writes what goes out without waiting; returns how much.
    virtual std::size_t write_at_once(const ConstBuffers& bytes) = 0;
    virtual void start_writing(const ConstBuffers& bytes) = 0;
    // Tells the client that nothing more comes.
    virtual void start_farewell() = 0;
    virtual bool owes_farewell() const = 0;  // before every orderly close
    // Reads past the carrier, only to throw away.
    virtual void start_discarding(std::span<char> room) = 0;
    virtual void close_socket() = 0;
    virtual void reset_socket() = 0;  // what is not sent yet never will be

    void on_handshake(error_code ec);
    void on_read(error_code ec, std::size_t count);
    void on_written(error_code ec, std::size_t count);
    void on_farewell();
    void on_discarded(error_code ec);

private:
    enum class Phase { handshake, head, body, serving, writing, farewell, closed };
    enum class AfterWriting { next_request, body, close };

    // A step returns whether there is another one to take now; otherwise something is awaited that calls work() again.
    void work();
    bool take_step();
    bool read_head();
    bool take_head(std::string_view head);
    bool begin_body();
    bool read_body();
    bool serve();
    bool wait_for_bytes(std::size_t room);
    bool wait_for_request();
    bool refuse(const Refused& why);

    void send(Response response);
    void send_interim();
    void write(AfterWriting then);
    void all_written();
    void say_farewell();
    ConstBuffers bytes_to_write() const;
    void name_request();
    void allow(std::chrono::milliseconds time);
    void allow_for(std::size_t count);
    bool is_idle() const { return phase_ == Phase::head && input_.empty(); }

    IoThread& thread_;
    const std::uint64_t key_;
    const std::string peer_;
    const bool secure_;
    Phase phase_ = Phase::handshake;
    Clock::time_point deadline_ = Clock::time_point::max();
    bool working_ = false;
    bool reading_ = false;  // into input_, which may not move meanwhile

    InputBuffer input_;
    HeadScanner scanner_;
    std::optional<RequestParser> parser_;
    std::uint64_t request_number_ = 0;
    std::string request_id_;
    bool head_began_ = false;
    bool head_only_ = false;  // a HEAD request
    bool to_http_1_0_ = false;
    bool keeps_alive_ = true;
    bool input_is_left_ = false;  // the client may still be sending what we no longer read

    std::string out_;   // the head, and the body when it is small
    std::string body_;  // a large one: not worth a copy
    std::size_t written_ = 0;
    AfterWriting after_writing_ = AfterWriting::next_request;
};

// Over TCP, or over TLS when the server has a certificate.
std::shared_ptr<Connection> make_connection(IoThread& thread, std::uint64_t key, Socket socket);

}  // namespace sluice::serve::http
