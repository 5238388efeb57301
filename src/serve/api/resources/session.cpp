// Signing in and out: sessions, passwords, second factors. Whatever hashes a password runs in a pool of its own.
#include "app/mime_message.hpp"
#include "app/ports/message_store.hpp"
#include "app/sign_in.hpp"
#include "serve/api/encode.hpp"
#include "serve/api/handlers.hpp"
#include "serve/api/keyring.hpp"
#include "serve/api/rate_limit.hpp"
#include "serve/api/sessions.hpp"
#include "serve/outbox/mail_sending.hpp"

namespace sluice::serve::api {
namespace {

namespace json = boost::json;
using app::AttemptsOf;

http::Response no_content() { return {.status = 204, .content_type = {}, .body = {}}; }

const app::Credentials& credentials(Engine& engine) {
    check(engine.parts().credentials != nullptr, "who serves the API can hash passwords");
    return *engine.parts().credentials;
}

app::Hash hash_of(Engine& engine, std::string_view text) { return engine.parts().hasher->of(text); }

std::string text_of(const json::value& body, std::string_view member) {
    const auto* value = body.as_object().if_contains(member);
    return value ? std::string(value->as_string()) : std::string();
}

http::Response too_many(const Call& call, std::string_view code, std::chrono::seconds wait) {
    const auto seconds = std::to_string(wait.count());
    auto response =
        Problem(429, std::string(code), "there were too many attempts; try again in " + seconds + " seconds")
            .response(call.request_id);
    response.headers.emplace_back("Retry-After", seconds);
    return response;
}

json::object session_json(Desk& desk, const app::User& user, std::string_view token, Instant expires_at) {
    json::array grants;
    for (const auto& grant : user.grants) {
        const auto op = grant.op ? desk.store().find_operator(*grant.op) : std::nullopt;
        grants.push_back(json::object{{"operator", op ? json::value(op->code) : json::value()},
                                      {"operator_name", op ? json::value(op->name) : json::value()},
                                      {"role", name_of(grant.role)}});
    }
    return {{"user",
             {{"id", user.id.text()},
              {"login", user.login},
              {"name", user.name},
              {"language", user.language},
              {"two_factor", user.has_second_factor()}}},
            {"grants", std::move(grants)},
            {"csrf_token", csrf_token_of(*desk.engine().parts().hasher, token)},
            {"expires_at", json_of(expires_at)}};
}

// ---- attempts: counted before anything is tried, so that many at once are not cheaper

struct Tried {
    AttemptsOf kind;
    std::string who;
    app::Attempts before;
};

std::vector<Tried> tried_by(const Call& call, const std::string& login) {
    return {{AttemptsOf::login, login, {}}, {AttemptsOf::address, call.address, {}}};
}

// How long to wait; nothing when it may be tried, which is counted then.
std::chrono::seconds count_attempt(Errand& errand, std::vector<Tried>& tried) {
    std::chrono::seconds wait{0};
    errand.write([&](Desk& desk) {
        auto& staff = desk.store().staff();
        wait = std::chrono::seconds{0};
        for (auto& one : tried) {
            one.before = staff.attempts(one.kind, one.who);
            wait = std::max(wait, app::wait_left(one.kind, one.before, errand.call().now));
        }
        if (wait.count() > 0) return;
        for (const auto& one : tried) staff.save(one.kind, one.who, app::with_another(one.before, errand.call().now));
    });
    return wait;
}

// It was no failure: the attempt does not count. Whoever is in has the login's failures forgotten. What others have
// tried since then counts on: else whoever does not fail takes away the failures of those beside it.
void forgive(Desk& desk, const std::vector<Tried>& tried, bool is_in) {
    auto& staff = desk.store().staff();
    for (const auto& one : tried) {
        if (is_in && one.kind == AttemptsOf::login) {
            staff.forget_attempts(one.kind, one.who);
            continue;
        }
        const auto counted = app::with_another(one.before, desk.call().now);
        const auto present = staff.attempts(one.kind, one.who);
        if (present.failures == counted.failures && present.last_at == counted.last_at)
            staff.save(one.kind, one.who, one.before);
        else if (present.failures > 0)
            staff.save(one.kind, one.who, {present.failures - 1, present.last_at});
    }
}

// ---- sign in

enum class Factor { fits, missing, wrong };

// Marks what was used as used.
Factor second_factor(Desk& desk, app::User& user, const std::string& code) {
    if (!user.has_second_factor()) return Factor::fits;
    if (code.empty()) return Factor::missing;
    auto& engine = desk.engine();
    const auto secret = engine.parts().secrets->open(user.sealed_totp);
    if (const auto step =
            app::step_of_code(credentials(engine), secret, app::plain_code(code), user.totp_step, desk.call().now)) {
        user.totp_step = *step;
        return Factor::fits;
    }
    const auto hash = hash_of(engine, app::plain_code(code));
    return desk.store().staff().use_recovery_code(user.id, hash, desk.call().now) ? Factor::fits : Factor::wrong;
}

http::Response begin_session(Errand& errand, const app::User& found, const std::vector<Tried>& tried) {
    auto& engine = errand.engine();
    const auto& call = errand.call();
    const auto token = random_letters(engine, 32);
    const auto code = text_of(call.body, "code");
    Factor factor = Factor::wrong;
    json::object body;
    errand.write([&](Desk& desk) {
        auto& staff = desk.store().staff();
        desk.store().hold_first_key();  // a code is taken once, whoever asks at the same moment
        auto user = *staff.find_user(found.id);
        factor = user.disabled ? Factor::wrong : second_factor(desk, user, code);
        if (factor == Factor::missing) forgive(desk, tried, false);
        if (factor != Factor::fits) return;
        forgive(desk, tried, true);
        body = session_json(desk, user, token, open_session(desk, user, token));
    });
    if (factor == Factor::missing)
        throw Problem(401, "second_factor_required", "the password is right; now send a code of the second factor");
    if (factor == Factor::wrong)
        throw Problem(401, "wrong_code", "the code is wrong, or it has been used; wait for the next one");
    engine.operators_changed();
    auto response = ok(body, 201);
    set_session_cookie(response, call, token, app::session_life);
    return response;
}

http::Response sign_in(Errand& errand) {
    const auto& call = errand.call();
    const auto login = app::login_of(text_of(call.body, "login"));
    Principal nobody{.key = {}, .op = {}, .op_code = {}, .role = app::Role::viewer, .name = login};
    errand.set_actor(nobody);
    auto tried = tried_by(call, login);
    if (const auto wait = count_attempt(errand, tried); wait.count() > 0) return too_many(call, "locked_out", wait);
    const auto user = errand.read([&](Desk& desk) { return desk.store().staff().find_user(login); });
    if (user) errand.set_actor(principal_of(*user));
    // Whoever is not there costs as much as whoever is.
    const bool fits =
        credentials(errand.engine())
            .matches(user ? std::string_view(user->password_hash) : std::string_view(), text_of(call.body, "password"));
    // Answered, and not thrown, so that the log tells of it.
    try {
        if (!fits || user->disabled) throw Problem(401, "wrong_credentials", "the login or the password is wrong");
        return begin_session(errand, *user, tried);
    } catch (const Problem& problem) {
        return problem.response(call.request_id);
    }
}

// ---- the session that there is

app::User user_of(Desk& desk) {
    auto user = desk.store().staff().find_user(*desk.call().principal->user);
    check(user.has_value(), "whoever has a session is a user");
    return std::move(*user);
}

http::Response get_session(Desk& desk) {
    const auto hash = *desk.call().principal->session;
    for (const auto& session : desk.store().staff().sessions(desk.call().now)) {
        if (session.token != hash) continue;
        auto response = ok(session_json(desk, user_of(desk), desk.call().cookie, session.expires_at));
        response.headers.emplace_back("Cache-Control", "no-store");
        return response;
    }
    throw Problem(401, "not_authenticated", "the session has ended; sign in again");
}

http::Response sign_out(Desk& desk) {
    desk.store().staff().end_session(*desk.call().principal->session);
    desk.afterwards([&engine = desk.engine()] { engine.operators_changed(); });
    auto response = no_content();
    set_session_cookie(response, desk.call(), "", std::chrono::seconds{0});
    return response;
}

// The password of the session's user, tried as often as a sign-in may be. An answer when it is not the one.
std::optional<http::Response> refused_password(Errand& errand, const app::User& user, std::string_view member) {
    const auto& call = errand.call();
    auto tried = tried_by(call, user.login);
    if (const auto wait = count_attempt(errand, tried); wait.count() > 0) return too_many(call, "locked_out", wait);
    if (!credentials(errand.engine()).matches(user.password_hash, text_of(call.body, member)))
        return Problem(401, "wrong_credentials", "the password is wrong").response(call.request_id);
    errand.write([&](Desk& desk) { forgive(desk, tried, true); });
    return std::nullopt;
}

void require_good(std::string_view password, std::string_view login) {
    if (const auto fault = app::password_fault(password, login)) throw Problem(422, "password_not_allowed", *fault);
}

http::Response change_password(Errand& errand) {
    const auto& call = errand.call();
    const auto user = errand.read([](Desk& desk) { return user_of(desk); });
    if (auto refused = refused_password(errand, user, "current")) return std::move(*refused);
    const auto password = text_of(call.body, "new");
    require_good(password, user.login);
    const auto hash = credentials(errand.engine()).hash(password);
    errand.write([&](Desk& desk) {
        auto& staff = desk.store().staff();
        auto changed = user_of(desk);
        changed.password_hash = hash;
        staff.update(changed);
        staff.end_resets(changed.id, call.now);
        staff.end_sessions(changed.id, call.principal->session);
    });
    errand.engine().operators_changed();
    return no_content();
}

http::Response begin_second_factor(Desk& desk) {
    auto user = user_of(desk);
    if (user.has_second_factor())
        throw Problem(409, "second_factor_not_allowed", "there is a second factor; remove it first");
    auto& parts = desk.engine().parts();
    const auto secret = parts.random_bytes(20);
    try {
        user.pending_totp = parts.secrets->seal(secret);
    } catch (const app::SecretsUnavailable& missing) {
        throw Problem(503, "secrets_unavailable", missing.what());
    }
    desk.store().staff().update(user);
    const auto text = app::base32(secret);
    return ok(json::object{{"secret", text}, {"uri", app::totp_uri(user.login, text)}});
}

std::string dashed(std::string_view code) {
    return std::string(code.substr(0, 4)) + "-" + std::string(code.substr(4, 4)) + "-" +
           std::string(code.substr(8, 4)) + "-" + std::string(code.substr(12));
}

// What is pending is in force from now on, with new recovery codes; nothing when the code is not of it.
std::optional<json::array> put_in_force(Desk& desk, const std::string& code) {
    auto user = user_of(desk);
    auto& engine = desk.engine();
    const auto secret = engine.parts().secrets->open(user.pending_totp);
    const auto step = app::step_of_code(credentials(engine), secret, code, 0, desk.call().now);
    if (!step) return std::nullopt;
    user.sealed_totp = std::move(user.pending_totp);
    user.pending_totp.clear();
    user.totp_step = *step;
    desk.store().staff().update(user);
    std::vector<app::Hash> hashes;
    json::array codes;
    for (int i = 0; i < 10; ++i) {
        const auto made = random_letters(engine, 10);
        hashes.push_back(hash_of(engine, made));
        codes.emplace_back(dashed(made));
    }
    desk.store().staff().replace_recovery_codes(user.id, hashes);
    return codes;
}

// A code is tried as often as a sign-in may be. In steps of its own: an attempt counts although what it wanted is
// refused.
http::Response confirm_second_factor(Errand& errand) {
    const auto& call = errand.call();
    const auto user = errand.read([](Desk& desk) { return user_of(desk); });
    auto tried = tried_by(call, user.login);
    if (const auto wait = count_attempt(errand, tried); wait.count() > 0) return too_many(call, "locked_out", wait);
    const auto code = app::plain_code(text_of(call.body, "code"));
    std::optional<json::array> codes;
    bool is_pending = false;
    errand.write([&](Desk& desk) {
        is_pending = !user_of(desk).pending_totp.empty();
        codes = is_pending ? put_in_force(desk, code) : std::nullopt;
        if (codes || !is_pending) forgive(desk, tried, false);
    });
    if (!is_pending)
        throw Problem(409, "second_factor_not_allowed", "begin a second factor first; its first code confirms it");
    if (!codes) throw Problem(401, "wrong_code", "the code is wrong; is the clock of the phone right?");
    return ok(json::object{{"recovery_codes", std::move(*codes)}});
}

http::Response remove_second_factor(Errand& errand) {
    const auto user = errand.read([](Desk& desk) { return user_of(desk); });
    if (auto refused = refused_password(errand, user, "password")) return std::move(*refused);
    errand.write([&](Desk& desk) {
        auto changed = user_of(desk);
        changed.sealed_totp.clear();
        changed.pending_totp.clear();
        desk.store().staff().update(changed);
        desk.store().staff().replace_recovery_codes(changed.id, {});
    });
    return no_content();
}

// ---- one-time links

bool may_ask(const Call& call) {
    static RateLimit limit(30);
    return limit.allows(call.address, call.now);
}

http::Response reset_password(Errand& errand) {
    const auto& call = errand.call();
    if (!may_ask(call)) return too_many(call, "too_many_requests", std::chrono::seconds{60});
    auto& engine = errand.engine();
    const auto token = hash_of(engine, text_of(call.body, "token"));
    const auto user = errand.read([&](Desk& desk) -> std::optional<app::User> {
        const auto id = desk.store().staff().find_reset(token, call.now);
        return id ? desk.store().staff().find_user(*id) : std::nullopt;
    });
    const Problem no_link(422, "reset_token_not_valid", "the link has been used or is too old; ask for another one");
    if (!user) throw no_link;
    errand.set_actor(principal_of(*user));
    const auto password = text_of(call.body, "password");
    require_good(password, user->login);
    const auto hash = credentials(engine).hash(password);
    bool is_good = false;
    errand.write([&](Desk& desk) {
        auto& staff = desk.store().staff();
        desk.store().hold_first_key();  // a link holds once, whoever has it at the same moment
        is_good = staff.find_reset(token, call.now).has_value();
        if (!is_good) return;
        auto changed = *staff.find_user(user->id);
        changed.password_hash = hash;
        staff.update(changed);
        staff.end_resets(changed.id, call.now);
        staff.end_sessions(changed.id);
        staff.forget_attempts(AttemptsOf::login, changed.login);
    });
    if (!is_good) throw no_link;
    engine.operators_changed();
    return no_content();
}

// By the mail server of an operator of theirs; a user of the platform by any that there is.
std::optional<app::MailSettings> mail_for(app::Store& store, const app::User& user) {
    for (const auto& op : store.operators()) {
        const bool fits = std::any_of(user.grants.begin(), user.grants.end(),
                                      [&](const app::UserGrant& grant) { return !grant.op || grant.op == op.id; });
        auto settings = fits ? store.messages().mail_settings(op.id) : std::nullopt;
        if (settings && settings->is_enabled) return settings;
    }
    return std::nullopt;
}

void send_link(Engine& engine, const std::string& login, Instant now) {
    std::optional<app::User> user;
    std::optional<app::MailSettings> settings;
    {
        auto lease = engine.readers().lend();
        user = lease.store().staff().find_user(login);
        if (user && !user->disabled) settings = mail_for(lease.store(), *user);
    }
    if (!settings) return;
    const auto token = random_letters(engine, 20);
    engine.writer().run([&](app::Store& store) {
        store.staff().end_resets(user->id, now);
        store.staff().add_reset(hash_of(engine, token), user->id, now + app::link_life);
    });
    const auto text =
        app::mime_message({.from_name = settings->from_name,
                           .from_address = settings->from_address,
                           .to = user->login,
                           .subject = "Your password",
                           .body = "Somebody, you it seems, has asked to choose a new password for " + user->login +
                                   ". This link holds once, for an hour:\n\n" + engine.parts().public_url +
                                   "/console/reset#" + token + "\n\nIf it was not you, there is nothing to be done.\n",
                           .id = "reset-" + app::hex(hash_of(engine, token)).substr(0, 16),
                           .at = now});
    engine.parts().mailer()->send(server_of(*engine.parts().secrets, *settings), settings->from_address, user->login,
                                  text);
}

// The answer leaves before anything is looked up: how long it takes tells nothing, either.
http::Response request_password_reset(Errand& errand) {
    const auto& call = errand.call();
    if (!may_ask(call)) return too_many(call, "too_many_requests", std::chrono::seconds{60});
    Principal whoever{.key = {}, .op = {}, .op_code = {}, .role = app::Role::viewer};
    whoever.name = app::login_of(text_of(call.body, "login"));
    errand.set_actor(whoever);
    if (!errand.engine().parts().public_url.empty())
        errand.afterwards(
            [&engine = errand.engine(), login = whoever.name, now = call.now] { send_link(engine, login, now); });
    return ok(json::object{{"received", true}}, 202);
}

}  // namespace

void add_session(Handlers& handlers) {
    handlers["sign_in"] = hashing(sign_in);
    handlers["get_session"] = {Runs::in_pool, get_session, false};
    handlers["sign_out"] = {Runs::in_writer, sign_out, false};
    handlers["change_password"] = hashing(change_password);
    handlers["begin_second_factor"] = {Runs::in_writer, begin_second_factor, false};
    handlers["confirm_second_factor"] = {Runs::outside, {}, false, confirm_second_factor};
    handlers["remove_second_factor"] = hashing(remove_second_factor);
    handlers["reset_password"] = hashing(reset_password);
    handlers["request_password_reset"] = outside(request_password_reset);
}

}  // namespace sluice::serve::api
