// Whom the installation trusts to say who somebody is.
#include <algorithm>

#include "app/ports/oidc_store.hpp"
#include "serve/api/encode.hpp"
#include "serve/api/handlers.hpp"
#include "serve/api/paging.hpp"

namespace sluice::serve::api {
namespace {

namespace json = boost::json;

json::object json_of(Desk& desk, const app::OidcProvider& provider, const std::vector<app::UserIdentity>& identities) {
    const auto& here = desk.engine().parts().public_url;
    const auto users = std::count_if(identities.begin(), identities.end(),
                                     [&](const app::UserIdentity& one) { return one.provider == provider.id; });
    return {{"name", provider.name},
            {"label", provider.label},
            {"issuer", provider.issuer},
            {"client_id", provider.client_id},
            {"linked_by", name_of(provider.linked_by)},
            {"callback_url",
             here.empty() ? json::value() : json::value(here + "/api/v1/oidc/" + provider.name + "/callback")},
            {"users", users},
            {"created_at", api::json_of(provider.created_at)}};
}

std::string sealed(Desk& desk, std::string_view secret) {
    try {
        return desk.engine().parts().secrets->seal(secret);
    } catch (const app::SecretsUnavailable& missing) {
        throw Problem(503, "secrets_unavailable", missing.what());
    }
}

http::Response list_sign_on_providers(Desk& desk) {
    auto& oidc = desk.store().staff().oidc();
    const auto page = page_of(desk, oidc.providers());
    const auto identities = oidc.identities();
    auto answer =
        page_json(desk, page, [&](const app::OidcProvider& provider) { return json_of(desk, provider, identities); });
    const auto& here = desk.engine().parts().public_url;
    answer["public_url"] = here.empty() ? json::value() : json::value(here);
    return ok(answer);
}

http::Response create_sign_on_provider(Desk& desk) {
    const auto& body = desk.call().body.as_object();
    const auto text = [&](std::string_view member) { return std::string(body.at(member).as_string()); };
    desk.store().hold_first_key();
    auto& oidc = desk.store().staff().oidc();
    if (oidc.find_provider(text("name")))
        throw Problem(409, "code_taken", "there is a provider " + text("name") + " already; remove it first");
    const app::OidcProvider provider{.id = desk.ids().next<app::OidcProviderId>(),
                                     .name = text("name"),
                                     .label = text("label"),
                                     .issuer = text("issuer"),
                                     .client_id = text("client_id"),
                                     .sealed_secret = sealed(desk, text("client_secret")),
                                     .linked_by = *app::parse_linked_by(text("linked_by")),
                                     .created_at = desk.call().now};
    oidc.add(provider);
    return ok(json_of(desk, provider, {}), 201);
}

http::Response remove_sign_on_provider(Desk& desk) {
    auto& oidc = desk.store().staff().oidc();
    const auto provider = oidc.find_provider(desk.path("provider"));
    if (!provider) throw not_found("unknown_provider", "there is no provider " + desk.path("provider"));
    desk.store().hold_first_key();
    oidc.remove(provider->id);
    return {.status = 204, .content_type = {}, .body = {}};
}

}  // namespace

void add_sign_on_providers(Handlers& handlers) {
    handlers["list_sign_on_providers"] = {Runs::in_pool, list_sign_on_providers, false};
    handlers["create_sign_on_provider"] = {Runs::in_writer, create_sign_on_provider, false};
    handlers["remove_sign_on_provider"] = {Runs::in_writer, remove_sign_on_provider, false};
}

}  // namespace sluice::serve::api
