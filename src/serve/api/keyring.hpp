// API keys: made with a secret that is shown once, looked up by the hash of what a request bears.
#pragma once

#include <map>
#include <memory>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "serve/api/desk.hpp"

namespace sluice::serve::api {

struct MadeKey {
    app::ApiKey key;
    std::string secret;  // "slk_…": 160 random bits; a plain hash of so much chance needs no stretching
};
MadeKey make_key(Engine& engine, std::optional<customers::OperatorId> op, std::string name, app::Role role, Instant now,
                 std::string created_by);

// So many random bytes as letters and digits that are not taken for one another.
std::string random_letters(Engine& engine, std::size_t bytes);
// What has to go with everything that a session writes: told from its token, and telling nothing of it.
std::string csrf_token_of(const app::Hasher& hasher, std::string_view session_token);

// Whether a user in that role may carry out the operation.
bool is_granted(app::StaffRole role, const Operation& operation);
// As which role of keys a user is let in.
app::Role role_of(app::StaffRole role);

// A session that is good now.
struct Seat {
    app::UserId user;
    std::string name;
    std::vector<app::UserGrant> grants;
    Instant last_seen_at;
    Instant stored_seen_at;
    Instant expires_at;
};

std::optional<app::Role> parse_role(std::string_view name);
std::string_view name_of(app::Role role);

// The keys that are good now, and the operators, in memory.
class Keyring {
public:
    explicit Keyring(const app::Hasher& hasher) : hasher_(hasher) {}

    void reload(app::Store& store, Instant now);
    bool empty() const;
    // Whose secret it is; nothing for one that is unknown or revoked.
    std::optional<Principal> find(std::string_view secret) const;
    // Whose session it is. `is_due`: the store is to be told that it is used.
    std::optional<Seat> find_session(const app::Hash& token, Instant now, bool& is_due);
    std::optional<std::string> code_of(customers::OperatorId op) const;
    std::optional<customers::OperatorId> operator_named(std::string_view code) const;
    std::optional<customers::OperatorId> only_operator() const;  // nothing when there are several, or none

private:
    const app::Hasher& hasher_;
    mutable std::shared_mutex mutex_;
    std::unordered_map<std::string, Principal> by_hash_;
    std::map<std::string, customers::OperatorId, std::less<>> operators_;
    std::unordered_map<customers::OperatorId, std::string> codes_;
    std::map<app::Hash, Seat> seats_;
};

}  // namespace sluice::serve::api
