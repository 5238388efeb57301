#include "serve/http/io_thread.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/post.hpp>
#include <ctime>
#include <random>

#include "serve/http/connection.hpp"

namespace sluice::serve::http {
namespace {

using std::chrono::milliseconds;

thread_local const Mailbox* mailbox_of_this_thread = nullptr;

// What the copies of an Answer share: the first call counts, and none at all is noticed.
class PendingAnswer {
public:
    PendingAnswer(std::shared_ptr<Mailbox> mailbox, std::uint64_t connection, std::uint64_t request)
        : mailbox_(std::move(mailbox)), connection_(connection), request_(request) {}
    PendingAnswer(const PendingAnswer&) = delete;
    PendingAnswer& operator=(const PendingAnswer&) = delete;
    ~PendingAnswer() { give(std::nullopt); }

    void give(std::optional<Response> response) {
        if (!given_.exchange(true)) mailbox_->put({connection_, request_, std::move(response)});
    }

private:
    std::shared_ptr<Mailbox> mailbox_;
    std::uint64_t connection_;
    std::uint64_t request_;
    std::atomic<bool> given_ = false;
};

// Deadlines are looked at so often that none is missed by more than an eighth of the shortest.
milliseconds tick_for(const ServerOptions& options) {
    const auto shortest = std::min({options.header_timeout, options.body_timeout, options.idle_timeout});
    return std::clamp(shortest / 8, milliseconds(10), milliseconds(500));
}

// "Sat, 31 Jan 2026 08:00:00 GMT", in English whatever the locale.
std::string http_date(std::time_t second) {
    static constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::tm utc{};
    gmtime_r(&second, &utc);
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT",
                  days.at(static_cast<std::size_t>(utc.tm_wday)), utc.tm_mday,
                  months.at(static_cast<std::size_t>(utc.tm_mon)), utc.tm_year + 1900, utc.tm_hour, utc.tm_min,
                  utc.tm_sec);
    return text.data();
}

std::uint64_t random_start() {
    std::random_device device;
    return (std::uint64_t{device()} << 32) ^ device();
}

// One to one (the last step of splitmix64): different numbers stay different and no longer look alike.
std::uint64_t mixed(std::uint64_t number) {
    number = (number ^ (number >> 30)) * 0xbf58476d1ce4e5b9U;
    number = (number ^ (number >> 27)) * 0x94d049bb133111ebU;
    return number ^ (number >> 31);
}

}  // namespace

// ---- mailbox

void Mailbox::put(Letter letter) noexcept {
    try {
        if (deliver_at_once(letter)) return;
        const std::lock_guard lock(mutex_);
        if (thread_ == nullptr) return;
        letters_.push_back(std::move(letter));
        if (letters_.size() == 1) net::post(thread_->context(), [thread = thread_] { thread->deliver_mail(); });
    } catch (const std::exception&) {
        // Out of memory: the connection stays without an answer until it is cut.
    }
}

bool Mailbox::deliver_at_once(Letter& letter) {
    return mailbox_of_this_thread == this && thread_->deliver_to_running_handler(letter);
}

std::vector<Letter> Mailbox::take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(letters_, {});
}

void Mailbox::close() {
    const std::lock_guard lock(mutex_);
    thread_ = nullptr;
    letters_.clear();
}

// ---- thread

IoThread::IoThread(Shared& shared, std::uint64_t number)
    : shared_(shared),
      mailbox_(std::make_shared<Mailbox>(*this)),
      // Threads begin far from each other, so that no two ever give the same id.
      next_id_((random_start() >> 8) | (number << 56)),
      tick_(tick_for(shared.options)) {
    tick();
}

IoThread::~IoThread() {
    mailbox_->close();
    connections_.clear();
}

void IoThread::run() {
    mailbox_of_this_thread = mailbox_.get();
    for (bool running = true; running;) {
        try {
            context_.run();
            running = false;
        } catch (const std::exception&) {
            // Out of memory in one event must not end the others; deadlines clear away what it leaves behind.
        }
    }
    mailbox_of_this_thread = nullptr;
}

void IoThread::finish() {
    net::post(context_, [this] {
        work_.reset();
        timer_.cancel();
        context_.stop();
    });
}

void IoThread::tick() {
    now_ = Clock::now();
    const auto second = std::time(nullptr);
    if (second != date_second_) {
        date_second_ = second;
        date_ = http_date(second);
    }
    wait_for_tick();
    std::vector<std::shared_ptr<Connection>> late;
    for (const auto& [key, connection] : connections_)
        if (connection->deadline() <= now_) late.push_back(connection);
    for (const auto& connection : late) connection->on_deadline();
}

void IoThread::wait_for_tick() {
    timer_.expires_after(tick_);
    timer_.async_wait([this](error_code ec) {
        if (!ec) tick();
    });
}

void IoThread::admit(Socket socket) {
    const auto key = ++last_connection_;
    std::shared_ptr<Connection> connection;
    try {
        connection = make_connection(*this, key, std::move(socket));
        connections_.emplace(key, connection);
    } catch (const std::exception&) {
        one_connection_less();
        throw;
    }
    connection->begin();
}

void IoThread::forget(std::uint64_t connection) {
    if (connections_.erase(connection) != 0) one_connection_less();
}

void IoThread::one_connection_less() {
    if (--shared_.connections == 0 && shared_.draining) {
        const std::lock_guard lock(shared_.mutex);
        shared_.last_connection_closed.notify_all();
    }
}

void IoThread::drain() {
    net::post(context_, [this] {
        const auto connections = connections_;
        for (const auto& [key, connection] : connections) connection->close_if_idle();
    });
}

void IoThread::cut() {
    net::post(context_, [this] {
        const auto connections = connections_;
        for (const auto& [key, connection] : connections) connection->close();
    });
}

Answer IoThread::answer_to(std::uint64_t connection, std::uint64_t request) {
    auto pending = std::make_shared<PendingAnswer>(mailbox_, connection, request);
    return [pending = std::move(pending)](Response response) { pending->give(std::move(response)); };
}

void IoThread::deliver(Letter letter) {
    const auto found = connections_.find(letter.connection);
    if (found == connections_.end()) return;  // the client has gone
    const auto connection = found->second;    // which may leave the table meanwhile
    connection->answer(letter.request, std::move(letter.response));
}

// Inside Service::handle the answer needs no detour: the connection goes on when handle returns.
bool IoThread::deliver_to_running_handler(Letter& letter) {
    const auto found = connections_.find(letter.connection);
    if (found == connections_.end() || !found->second->is_working()) return false;
    deliver(std::move(letter));
    return true;
}

void IoThread::deliver_mail() {
    for (auto& letter : mailbox_->take()) deliver(std::move(letter));
}

std::string IoThread::next_request_id() {
    static constexpr std::string_view digits = "0123456789abcdef";
    auto number = mixed(next_id_++);
    std::string id(16, '0');
    for (auto digit = id.rbegin(); digit != id.rend(); ++digit, number >>= 4) *digit = digits[number & 15];
    return id;
}

}  // namespace sluice::serve::http
