#include <ostream>

#include "serve/cli/commands.hpp"

namespace sluice::serve {

std::unique_ptr<Client> Session::client() {
    where.fill_in();
    return open_client(parts, where);
}

std::string Session::local_store(const std::string& what, const std::string& how) {
    if (where.db.empty() && where.server.empty()) where.fill_in(false);
    if (where.db.empty() || !where.server.empty()) throw BadInput(what + " on the machine that has the store: " + how);
    return where.db;
}

EngineParts engine_parts(const Parts& parts) {
    return {.open_store = parts.open_store,
            .hasher = parts.hasher.get(),
            .now = [] { return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now()); },
            .random_bytes = parts.random_bytes,
            .node = parts.node};
}

Date date_option(const std::string& name, const std::string& text) {
    const auto date = Date::parse(text);
    if (!date) throw BadInput(name + ": \"" + text + "\" is no date; write year-month-day, as 2026-01-31");
    return *date;
}

ProgressLine::ProgressLine(std::ostream& err, bool on_terminal)
    : err_(err), on_terminal_(on_terminal), next_(std::chrono::steady_clock::now() + std::chrono::milliseconds(300)) {}

ProgressLine::~ProgressLine() {
    if (shown_ && on_terminal_) err_ << "\r\033[K" << std::flush;
}

void ProgressLine::show(const std::string& text) {
    const auto now = std::chrono::steady_clock::now();
    if (now < next_) return;
    next_ = now + (on_terminal_ ? std::chrono::milliseconds(100) : std::chrono::milliseconds(5'000));
    shown_ = true;
    if (on_terminal_)
        err_ << '\r' << text << "\033[K" << std::flush;
    else
        err_ << text << '\n' << std::flush;
}

}  // namespace sluice::serve
