#include "serve/api/api.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <future>
#include <stdexcept>

#include "serve/api/audit.hpp"
#include "serve/api/console.hpp"
#include "serve/api/documentation.hpp"

namespace sluice::serve::api {

namespace json = boost::json;
using std::chrono::steady_clock;

// One request on its way, from thread to thread.
struct Api::Exchange {
    http::Answer answer;
    Call call;
    http::Response response;
    http::Request request = {};  // as it came; only for what runs outside
    std::vector<std::function<void()>> afterwards = {};
    std::string method;
    std::string target;
    std::string peer;
    std::string failure = {};
    steady_clock::time_point began = steady_clock::now();

    std::string_view path() const { return std::string_view(target).substr(0, target.find('?')); }
};

namespace {

std::string_view query_of(std::string_view target) {
    const auto question = target.find('?');
    return question == std::string_view::npos ? std::string_view{} : target.substr(question + 1);
}

std::vector<std::string> ids_of(const Description& description) {
    std::vector<std::string> ids;
    for (const auto* operation : description.operations()) ids.push_back(operation->id);
    return ids;
}

void refuse_strays(const Description& description, const Handlers& handlers) {
    auto described = ids_of(description);
    std::erase_if(described, [&](const std::string& id) { return handlers.contains(id); });
    for (const auto* operation : description.operations())
        if (operation->role == "none" && operation->method == "GET") std::erase(described, operation->id);
    if (!described.empty()) throw std::logic_error("openapi.yaml describes what nothing answers: " + described.front());
    for (const auto& [id, handler] : handlers) {
        const auto all = ids_of(description);
        if (std::find(all.begin(), all.end(), id) == all.end())
            throw std::logic_error("openapi.yaml does not describe " + id);
    }
}

std::string text_of(const std::vector<std::pair<std::string, std::string>>& headers) {
    std::string text;
    for (const auto& [name, value] : headers) text += name + ": " + value + "\n";
    return text;
}

http::Response replay(const app::KeptAnswer& kept) {
    http::Response response{.status = kept.status, .body = kept.body};
    if (kept.status >= 400) response.content_type = "application/problem+json";
    for (std::size_t at = 0; at < kept.headers.size();) {
        const auto end = kept.headers.find('\n', at);
        const auto colon = kept.headers.find(": ", at);
        response.headers.emplace_back(kept.headers.substr(at, colon - at),
                                      kept.headers.substr(colon + 2, end - colon - 2));
        at = end + 1;
    }
    response.headers.emplace_back("Idempotency-Replayed", "true");
    return response;
}

// Threads that wait for gateways: whoever is slow there keeps no list waiting here.
constexpr std::size_t errand_threads = 8;
// That hash passwords, and how many may wait for them.
constexpr std::size_t hashing_threads = 2;
constexpr int most_hashing = 64;

bool is_preview(const Call& call) {
    const auto preview = call.query.find("preview");
    return preview != call.query.end() && preview->second == "true";
}

Problem internal_error() {
    return {500, "internal_error", "something went wrong on our side; nothing was changed, and it has been logged"};
}

}  // namespace

Handlers all_handlers() {
    Handlers handlers;
    for (const auto add : {add_api_keys,
                           add_operators,
                           add_catalog,
                           add_subscribers,
                           add_sub_services,
                           add_commands,
                           add_bill_runs,
                           add_documents,
                           add_payments,
                           add_payment_methods,
                           add_checkouts,
                           add_collection,
                           add_automatic_payments,
                           add_parked_accounts,
                           add_events,
                           add_verifications,
                           add_imports,
                           add_simulations,
                           add_bank_statements,
                           add_bank_lines,
                           add_schedule,
                           add_cash_desk,
                           add_cheques,
                           add_webhooks,
                           add_messages,
                           add_pro_formas,
                           add_discounts,
                           add_reports,
                           add_payouts,
                           add_session,
                           add_users,
                           add_oidc,
                           add_sign_on_providers,
                           add_audit_log,
                           add_notes})
        add(handlers);
    return handlers;
}

Api::Api(Engine& engine, Log& log, int pool_threads)
    : engine_(engine),
      log_(log),
      description_(described_api()),
      handlers_(all_handlers()),
      keyring_(*engine.parts().hasher),
      admission_(engine, description_, keyring_),
      metrics_(engine, ids_of(description_)),
      pool_(static_cast<std::size_t>(pool_threads)),
      errands_(errand_threads),
      hashing_(hashing_threads) {
    refuse_strays(description_, handlers_);
    engine_.on_operators_changed([this] { reload(); });
    reload();
}

Api::~Api() {
    pool_.join();
    errands_.join();
    hashing_.join();
}

void Api::reload() {
    const std::lock_guard lock(reloading_);  // so that what was read later is not lost to what was read before
    auto lease = engine_.readers().lend();
    keyring_.reload(lease.store(), engine_.now());
}

// Of several servers that start at once for the first time, one makes it.
std::optional<std::string> Api::first_key() {
    if (!keyring_.empty()) return std::nullopt;
    std::optional<std::string> secret;
    engine_.writer().run([&](app::Store& store) {
        secret.reset();
        store.hold_first_key();
        const auto keys = store.api_keys();
        if (std::any_of(keys.begin(), keys.end(), [](const auto& key) { return !key.revoked_at; })) return;
        auto made = make_key(engine_, std::nullopt, "first owner", app::Role::owner, engine_.now(), "first start");
        store.add(made.key);
        secret = std::move(made.secret);
    });
    reload();
    return secret;
}

std::uint64_t Api::body_limit(std::string_view method, std::string_view target) const {
    constexpr std::uint64_t least = 64 * 1024;  // for what nothing is there to take: it gets its 404 in peace
    const auto match = description_.match(method, target.substr(0, target.find('?')));
    const auto* found = std::get_if<Match>(&match);
    return found ? found->operation->body_limit : least;
}

http::Response Api::refuse(int status, std::string_view detail, const std::string& request_id) const {
    const auto code = status == 413   ? "too_large"
                      : status == 503 ? "busy"
                      : status >= 500 ? "internal_error"
                                      : "invalid_request";
    return Problem(status, code, std::string(detail)).response(request_id);
}

Api::Shared Api::exchange_for(const http::Request& request, http::Answer answer) const {
    return std::make_shared<Exchange>(
        Exchange{.answer = std::move(answer),
                 .call = {.request_id = request.id,
                          .now = engine_.now(),
                          .address = request.peer,
                          .agent = std::string(request.header("User-Agent").substr(0, 200)),
                          .is_secure = request.secure},
                 .response = {},
                 .method = request.method,
                 .target = request.target,
                 .peer = request.peer});
}

void Api::handle(http::Request request, http::Answer answer) {
    begin(exchange_for(request, std::move(answer)), request);
}

http::Response Api::call(http::Request request) {
    std::promise<http::Response> promise;
    auto future = promise.get_future();
    const auto exchange =
        exchange_for(request, [&promise](http::Response response) { promise.set_value(std::move(response)); });
    exchange->call.principal = Principal{.key = {}, .op = {}, .op_code = {}, .role = app::Role::owner};
    begin(exchange, request);
    auto response = future.get();
    if (!exchange->failure.empty()) throw app::StoreFailure(exchange->failure);
    return response;
}

void Api::begin(const Shared& exchange, http::Request& request) {
    try {
        admit(exchange, request);
        return;
    } catch (const Problem& problem) {
        exchange->response = problem.response(request.id);
    } catch (const std::exception& failure) {
        exchange->failure = failure.what();
        exchange->response = internal_error().response(request.id);
    }
    finish(*exchange);
}

// Lets the request in step by step; each step refuses with a Problem.
void Api::admit(const Shared& exchange, http::Request& request) {
    auto& call = exchange->call;
    auto match = description_.match(request.method, exchange->path());
    if (const auto* wrong = std::get_if<NoSuchMethod>(&match)) {
        auto response = Problem(405, "method_not_allowed",
                                request.method + " is not possible here; possible are: " + wrong->allowed)
                            .response(request.id);
        response.headers.emplace_back("Allow", wrong->allowed);
        exchange->response = std::move(response);
        return finish(*exchange);
    }
    if (std::holds_alternative<NoSuchPath>(match)) {
        if (auto console = console_answer(request.method, exchange->path())) {
            exchange->response = std::move(*console);
            return finish(*exchange);
        }
        throw not_found("not_found", "there is nothing at " + std::string(exchange->path()) + "; see /api/docs");
    }
    auto& [operation, path] = std::get<Match>(match);
    call.operation = operation;
    call.path = std::move(path);

    const Handler* handler = nullptr;
    if (operation->role == "signature") {
        handler = &handlers_.find(operation->id)->second;
    } else if (operation->role == "none") {
        if (const auto found = handlers_.find(operation->id); found != handlers_.end()) handler = &found->second;
    } else {
        if (!call.principal) call.principal = admission_.authenticate(*operation, request, call);
        admission_.authorize(*operation, *call.principal);
        handler = &handlers_.find(operation->id)->second;
        admission_.read_headers(call, request);
        call.op = admission_.operator_of(call.operator_named, *call.principal, handler->for_operator);
    }
    if (auto faults = description_.check_path(*operation, call.path); !faults.empty())
        throw invalid_request(std::move(faults));
    if (auto faults = description_.check_query(*operation, query_of(exchange->target), call.query); !faults.empty())
        throw invalid_request(std::move(faults));
    if (operation->role != "signature") admission_.read_body(call, request);
    if (handler && (handler->runs == Runs::outside || handler->runs == Runs::hashing))
        exchange->request = std::move(request);
    if (handler)
        dispatch(exchange, *handler);
    else
        answer_open(exchange);
}

void Api::dispatch(const Shared& exchange, const Handler& handler) {
    switch (handler.runs) {
        case Runs::at_once:
            return run_reading(exchange, handler);
        case Runs::in_pool:
            return boost::asio::post(pool_, [this, exchange, &handler] { run_reading(exchange, handler); });
        case Runs::in_writer:
            return run_writing(exchange, handler);
        case Runs::outside:
            return boost::asio::post(errands_, [this, exchange, &handler] { run_outside(exchange, handler); });
        case Runs::hashing:
            if (++hashing_waits_ > most_hashing) {
                --hashing_waits_;
                throw busy("too many sign in at this moment");
            }
            return boost::asio::post(hashing_, [this, exchange, &handler] {
                run_outside(exchange, handler);
                --hashing_waits_;
            });
    }
}

http::Response Api::answer_of(Exchange& exchange, const Handler& handler, Desk& desk) {
    return guarded(exchange, [&] { return handler.answer(desk); });
}

// A handler's answer, or the problem that it met.
http::Response Api::guarded(const Exchange& exchange, const std::function<http::Response()>& answer) {
    const auto& id = exchange.call.request_id;
    try {
        return answer();
    } catch (const Problem& problem) {
        return problem.response(id);
    } catch (const InputError& error) {
        return invalid_request(error).response(id);
    } catch (const ArithmeticOverflow&) {
        return Problem(422, "amount_not_allowed", "an amount is beyond what can be kept; make it smaller").response(id);
    }
}

void Api::run_reading(const Shared& exchange, const Handler& handler) {
    try {
        auto lease = engine_.readers().lend();
        Desk desk(exchange->call, engine_, lease.store());
        exchange->response = answer_of(*exchange, handler, desk);
    } catch (const app::StoreFailure& failure) {
        exchange->failure = failure.what();
        exchange->response = busy("the store does not answer").response(exchange->call.request_id);
    } catch (const std::exception& failure) {
        exchange->failure = failure.what();
        exchange->response = internal_error().response(exchange->call.request_id);
    }
    finish(*exchange);
}

void Api::run_outside(const Shared& exchange, const Handler& handler) {
    const auto& id = exchange->call.request_id;
    std::vector<std::function<void()>> afterwards;
    try {
        if (!replayed(*exchange)) {
            Errand errand(exchange->call, exchange->request, engine_);
            exchange->response = guarded(*exchange, [&] { return handler.errand(errand); });
            audit_errand(*exchange, errand);
            keep_answer(*exchange);
            afterwards = errand.take_afterwards();
        }
    } catch (const Busy& full) {
        exchange->response = busy(full.what()).response(id);
    } catch (const app::ConstraintViolated& violated) {
        exchange->failure = violated.what();
        exchange->response = internal_error().response(id);
    } catch (const app::StoreFailure& lost) {
        exchange->failure = lost.what();
        exchange->response = busy("the store does not answer").response(id);
    } catch (const app::SecretsUnavailable& missing) {
        exchange->failure = missing.what();
        exchange->response = Problem(503, "gateway_unavailable", missing.what()).response(id);
    } catch (const std::exception& broken) {
        exchange->failure = broken.what();
        exchange->response = internal_error().response(id);
    }
    finish(*exchange);
    try {
        for (const auto& action : afterwards) action();
    } catch (const std::exception& failure) {
        log_.info(std::string("what was to be done after an answer was not: ") + failure.what());
    }
}

// Whether the request came before, under its idempotency key. While the first one is still on its way there is nothing
// to give again: it is the errand that recognizes its key then.
bool Api::replayed(Exchange& exchange) {
    if (!keeps_answer(exchange)) return false;
    auto lease = engine_.readers().lend();
    return replay_kept(exchange, lease.store());
}

void Api::keep_answer(const Exchange& exchange) {
    const auto& call = exchange.call;
    if (!keeps_answer(exchange) || exchange.response.status >= 500) return;
    engine_.writer().run([&](app::Store& store) {
        if (store.find_answer(call.op, call.idempotency_key)) return;
        store.keep(
            call.op, call.idempotency_key,
            {hash_of(exchange), exchange.response.status, text_of(exchange.response.headers), exchange.response.body},
            call.now);
    });
}

bool Api::keeps_answer(const Exchange& exchange) const {
    const auto preview = exchange.call.query.find("preview");
    const bool has_effect = preview == exchange.call.query.end() || preview->second != "true";
    return exchange.method == "POST" && has_effect && !exchange.call.idempotency_key.empty();
}

// What makes the request what it is: a repetition has the same hash.
app::Hash Api::hash_of(const Exchange& exchange) const {
    return engine_.parts().hasher->of(exchange.method + "\n" + exchange.target + "\n" +
                                      json::serialize(exchange.call.body));
}

// True when there was an answer, or the key was used for something else.
bool Api::replay_kept(Exchange& exchange, app::Store& store) const {
    const auto& call = exchange.call;
    const auto kept = store.find_answer(call.op, call.idempotency_key);
    if (!kept) return false;
    exchange.response =
        kept->request == hash_of(exchange)
            ? replay(*kept)
            : Problem(422, "idempotency_key_reused",
                      "this Idempotency-Key was used for another request; use a new one for each request")
                  .response(call.request_id);
    return true;
}

void Api::run_writing(const Shared& exchange, const Handler& handler) {
    const auto done = [this, exchange](std::exception_ptr failure) {
        const auto& id = exchange->call.request_id;
        try {
            if (failure) std::rethrow_exception(failure);
            for (const auto& action : exchange->afterwards) action();
        } catch (const app::ConstraintViolated& violated) {
            exchange->failure = violated.what();
            exchange->response = internal_error().response(id);
        } catch (const app::CommitUncertain& uncertain) {
            exchange->failure = uncertain.what();
            exchange->response = busy(
                                     "the store was lost while this was being written, so that it may be done or not; "
                                     "send it again under the same Idempotency-Key, or look first")
                                     .response(id);
        } catch (const app::StoreFailure& lost) {
            exchange->failure = lost.what();
            exchange->response = busy("the store does not answer, nothing was changed").response(id);
        } catch (const std::exception& broken) {
            exchange->failure = broken.what();
            exchange->response = internal_error().response(id);
        }
        finish(*exchange);
    };
    try {
        engine_.writer().submit([this, exchange, &handler](app::Store& store) { write(*exchange, handler, store); },
                                done);
    } catch (const Busy& full) {
        throw busy(full.what());
    }
}

// In the writer's transaction. What a handler has done before it met a problem is undone; the answer, a refusal too, is
// kept under the request's idempotency key together with its effect.
void Api::write(Exchange& exchange, const Handler& handler, app::Store& store) {
    const auto& call = exchange.call;
    const bool keeps = keeps_answer(exchange);
    if (keeps && replay_kept(exchange, store)) return;
    store.set_occasion({call.now, call.principal->actor()});
    std::optional<std::string> kept_body;
    {
        app::Transaction transaction(store);
        Desk desk(call, engine_, store);
        auto before = shown(exchange, store);
        exchange.response = answer_of(exchange, handler, desk);
        exchange.afterwards.clear();
        if (exchange.response.status < 400) {
            if (!is_preview(call))
                add_audit_entry(exchange, store, std::move(before), call.principal, exchange.response.status);
            transaction.commit();
            exchange.afterwards = desk.take_afterwards();
            kept_body = desk.kept_body();
        }
    }
    if (keeps)
        store.keep(call.op, call.idempotency_key,
                   {hash_of(exchange), exchange.response.status, text_of(exchange.response.headers),
                    kept_body.value_or(exchange.response.body)},
                   call.now);
}

// What a GET of the same path shows, for changes of what can be read there.
std::optional<std::string> Api::shown(const Exchange& exchange, app::Store& store) const {
    if (exchange.method == "POST") return std::nullopt;
    auto match = description_.match("GET", exchange.path());
    const auto* found = std::get_if<Match>(&match);
    if (!found || found->operation->role == "none") return std::nullopt;
    const auto handler = handlers_.find(found->operation->id);
    if (handler == handlers_.end() || !handler->second.answer) return std::nullopt;
    const auto& asked = exchange.call;
    Call call{.operation = found->operation, .path = asked.path, .principal = asked.principal, .op = asked.op};
    call.now = asked.now;
    call.request_id = asked.request_id;
    if (!description_.check_query(*call.operation, {}, call.query).empty()) return std::nullopt;
    Desk desk(call, engine_, store);
    const auto response = guarded(exchange, [&] { return handler->second.answer(desk); });
    if (response.status != 200) return std::nullopt;
    return text_without_secrets(response.body);
}

void Api::add_audit_entry(const Exchange& exchange, app::Store& store, std::optional<std::string> before,
                          const std::optional<Principal>& actor, int status, const std::optional<std::string>& told) {
    const auto& call = exchange.call;
    const bool is_person = !actor || actor->user || (!actor->key && !call.principal);
    std::optional<std::int64_t> id;
    if (actor && actor->user) id = actor->user->value();
    if (actor && actor->key) id = actor->key->value();
    store.staff().add({.id = engine_.ids().next<app::AuditId>(),
                       .op = call.op ? call.op
                             : actor ? actor->op
                                     : std::nullopt,
                       .at = call.now,
                       .actor = actor && actor->key ? app::ActorKind::api_key
                                : is_person         ? app::ActorKind::user
                                                    : app::ActorKind::program,
                       .actor_id = id,
                       .actor_name = actor ? (actor->name.empty() ? "sluice" : actor->name) : std::string(),
                       .address = call.address,
                       .operation = call.operation->id,
                       .subscriber = store.subscriber_of_occasion(),
                       .request = told ? *told : audited_request(call),
                       .before = before,
                       .after = before ? shown(exchange, store) : std::nullopt,
                       .status = status});
}

// What runs outside has done its work in steps of its own; this is one more. Attempts that failed are told, too.
void Api::audit_errand(const Exchange& exchange, const Errand& errand) {
    const auto& told = errand.told();
    const auto status = told ? told->second : exchange.response.status;
    const bool is_sign_in = exchange.call.operation->id == "sign_in";
    if (exchange.call.operation->role == "signature" || is_preview(exchange.call)) return;
    if (!told && (exchange.method == "GET" || (status >= 400 && !(is_sign_in && status == 401)))) return;
    const auto& actor = errand.actor() ? errand.actor() : exchange.call.principal;
    const auto text = told ? std::optional(json::serialize(told->first)) : std::nullopt;
    engine_.writer().run(
        [&](app::Store& store) { add_audit_entry(exchange, store, std::nullopt, actor, status, text); });
}

void Api::answer_open(const Shared& exchange) {
    const auto& id = exchange->call.operation->id;
    auto& response = exchange->response;
    response.headers.emplace_back("Cache-Control", "no-cache");
    if (id == "health_live") {
        response.body = R"({"status":"ok"})";
    } else if (id == "health_ready") {
        try {
            engine_.readers().lend().store().unfinished_jobs();  // a small read: the store answers
            response.body = R"({"status":"ok"})";
        } catch (const app::StoreFailure& failure) {
            exchange->failure = failure.what();
            response = busy("the store does not answer").response(exchange->call.request_id);
        }
    } else if (id == "metrics") {
        response.content_type = "text/plain; version=0.0.4; charset=utf-8";
        response.body = metrics_.text();
    } else {
        add_documentation(exchange->path(), response);
    }
    finish(*exchange);
}

void Api::finish(Exchange& exchange) {
    auto& response = exchange.response;
    response.headers.emplace_back("X-Content-Type-Options", "nosniff");
    response.headers.emplace_back("Referrer-Policy", "no-referrer");
    if (std::none_of(response.headers.begin(), response.headers.end(),
                     [](const auto& header) { return header.first == "Content-Security-Policy"; }))
        response.headers.emplace_back("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    if (exchange.call.is_secure) response.headers.emplace_back("Strict-Transport-Security", "max-age=31536000");
    const auto* operation = exchange.call.operation;
    const auto name = operation ? std::string_view(operation->id) : std::string_view{};
    const auto took = std::chrono::duration_cast<std::chrono::microseconds>(steady_clock::now() - exchange.began);
    metrics_.observe(name, response.status, took);
    log_.request({.id = exchange.call.request_id,
                  .method = exchange.method,
                  .path = exchange.path(),
                  .operation = name,
                  .peer = exchange.peer,
                  .key = exchange.call.principal ? exchange.call.principal->actor() : std::string{},
                  .status = response.status,
                  .took = took,
                  .bytes = response.body.size(),
                  .failure = exchange.failure});
    exchange.answer(std::move(response));
}

}  // namespace sluice::serve::api
