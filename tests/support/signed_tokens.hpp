// A provider's keys, and ID tokens that they sign.
#pragma once

#include <gtest/gtest.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <memory>
#include <string>

#include "connect/oidc/base64url.hpp"

namespace sluice::support {

using connect::oidc::base64url;

struct FreePair {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
using Pair = std::unique_ptr<EVP_PKEY, FreePair>;

inline std::string number_in(EVP_PKEY* pair, const char* name, int size = 0) {
    BIGNUM* number = nullptr;
    EXPECT_EQ(EVP_PKEY_get_bn_param(pair, name, &number), 1);
    std::string bytes(static_cast<std::size_t>(size > 0 ? size : BN_num_bytes(number)), '\0');
    BN_bn2binpad(number, reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
    BN_free(number);
    return base64url(bytes);
}

// A provider with a real key of each kind, which are made once.
inline EVP_PKEY* rsa() {
    static const Pair pair(EVP_RSA_gen(2048));
    return pair.get();
}
inline EVP_PKEY* ec() {
    static const Pair pair(EVP_EC_gen("P-256"));
    return pair.get();
}

inline std::string rsa_jwk(const std::string& id, EVP_PKEY* pair = rsa(), const std::string& more = "") {
    return R"({"kty":"RSA","kid":")" + id + R"(","n":")" + number_in(pair, OSSL_PKEY_PARAM_RSA_N) + R"(","e":")" +
           number_in(pair, OSSL_PKEY_PARAM_RSA_E) + '"' + more + '}';
}
inline std::string ec_jwk(const std::string& id) {
    return R"({"kty":"EC","crv":"P-256","kid":")" + id + R"(","x":")" + number_in(ec(), OSSL_PKEY_PARAM_EC_PUB_X, 32) +
           R"(","y":")" + number_in(ec(), OSSL_PKEY_PARAM_EC_PUB_Y, 32) + "\"}";
}

inline std::string signature_by(EVP_PKEY* pair, const std::string& text) {
    auto* context = EVP_MD_CTX_new();
    std::size_t size = 0;
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    EXPECT_EQ(EVP_DigestSignInit(context, nullptr, EVP_sha256(), nullptr, pair), 1);
    EXPECT_EQ(EVP_DigestSign(context, nullptr, &size, bytes, text.size()), 1);
    std::string signature(size, '\0');
    EXPECT_EQ(EVP_DigestSign(context, reinterpret_cast<unsigned char*>(signature.data()), &size, bytes, text.size()),
              1);
    EVP_MD_CTX_free(context);
    signature.resize(size);
    if (EVP_PKEY_is_a(pair, "EC") != 1) return signature;
    const auto* at = reinterpret_cast<const unsigned char*>(signature.data());
    auto* both = d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(size));
    std::string plain(64, '\0');
    BN_bn2binpad(ECDSA_SIG_get0_r(both), reinterpret_cast<unsigned char*>(plain.data()), 32);
    BN_bn2binpad(ECDSA_SIG_get0_s(both), reinterpret_cast<unsigned char*>(plain.data()) + 32, 32);
    ECDSA_SIG_free(both);
    return plain;
}

inline std::string token(const std::string& header, const std::string& claims, EVP_PKEY* pair) {
    const auto text = base64url(header) + "." + base64url(claims);
    return text + "." + base64url(signature_by(pair, text));
}

}  // namespace sluice::support
