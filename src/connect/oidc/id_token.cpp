#include "connect/oidc/id_token.hpp"

#include <openssl/crypto.h>

#include <array>
#include <boost/json.hpp>
#include <cmath>
#include <optional>

#include "connect/oidc/base64url.hpp"

namespace sluice::connect::oidc {
namespace {

namespace json = boost::json;
using enum IdTokenRefusal;

constexpr std::size_t longest_token = 64 * 1024;
constexpr std::size_t longest_subject = 255;

struct Parts {
    json::object header;
    std::string_view signed_text;  // header and claims, as they were sent
    std::string_view claims;
    std::string signature;
};

std::optional<json::object> object_in(std::string_view base64) {
    const auto text = from_base64url(base64);
    if (!text) return std::nullopt;
    json::error_code ec;
    auto value = json::parse(*text, ec);
    if (ec || !value.is_object()) return std::nullopt;
    return std::move(value.as_object());
}

std::optional<Parts> parts_of(std::string_view token) {
    if (token.size() > longest_token) return std::nullopt;
    const auto first = token.find('.');
    if (first == std::string_view::npos) return std::nullopt;
    const auto second = token.find('.', first + 1);
    if (second == std::string_view::npos) return std::nullopt;
    auto header = object_in(token.substr(0, first));
    auto signature = from_base64url(token.substr(second + 1));
    if (!header || !signature) return std::nullopt;
    return Parts{std::move(*header), token.substr(0, second), token.substr(first + 1, second - first - 1),
                 std::move(*signature)};
}

std::optional<std::string> text_of(const json::object& object, std::string_view member) {
    const auto* value = object.if_contains(member);
    if (!value || !value->is_string()) return std::nullopt;
    return std::string(value->as_string());
}

// Which headers a token may have: one that is meant for something else, or wants something of us that we do not know,
// is none of ours.
bool is_plain(const json::object& header) {
    const auto* kind = header.if_contains("typ");
    const bool is_jwt = !kind || (kind->is_string() && (kind->as_string() == "JWT" || kind->as_string() == "jwt"));
    return is_jwt && !header.contains("crit");
}

std::optional<Algorithm> algorithm_of(const json::object& header) {
    const auto name = text_of(header, "alg");
    if (name == "RS256") return Algorithm::rs256;
    if (name == "ES256") return Algorithm::es256;
    return std::nullopt;
}

// The one that the token names; without a name there must be no choice.
const Key* key_of(const std::vector<Key>& keys, Algorithm algorithm, const std::optional<std::string>& id) {
    const Key* found = nullptr;
    for (const auto& key : keys) {
        if (key.algorithm != algorithm || (id && key.id != *id)) continue;
        if (found) return nullptr;
        found = &key;
    }
    return found;
}

bool is_for_us_alone(const json::object& claims, const std::string& client_id) {
    const auto* audience = claims.if_contains("aud");
    if (!audience) return false;
    const auto* list = audience->if_array();
    if (list && list->size() != 1) return false;
    const auto& one = list ? list->front() : *audience;
    const auto* party = claims.if_contains("azp");
    return one.is_string() && one.as_string() == client_id &&
           (!party || (party->is_string() && party->as_string() == client_id));
}

// Seconds since 1970; nothing for what is none, or beyond what a clock shows.
std::optional<Instant> instant_of(const json::object& claims, std::string_view member) {
    constexpr double last = 253'402'300'800.0;  // the year 10000
    const auto* value = claims.if_contains(member);
    if (!value || !value->is_number()) return std::nullopt;
    const auto seconds = value->to_number<double>();
    if (!std::isfinite(seconds) || seconds < 0 || seconds >= last) return std::nullopt;
    return Instant{std::chrono::seconds{static_cast<std::int64_t>(seconds)}};
}

std::optional<IdTokenRefusal> fault_of_time(const json::object& claims, Instant now) {
    const auto expires_at = instant_of(claims, "exp");
    if (!expires_at || now >= *expires_at + leeway) return expired;
    const auto issued_at = instant_of(claims, "iat");
    if (!issued_at || *issued_at > now + leeway || *issued_at < now - longest_ago - leeway) return wrong_time;
    if (claims.contains("nbf")) {
        const auto not_before = instant_of(claims, "nbf");
        if (!not_before || *not_before > now + leeway) return wrong_time;
    }
    return std::nullopt;
}

bool same(std::string_view one, std::string_view other) {
    return one.size() == other.size() && CRYPTO_memcmp(one.data(), other.data(), one.size()) == 0;
}

std::optional<IdTokenRefusal> fault_of(const json::object& claims, const Expected& expected) {
    if (text_of(claims, "iss") != expected.issuer) return wrong_issuer;
    if (!is_for_us_alone(claims, expected.client_id)) return wrong_audience;
    if (const auto fault = fault_of_time(claims, expected.now)) return fault;
    const auto nonce = text_of(claims, "nonce");
    if (!nonce || !same(*nonce, expected.nonce)) return wrong_nonce;
    const auto subject = text_of(claims, "sub");
    if (!subject || subject->empty() || subject->size() > longest_subject) return no_subject;
    return std::nullopt;
}

}  // namespace

std::string_view sentence_of(IdTokenRefusal refusal) {
    static constexpr std::array<std::string_view, 11> sentences{
        "the provider gave no ID token that can be read",
        "the ID token is signed by an algorithm other than RS256 and ES256",
        "the ID token is signed with a key that the provider does not publish",
        "the ID token's signature is wrong",
        "the ID token's claims cannot be read",
        "the ID token is of another issuer",
        "the ID token is not for us alone",
        "the ID token has expired",
        "the ID token was issued in the future or too long ago; are the clocks right?",
        "the ID token's nonce is not of this sign-on",
        "the ID token names no subject"};
    return sentences[static_cast<std::size_t>(refusal)];
}

Result<app::SignedOn, IdTokenRefusal> read_id_token(std::string_view token, const std::vector<Key>& keys,
                                                    const Expected& expected) {
    const auto parts = parts_of(token);
    if (!parts) return Refused{no_token};
    const auto algorithm = algorithm_of(parts->header);
    if (!algorithm) return Refused{algorithm_not_allowed};
    if (!is_plain(parts->header)) return Refused{no_token};
    if (parts->header.contains("kid") && !text_of(parts->header, "kid")) return Refused{no_token};
    const auto* key = key_of(keys, *algorithm, text_of(parts->header, "kid"));
    if (!key) return Refused{unknown_key};
    if (!is_signed_by(*key, parts->signed_text, parts->signature)) return Refused{wrong_signature};
    const auto claims = object_in(parts->claims);
    if (!claims) return Refused{no_claims};
    if (const auto fault = fault_of(*claims, expected)) return Refused{*fault};
    const auto* verified = claims->if_contains("email_verified");
    return app::SignedOn{.subject = *text_of(*claims, "sub"),
                         .email = text_of(*claims, "email").value_or(""),
                         .email_verified = verified && verified->is_bool() && verified->as_bool()};
}

}  // namespace sluice::connect::oidc
