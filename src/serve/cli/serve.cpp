#include <chrono>
#include <csignal>
#include <iostream>
#include <ostream>

#include "app/ports/comparison_store.hpp"
#include "app/ports/staff_store.hpp"
#include "app/ports/store_address.hpp"
#include "serve/api/api.hpp"
#include "serve/cli/commands.hpp"
#include "serve/engine/reconciler.hpp"
#include "serve/http/server.hpp"
#include "serve/outbox/courier.hpp"

namespace sluice::serve {
namespace {

constexpr std::chrono::seconds patience{30};
constexpr std::chrono::hours kept_for{24 * 90};

// "host:port", "[::1]:8080", ":8080" (all addresses of this machine) or "8080" (this machine alone).
void read_listen(const std::string& text, http::ServerOptions& options) {
    const auto colon = text.rfind(':');
    const auto port = colon == std::string::npos ? text : text.substr(colon + 1);
    if (colon != std::string::npos) options.host = colon == 0 ? "0.0.0.0" : text.substr(0, colon);
    if (options.host.starts_with('[') && options.host.ends_with(']'))
        options.host = options.host.substr(1, options.host.size() - 2);
    const bool is_number =
        !port.empty() && port.size() <= 5 && port.find_first_not_of("0123456789") == std::string::npos;
    if (!is_number || std::stoi(port) > 65'535)
        throw BadInput("--listen: \"" + text + "\" is no address; write host:port, as 127.0.0.1:8080");
    options.port = static_cast<std::uint16_t>(std::stoi(port));
}

// Signals that end the program are waited for by one thread; all others, which begin later, never see them.
sigset_t hold_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    return signals;
}

// Answers under idempotency keys, kept for 90 days, and differences of bill runs are forgotten a few at a time.
void forget_what_is_old(Engine& engine) {
    const auto before = engine.now() - kept_for;
    for (bool more = true; more;)
        engine.writer().run([&](app::Store& store) { more = store.forget_answers_before(before, 1'000) == 1'000; });
    const auto compared = engine.now() - app::differences_kept_for;
    for (bool more = true; more;)
        engine.writer().run(
            [&](app::Store& store) { more = store.comparisons().forget_differences_before(compared, 1'000); });
    engine.writer().run(
        [now = engine.now()](app::Store& store) { store.staff().forget_before(now - std::chrono::hours{24}); });
}

// Until a signal comes. Looks every hour for what may be forgotten and, where other processes write too, every two
// seconds for the keys and operators that they have made or revoked.
int wait_for(const sigset_t& signals, Engine& engine, api::Api& api, api::Log& log) {
    using std::chrono::steady_clock;
    constexpr std::chrono::hours between_cleanings{1};
    const timespec tick{engine.has_many_writers() ? 2 : 3'600, 0};
    auto cleaned = steady_clock::now();
    for (;;) {
        const int signal = sigtimedwait(&signals, nullptr, &tick);
        if (signal > 0) return signal;
        if (errno != EAGAIN) continue;
        try {
            if (engine.has_many_writers()) api.reload();
            if (steady_clock::now() - cleaned < between_cleanings) continue;
            forget_what_is_old(engine);
            cleaned = steady_clock::now();
        } catch (const app::StoreFailure& failure) {
            log.info(std::string("the store does not answer: ") + failure.what());
        }
    }
}

std::string url_of(const http::ServerOptions& options, std::uint16_t port) {
    const bool everywhere = options.host == "0.0.0.0" || options.host == "::";
    auto host = everywhere || options.host == "127.0.0.1" ? "localhost" : options.host;
    if (host.find(':') != std::string::npos) host = "[" + host + "]";
    return (options.certificate_file.empty() ? "http://" : "https://") + host + ":" + std::to_string(port);
}

}  // namespace

int serve(Session& session, const ServeOptions& options) {
    session.where.fill_in();
    const auto& db = session.where.db;
    if (db.empty()) throw BadInput("a server serves a store: --db sqlite:PATH or --db postgresql://USER@HOST/DATABASE");
    http::ServerOptions server_options{.certificate_file = options.certificate,
                                       .private_key_file = options.private_key,
                                       .behind_proxy = options.behind_proxy,
                                       .io_threads = options.io_threads};
    read_listen(options.listen, server_options);
    if (options.certificate.empty() != options.private_key.empty())
        throw BadInput("--certificate and --private-key go together");
    const auto signals = hold_signals();
    const auto& parts = session.parts;
    api::Log log(options.log_format == "json" ? api::Log::Format::json : api::Log::Format::text, options.log_level);
    auto taken = engine_parts(parts, db, options.secret_key_file);
    taken.max_group = options.max_group;
    taken.charges_at_once = options.charges_at_once;
    Engine engine(parts.open_database(db, false), std::move(taken));
    api::Api api(engine, log, options.workers);
    http::Server server(server_options, api);
    if (const auto key = api.first_key())
        parts.out << "This is the first start. The owner's API key, shown only now:\n  " << *key << "\n";
    forget_what_is_old(engine);
    engine.jobs().start();
    engine.jobs().take_up();
    if (!options.no_scheduler) engine.scheduler().start([&log](const std::string& what) { log.info(what); });
    Reconciler reconciler(engine, [&log](const std::string& what) { log.info(what); });
    Courier courier(engine, [&log](const std::string& what) { log.info(what); });
    server.start();
    const auto url = url_of(server_options, server.port());
    parts.out << "Serving " << app::without_password(db) << " on " << url << " (documentation: " << url << "/api/docs)"
              << std::endl;
    log.info("serving on " + url);

    const int signal = wait_for(signals, engine, api, log);
    log.info(std::string("stopping on ") + (signal == SIGTERM ? "SIGTERM" : "SIGINT") +
             ": what runs is finished first");
    server.stop(patience);
    reconciler.stop();
    courier.stop();
    engine.scheduler().stop();
    engine.close();
    log.info("stopped");
    return exit_done;
}

}  // namespace sluice::serve
