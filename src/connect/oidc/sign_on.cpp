#include "connect/oidc/sign_on.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>

#include "app/ports/hasher.hpp"
#include "connect/oidc/base64url.hpp"
#include "connect/oidc/id_token.hpp"
#include "connect/oidc/provider_documents.hpp"

namespace sluice::connect {
namespace {

using namespace oidc;

constexpr std::chrono::hours remembered{1};
constexpr std::chrono::minutes between_key_requests{1};
constexpr std::chrono::seconds after_a_failure{10};
constexpr long longest_answer_s = 10;
constexpr std::size_t most_bytes = 512 * 1024;

using Headers = std::vector<std::pair<std::string, std::string>>;

std::string challenge_of(std::string_view verifier) {
    app::Hash hash{};
    unsigned size = 0;
    if (EVP_Digest(verifier.data(), verifier.size(), hash.data(), &size, EVP_sha256(), nullptr) != 1)
        throw app::SignOnFailed("OpenSSL could not compute a hash");
    return base64url({reinterpret_cast<const char*>(hash.data()), size});
}

std::string base64(const std::string& text) {
    auto encoded = base64url(text);
    std::replace(encoded.begin(), encoded.end(), '-', '+');
    std::replace(encoded.begin(), encoded.end(), '_', '/');
    encoded.append((4 - encoded.size() % 4) % 4, '=');
    return encoded;
}

// A clock may be set back: what was done at a time that has not come yet was not done a moment ago.
bool is_less_than(std::chrono::seconds long_ago, Instant time, Instant now) {
    return std::chrono::abs(now - time) < long_ago;
}

// What a provider publishes. Whoever needs it while it is asked for waits for the one answer.
struct Known {
    std::mutex mutex;
    std::optional<Endpoints> endpoints = {};
    std::vector<Key> keys = {};
    Instant read_at{};
    Instant keys_read_at{};
    Instant failed_at{};
};

class OidcSignOn final : public app::SignOn {
public:
    explicit OidcSignOn(std::function<std::unique_ptr<app::HttpClient>()> http_client)
        : http_client_(std::move(http_client)) {}

    std::string address_of(const app::SignOnClient& client, const app::SignOnTrip& trip, Instant now) override {
        const auto address = endpoints_of(client.issuer, now).authorization;
        return address + (address.find('?') == std::string::npos ? "?" : "&") +
               "response_type=code&scope=" + encoded("openid email") + "&client_id=" + encoded(client.client_id) +
               "&redirect_uri=" + encoded(trip.redirect_uri) + "&state=" + encoded(trip.state) +
               "&nonce=" + encoded(trip.nonce) + "&code_challenge=" + challenge_of(trip.code_verifier) +
               "&code_challenge_method=S256";
    }

    app::SignedOn redeem(const app::SignOnClient& client, const app::SignOnTrip& trip, const std::string& code,
                         Instant now) override {
        const auto endpoints = endpoints_of(client.issuer, now);
        const auto tokens = read_tokens(redeem_at(endpoints, client, trip, code));
        auto who = believed(tokens.id_token, client, trip, now);
        // What a scope asks for, many tell beside the token alone (Core 5.4).
        if (!who.email.empty() || endpoints.user_info.empty() || tokens.access_token.empty()) return who;
        return with_user_info(std::move(who), ask({.method = "GET",
                                                   .url = endpoints.user_info,
                                                   .headers = {{"Authorization", "Bearer " + tokens.access_token}}}));
    }

private:
    std::string ask(app::HttpRequest request) const {
        request.headers.emplace_back("Accept", "application/json");
        request.longest_seconds = longest_answer_s;
        request.most_bytes = most_bytes;
        try {
            const auto reply = http_client_()->send(request);
            if (reply.status == 200) return reply.body;
            const auto error = error_in(reply.body);
            throw app::SignOnFailed(request.url + " answered " + std::to_string(reply.status) +
                                    (error.empty() ? "" : ": " + error));
        } catch (const app::HttpFailure& failure) {
            throw app::SignOnFailed(request.url + ": " + failure.what());
        }
    }

    std::string redeem_at(const Endpoints& endpoints, const app::SignOnClient& client, const app::SignOnTrip& trip,
                          const std::string& code) const {
        app::HttpRequest request{.method = "POST", .url = endpoints.token, .only_once = true};
        request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
        request.body = "grant_type=authorization_code&code=" + encoded(code) +
                       "&redirect_uri=" + encoded(trip.redirect_uri) + "&code_verifier=" + encoded(trip.code_verifier);
        if (endpoints.secret_in_body)
            request.body +=
                "&client_id=" + encoded(client.client_id) + "&client_secret=" + encoded(client.client_secret);
        else
            request.headers.emplace_back(
                "Authorization", "Basic " + base64(encoded(client.client_id) + ":" + encoded(client.client_secret)));
        return ask(std::move(request));
    }

    app::SignedOn believed(const std::string& token, const app::SignOnClient& client, const app::SignOnTrip& trip,
                           Instant now) {
        const Expected expected{client.issuer, client.client_id, trip.nonce, now};
        auto read = read_id_token(token, keys_of(client.issuer, false, now), expected);
        if (!read && read.refusal() == IdTokenRefusal::unknown_key)
            read = read_id_token(token, keys_of(client.issuer, true, now), expected);
        if (!read) throw app::SignOnFailed(std::string(sentence_of(read.refusal())));
        return *read;
    }

    std::shared_ptr<Known> known(const std::string& issuer) {
        const std::lock_guard lock(mutex_);
        auto& known = known_[issuer];
        if (!known) known = std::make_shared<Known>();
        return known;
    }

    // What `read` gives; when it was in vain, for a while nobody tries again.
    template <typename Read>
    static void guarded(Known& known, Instant now, Read read) {
        if (is_less_than(after_a_failure, known.failed_at, now))
            throw app::SignOnFailed("the provider did not answer a moment ago; it is asked again in a few seconds");
        try {
            read();
        } catch (const app::SignOnFailed&) {
            known.failed_at = now;
            throw;
        }
    }

    void read_endpoints(Known& known, const std::string& issuer, Instant now) const {
        if (known.endpoints && is_less_than(remembered, known.read_at, now)) return;
        guarded(known, now, [&] {
            if (!may_be_asked(issuer, issuer))
                throw app::SignOnFailed("the issuer is no address that may be asked; it begins with https://");
            const auto base = issuer.ends_with('/') ? issuer.substr(0, issuer.size() - 1) : issuer;
            known.endpoints =
                read_discovery(ask({.method = "GET", .url = base + "/.well-known/openid-configuration"}), issuer);
            known.read_at = now;
        });
    }

    Endpoints endpoints_of(const std::string& issuer, Instant now) {
        const auto known = this->known(issuer);
        const std::lock_guard lock(known->mutex);
        read_endpoints(*known, issuer, now);
        return *known->endpoints;
    }

    std::vector<Key> keys_of(const std::string& issuer, bool again, Instant now) {
        const auto known = this->known(issuer);
        const std::lock_guard lock(known->mutex);
        if (is_less_than(again ? between_key_requests : remembered, known->keys_read_at, now)) return known->keys;
        read_endpoints(*known, issuer, now);
        guarded(*known, now, [&] {
            auto keys = read_key_set(ask({.method = "GET", .url = known->endpoints->keys}));
            if (!keys) throw app::SignOnFailed("what is at " + known->endpoints->keys + " is no key set");
            known->keys = std::move(*keys);
            known->keys_read_at = now;
        });
        return known->keys;
    }

    std::function<std::unique_ptr<app::HttpClient>()> http_client_;
    std::mutex mutex_;
    std::map<std::string, std::shared_ptr<Known>> known_;  // by issuer
};

}  // namespace

std::shared_ptr<app::SignOn> sign_on(std::function<std::unique_ptr<app::HttpClient>()> http_client) {
    return std::make_shared<OidcSignOn>(std::move(http_client));
}

}  // namespace sluice::connect
