#include "connect/oidc/sign_on.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#include "support/signed_tokens.hpp"

namespace sluice::connect {
namespace {

using namespace std::chrono_literals;
using namespace support;

const std::string issuer = "https://id.example";
const std::string at_discovery = issuer + "/.well-known/openid-configuration";
const std::string at_keys = issuer + "/keys";
const std::string at_token = issuer + "/token";
const std::string at_user_info = issuer + "/me";

using Answer = std::function<app::HttpReply()>;
Answer answer(int status, const std::string& body = "") {
    return [=] { return app::HttpReply{status, body}; };
}
Answer no_answer(const std::string& why) {
    return [=]() -> app::HttpReply { throw app::HttpFailure(why); };
}

// What a provider says at each of its addresses, and what it was asked.
struct PlayedProvider {
    std::map<std::string, Answer> answers;
    std::vector<app::HttpRequest> asked;
    std::mutex mutex;

    int times(const std::string& url) {
        return static_cast<int>(
            std::count_if(asked.begin(), asked.end(), [&](const auto& each) { return each.url == url; }));
    }
};

class PlayedClient final : public app::HttpClient {
public:
    explicit PlayedClient(PlayedProvider& provider) : provider_(provider) {}
    app::HttpReply send(const app::HttpRequest& request) override {
        const std::lock_guard lock(provider_.mutex);
        provider_.asked.push_back(request);
        const auto found = provider_.answers.find(request.url);
        if (found == provider_.answers.end()) return {404, "there is nothing at " + request.url};
        auto reply = found->second();
        if (request.most_bytes > 0 && reply.body.size() > request.most_bytes) reply.body.resize(request.most_bytes);
        return reply;
    }

private:
    PlayedProvider& provider_;
};

std::string member(const std::string& name, const std::string& text) { return '"' + name + "\":\"" + text + '"'; }

// With others instead of or beside its members: the last of two members of one name counts.
std::string discovery(const std::string& other = "") {
    return '{' + member("issuer", issuer) + ',' + member("authorization_endpoint", issuer + "/authorize") + ',' +
           member("token_endpoint", at_token) + ',' + member("jwks_uri", at_keys) + (other.empty() ? "" : ',' + other) +
           '}';
}
std::string key_set(const std::string& jwks) { return "{\"keys\":[" + jwks + "]}"; }
std::string tokens(const std::string& id_token, const std::string& access_token = "at-1") {
    return '{' + member("id_token", id_token) + ',' + member("access_token", access_token) + '}';
}

class OidcClient : public testing::Test {
protected:
    OidcClient() {
        publish(discovery());
        publish_keys(rsa_jwk("one"));
        give(id_token());
    }

    void publish(const std::string& document) { provider.answers[at_discovery] = answer(200, document); }
    void publish_keys(const std::string& jwks) { provider.answers[at_keys] = answer(200, key_set(jwks)); }
    void give(const std::string& token) { provider.answers[at_token] = answer(200, tokens(token)); }

    std::string id_token(const std::string& header = R"({"alg":"RS256","kid":"one"})", const std::string& other = "",
                         EVP_PKEY* pair = rsa()) const {
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
        return token(header,
                     '{' + member("iss", issuer) + ',' + member("sub", "ann-1") + ',' + member("aud", "sluice") + ',' +
                         member("nonce", "n-1") + ',' + member("email", "ann@x.example") +
                         R"(,"email_verified":true,"iat":)" + std::to_string(seconds) + R"(,"exp":)" +
                         std::to_string(seconds + 300) + (other.empty() ? "" : ',' + other) + '}',
                     pair);
    }
    void later(std::chrono::seconds by) {
        now += by;
        give(id_token());
    }

    app::SignedOn redeem(const std::string& code = "code-1") { return sign_on->redeem(client, trip, code, now); }
    // Why nobody is signed on; nothing when somebody is.
    std::string failure() {
        try {
            redeem();
        } catch (const app::SignOnFailed& failed) {
            return failed.what();
        }
        return {};
    }
    // Why nobody can be sent to the provider.
    std::string failure_on_the_way() {
        try {
            sign_on->address_of(client, trip, now);
        } catch (const app::SignOnFailed& failed) {
            return failed.what();
        }
        return {};
    }

    app::SignOnClient client{issuer, "sluice", "s3cret"};
    app::SignOnTrip trip{.redirect_uri = "https://billing.example/api/v1/oidc/work/callback",
                         .state = "s-1",
                         .nonce = "n-1",
                         // RFC 7636, appendix B.
                         .code_verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"};
    Instant now{1'800'000'000s};
    PlayedProvider provider;
    std::shared_ptr<app::SignOn> sign_on =
        connect::sign_on([this] { return std::make_unique<PlayedClient>(provider); });
};

const std::string asked_a_moment_ago = "the provider did not answer a moment ago; it is asked again in a few seconds";

TEST_F(OidcClient, SendsPeopleWhereTheProviderSays) {
    const std::string query =
        "response_type=code&scope=openid%20email&client_id=sluice&redirect_uri=https%3A%2F%2Fbilling.example%2Fapi%2F"
        "v1%2Foidc%2Fwork%2Fcallback&state=s-1&nonce=n-1&"
        "code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256";
    EXPECT_EQ(sign_on->address_of(client, trip, now), issuer + "/authorize?" + query);
    publish(discovery(member("authorization_endpoint", issuer + "/go?tenant=7")));
    now += 2h;
    EXPECT_EQ(sign_on->address_of(client, trip, now), issuer + "/go?tenant=7&" + query);
}

TEST_F(OidcClient, RedeemsACodeForWhoItIs) {
    const auto who = redeem("c/1");
    EXPECT_EQ(who.subject, "ann-1");
    EXPECT_EQ(who.email, "ann@x.example");
    EXPECT_TRUE(who.email_verified);
    const auto request = *std::find_if(provider.asked.begin(), provider.asked.end(),
                                       [](const auto& each) { return each.url == at_token; });
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.body,
              "grant_type=authorization_code&code=c%2F1&redirect_uri=https%3A%2F%2Fbilling.example%2Fapi%2Fv1%2Foidc%2F"
              "work%2Fcallback&code_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    EXPECT_TRUE(request.only_once) << "a code is good for one time";
    EXPECT_EQ(request.headers[1], std::pair(std::string("Authorization"), std::string("Basic c2x1aWNlOnMzY3JldA==")));
    for (const auto& each : provider.asked) {
        EXPECT_EQ(each.longest_seconds, 10) << each.url;
        EXPECT_EQ(each.most_bytes, 512u * 1024) << each.url;
    }
}

TEST_F(OidcClient, PutsTheSecretIntoTheBodyOfAProviderThatTakesItThereAlone) {
    publish(discovery(R"("token_endpoint_auth_methods_supported":["client_secret_post"])"));
    client.client_secret = "s&3";
    redeem();
    EXPECT_NE(provider.asked[1].body.find("&client_id=sluice&client_secret=s%263"), std::string::npos);
    for (const auto& [name, value] : provider.asked[1].headers) EXPECT_NE(name, "Authorization") << value;
}

// ---- the discovery document

TEST_F(OidcClient, DoesNotBelieveTheDocumentOfAnotherIssuer) {
    publish(discovery(member("issuer", "https://evil.example")));
    EXPECT_EQ(failure_on_the_way(), "the discovery document is of another issuer: https://evil.example");
    now += 10s;
    publish(discovery(member("issuer", issuer + '/')));
    EXPECT_EQ(failure_on_the_way(), "the discovery document is of another issuer: https://id.example/");
    EXPECT_EQ(provider.times(at_token), 0);
}

TEST_F(OidcClient, FindsTheDocumentOfAnIssuerWithASlash) {
    client.issuer = issuer + "/realm/";
    provider.answers[issuer + "/realm/.well-known/openid-configuration"] =
        answer(200, discovery(member("issuer", client.issuer)));
    EXPECT_EQ(failure_on_the_way(), "");
}

TEST_F(OidcClient, AsksNothingOfADocumentWithoutEndpoints) {
    for (const auto* name : {"authorization_endpoint", "token_endpoint", "jwks_uri"}) {
        for (const std::string value :
             {"null", "7", "\"\"", "\"/token\"", "\"https://\"", "\"http://id.example/token\"",
              "\"https://id.example@evil.example/\"", "\"https://id.example/ token\"",
              "\"https://id.example/token#here\"", "\"ftp://id.example/token\"", "\"http://127.0.0.1/token\""}) {
            publish(discovery('"' + std::string(name) + "\":" + value));
            EXPECT_EQ(failure_on_the_way(), "the provider's " + std::string(name) + " is no address that may be asked")
                << value;
            now += 10s;
        }
    }
    publish('{' + member("issuer", issuer) + '}');
    EXPECT_EQ(failure_on_the_way(), "the provider's authorization_endpoint is no address that may be asked");
}

TEST_F(OidcClient, TakesNoDocumentThatIsNoJsonOrTooLong) {
    for (const auto* text : {"", "<html>", "[]", "null", R"({"issuer":"https://id.example")", "{} {}"}) {
        publish(text);
        EXPECT_EQ(failure_on_the_way(), "the provider's discovery document is no JSON object") << text;
        now += 10s;
    }
    publish(discovery(member("more", std::string(600 * 1024, 'x'))));
    EXPECT_EQ(failure_on_the_way(), "the provider's discovery document is no JSON object") << "the rest is cut off";
    now += 10s;
    publish(discovery("\"deep\":" + std::string(5'000, '[') + std::string(5'000, ']')));
    EXPECT_EQ(failure_on_the_way(), "the provider's discovery document is no JSON object") << "too deep";
}

TEST_F(OidcClient, FollowsNoRedirection) {
    for (const int status : {301, 302, 307, 204, 404, 500}) {
        provider.answers[at_discovery] = answer(status, discovery());
        EXPECT_EQ(failure_on_the_way(), at_discovery + " answered " + std::to_string(status));
        now += 10s;
    }
}

TEST_F(OidcClient, AsksNoIssuerThatIsNotOverHttps) {
    for (const auto* other : {"http://id.example", "file:///etc/passwd", "id.example", "http://127.0.0.1.evil.example",
                              "http://localhost:80a", "https://ann@id.example", ""}) {
        client.issuer = other;
        EXPECT_EQ(failure_on_the_way(), "the issuer is no address that may be asked; it begins with https://") << other;
    }
    EXPECT_TRUE(provider.asked.empty());
}

// ---- what is remembered, and the pauses

TEST_F(OidcClient, RemembersForAnHourWhatIsPublished) {
    redeem();
    later(59min + 59s);
    redeem();
    EXPECT_EQ(provider.times(at_discovery), 1);
    EXPECT_EQ(provider.times(at_keys), 1);
    later(1s);
    redeem();
    EXPECT_EQ(provider.times(at_discovery), 2);
    EXPECT_EQ(provider.times(at_keys), 2);
}

TEST_F(OidcClient, RemembersEachIssuerByItself) {
    redeem();
    const app::SignOnClient other{"https://other.example", "sluice", "s3cret"};
    EXPECT_THROW(sign_on->address_of(other, trip, now), app::SignOnFailed);
    EXPECT_EQ(failure(), "") << "the one that answers is not held up by the one that does not";
}

TEST_F(OidcClient, KeepsNoKeyBeyondItsHourWhenTheProviderIsSilent) {
    redeem();
    later(1h);
    provider.answers[at_keys] = no_answer("timed out");
    EXPECT_EQ(failure(), at_keys + ": timed out");
}

TEST_F(OidcClient, WaitsAfterAFailureBeforeItAsksAgain) {
    provider.answers[at_discovery] = no_answer("could not resolve host");
    EXPECT_EQ(failure_on_the_way(), at_discovery + ": could not resolve host");
    publish(discovery());
    now += 9s;
    EXPECT_EQ(failure_on_the_way(), asked_a_moment_ago);
    EXPECT_EQ(failure(), asked_a_moment_ago);
    EXPECT_EQ(provider.times(at_discovery), 1);
    now += 1s;
    EXPECT_EQ(failure_on_the_way(), "");
    EXPECT_EQ(provider.times(at_discovery), 2);
}

TEST_F(OidcClient, WaitsForKeysAfterAFailureToo) {
    provider.answers[at_keys] = answer(503);
    EXPECT_EQ(failure(), at_keys + " answered 503");
    EXPECT_EQ(failure(), asked_a_moment_ago);
    publish_keys(rsa_jwk("one"));
    later(10s);
    EXPECT_EQ(failure(), "");
    EXPECT_EQ(provider.times(at_keys), 2);
    EXPECT_EQ(provider.times(at_discovery), 1);
}

TEST_F(OidcClient, IsNotHeldUpByAClockThatHasBeenSetBack) {
    redeem();
    later(-24h);
    redeem();
    EXPECT_EQ(provider.times(at_discovery), 2) << "nobody knows how old that is";
    EXPECT_EQ(provider.times(at_keys), 2);
    now += 1h;
    provider.answers[at_discovery] = answer(500);
    EXPECT_EQ(failure(), at_discovery + " answered 500");
    publish(discovery());
    later(-24h);
    EXPECT_EQ(failure(), "") << "the pause is no day";
}

TEST_F(OidcClient, AsksOnceForManyWhoComeTogether) {
    std::vector<std::thread> people;
    for (int i = 0; i < 8; ++i) people.emplace_back([this] { redeem(); });
    for (auto& each : people) each.join();
    EXPECT_EQ(provider.times(at_discovery), 1);
    EXPECT_EQ(provider.times(at_keys), 1);
    EXPECT_EQ(provider.times(at_token), 8);
}

// ---- keys

TEST_F(OidcClient, FetchesTheKeysAgainWhenATokenNamesANewOne) {
    redeem();
    const Pair fresh(EVP_RSA_gen(2048));
    publish_keys(rsa_jwk("one") + ',' + rsa_jwk("two", fresh.get()));
    later(1min);
    give(id_token(R"({"alg":"RS256","kid":"two"})", "", fresh.get()));
    EXPECT_EQ(failure(), "");
    EXPECT_EQ(provider.times(at_keys), 2);
    EXPECT_EQ(failure(), "");
    give(id_token());
    EXPECT_EQ(failure(), "") << "the old one is published still";
    EXPECT_EQ(provider.times(at_keys), 2);
    EXPECT_EQ(provider.times(at_discovery), 1);
}

TEST_F(OidcClient, FetchesTheKeysForAnUnknownOneOnceAMinuteAlone) {
    redeem();
    const auto unknown = "the ID token is signed with a key that the provider does not publish";
    later(59s);
    give(id_token(R"({"alg":"RS256","kid":"two"})"));
    EXPECT_EQ(failure(), unknown);
    EXPECT_EQ(provider.times(at_keys), 1) << "they are not a minute old";
    later(1s);
    give(id_token(R"({"alg":"RS256","kid":"two"})"));
    EXPECT_EQ(failure(), unknown);
    EXPECT_EQ(failure(), unknown);
    EXPECT_EQ(provider.times(at_keys), 2);
    later(1min);
    give(id_token(R"({"alg":"RS256","kid":"two"})"));
    EXPECT_EQ(failure(), unknown);
    EXPECT_EQ(provider.times(at_keys), 3);
}

TEST_F(OidcClient, DoesNotTakeAKeyThatIsPublishedNoMore) {
    redeem();
    const Pair fresh(EVP_RSA_gen(2048));
    publish_keys(rsa_jwk("two", fresh.get()));
    later(1h);
    EXPECT_EQ(failure(), "the ID token is signed with a key that the provider does not publish");
}

TEST_F(OidcClient, AWrongSignatureIsNoReasonToFetchKeys) {
    redeem();
    const Pair other(EVP_RSA_gen(2048));
    later(30min);
    give(id_token(R"({"alg":"RS256","kid":"one"})", "", other.get()));
    EXPECT_EQ(failure(), "the ID token's signature is wrong");
    EXPECT_EQ(provider.times(at_keys), 1);
}

TEST_F(OidcClient, TakesATokenWithoutANameOfItsKeyWhenThereIsNoChoice) {
    give(id_token(R"({"alg":"RS256"})"));
    publish_keys(rsa_jwk("") + ',' + ec_jwk(""));
    EXPECT_EQ(failure(), "") << "one of each kind";
    later(1h);
    const Pair other(EVP_RSA_gen(2048));
    publish_keys(rsa_jwk("") + ',' + rsa_jwk("", other.get()));
    give(id_token(R"({"alg":"RS256"})"));
    EXPECT_EQ(failure(), "the ID token is signed with a key that the provider does not publish") << "two of a kind";
}

TEST_F(OidcClient, TakesNoKeySetThatIsNone) {
    for (const auto* text : {"", "<html>", "[]", R"({"keys":7})"}) {
        provider.answers[at_keys] = answer(200, text);
        EXPECT_EQ(failure(), "what is at " + at_keys + " is no key set") << text;
        later(10s);
    }
    provider.answers[at_keys] = answer(200, key_set(rsa_jwk("one") + ",\"" + std::string(600 * 1024, 'x') + '"'));
    EXPECT_EQ(failure(), "what is at " + at_keys + " is no key set") << "the rest is cut off";
}

TEST_F(OidcClient, ClocksMayDifferByAMinute) {
    const auto token = id_token();
    give(token);
    now -= 60s;
    EXPECT_EQ(failure(), "");
    now -= 1s;
    EXPECT_EQ(failure(), "the ID token was issued in the future or too long ago; are the clocks right?");
    now += 61s + 359s;
    EXPECT_EQ(failure(), "");
    now += 1s;
    EXPECT_EQ(failure(), "the ID token has expired");
}

// ---- the answer to the code

TEST_F(OidcClient, TellsWhyACodeWasRefused) {
    provider.answers[at_token] = answer(400, R"({"error":"invalid_grant","error_description":"used before"})");
    EXPECT_EQ(failure(), at_token + " answered 400: invalid_grant");
    provider.answers[at_token] = answer(200, R"({"error":"bad_verification_code"})");
    EXPECT_EQ(failure(), "the provider gave no ID token: bad_verification_code");
    provider.answers[at_token] = answer(401, "{\"error\":\"invalid_client\\r\\n\"}");
    EXPECT_EQ(failure(), at_token + " answered 401") << "RFC 6749 has no such error";
    provider.answers[at_token] = answer(401, "{\"error\":\"" + std::string(101, 'x') + "\"}");
    EXPECT_EQ(failure(), at_token + " answered 401") << "too long for a log";
    provider.answers[at_token] = answer(500, "<html>");
    EXPECT_EQ(failure(), at_token + " answered 500");
    provider.answers[at_token] = answer(302);
    EXPECT_EQ(failure(), at_token + " answered 302") << "a code and a secret are sent nowhere else";
}

TEST_F(OidcClient, WantsAnIdToken) {
    for (const auto* text : {"{}", R"({"access_token":"at-1"})", R"({"id_token":null})", R"({"id_token":""})"}) {
        provider.answers[at_token] = answer(200, text);
        EXPECT_EQ(failure(), "the provider gave no ID token") << text;
    }
    for (const auto* text : {"", "id_token=x", "[]"}) {
        provider.answers[at_token] = answer(200, text);
        EXPECT_EQ(failure(), "the provider's answer to the code is no JSON object") << text;
    }
}

TEST_F(OidcClient, ACodeThatFailsHoldsUpNobodyElse) {
    provider.answers[at_token] = no_answer("timed out after 10 s");
    EXPECT_EQ(failure(), at_token + ": timed out after 10 s");
    EXPECT_EQ(provider.times(at_token), 1) << "a code is not sent twice";
    give(id_token());
    EXPECT_EQ(failure(), "");
}

// ---- user information

class UserInformation : public OidcClient {
protected:
    UserInformation() {
        publish(discovery(member("userinfo_endpoint", at_user_info)));
        give(id_token(R"({"alg":"RS256","kid":"one"})", R"("email":"","email_verified":true)"));
    }
};

TEST_F(UserInformation, TellsTheAddressThatTheTokenDoesNot) {
    provider.answers[at_user_info] = answer(200, R"({"sub":"ann-1","email":"ann@y.example","email_verified":true})");
    const auto who = redeem();
    EXPECT_EQ(who.email, "ann@y.example");
    EXPECT_TRUE(who.email_verified);
    EXPECT_EQ(provider.asked.back().headers[0], std::pair(std::string("Authorization"), std::string("Bearer at-1")));
    provider.answers[at_user_info] = answer(200, R"({"sub":"ann-1"})");
    EXPECT_EQ(redeem().email, "");
    EXPECT_FALSE(redeem().email_verified) << "of no address";
}

TEST_F(UserInformation, IsNotAskedWhenTheTokenTellsTheAddress) {
    give(id_token());
    EXPECT_EQ(redeem().email, "ann@x.example");
    EXPECT_EQ(provider.times(at_user_info), 0);
}

TEST_F(UserInformation, OfSomebodyElseIsNotBelieved) {
    for (const auto* text : {R"({"sub":"bob-1","email":"ann@x.example","email_verified":true})", "{}"}) {
        provider.answers[at_user_info] = answer(200, text);
        EXPECT_EQ(failure(), "the provider's user information is about somebody else") << text;
    }
    provider.answers[at_user_info] = answer(403);
    EXPECT_EQ(failure(), at_user_info + " answered 403");
    provider.answers[at_user_info] = answer(200, "eyJ.signed.jwt");
    EXPECT_EQ(failure(), "the provider's user information is no JSON object");
}

TEST_F(UserInformation, IsNotAskedWithoutAGoodAccessToken) {
    const auto token = id_token(R"({"alg":"RS256","kid":"one"})", R"("email":"")");
    provider.answers[at_token] = answer(200, '{' + member("id_token", token) + '}');
    const auto who = redeem();
    EXPECT_EQ(who.subject, "ann-1") << "who is linked already needs no address";
    EXPECT_EQ(who.email, "");
    EXPECT_EQ(provider.times(at_user_info), 0);
    provider.answers[at_token] = answer(200, tokens(token, R"(at\r\nCookie: x)"));
    EXPECT_EQ(failure(), "the provider's access token cannot be sent in a header");
    EXPECT_EQ(provider.times(at_user_info), 0);
}

}  // namespace
}  // namespace sluice::connect
