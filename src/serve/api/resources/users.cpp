// Who may sign in, and as what.
#include <algorithm>

#include "app/ports/oidc_store.hpp"
#include "app/sign_in.hpp"
#include "serve/api/encode.hpp"
#include "serve/api/handlers.hpp"
#include "serve/api/keyring.hpp"
#include "serve/api/paging.hpp"

namespace sluice::serve::api {
namespace {

namespace json = boost::json;
using app::User;
using app::UserGrant;

// What the request may see and change: everything, or what is of the operator that it acts for.
bool is_visible(const Desk& desk, const UserGrant& grant) { return !desk.call().op || grant.op == desk.call().op; }

bool is_visible(const Desk& desk, const User& user) {
    return !desk.call().op || std::any_of(user.grants.begin(), user.grants.end(),
                                          [&](const UserGrant& grant) { return is_visible(desk, grant); });
}

// Whether the user is whole in the hands of whoever asks.
bool is_own(const Desk& desk, const User& user) {
    return desk.call().principal->is_platform() ||
           std::all_of(user.grants.begin(), user.grants.end(),
                       [&](const UserGrant& grant) { return is_visible(desk, grant); });
}

// Whom users are at providers.
struct Links {
    std::vector<app::OidcProvider> providers;   // by name
    std::vector<app::UserIdentity> identities;  // by user
};

Links links_of(Desk& desk, app::UserId user) {
    auto& oidc = desk.store().staff().oidc();
    return {oidc.providers(), oidc.identities(user)};
}

const app::UserIdentity* link_with(const Links& links, app::OidcProviderId provider, app::UserId user) {
    const auto found =
        std::lower_bound(links.identities.begin(), links.identities.end(), user,
                         [](const app::UserIdentity& one, app::UserId wanted) { return one.user < wanted; });
    for (auto at = found; at != links.identities.end() && at->user == user; ++at)
        if (at->provider == provider) return &*at;
    return nullptr;
}

json::array identities_of(const Links& links, app::UserId user) {
    json::array identities;
    for (const auto& provider : links.providers)
        if (const auto* link = link_with(links, provider.id, user))
            identities.push_back(json::object{{"provider", provider.name},
                                              {"label", provider.label},
                                              {"subject", link->subject},
                                              {"linked_at", api::json_of(link->linked_at)}});
    return identities;
}

json::object json_of(Desk& desk, const User& user, const Links& links) {
    json::array grants;
    for (const auto& grant : user.grants) {
        if (!is_visible(desk, grant)) continue;
        const auto op = grant.op ? desk.store().find_operator(*grant.op) : std::nullopt;
        grants.push_back(
            json::object{{"operator", op ? json::value(op->code) : json::value()}, {"role", name_of(grant.role)}});
    }
    return {{"id", user.id.text()},
            {"login", user.login},
            {"name", user.name},
            {"language", user.language},
            {"has_password", !user.password_hash.empty()},
            {"two_factor", user.has_second_factor()},
            {"identities", identities_of(links, user.id)},
            {"grants", std::move(grants)},
            {"disabled", user.disabled},
            {"created_at", api::json_of(user.created_at)},
            {"last_signed_in_at", api::json_of(user.last_signed_in_at)}};
}

json::object json_of(Desk& desk, const User& user) { return json_of(desk, user, links_of(desk, user.id)); }

User user_in_path(Desk& desk) {
    const auto id = app::UserId::parse(desk.path("user"));
    auto user = id ? desk.store().staff().find_user(*id) : std::nullopt;
    if (!user || !is_visible(desk, *user)) throw not_found("unknown_user", "there is no user " + desk.path("user"));
    return std::move(*user);
}

void require_own(const Desk& desk, const User& user) {
    if (!is_own(desk, user))
        throw Problem(403, "not_allowed", "the user works for others, too; only the platform may change this");
}

UserGrant grant_of(Desk& desk, const json::object& body) {
    const auto role = *app::parse_staff_role(body.at("role").as_string());
    const auto& named = body.at("operator");
    const auto& principal = *desk.call().principal;
    if (named.is_null()) {
        if (!principal.is_platform())
            throw Problem(403, "not_allowed", "only the platform can make users of the platform; name your operator");
        return {std::nullopt, role};
    }
    for (const auto& op : desk.store().operators())
        if (op.code == named.as_string() && (principal.is_platform() || op.id == principal.op)) return {op.id, role};
    throw Problem(422, "unknown_operator", "there is no operator \"" + std::string(named.as_string()) + "\"");
}

std::vector<UserGrant> grants_of(Desk& desk, const json::value& list) {
    std::vector<UserGrant> grants;
    for (const auto& each : list.as_array()) {
        const auto grant = grant_of(desk, each.as_object());
        for (const auto& other : grants)
            if (other.op == grant.op)
                throw invalid_request({{"body", "grants", "names an operator twice; one role is enough"}});
        grants.push_back(grant);
    }
    return grants;
}

std::string make_link(Desk& desk, app::UserId user, Instant expires_at) {
    const auto token = random_letters(desk.engine(), 20);
    auto& staff = desk.store().staff();
    staff.end_resets(user, desk.call().now);
    staff.add_reset(desk.engine().parts().hasher->of(token), user, expires_at);
    return "/console/reset#" + token;
}

http::Response list_users(Desk& desk) {
    auto& staff = desk.store().staff();
    auto users = staff.users();
    std::erase_if(users, [&](const User& user) { return !is_visible(desk, user); });
    const Links links{staff.oidc().providers(), staff.oidc().identities()};
    if (const auto name = desk.query("provider")) {
        const auto provider = std::find_if(links.providers.begin(), links.providers.end(),
                                           [&](const app::OidcProvider& one) { return one.name == *name; });
        if (provider == links.providers.end()) throw not_found("unknown_provider", "there is no provider " + *name);
        std::erase_if(users, [&](const User& user) { return !link_with(links, provider->id, user.id); });
    }
    const auto page = page_of(desk, std::move(users));
    return ok(page_json(desk, page, [&](const User& user) { return json_of(desk, user, links); }));
}

http::Response create_user(Desk& desk) {
    const auto& body = desk.call().body.as_object();
    auto& staff = desk.store().staff();
    desk.store().hold_first_key();
    const auto login = app::login_of(body.at("login").as_string());
    if (staff.find_user(login)) throw Problem(409, "code_taken", "there is a user " + login + " already");
    const auto* language = body.if_contains("language");
    User user{.id = desk.ids().next<app::UserId>(),
              .login = login,
              .name = std::string(body.at("name").as_string()),
              .language = language ? std::string(language->as_string()) : "en",
              .grants = grants_of(desk, body.at("grants")),
              .created_at = desk.call().now};
    if (!desk.call().principal->is_platform() && user.grants.empty())
        throw invalid_request({{"body", "grants", "is empty; grant a role of your operator"}});
    staff.add(user);
    auto answer = json_of(desk, user);
    answer["reset_path"] = nullptr;
    desk.keep_instead(answer);
    answer["reset_path"] = make_link(desk, user.id, desk.call().now + app::first_link_life);
    return created(answer, "/api/v1/users/" + user.id.text());
}

http::Response get_user(Desk& desk) { return ok(json_of(desk, user_in_path(desk))); }

void replace_grants(Desk& desk, User& user, const json::value& list) {
    auto grants = grants_of(desk, list);
    std::erase_if(user.grants, [&](const UserGrant& grant) {
        return is_visible(desk, grant) ||
               std::any_of(grants.begin(), grants.end(), [&](const UserGrant& one) { return one.op == grant.op; });
    });
    user.grants.insert(user.grants.end(), grants.begin(), grants.end());
}

http::Response update_user(Desk& desk) {
    const auto& body = desk.call().body.as_object();
    desk.store().hold_first_key();
    auto user = user_in_path(desk);
    const auto* name = body.if_contains("name");
    const auto* language = body.if_contains("language");
    const auto* disabled = body.if_contains("disabled");
    if (name || language || disabled) require_own(desk, user);
    if (name) user.name = std::string(name->as_string());
    if (language) user.language = std::string(language->as_string());
    if (disabled) user.disabled = disabled->as_bool();
    if (const auto* grants = body.if_contains("grants")) replace_grants(desk, user, *grants);
    auto& staff = desk.store().staff();
    if (app::leaves_no_owner(staff.users(), user))
        throw Problem(409, "last_owner", user.login + " is the last owner; make somebody else an owner first");
    staff.update(user);
    if (user.disabled) {
        staff.end_sessions(user.id);
        staff.end_resets(user.id, desk.call().now);
    }
    desk.afterwards([&engine = desk.engine()] { engine.operators_changed(); });
    return ok(json_of(desk, user));
}

http::Response make_reset_link(Desk& desk) {
    auto user = user_in_path(desk);
    require_own(desk, user);
    const auto* factor = desk.call().body.as_object().if_contains("second_factor");
    if (factor && factor->as_bool()) {
        user.sealed_totp.clear();
        user.pending_totp.clear();
        desk.store().staff().update(user);
        desk.store().staff().replace_recovery_codes(user.id, {});
    }
    const auto expires_at = desk.call().now + app::link_life;
    json::object answer{{"reset_path", nullptr}, {"expires_at", api::json_of(expires_at)}};
    desk.keep_instead(answer);
    answer["reset_path"] = make_link(desk, user.id, expires_at);
    return ok(answer, 201);
}

// At the next sign-on through a provider the user is found anew.
http::Response unlink_user(Desk& desk) {
    const auto user = user_in_path(desk);
    require_own(desk, user);
    desk.store().staff().oidc().remove_identities(user.id);
    return {.status = 204, .content_type = {}, .body = {}};
}

}  // namespace

void add_users(Handlers& handlers) {
    handlers["list_users"] = {Runs::in_pool, list_users, false};
    handlers["create_user"] = {Runs::in_writer, create_user, false};
    handlers["get_user"] = {Runs::at_once, get_user, false};
    handlers["update_user"] = {Runs::in_writer, update_user, false};
    handlers["unlink_user"] = {Runs::in_writer, unlink_user, false};
    handlers["make_reset_link"] = {Runs::in_writer, make_reset_link, false};
}

}  // namespace sluice::serve::api
