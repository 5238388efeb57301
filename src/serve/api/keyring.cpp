#include "serve/api/keyring.hpp"

#include <array>
#include <mutex>

namespace sluice::serve::api {
namespace {

constexpr std::array<std::string_view, 3> role_names{"viewer", "clerk", "owner"};
constexpr std::string_view secret_prefix = "slk_";
constexpr std::size_t secret_bytes = 20;

// Five bits a letter, without letters that are taken for one another.
std::string letters(std::string_view bytes) {
    static constexpr std::string_view alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    std::string text;
    unsigned held = 0;
    int bits = 0;
    for (const char c : bytes) {
        held = (held << 8) | static_cast<unsigned char>(c);
        for (bits += 8; bits >= 5; bits -= 5) text += alphabet[(held >> (bits - 5)) & 31];
    }
    return text;
}

}  // namespace

std::optional<app::Role> parse_role(std::string_view name) {
    for (std::size_t i = 0; i < role_names.size(); ++i)
        if (role_names[i] == name) return static_cast<app::Role>(i);
    return std::nullopt;
}

std::string_view name_of(app::Role role) { return role_names[static_cast<std::size_t>(role)]; }

MadeKey make_key(Engine& engine, std::optional<customers::OperatorId> op, std::string name, app::Role role, Instant now,
                 std::string created_by) {
    auto secret = std::string(secret_prefix) + letters(engine.parts().random_bytes(secret_bytes));
    const auto hash = engine.parts().hasher->of(secret);
    return {{.id = engine.ids().next<app::ApiKeyId>(),
             .op = op,
             .name = std::move(name),
             .role = role,
             .secret_hash = hash,
             .created_at = now,
             .created_by = std::move(created_by)},
            std::move(secret)};
}

void Keyring::reload(app::Store& store) {
    std::unordered_map<customers::OperatorId, std::string> codes;
    std::map<std::string, customers::OperatorId, std::less<>> operators;
    for (const auto& op : store.operators()) {
        codes.emplace(op.id, op.code);
        operators.emplace(op.code, op.id);
    }
    std::unordered_map<std::string, Principal> good;
    for (const auto& key : store.api_keys()) {
        if (key.revoked_at) continue;
        const auto code = key.op ? std::optional(codes.at(*key.op)) : std::nullopt;
        good.emplace(app::hex(key.secret_hash), Principal{key.id, key.op, code, key.role});
    }
    const std::unique_lock lock(mutex_);
    by_hash_ = std::move(good);
    operators_ = std::move(operators);
}

std::optional<customers::OperatorId> Keyring::operator_named(std::string_view code) const {
    const std::shared_lock lock(mutex_);
    const auto found = operators_.find(code);
    return found == operators_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<customers::OperatorId> Keyring::only_operator() const {
    const std::shared_lock lock(mutex_);
    return operators_.size() == 1 ? std::optional(operators_.begin()->second) : std::nullopt;
}

bool Keyring::empty() const {
    const std::shared_lock lock(mutex_);
    return by_hash_.empty();
}

// Looking up the hash instead of the secret tells nothing about secrets by how long it takes.
std::optional<Principal> Keyring::find(std::string_view secret) const {
    if (!secret.starts_with(secret_prefix) || secret.size() > 100) return std::nullopt;
    const auto hash = app::hex(hasher_.of(secret));
    const std::shared_lock lock(mutex_);
    const auto found = by_hash_.find(hash);
    return found == by_hash_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace sluice::serve::api
