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

std::optional<app::Role> parse_role(std::string_view name);
std::string_view name_of(app::Role role);

// The keys that are good now, and the operators, in memory.
class Keyring {
public:
    explicit Keyring(const app::Hasher& hasher) : hasher_(hasher) {}

    void reload(app::Store& store);
    bool empty() const;
    // Whose secret it is; nothing for one that is unknown or revoked.
    std::optional<Principal> find(std::string_view secret) const;
    std::optional<customers::OperatorId> operator_named(std::string_view code) const;
    std::optional<customers::OperatorId> only_operator() const;  // nothing when there are several, or none

private:
    const app::Hasher& hasher_;
    mutable std::shared_mutex mutex_;
    std::unordered_map<std::string, Principal> by_hash_;
    std::map<std::string, customers::OperatorId, std::less<>> operators_;
};

}  // namespace sluice::serve::api
