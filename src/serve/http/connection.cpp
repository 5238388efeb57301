#include "serve/http/connection.hpp"

#include <boost/asio/ip/address.hpp>

#include "serve/http/response_text.hpp"
#include "serve/http/text.hpp"

namespace sluice::serve::http {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t copied_at_most = 16 * 1024;
constexpr std::size_t room_for_large_bodies = 64 * 1024;
constexpr std::size_t kept_for_the_next_answer = 64 * 1024;
constexpr milliseconds farewell_time{2'000};
// Whoever sends or takes this much a second is slow, not hostile, and gets the time that it needs.
constexpr std::int64_t honest_bytes_per_second = 16 * 1024;

constexpr std::string_view interim_response = "HTTP/1.1 100 Continue\r\n\r\n";

// What may go into logs and headers as somebody else's name of a request.
bool is_request_id(std::string_view id) {
    return !id.empty() && id.size() <= 64 && std::all_of(id.begin(), id.end(), [](char c) {
        return is_alphanumeric(c) || c == '-' || c == '_' || c == '.';
    });
}

// The last address in the last X-Forwarded-For: what the proxy that we trust has seen. Those before it, anyone can say.
std::optional<std::string> address_seen_by_proxy(const Request& request) {
    std::string_view last;
    for (const auto& [name, value] : request.headers)
        if (equal_ignoring_case(name, "x-forwarded-for")) last = value;
    const auto comma = last.rfind(',');
    const std::string address(trimmed(comma == std::string_view::npos ? last : last.substr(comma + 1)));
    error_code ec;
    net::ip::make_address(address, ec);
    return ec ? std::nullopt : std::optional(address);
}

}  // namespace

Connection::Connection(IoThread& thread, std::uint64_t key, std::string peer, bool secure)
    : thread_(thread), key_(key), peer_(std::move(peer)), secure_(secure) {}

void Connection::begin() {
    allow(thread_.shared().options.header_timeout);
    start_handshake();
}

void Connection::on_handshake(error_code ec) {
    if (phase_ != Phase::handshake) return;
    if (ec) return close();
    phase_ = Phase::head;
    work();
}

void Connection::work() {
    if (working_) return;  // an answer given inside of serve(): the loop below goes on with it
    working_ = true;
    try {
        while (take_step()) continue;
    } catch (const std::exception&) {
        close();  // out of memory
    }
    working_ = false;
}

bool Connection::take_step() {
    switch (phase_) {
        case Phase::head:
            return read_head();
        case Phase::body:
            return read_body();
        default:
            return false;
    }
}

// ---- reading

void Connection::on_read(error_code ec, std::size_t count) {
    reading_ = false;
    if (phase_ == Phase::farewell) return on_discarded(ec);
    if (phase_ != Phase::head && phase_ != Phase::body) return;  // refused meanwhile: it came too late
    if (ec) return close();
    input_.filled(count);
    if (phase_ == Phase::body) allow_for(count);
    work();
}

bool Connection::wait_for_bytes(std::size_t room) {
    reading_ = true;
    start_reading(input_.room(room));
    return false;
}

bool Connection::wait_for_request() {
    if (thread_.shared().draining) {
        close();
        return false;
    }
    input_.give_back_memory();
    allow(thread_.shared().options.idle_timeout);
    return wait_for_bytes(InputBuffer::small_bytes);
}

bool Connection::read_head() {
    while (input_.view().starts_with("\r\n")) input_.consume(2);  // some clients end a body with a line too many
    const auto bytes = input_.view();
    if (bytes.empty()) return wait_for_request();
    const auto limit = thread_.shared().options.max_header_bytes;
    const auto state = scanner_.scan(bytes);
    if (state == HeadScanner::State::malformed) return refuse({400, scanner_.complaint()});
    if (state == HeadScanner::State::complete && scanner_.length() <= limit)
        return take_head(bytes.substr(0, scanner_.length()));
    if (bytes.size() >= limit)
        return refuse(scanner_.request_line_came() ? Refused{431, "the headers are too large"}
                                                   : Refused{414, "the target is too long"});
    if (!head_began_) {
        head_began_ = true;
        allow(thread_.shared().options.header_timeout);
    }
    return wait_for_bytes(1);
}

bool Connection::take_head(std::string_view head) {
    parser_.emplace();
    const auto refused = parser_->read_head(head);
    name_request();
    head_only_ = parser_->request.method == "HEAD";
    to_http_1_0_ = parser_->is_http_1_0();
    if (refused) return refuse(*refused);
    keeps_alive_ = parser_->keeps_alive();
    input_.consume(head.size());
    return parser_->complete() ? serve() : begin_body();
}

bool Connection::begin_body() {
    const auto& request = parser_->request;
    if (const auto refused = parser_->limit_body(thread_.shared().service.body_limit(request.method, request.target)))
        return refuse(*refused);
    phase_ = Phase::body;
    allow(thread_.shared().options.body_timeout);
    if (!parser_->expects_continue() || to_http_1_0_ || !input_.empty()) return true;
    send_interim();
    return phase_ == Phase::body;
}

bool Connection::read_body() {
    const auto progress = parser_->read_body(input_.view());
    input_.consume(progress.used);
    if (progress.refused) return refuse(*progress.refused);
    if (parser_->complete()) return serve();
    if (input_.view().size() > thread_.shared().options.max_header_bytes)
        return refuse({400, "a chunk of the body is malformed"});
    return wait_for_bytes(parser_->body_bytes_to_come() > InputBuffer::small_bytes ? room_for_large_bodies : 1);
}

void Connection::name_request() {
    request_id_.clear();
    if (thread_.shared().options.behind_proxy && parser_) {
        const auto given = parser_->request.header("x-request-id");
        if (is_request_id(given)) request_id_ = given;
    }
    if (request_id_.empty()) request_id_ = thread_.next_request_id();
}

// ---- serving

bool Connection::serve() {
    phase_ = Phase::serving;
    deadline_ = Clock::time_point::max();
    auto& request = parser_->request;
    request.id = request_id_;
    request.secure = secure_;
    request.peer = peer_;
    if (thread_.shared().options.behind_proxy) {
        request.peer = address_seen_by_proxy(request).value_or(peer_);
        request.secure = secure_ || request.header("X-Forwarded-Proto") == "https";
    }
    auto answer = thread_.answer_to(key_, ++request_number_);
    try {
        thread_.shared().service.handle(std::move(request), std::move(answer));
    } catch (const std::exception&) {
        // The Answer dies with the call unless somebody keeps it, and a dying Answer says 500.
    }
    return true;
}

void Connection::answer(std::uint64_t request_number, std::optional<Response> response) {
    if (phase_ != Phase::serving || request_number != request_number_) return;
    try {
        send(response ? std::move(*response)
                      : thread_.shared().service.refuse(500, "the request got no answer", request_id_));
    } catch (const std::exception&) {
        return close();
    }
    work();
}

// The rest of the input is no longer understood, or not wanted: the connection ends with this answer.
bool Connection::refuse(const Refused& why) {
    if (request_id_.empty()) name_request();
    keeps_alive_ = false;
    input_is_left_ = true;
    send(thread_.shared().service.refuse(why.status, why.detail, request_id_));
    return false;
}

// ---- writing

void Connection::send(Response response) {
    if (response.status < 200 || response.status > 999)
        response = thread_.shared().service.refuse(500, "no such status", request_id_);
    keeps_alive_ = keeps_alive_ && !thread_.shared().draining;
    append_head(out_, response, {request_id_, thread_.date(), keeps_alive_, to_http_1_0_});
    if (!head_only_ && status_has_body(response.status)) {
        if (response.body.size() <= copied_at_most)
            out_.append(response.body);
        else
            body_ = std::move(response.body);
    }
    write(keeps_alive_ ? AfterWriting::next_request : AfterWriting::close);
}

void Connection::send_interim() {
    out_.append(interim_response);
    write(AfterWriting::body);
}

void Connection::write(AfterWriting then) {
    phase_ = Phase::writing;
    after_writing_ = then;
    written_ = write_at_once(bytes_to_write());
    if (written_ == out_.size() + body_.size()) return all_written();
    allow(thread_.shared().options.body_timeout);
    start_writing(bytes_to_write());
}

ConstBuffers Connection::bytes_to_write() const {
    const net::const_buffer head(out_.data(), out_.size());
    const net::const_buffer body(body_.data(), body_.size());
    return {head + written_, body + (written_ - std::min(written_, out_.size()))};
}

void Connection::on_written(error_code ec, std::size_t count) {
    if (phase_ != Phase::writing) return;
    if (ec) return close();
    written_ += count;
    allow_for(count);
    if (written_ != out_.size() + body_.size()) return start_writing(bytes_to_write());
    all_written();
    work();
}

void Connection::all_written() {
    out_.clear();
    if (out_.capacity() > kept_for_the_next_answer) std::string().swap(out_);
    std::string().swap(body_);
    written_ = 0;
    if (after_writing_ == AfterWriting::close) return say_farewell();
    if (after_writing_ == AfterWriting::body) {
        phase_ = Phase::body;
        return allow(thread_.shared().options.body_timeout);
    }
    phase_ = Phase::head;
    scanner_ = {};
    parser_.reset();
    request_id_.clear();
    head_began_ = head_only_ = to_http_1_0_ = false;
}

// ---- ending

// Closing a socket with unread bytes resets it, and the answer that explains why may never arrive: so the end is
// announced, and what still comes is thrown away for a while.
void Connection::say_farewell() {
    phase_ = Phase::farewell;  // no answer is cut off by closing from now on, though the client may read it later
    input_is_left_ = input_is_left_ || !input_.empty() || thread_.shared().draining;
    if (!input_is_left_ && !owes_farewell()) return close();
    allow(farewell_time);
    start_farewell();
}

void Connection::on_farewell() {
    if (phase_ != Phase::farewell) return;
    if (!input_is_left_) return close();
    on_discarded({});
}

void Connection::on_discarded(error_code ec) {
    if (phase_ != Phase::farewell) return;
    if (ec) return close();
    if (reading_) return;  // that one goes on when it is done
    input_.consume(input_.view().size());
    start_discarding(input_.room(InputBuffer::small_bytes));
}

void Connection::close_if_idle() {
    if (is_idle() || phase_ == Phase::handshake) close();
}

void Connection::close() {
    if (phase_ == Phase::closed) return;
    const bool in_the_middle = phase_ == Phase::writing;  // of an answer: nobody shall take it for whole
    phase_ = Phase::closed;
    deadline_ = Clock::time_point::max();
    if (in_the_middle)
        reset_socket();
    else
        close_socket();
    thread_.forget(key_);
}

void Connection::on_deadline() {
    if (phase_ == Phase::body || (phase_ == Phase::head && !input_.empty())) {
        refuse({408, "the request took too long"});
        return;
    }
    close();
}

void Connection::allow(milliseconds time) { deadline_ = thread_.in(time); }

// Bytes earn time, but never more than what was allowed at first: who stops is noticed as soon as ever.
void Connection::allow_for(std::size_t count) {
    const std::chrono::nanoseconds earned(static_cast<std::int64_t>(count) * 1'000'000'000 / honest_bytes_per_second);
    deadline_ = std::min(deadline_ + earned, thread_.in(thread_.shared().options.body_timeout));
}

}  // namespace sluice::serve::http
