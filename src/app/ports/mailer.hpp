// Sending e-mail.
#pragma once

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>

namespace sluice::app {

struct MailServer {
    enum class Security { starttls, tls, none };
    std::string host;
    std::int64_t port;
    Security security;
    std::string username;  // empty: none is asked for
    std::string password;
};

// No answer that says what became of it, or one that asks to come again: the reason as a sentence.
class MailFailure : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};
// The server will not take this message, now or later.
class MailRefused : public MailFailure {
public:
    using MailFailure::MailFailure;
};

class Mailer {
public:
    virtual ~Mailer() = default;
    // `message`: headers and body, lines ending in CRLF. Returns when the server has taken it. For one thread at a
    // time.
    virtual void send(const MailServer& server, const std::string& from, const std::string& to,
                      const std::string& message) = 0;
};

}  // namespace sluice::app
