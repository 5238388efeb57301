#include "connect/gateways/stripe/signature.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "app/ports/hasher.hpp"

namespace sluice::connect::stripe {
namespace {

constexpr std::size_t max_parts = 16;  // of the header; more are nobody's who rolls a secret

struct Header {
    std::optional<std::int64_t> timestamp;
    std::string_view timestamp_text;
    std::vector<std::string_view> signatures;
};

Header read(std::string_view text) {
    Header header;
    for (std::size_t part = 0; !text.empty() && part < max_parts; ++part) {
        const auto end = std::min(text.find(','), text.size());
        const auto item = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (item.starts_with("v1=")) header.signatures.push_back(item.substr(3));
        if (!item.starts_with("t=") || header.timestamp) continue;
        header.timestamp_text = item.substr(2);
        std::int64_t seconds = 0;
        const auto* last = header.timestamp_text.data() + header.timestamp_text.size();
        const auto [at, error] = std::from_chars(header.timestamp_text.data(), last, seconds);
        if (error == std::errc{} && at == last && seconds >= 0) header.timestamp = seconds;
    }
    return header;
}

// Takes as long wherever they differ.
bool same(std::string_view one, std::string_view other) {
    return one.size() == other.size() && CRYPTO_memcmp(one.data(), other.data(), one.size()) == 0;
}

}  // namespace

std::string hmac(std::string_view secret, std::string_view text) {
    app::Hash hash{};
    unsigned size = hash.size();
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    if (!HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()), bytes, text.size(), hash.data(), &size))
        throw std::runtime_error("OpenSSL could not compute a signature");
    return app::hex(hash);
}

std::optional<app::WebhookRefusal> check_signature(std::string_view header, std::string_view body,
                                                   const std::vector<std::string>& secrets, Instant now) {
    if (header.empty()) return app::WebhookRefusal::not_signed;
    const auto read_header = read(header);
    if (!read_header.timestamp || read_header.signatures.empty()) return app::WebhookRefusal::not_signed;
    const auto signed_text = std::string(read_header.timestamp_text) + "." + std::string(body);
    bool is_good = false;
    for (const auto& secret : secrets) {
        const auto expected = hmac(secret, signed_text);
        for (const auto signature : read_header.signatures) is_good = same(signature, expected) || is_good;
    }
    if (!is_good) return app::WebhookRefusal::signature_wrong;
    const auto seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    if (seconds - *read_header.timestamp > tolerance_seconds) return app::WebhookRefusal::too_old;
    return std::nullopt;
}

}  // namespace sluice::connect::stripe
