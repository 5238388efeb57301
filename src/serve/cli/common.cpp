#include <cstdlib>
#include <fstream>
#include <ostream>
#include <sstream>

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

namespace {

std::string from_environment(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

}  // namespace

EngineParts engine_parts(const Parts& parts, const std::string& db, const std::string& secret_key_file) {
    auto key_file = secret_key_file.empty() ? from_environment("SLUICE_SECRET_KEY_FILE") : secret_key_file;
    constexpr std::string_view sqlite = "sqlite:";
    if (key_file.empty() && db.starts_with(sqlite)) key_file = db.substr(sqlite.size()) + ".key";
    return {.open_store = parts.open_store,
            .hasher = parts.hasher.get(),
            .now = [] { return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now()); },
            .random_bytes = parts.random_bytes,
            .node = parts.node,
            .gateways = parts.gateways,
            .secrets = parts.secret_box(from_environment("SLUICE_SECRET_KEY"), std::move(key_file)),
            .http_client = parts.http_client,
            .mailer = parts.mailer,
            .credentials = parts.credentials,
            .sign_on = parts.sign_on,
            .public_url = from_environment("SLUICE_PUBLIC_URL"),
            .webhooks_to_private_networks = from_environment("SLUICE_PRIVATE_WEBHOOKS") == "allow"};
}

Date date_option(const std::string& name, const std::string& text) {
    const auto date = Date::parse(text);
    if (!date) throw BadInput(name + ": \"" + text + "\" is no date; write year-month-day, as 2026-01-31");
    return *date;
}

std::string text_of_file(const std::string& path) {
    std::ifstream file(path);
    if (!file) throw BadInput("the file " + path + " cannot be read");
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
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
