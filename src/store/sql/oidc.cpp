#include "store/sql/oidc.hpp"

#include "store/sql/rows.hpp"
#include "store/sql/sql.hpp"

namespace sluice::store {

using app::OidcProviderId;
using app::UserId;

namespace {

constexpr std::array<std::string_view, 2> linked_names{"email", "subject"};

const std::string provider_columns =
    "SELECT id, name, label, issuer, client, client_secret, linked_by, created_at FROM oidc_providers ";
const std::string identity_columns = "SELECT provider_id, subject, user_id, linked_at FROM user_identities ";

app::OidcProvider read_provider(Query& row) {
    const auto id = row.get<OidcProviderId>();
    auto name = row.get<std::string>();
    auto label = row.get<std::string>();
    auto issuer = row.get<std::string>();
    auto client_id = row.get<std::string>();
    auto sealed_secret = row.get<std::string>();
    const auto linked_by = read_enum<app::LinkedBy>(linked_names, row);
    return {id,
            std::move(name),
            std::move(label),
            std::move(issuer),
            std::move(client_id),
            std::move(sealed_secret),
            linked_by,
            row.get<Instant>()};
}

app::UserIdentity read_identity(Query& row) {
    const auto provider = row.get<OidcProviderId>();
    auto subject = row.get<std::string>();
    const auto user = row.get<UserId>();
    return {provider, std::move(subject), user, row.get<Instant>()};
}

std::optional<app::UserIdentity> one_identity(Query&& row) {
    if (!row.next()) return std::nullopt;
    return read_identity(row);
}

std::vector<app::UserIdentity> all_identities(Query&& row) {
    std::vector<app::UserIdentity> identities;
    while (row.next()) identities.push_back(read_identity(row));
    return identities;
}

}  // namespace

void SqlOidc::add(const app::OidcProvider& p) {
    Query(db_,
          "INSERT INTO oidc_providers (id, name, label, issuer, client, client_secret, linked_by, created_at) "
          "VALUES (?,?,?,?,?,?,?,?)",
          p.id, p.name, p.label, p.issuer, p.client_id, p.sealed_secret, name_in(linked_names, p.linked_by),
          p.created_at)
        .run();
}

std::vector<app::OidcProvider> SqlOidc::providers() {
    std::vector<app::OidcProvider> providers;
    Query row(db_, provider_columns + "ORDER BY name");
    while (row.next()) providers.push_back(read_provider(row));
    return providers;
}

std::optional<app::OidcProvider> SqlOidc::find_provider(std::string_view name) {
    Query row(db_, provider_columns + "WHERE name = ?", name);
    if (!row.next()) return std::nullopt;
    return read_provider(row);
}

void SqlOidc::remove(OidcProviderId provider) {
    Query(db_, "DELETE FROM oidc_sign_ons WHERE provider_id = ?", provider).run();
    Query(db_, "DELETE FROM user_identities WHERE provider_id = ?", provider).run();
    Query(db_, "DELETE FROM oidc_providers WHERE id = ?", provider).run();
}

void SqlOidc::add(const app::UserIdentity& i) {
    Query(db_, "INSERT INTO user_identities (provider_id, subject, user_id, linked_at) VALUES (?,?,?,?)", i.provider,
          i.subject, i.user, i.linked_at)
        .run();
}

std::optional<app::UserIdentity> SqlOidc::find_identity(OidcProviderId provider, std::string_view subject) {
    return one_identity({db_, identity_columns + "WHERE provider_id = ? AND subject = ?", provider, subject});
}

std::optional<app::UserIdentity> SqlOidc::find_identity(OidcProviderId provider, UserId user) {
    return one_identity({db_, identity_columns + "WHERE provider_id = ? AND user_id = ?", provider, user});
}

std::vector<app::UserIdentity> SqlOidc::identities() {
    return all_identities({db_, identity_columns + "ORDER BY user_id, provider_id"});
}

std::vector<app::UserIdentity> SqlOidc::identities(UserId user) {
    return all_identities({db_, identity_columns + "WHERE user_id = ? ORDER BY provider_id", user});
}

void SqlOidc::remove_identities(UserId user) {
    Query(db_, "DELETE FROM user_identities WHERE user_id = ?", user).run();
}

void SqlOidc::add_sign_on(const app::Hash& token, OidcProviderId provider, Instant expires_at) {
    Query(db_, "INSERT INTO oidc_sign_ons (token_hash, provider_id, expires_at) VALUES (?,?,?)", token, provider,
          expires_at)
        .run();
}

bool SqlOidc::take_sign_on(const app::Hash& token, OidcProviderId provider, Instant now) {
    bool is_good = false;
    {
        // Of two that come at once with the same token, the second waits and then finds nothing.
        Query row(
            db_,
            std::string("SELECT 1 FROM oidc_sign_ons WHERE token_hash = ? AND provider_id = ? AND expires_at > ?") +
                (db_.has_other_writers() ? " FOR UPDATE" : ""),
            token, provider, now);
        is_good = row.next();
    }
    if (is_good) Query(db_, "DELETE FROM oidc_sign_ons WHERE token_hash = ?", token).run();
    return is_good;
}

void SqlOidc::forget_sign_ons_before(Instant time) {
    Query(db_, "DELETE FROM oidc_sign_ons WHERE expires_at < ?", time).run();
}

}  // namespace sluice::store
