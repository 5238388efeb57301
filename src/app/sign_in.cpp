#include "app/sign_in.hpp"

#include <algorithm>
#include <array>

namespace sluice::app {
namespace {

using std::chrono::seconds;

constexpr std::size_t shortest_password = 12;
constexpr std::size_t longest_password = 128;
constexpr std::int64_t seconds_a_step = 30;

// Of twelve characters or more, those that are tried first.
constexpr std::array<std::string_view, 40> common_passwords{
    "123456789012",    "1234567890123",  "12345678901234",   "123456789123",     "0123456789012",
    "098765432109",    "987654321098",   "111111111111",     "000000000000",     "121212121212",
    "123123123123",    "qwertyuiop12",   "qwertyuiop123",    "qwertyuiop[]",     "qwertyuiopas",
    "qwertyuiopasdf",  "qwerty123456",   "qwerty1234567",    "qwertyqwerty",     "1q2w3e4r5t6y",
    "1qaz2wsx3edc",    "zaq12wsxcde3",   "asdfghjkl123",     "asdfghjkl;'\\",    "password1234",
    "password12345",   "password123456", "passwordpassword", "mypassword123",    "administrator",
    "adminadminadmin", "admin1234567",   "adminpassword",    "letmeinletmein",   "welcome12345",
    "welcome123456",   "iloveyou1234",   "changeme1234",     "changemechangeme", "correcthorsebatterystaple"};

std::string lower(std::string_view text) {
    std::string lowered(text);
    for (auto& c : lowered)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return lowered;
}

// Of UTF-8, without looking whether it is well formed: what came as JSON is.
std::size_t characters_in(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

bool is_one_character(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [&](char c) { return c == text.front(); });
}

bool owns(const User& user, std::optional<customers::OperatorId> op) {
    return !user.disabled && std::any_of(user.grants.begin(), user.grants.end(), [&](const UserGrant& grant) {
        return grant.role == StaffRole::owner && (!grant.op || grant.op == op);
    });
}

// Takes as long wherever the texts differ.
bool same(std::string_view one, std::string_view other) {
    if (one.size() != other.size()) return false;
    unsigned difference = 0;
    for (std::size_t i = 0; i < one.size(); ++i)
        difference |= static_cast<unsigned>(static_cast<unsigned char>(one[i]) ^ static_cast<unsigned char>(other[i]));
    return difference == 0;
}

std::string escaped(std::string_view text) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string result;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
        if (plain)
            result += c;
        else
            ((result += '%') += digits[byte >> 4]) += digits[byte & 15];
    }
    return result;
}

}  // namespace

std::string login_of(std::string_view address) { return lower(address); }

std::optional<std::string> password_fault(std::string_view password, std::string_view login) {
    const auto length = characters_in(password);
    if (length < shortest_password) return "the password is too short: it needs 12 characters, whichever";
    if (length > longest_password) return "the password is too long: it may have 128 characters";
    const auto lowered = lower(password);
    if (lowered == lower(login)) return "the password is the login itself; choose another one";
    if (is_one_character(lowered) ||
        std::find(common_passwords.begin(), common_passwords.end(), lowered) != common_passwords.end())
        return "the password is one of those that everybody tries first; choose another one";
    return std::nullopt;
}

seconds wait_after(AttemptsOf kind, std::int64_t failures) {
    constexpr seconds longest{15 * 60};
    const std::int64_t for_nothing = kind == AttemptsOf::login ? 5 : 20;
    if (failures < for_nothing) return seconds{0};
    const auto doublings = std::min<std::int64_t>(failures - for_nothing, 20);
    return std::min(longest, seconds{std::int64_t{1} << doublings});
}

seconds wait_left(AttemptsOf kind, const Attempts& attempts, Instant now) {
    const auto until = attempts.last_at + wait_after(kind, attempts.failures);
    return until > now ? std::chrono::ceil<seconds>(until - now) : seconds{0};
}

Attempts with_another(const Attempts& attempts, Instant now) {
    constexpr std::chrono::hours counted_for{24};
    const bool counts = now - attempts.last_at < counted_for;
    return {(counts ? attempts.failures : 0) + 1, now};
}

std::optional<std::int64_t> step_of_code(const Credentials& credentials, std::string_view secret, std::string_view code,
                                         std::int64_t last_step, Instant now) {
    const auto unix_s = std::chrono::duration_cast<seconds>(now.time_since_epoch()).count();
    const auto present = unix_s / seconds_a_step;
    for (auto step = present - 1; step <= present + 1; ++step)
        if (step > last_step && same(credentials.code_at(secret, step), code)) return step;
    return std::nullopt;
}

std::string base32(std::string_view bytes) {
    static constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string text;
    unsigned held = 0;
    int bits = 0;
    for (const char c : bytes) {
        held = (held << 8) | static_cast<unsigned char>(c);
        for (bits += 8; bits >= 5; bits -= 5) text += alphabet[(held >> (bits - 5)) & 31];
    }
    if (bits > 0) text += alphabet[(held << (5 - bits)) & 31];
    return text;
}

std::string totp_uri(std::string_view login, std::string_view base32_secret) {
    return "otpauth://totp/Sluice:" + escaped(login) + "?secret=" + std::string(base32_secret) + "&issuer=Sluice";
}

std::string plain_code(std::string_view code) {
    auto plain = lower(code);
    std::erase_if(plain, [](char c) { return c == '-' || c == ' '; });
    return plain;
}

bool has_owner(std::span<const User> users, std::optional<customers::OperatorId> op) {
    return std::any_of(users.begin(), users.end(), [&](const User& user) { return owns(user, op); });
}

bool leaves_no_owner(std::vector<User> users, const User& changed) {
    const auto before = std::find_if(users.begin(), users.end(), [&](const User& one) { return one.id == changed.id; });
    if (before == users.end() || before->disabled) return false;
    const auto held = before->grants;
    *before = changed;
    return std::any_of(held.begin(), held.end(), [&](const UserGrant& grant) {
        return grant.role == StaffRole::owner && !has_owner(users, grant.op);
    });
}

}  // namespace sluice::app
