#pragma once

#include "app/ports/staff_store.hpp"
#include "store/sql/oidc.hpp"

namespace sluice::store {

class SqlStaff final : public app::StaffStore {
public:
    explicit SqlStaff(Connection& db) : db_(db), oidc_(db) {}

    void add(const app::User& user) override;
    void update(const app::User& user) override;
    std::vector<app::User> users() override;
    std::optional<app::User> find_user(app::UserId user) override;
    std::optional<app::User> find_user(std::string_view login) override;

    void add(const app::StoredSession& session) override;
    std::vector<app::StoredSession> sessions(Instant now) override;
    void touch_session(const app::Hash& token, Instant at) override;
    void end_session(const app::Hash& token) override;
    void end_sessions(app::UserId user, const std::optional<app::Hash>& but) override;

    void replace_recovery_codes(app::UserId user, std::span<const app::Hash> codes) override;
    bool use_recovery_code(app::UserId user, const app::Hash& code, Instant at) override;

    void add_reset(const app::Hash& token, app::UserId user, Instant expires_at) override;
    std::optional<app::UserId> find_reset(const app::Hash& token, Instant now) override;
    void end_resets(app::UserId user, Instant at) override;

    app::Attempts attempts(app::AttemptsOf kind, std::string_view who) override;
    void save(app::AttemptsOf kind, std::string_view who, const app::Attempts& attempts) override;
    void forget_attempts(app::AttemptsOf kind, std::string_view who) override;
    void forget_before(Instant time) override;

    void add(const app::AuditEntry& entry) override;
    app::Page<app::AuditEntry> audit_log(const app::AuditQuery& query) override;

    app::OidcStore& oidc() override { return oidc_; }

private:
    void add_grants(const app::User& user);
    void read_grants(std::vector<app::User>& users);

    Connection& db_;
    SqlOidc oidc_;
};

}  // namespace sluice::store
