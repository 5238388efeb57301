#include "serve/api/keyring.hpp"

#include <algorithm>
#include <array>
#include <mutex>

#include "app/sign_in.hpp"

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

// What a cashier and a support may beside reading: commands of clerks, by the operation's id.
constexpr std::array<std::string_view, 10> of_cashiers{
    "open_cash_shift", "take_cash",    "pay_out_cash", "move_cash",   "close_cash_shift",
    "receive_cheque",  "clear_cheque", "add_note",     "update_note", "remove_note"};
constexpr std::array<std::string_view, 13> of_support{
    "activate",      "suspend", "resume",     "exhaust_data", "restore_data", "change_service", "add_add_on",
    "remove_add_on", "cancel",  "return_cpe", "add_note",     "update_note",  "remove_note"};

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& ids, std::string_view id) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

}  // namespace

std::string random_letters(Engine& engine, std::size_t bytes) { return letters(engine.parts().random_bytes(bytes)); }

std::string csrf_token_of(const app::Hasher& hasher, std::string_view session_token) {
    return app::hex(hasher.of("csrf " + std::string(session_token))).substr(0, 32);
}

app::Role role_of(app::StaffRole role) {
    using enum app::StaffRole;
    return role == owner ? app::Role::owner : role == clerk ? app::Role::clerk : app::Role::viewer;
}

bool is_granted(app::StaffRole role, const Operation& operation) {
    if (operation.role != "clerk") return false;
    return (role == app::StaffRole::cashier && contains(of_cashiers, operation.id)) ||
           (role == app::StaffRole::support && contains(of_support, operation.id));
}

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

void Keyring::reload(app::Store& store, Instant now) {
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
        good.emplace(app::hex(key.secret_hash),
                     Principal{.key = key.id, .op = key.op, .op_code = code, .role = key.role, .name = key.name});
    }
    std::unordered_map<app::UserId, app::User> users;
    for (auto& user : store.staff().users())
        if (!user.disabled) users.emplace(user.id, std::move(user));
    std::map<app::Hash, Seat> seats;
    for (const auto& session : store.staff().sessions(now)) {
        const auto user = users.find(session.user);
        if (user == users.end()) continue;
        seats.emplace(session.token, Seat{user->second.id, user->second.name, user->second.grants, session.last_seen_at,
                                          session.last_seen_at, session.expires_at});
    }
    const std::unique_lock lock(mutex_);
    by_hash_ = std::move(good);
    operators_ = std::move(operators);
    codes_ = std::move(codes);
    // What this process has seen since the store was told.
    for (auto& [token, seat] : seats)
        if (const auto known = seats_.find(token); known != seats_.end())
            seat.last_seen_at = std::max(seat.last_seen_at, known->second.last_seen_at);
    seats_ = std::move(seats);
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

std::optional<std::string> Keyring::code_of(customers::OperatorId op) const {
    const std::shared_lock lock(mutex_);
    const auto found = codes_.find(op);
    return found == codes_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<Seat> Keyring::find_session(const app::Hash& token, Instant now, bool& is_due) {
    constexpr std::chrono::minutes between_notes{5};
    const std::unique_lock lock(mutex_);
    const auto found = seats_.find(token);
    if (found == seats_.end()) return std::nullopt;
    auto& seat = found->second;
    if (now >= seat.expires_at || now >= seat.last_seen_at + app::session_idle) return std::nullopt;
    seat.last_seen_at = std::max(seat.last_seen_at, now);
    is_due = now - seat.stored_seen_at > between_notes;
    if (is_due) seat.stored_seen_at = now;
    return seat;
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
