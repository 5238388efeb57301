// People who sign in: users, what they may, their sessions; and the log of all that was done.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/ports/hasher.hpp"
#include "app/ports/listing.hpp"
#include "domain/customers/customers.hpp"
#include "values/id.hpp"
#include "values/zone.hpp"

namespace sluice::app {

struct UserTag {
    static constexpr std::string_view prefix = "user";
};
using UserId = Id<UserTag>;
struct AuditTag {
    static constexpr std::string_view prefix = "audit";
};
using AuditId = Id<AuditTag>;

enum class StaffRole { viewer, cashier, support, clerk, owner };
std::string_view name_of(StaffRole role);
std::optional<StaffRole> parse_staff_role(std::string_view name);

struct UserGrant {
    std::optional<customers::OperatorId> op;  // none: the platform, all operators
    StaffRole role;
};

struct User {
    UserId id;
    std::string login;  // in lower case
    std::string name;
    std::string language;
    std::vector<UserGrant> grants = {};
    std::string password_hash = {};  // empty: none has been chosen yet
    bool disabled = false;
    std::string sealed_totp = {};   // the second factor's secret; empty: there is none in force
    std::string pending_totp = {};  // sealed; waits for its first code
    std::int64_t totp_step = 0;     // the latest whose code was taken
    Instant created_at;
    std::optional<Instant> last_signed_in_at = {};

    bool has_second_factor() const { return !sealed_totp.empty(); }
};

struct StoredSession {
    Hash token;
    UserId user;
    Instant created_at;
    Instant last_seen_at;
    Instant expires_at;  // at the latest
    std::string address;
    std::string agent;
};

// Whose attempts to sign in are counted.
enum class AttemptsOf { login, address };
struct Attempts {
    std::int64_t failures = 0;
    Instant last_at{};
};

enum class ActorKind { user, api_key, program };
std::string_view name_of(ActorKind kind);
struct AuditEntry {
    AuditId id;
    std::optional<customers::OperatorId> op;
    Instant at;
    ActorKind actor;
    std::optional<std::int64_t> actor_id;  // of the user or key
    std::string actor_name;
    std::string address;
    std::string operation;
    std::optional<customers::SubscriberId> subscriber;
    std::string request;                // JSON
    std::optional<std::string> before;  // JSON
    std::optional<std::string> after;   // JSON
    int status;
};
struct AuditQuery {
    std::optional<customers::OperatorId> op = {};  // none: of all
    std::optional<std::int64_t> actor = {};
    std::optional<std::string> operation = {};
    std::optional<customers::SubscriberId> subscriber = {};
    std::optional<Instant> since = {};
    std::optional<Instant> until = {};
    Paging paging = {};
};

class OidcStore;

class StaffStore {
public:
    virtual ~StaffStore() = default;

    virtual void add(const User& user) = 0;     // with its grants
    virtual void update(const User& user) = 0;  // all but the login, with its grants
    virtual std::vector<User> users() = 0;      // in order of creation
    virtual std::optional<User> find_user(UserId user) = 0;
    virtual std::optional<User> find_user(std::string_view login) = 0;

    virtual void add(const StoredSession& session) = 0;
    virtual std::vector<StoredSession> sessions(Instant now) = 0;  // that have not expired
    virtual void touch_session(const Hash& token, Instant at) = 0;
    virtual void end_session(const Hash& token) = 0;
    // All of the user's, but for one.
    virtual void end_sessions(UserId user, const std::optional<Hash>& but = std::nullopt) = 0;

    virtual void replace_recovery_codes(UserId user, std::span<const Hash> codes) = 0;
    virtual bool use_recovery_code(UserId user, const Hash& code, Instant at) = 0;  // false: it is none, or was used

    virtual void add_reset(const Hash& token, UserId user, Instant expires_at) = 0;
    virtual std::optional<UserId> find_reset(const Hash& token, Instant now) = 0;  // one that is good still
    virtual void end_resets(UserId user, Instant at) = 0;                          // none is good any more

    virtual Attempts attempts(AttemptsOf kind, std::string_view who) = 0;
    virtual void save(AttemptsOf kind, std::string_view who, const Attempts& attempts) = 0;
    virtual void forget_attempts(AttemptsOf kind, std::string_view who) = 0;
    // Attempts and sessions that nobody needs any more.
    virtual void forget_before(Instant time) = 0;

    virtual void add(const AuditEntry& entry) = 0;
    virtual Page<AuditEntry> audit_log(const AuditQuery& query) = 0;  // newest first

    virtual OidcStore& oidc() = 0;
};

}  // namespace sluice::app
