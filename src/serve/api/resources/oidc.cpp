// Sign-on through a provider of OpenID Connect: there and back. What binds the way back to the browser that went is one
// random token in a cookie: state, nonce and code verifier are told from it, and tell nothing of it.
#include <array>
#include <variant>

#include "app/ports/oidc_store.hpp"
#include "app/sign_in.hpp"
#include "serve/api/handlers.hpp"
#include "serve/api/keyring.hpp"
#include "serve/api/rate_limit.hpp"
#include "serve/api/sessions.hpp"

namespace sluice::serve::api {
namespace {

namespace json = boost::json;

constexpr std::string_view trip_cookie = "sluice_sign_on";
constexpr std::chrono::minutes trip_life{10};

// Where people land. Nothing that is sent to us chooses the address. The words are the console's.
enum class Landing { signed_on, too_late, refused, failed };
std::string address_of(Landing landing) {
    static constexpr std::array<std::string_view, 4> addresses{"/console/", "/console/sign-in?sign_on=too_late",
                                                               "/console/sign-in?sign_on=refused",
                                                               "/console/sign-in?sign_on=failed"};
    return std::string(addresses[static_cast<std::size_t>(landing)]);
}

http::Response lead_to(const std::string& address) {
    http::Response response{.status = 303, .content_type = {}, .body = {}};
    response.headers.emplace_back("Location", address);
    return response;
}

std::string trip_path(const app::OidcProvider& provider) {
    return "Path=/api/v1/oidc/" + provider.name + "/; SameSite=Lax";
}

void forget_trip(http::Response& response, const Call& call, const app::OidcProvider& provider) {
    set_cookie(response, call, trip_cookie, "", trip_path(provider), std::chrono::seconds{0});
}

app::SignOnTrip trip_of(Engine& engine, const app::OidcProvider& provider, std::string_view token) {
    const auto told = [&](std::string_view what) {
        return app::hex(engine.parts().hasher->of(std::string(what) + " " + std::string(token)));
    };
    return {.redirect_uri = engine.parts().public_url + "/api/v1/oidc/" + provider.name + "/callback",
            .state = told("state"),
            .nonce = told("nonce"),
            .code_verifier = told("verifier")};
}

app::SignOnClient client_of(Engine& engine, const app::OidcProvider& provider) {
    try {
        return {provider.issuer, provider.client_id, engine.parts().secrets->open(provider.sealed_secret)};
    } catch (const app::SecretsUnavailable& missing) {
        throw app::SignOnFailed(missing.what());
    }
}

// An answer for whoever asks too often.
std::optional<http::Response> refused_haste(const Call& call) {
    static RateLimit limit(60);
    if (limit.allows(call.address, call.now)) return std::nullopt;
    auto response = Problem(429, "too_many_requests", "there were too many attempts; try again in 60 seconds")
                        .response(call.request_id);
    response.headers.emplace_back("Retry-After", "60");
    return response;
}

app::OidcProvider provider_of(Errand& errand) {
    auto provider =
        errand.read([&](Desk& desk) { return desk.store().staff().oidc().find_provider(errand.path("provider")); });
    if (!provider || errand.engine().parts().public_url.empty())
        throw not_found("unknown_provider", "nobody signs on through " + errand.path("provider"));
    return std::move(*provider);
}

// For the log alone: whoever is refused learns nothing of it.
void tell(Errand& errand, const app::OidcProvider& provider, const std::string& outcome, int status,
          const app::SignedOn& who = {}) {
    json::object what{{"provider", provider.name}, {"outcome", outcome}};
    if (!who.subject.empty()) what["subject"] = who.subject;
    if (!who.email.empty()) what["email"] = who.email;
    errand.tell(std::move(what), status);
    if (errand.actor()) return;
    Principal somebody{.key = {}, .op = {}, .op_code = {}, .role = app::Role::viewer};
    somebody.name = who.email.empty() ? who.subject : who.email;
    errand.set_actor(std::move(somebody));
}

http::Response start_sign_on(Errand& errand) {
    const auto& call = errand.call();
    auto& engine = errand.engine();
    if (auto refused = refused_haste(call)) return std::move(*refused);
    const auto provider = provider_of(errand);
    const auto token = random_letters(engine, 32);
    const auto trip = trip_of(engine, provider, token);
    try {
        auto response = lead_to(engine.parts().sign_on->address_of(client_of(engine, provider), trip, call.now));
        errand.write([&](Desk& desk) {
            desk.store().staff().oidc().add_sign_on(engine.parts().hasher->of(token), provider.id,
                                                    call.now + trip_life);
        });
        set_cookie(response, call, trip_cookie, token, trip_path(provider), trip_life);
        response.headers.emplace_back("Cache-Control", "no-store");
        return response;
    } catch (const app::SignOnFailed& failure) {
        tell(errand, provider, failure.what(), 503);
        return lead_to(address_of(Landing::failed));
    }
}

// ---- back again

// Of this browser, and for the first time.
bool is_expected(Errand& errand, const app::OidcProvider& provider, const std::string& token,
                 const app::SignOnTrip& trip) {
    const auto& query = errand.call().query;
    const auto state = query.find("state");
    if (token.empty() || state == query.end() || state->second != trip.state) return false;
    const auto hash = errand.engine().parts().hasher->of(token);
    bool is_taken = false;
    errand.write(
        [&](Desk& desk) { is_taken = desk.store().staff().oidc().take_sign_on(hash, provider.id, errand.call().now); });
    return is_taken;
}

// Who it is, by what the provider says. Throws app::SignOnFailed.
app::SignedOn redeemed(Errand& errand, const app::OidcProvider& provider, const app::SignOnTrip& trip) {
    const auto& query = errand.call().query;
    const auto sent = [&](std::string_view name) {
        const auto found = query.find(name);
        return found == query.end() ? std::string() : found->second;
    };
    // RFC 9207: the answer of another provider is not for this one.
    if (const auto issuer = sent("iss"); !issuer.empty() && issuer != provider.issuer)
        throw app::SignOnFailed("the answer is of another issuer");
    if (const auto error = sent("error"); !error.empty())
        throw app::SignOnFailed("the provider answered " + error.substr(0, 100));
    if (sent("code").empty()) throw app::SignOnFailed("the provider sent no code");
    auto& engine = errand.engine();
    return engine.parts().sign_on->redeem(client_of(engine, provider), trip, sent("code"), errand.call().now);
}

// Whose subject it is, linked from now on where it was not yet; else the reason why it is nobody's.
std::variant<std::string, app::User> user_of(Desk& desk, const app::OidcProvider& provider, const app::SignedOn& who) {
    auto& staff = desk.store().staff();
    auto& oidc = staff.oidc();
    const auto known = oidc.find_identity(provider.id, who.subject);
    const bool by_email = provider.linked_by == app::LinkedBy::email;
    if (!known && by_email && (who.email.empty() || !who.email_verified))
        return "the provider tells no verified e-mail address, and the subject is not linked yet";
    auto user =
        known ? staff.find_user(known->user) : staff.find_user(by_email ? app::login_of(who.email) : who.subject);
    if (!user) return "there is no such user";
    if (user->disabled) return "the user is disabled";
    if (known) return std::move(*user);
    if (oidc.find_identity(provider.id, user->id)) return "the user is linked to another subject of the provider";
    oidc.add(app::UserIdentity{provider.id, who.subject, user->id, desk.call().now});
    return std::move(*user);
}

http::Response let_in(Errand& errand, const app::OidcProvider& provider, const app::SignedOn& who) {
    const auto& call = errand.call();
    const auto token = random_letters(errand.engine(), 32);
    std::variant<std::string, app::User> found;
    errand.write([&](Desk& desk) {
        desk.store().hold_first_key();  // a subject is linked once, whoever comes at the same moment
        found = user_of(desk, provider, who);
        if (auto* user = std::get_if<app::User>(&found)) open_session(desk, *user, token);
    });
    if (const auto* reason = std::get_if<std::string>(&found)) {
        tell(errand, provider, *reason, 401, who);
        return lead_to(address_of(Landing::refused));
    }
    errand.set_actor(principal_of(std::get<app::User>(found)));
    tell(errand, provider, "signed on", 201, who);
    errand.engine().operators_changed();
    auto response = lead_to(address_of(Landing::signed_on));
    set_session_cookie(response, call, token, app::session_life);
    return response;
}

http::Response finish_sign_on(Errand& errand) {
    if (auto refused = refused_haste(errand.call())) return std::move(*refused);
    auto& engine = errand.engine();
    const auto provider = provider_of(errand);
    const std::string token(cookie_in(errand.request(), trip_cookie));
    const auto trip = trip_of(engine, provider, token);
    http::Response response;
    if (!is_expected(errand, provider, token, trip)) {
        tell(errand, provider, "the answer belongs to no sign-on that this browser has begun, or comes too late", 401);
        response = lead_to(address_of(Landing::too_late));
    } else {
        try {
            response = let_in(errand, provider, redeemed(errand, provider, trip));
        } catch (const app::SignOnFailed& failure) {
            tell(errand, provider, failure.what(), 401);
            response = lead_to(address_of(Landing::failed));
        }
        forget_trip(response, errand.call(), provider);
    }
    return response;
}

// Offered only where people can come back.
http::Response get_sign_in_options(Desk& desk) {
    json::array ways;
    if (!desk.engine().parts().public_url.empty())
        for (const auto& provider : desk.store().staff().oidc().providers())
            ways.push_back(json::object{{"name", provider.label}, {"url", "/api/v1/oidc/" + provider.name + "/start"}});
    return ok(json::object{{"oidc", std::move(ways)}});
}

}  // namespace

void add_oidc(Handlers& handlers) {
    handlers["start_sign_on"] = {Runs::outside, {}, false, start_sign_on};
    handlers["finish_sign_on"] = {Runs::outside, {}, false, finish_sign_on};
    handlers["get_sign_in_options"] = {Runs::at_once, get_sign_in_options, false};
}

}  // namespace sluice::serve::api
