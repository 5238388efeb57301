#include "app/webhooks.hpp"

#include <algorithm>
#include <array>

#include "app/base64.hpp"
#include "values/check.hpp"

namespace sluice::app {
namespace {

constexpr std::size_t block_bytes = 64;  // of SHA-256
constexpr std::string_view secret_prefix = "whsec_";
constexpr std::int64_t gone = 410;

std::string_view bytes_of(const Hash& hash) { return {reinterpret_cast<const char*>(hash.data()), hash.size()}; }

std::string padded(std::string_view key, unsigned char mark) {
    std::string block(block_bytes, static_cast<char>(mark));
    for (std::size_t i = 0; i < key.size(); ++i)
        block[i] = static_cast<char>(static_cast<unsigned char>(key[i]) ^ mark);
    return block;
}

// Longer and longer, as long as somebody may notice and mend it.
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
constexpr std::array<seconds, 10> waits{seconds(10), minutes(1), minutes(5), minutes(30), hours(2),
                                        hours(6),    hours(12),  hours(12),  hours(12),   hours(12)};

}  // namespace

std::string hmac(const Hasher& hasher, std::string_view key, std::string_view text) {
    constexpr unsigned char inner_mark = 0x36;
    constexpr unsigned char outer_mark = 0x5C;
    const auto short_key = key.size() > block_bytes ? std::string(bytes_of(hasher.of(key))) : std::string(key);
    const auto inner = hasher.of(padded(short_key, inner_mark).append(text));
    const auto outer = hasher.of(padded(short_key, outer_mark).append(bytes_of(inner)));
    return std::string(bytes_of(outer));
}

std::string webhook_secret(std::string_view random) { return std::string(secret_prefix) + base64(random); }

std::string webhook_signature(const Hasher& hasher, std::string_view secret, std::string_view id,
                              std::string_view timestamp, std::string_view body) {
    check(secret.starts_with(secret_prefix), "a webhook's secret is marked as such");
    const auto key = parse_base64(secret.substr(secret_prefix.size()));
    check(key.has_value(), "a webhook's secret is Base64");
    std::string text;
    ((((text += id) += '.') += timestamp) += '.') += body;
    return "v1," + base64(hmac(hasher, *key, text));
}

std::optional<std::string> fault_in_webhook_url(std::string_view url, bool private_networks_allowed) {
    const bool is_plain = url.starts_with("http://");
    if (!is_plain && !url.starts_with("https://")) return "must begin with https://";
    if (is_plain && !private_networks_allowed)
        return "must begin with https://; http:// is for private networks, where the server allows them "
               "(SLUICE_PRIVATE_WEBHOOKS=allow)";
    const auto rest = url.substr(url.find("//") + 2);
    const auto host = rest.substr(0, rest.find_first_of("/?#"));
    if (host.empty()) return "names no host";
    if (host.find('@') != std::string_view::npos)
        return "holds a user's name; leave it out, the signature says it is us";
    if (std::any_of(url.begin(), url.end(), [](char c) { return c <= ' ' || c > '~'; }))
        return "holds a character that must be percent-encoded";
    if (url.find('#') != std::string_view::npos) return "holds a fragment (#…), which is never sent; leave it out";
    return std::nullopt;
}

std::optional<Instant> next_attempt(std::int64_t attempts, Instant now) {
    const auto at = static_cast<std::size_t>(std::max<std::int64_t>(attempts, 1)) - 1;
    if (at >= waits.size()) return std::nullopt;
    return now + waits[at];
}

void conclude(WebhookDelivery& delivery, const WebhookAttempt& attempt, Instant now) {
    ++delivery.attempts;
    delivery.next_attempt_at.reset();
    delivery.ended_at.reset();
    if (attempt.reason.empty()) {
        delivery.state = DeliveryState::delivered;
    } else {
        if (attempt.status != gone) delivery.next_attempt_at = next_attempt(delivery.attempts, now);
        delivery.state = delivery.next_attempt_at ? DeliveryState::waiting : DeliveryState::given_up;
    }
    if (delivery.state != DeliveryState::waiting) delivery.ended_at = now;
}

}  // namespace sluice::app
