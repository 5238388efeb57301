#include "connect/oidc/id_token.hpp"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/x509.h>

#include <vector>

#include "connect/oidc/base64url.hpp"
#include "support/signed_tokens.hpp"

namespace sluice::connect::oidc {
namespace {

using enum IdTokenRefusal;
using namespace support;

constexpr std::int64_t now_s = 1'800'000'000;

std::vector<Key> keys_in(const std::string& jwks) {
    const auto keys = read_key_set("{\"keys\":[" + jwks + "]}");
    EXPECT_TRUE(keys.has_value());
    return keys.value_or(std::vector<Key>{});
}

const std::string rs256 = R"({"alg":"RS256","typ":"JWT","kid":"one"})";

// Good claims, with others instead of or beside them: the last of two members of one name counts.
std::string claims(const std::string& other = "") {
    return R"({"iss":"https://id.example","sub":"ann-1","aud":"sluice","nonce":"n-1","email":"ann@x.example",)"
           R"("email_verified":true,"iat":)" +
           std::to_string(now_s - 5) + R"(,"exp":)" + std::to_string(now_s + 300) + (other.empty() ? "" : "," + other) +
           '}';
}

const Expected expected{"https://id.example", "sluice", "n-1", Instant{std::chrono::seconds{now_s}}};

std::optional<IdTokenRefusal> refusal(const std::string& text, const std::string& jwks = rsa_jwk("one")) {
    const auto read = read_id_token(text, keys_in(jwks), expected);
    return read ? std::nullopt : std::optional(read.refusal());
}
std::optional<IdTokenRefusal> refusal_of_claims(const std::string& other) {
    return refusal(token(rs256, claims(other), rsa()));
}

TEST(IdToken, TellsWhoItIs) {
    const auto read = read_id_token(token(rs256, claims(), rsa()), keys_in(rsa_jwk("one")), expected);
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(read->subject, "ann-1");
    EXPECT_EQ(read->email, "ann@x.example");
    EXPECT_TRUE(read->email_verified);
}

TEST(IdToken, MayBeSignedWithAnEllipticCurve) {
    const auto text = token(R"({"alg":"ES256","kid":"e"})", claims(), ec());
    EXPECT_EQ(refusal(text, rsa_jwk("one") + "," + ec_jwk("e")), std::nullopt);
}

TEST(IdToken, OfAnotherKeyIsRefused) {
    const Pair other(EVP_RSA_gen(2048));
    EXPECT_EQ(refusal(token(rs256, claims(), other.get())), wrong_signature);
    EXPECT_EQ(refusal(token(R"({"alg":"ES256","kid":"e"})", claims(), ec()), rsa_jwk("e")), unknown_key);
}

TEST(IdToken, WhoseSignatureOrTextWasChangedIsRefused) {
    const auto good = token(rs256, claims(), rsa());
    const auto at = good.find('.') + 1;
    auto changed = good;
    changed.replace(at, good.rfind('.') - at, base64url(claims(R"("sub":"bob-1")")));
    EXPECT_EQ(refusal(changed), wrong_signature);
    EXPECT_EQ(refusal(good.substr(0, good.rfind('.') + 1)), wrong_signature) << "without a signature";
    auto other_padding = good;
    other_padding.back() = other_padding.back() == 'A' ? 'B' : 'A';
    EXPECT_NE(refusal(other_padding), std::nullopt) << "bits behind the last byte";
    const auto text = token(R"({"alg":"ES256","kid":"e"})", claims(), ec());
    const auto zeros = text.substr(0, text.rfind('.') + 1) + base64url(std::string(64, '\0'));
    EXPECT_EQ(refusal(zeros, ec_jwk("e")), wrong_signature) << "the signature of zeros, which some have taken";
}

TEST(IdToken, WithoutAnAlgorithmIsRefused) {
    for (const std::string name : {"none", "None", "NONE", "nOnE", "", "RS512", "PS256", "ES384", "HS256", "rs256"}) {
        const auto header = R"({"alg":")" + name + R"(","kid":"one"})";
        EXPECT_EQ(refusal(base64url(header) + "." + base64url(claims()) + "."), algorithm_not_allowed) << name;
        EXPECT_EQ(refusal(token(header, claims(), rsa())), algorithm_not_allowed) << name;
    }
    EXPECT_EQ(refusal(token(R"({"kid":"one"})", claims(), rsa())), algorithm_not_allowed);
    EXPECT_EQ(refusal(token(R"({"alg":["RS256"],"kid":"one"})", claims(), rsa())), algorithm_not_allowed);
}

// The public key, which everybody has, is taken for the secret of an HMAC.
TEST(IdToken, ByThePublicKeyAsASecretIsRefused) {
    unsigned char* bytes = nullptr;
    const auto size = i2d_PUBKEY(rsa(), &bytes);
    const std::string secret(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
    OPENSSL_free(bytes);
    for (const std::string name : {"HS256", "RS256"}) {
        const auto text = base64url(R"({"alg":")" + name + R"(","kid":"one"})") + "." + base64url(claims());
        std::string hash(32, '\0');
        HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
             reinterpret_cast<const unsigned char*>(text.data()), text.size(),
             reinterpret_cast<unsigned char*>(hash.data()), nullptr);
        EXPECT_NE(refusal(text + "." + base64url(hash)), std::nullopt) << name;
    }
    EXPECT_TRUE(keys_in(R"({"kty":"oct","kid":"one","k":"c2VjcmV0"})").empty()) << "a secret key is none of a provider";
}

TEST(IdToken, IsNotFoundAKeyByWhatItBringsAlong) {
    const Pair other(EVP_RSA_gen(2048));
    const auto header = R"({"alg":"RS256","jku":"https://evil.example","jwk":)" + rsa_jwk("x", other.get()) + "}";
    EXPECT_EQ(refusal(token(header, claims(), other.get())), wrong_signature);
}

TEST(IdToken, WantsTheKeyThatItNames) {
    EXPECT_EQ(refusal(token(rs256, claims(), rsa()), rsa_jwk("two")), unknown_key) << "the set may be an old one";
    EXPECT_EQ(refusal(token(R"({"alg":"RS256"})", claims(), rsa()), rsa_jwk("two")), std::nullopt) << "the only one";
    EXPECT_EQ(refusal(token(R"({"alg":"RS256"})", claims(), rsa()), rsa_jwk("two") + "," + rsa_jwk("three")),
              unknown_key)
        << "there is a choice";
    EXPECT_EQ(refusal(token(rs256, claims(), rsa()), rsa_jwk("one", rsa(), R"(,"use":"enc")")), unknown_key);
    EXPECT_EQ(refusal(token(rs256, claims(), rsa()), rsa_jwk("one", rsa(), R"(,"alg":"RS512")")), unknown_key);
    const Pair small(EVP_RSA_gen(1024));
    EXPECT_EQ(refusal(token(rs256, claims(), small.get()), rsa_jwk("one", small.get())), unknown_key) << "too small";
}

TEST(IdToken, OfSomethingElseIsRefused) {
    EXPECT_EQ(refusal(token(R"({"alg":"RS256","kid":"one","typ":"at+jwt"})", claims(), rsa())), no_token);
    EXPECT_EQ(refusal(token(R"({"alg":"RS256","kid":"one","crit":["exp"]})", claims(), rsa())), no_token);
    EXPECT_EQ(refusal(token(R"({"alg":"RS256","kid":1})", claims(), rsa())), no_token);
    for (const std::string text : {"", ".", "..", "a.b.c", "e30.e30.", "e30.e30.e30.e30", "e30=.e30.", "W10.e30.e30"})
        EXPECT_NE(refusal(text), std::nullopt) << text;
    EXPECT_EQ(refusal(token(rs256, "[]", rsa())), no_claims);
    EXPECT_EQ(refusal(std::string(100'000, 'A') + ".e30.e30"), no_token) << "too long";
}

TEST(IdToken, OfAnotherIssuerIsRefused) {
    EXPECT_EQ(refusal_of_claims(R"("iss":"https://id.example/")"), wrong_issuer);
    EXPECT_EQ(refusal_of_claims(R"("iss":["https://id.example"])"), wrong_issuer);
}

TEST(IdToken, ThatIsNotForUsAloneIsRefused) {
    for (const auto* other : {R"("aud":"others")", R"("aud":[])", R"("aud":["others"])", R"("aud":["sluice","others"])",
                              R"("aud":["sluice","others"],"azp":"sluice")", R"("azp":"others")", R"("azp":1)",
                              R"("aud":null)", R"("aud":["sluice","sluice"])"})
        EXPECT_EQ(refusal_of_claims(other), wrong_audience) << other;
    EXPECT_EQ(refusal_of_claims(R"("aud":["sluice"],"azp":"sluice")"), std::nullopt);
}

TEST(IdToken, HoldsForItsTime) {
    const auto at = [](const char* name, std::int64_t seconds) {
        return '"' + std::string(name) + "\":" + std::to_string(now_s + seconds);
    };
    EXPECT_EQ(refusal_of_claims(at("exp", -59)), std::nullopt) << "clocks differ";
    EXPECT_EQ(refusal_of_claims(at("exp", -60)), expired);
    EXPECT_EQ(refusal_of_claims(R"("exp":"tomorrow")"), expired);
    EXPECT_EQ(refusal_of_claims(R"("exp":1e300)"), expired);
    EXPECT_EQ(refusal_of_claims(R"("exp":-1)"), expired);
    EXPECT_EQ(refusal_of_claims(at("iat", 60)), std::nullopt);
    EXPECT_EQ(refusal_of_claims(at("iat", 61)), wrong_time);
    EXPECT_EQ(refusal_of_claims(at("iat", -660)), std::nullopt);
    EXPECT_EQ(refusal_of_claims(at("iat", -661)), wrong_time);
    EXPECT_EQ(refusal_of_claims(R"("iat":null)"), wrong_time);
    EXPECT_EQ(refusal_of_claims(at("nbf", 61)), wrong_time);
}

TEST(IdToken, OfAnotherSignOnIsRefused) {
    EXPECT_EQ(refusal_of_claims(R"("nonce":"n-2")"), wrong_nonce);
    EXPECT_EQ(refusal_of_claims(R"("nonce":"")"), wrong_nonce);
    EXPECT_EQ(refusal_of_claims(R"("nonce":null)"), wrong_nonce);
}

TEST(IdToken, NamesASubject) {
    EXPECT_EQ(refusal_of_claims(R"("sub":"")"), no_subject);
    EXPECT_EQ(refusal_of_claims(R"("sub":7)"), no_subject);
    EXPECT_EQ(refusal_of_claims("\"sub\":\"" + std::string(256, 'x') + '"'), no_subject);
}

TEST(IdToken, AnAddressIsVerifiedWhenItSaysSoInOneWord) {
    const auto verified = [](const std::string& other) {
        return read_id_token(token(rs256, claims(other), rsa()), keys_in(rsa_jwk("one")), expected)->email_verified;
    };
    EXPECT_FALSE(verified(R"("email_verified":false)"));
    EXPECT_FALSE(verified(R"("email_verified":"true")"));
    EXPECT_FALSE(verified(R"("email_verified":1)"));
}

TEST(KeySet, LeavesOutWhatIsNoKey) {
    EXPECT_FALSE(read_key_set("").has_value());
    EXPECT_FALSE(read_key_set("[]").has_value());
    EXPECT_FALSE(read_key_set(R"({"keys":{}})").has_value());
    EXPECT_TRUE(keys_in(R"(null,1,{},{"kty":"RSA"},{"kty":"RSA","n":"AQAB","e":"AQAB"},{"kty":"EC","crv":"P-256"},)"
                        R"({"kty":"EC","crv":"P-521","x":"AQ","y":"AQ"})")
                    .empty());
    const auto point = base64url(std::string(32, '\1'));
    const auto off_curve = R"({"kty":"EC","crv":"P-256","kid":"e","x":")" + point + R"(","y":")" + point + "\"}";
    EXPECT_EQ(refusal(token(R"({"alg":"ES256","kid":"e"})", claims(), ec()), off_curve), wrong_signature);
}

TEST(Base64Url, IsReadAsItIsWritten) {
    for (const std::string bytes : {"", "f", "fo", "foo", "\xFF\xFE\xFD\xFC"})
        EXPECT_EQ(from_base64url(base64url(bytes)), bytes);
    EXPECT_EQ(base64url("\xFB\xFF"), "-_8");
    for (const auto* text : {"A", "AB", "A+", "QQ==", "Q Q", "AAAAA"}) EXPECT_FALSE(from_base64url(text)) << text;
}

}  // namespace
}  // namespace sluice::connect::oidc
