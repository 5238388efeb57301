#pragma once

#include "app/ports/oidc_store.hpp"
#include "store/sql/connection.hpp"

namespace sluice::store {

class SqlOidc final : public app::OidcStore {
public:
    explicit SqlOidc(Connection& db) : db_(db) {}

    void add(const app::OidcProvider& provider) override;
    std::vector<app::OidcProvider> providers() override;
    std::optional<app::OidcProvider> find_provider(std::string_view name) override;
    void remove(app::OidcProviderId provider) override;

    void add(const app::UserIdentity& identity) override;
    std::optional<app::UserIdentity> find_identity(app::OidcProviderId provider, std::string_view subject) override;
    std::optional<app::UserIdentity> find_identity(app::OidcProviderId provider, app::UserId user) override;
    std::vector<app::UserIdentity> identities() override;
    std::vector<app::UserIdentity> identities(app::UserId user) override;
    void remove_identities(app::UserId user) override;

    void add_sign_on(const app::Hash& token, app::OidcProviderId provider, Instant expires_at) override;
    bool take_sign_on(const app::Hash& token, app::OidcProviderId provider, Instant now) override;
    void forget_sign_ons_before(Instant time) override;

private:
    Connection& db_;
};

}  // namespace sluice::store
