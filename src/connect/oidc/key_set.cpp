#include "connect/oidc/key_set.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <boost/json.hpp>
#include <memory>

#include "connect/oidc/base64url.hpp"

namespace sluice::connect::oidc {
namespace {

namespace json = boost::json;

constexpr std::size_t most_keys = 100;
constexpr std::size_t shortest_modulus = 2048 / 8;
constexpr std::size_t longest_modulus = 8192 / 8;
constexpr std::size_t longest_exponent = 8;
constexpr std::size_t coordinate = 32;

template <auto Free>
struct Freed {
    template <typename T>
    void operator()(T* held) const {
        Free(held);
    }
};
using Number = std::unique_ptr<BIGNUM, Freed<BN_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Freed<OSSL_PARAM_BLD_free>>;
using Params = std::unique_ptr<OSSL_PARAM, Freed<OSSL_PARAM_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX_free>>;
using PublicKey = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;
using EcSignature = std::unique_ptr<ECDSA_SIG, Freed<ECDSA_SIG_free>>;

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
Number number_of(std::string_view bytes) {
    return Number(BN_bin2bn(bytes_of(bytes), static_cast<int>(bytes.size()), nullptr));
}

std::string text_of(const json::object& object, std::string_view member) {
    const auto* value = object.if_contains(member);
    return value && value->is_string() ? std::string(value->as_string()) : std::string();
}

// Without zeros in front.
std::optional<std::string> bytes_in(const json::object& object, std::string_view member) {
    auto bytes = from_base64url(text_of(object, member));
    if (!bytes) return std::nullopt;
    bytes->erase(0, bytes->find_first_not_of('\0'));
    return bytes->empty() ? std::nullopt : bytes;
}

bool is_for(const json::object& key, std::string_view algorithm) {
    const auto use = text_of(key, "use");
    const auto alg = text_of(key, "alg");
    return (use.empty() || use == "sig") && (alg.empty() || alg == algorithm);
}

std::optional<Key> rsa_key(const json::object& key) {
    auto modulus = bytes_in(key, "n");
    auto exponent = bytes_in(key, "e");
    if (!is_for(key, "RS256") || !modulus || !exponent) return std::nullopt;
    const bool is_modulus = modulus->size() >= shortest_modulus && modulus->size() <= longest_modulus &&
                            (modulus->size() > shortest_modulus || (modulus->front() & 0x80) != 0);
    const bool is_exponent =
        exponent->size() <= longest_exponent && (exponent->back() & 1) != 0 && *exponent != std::string("\1");
    if (!is_modulus || !is_exponent) return std::nullopt;
    return Key{text_of(key, "kid"), Algorithm::rs256, std::move(*modulus), std::move(*exponent)};
}

std::optional<Key> ec_key(const json::object& key) {
    auto x = from_base64url(text_of(key, "x"));
    auto y = from_base64url(text_of(key, "y"));
    if (!is_for(key, "ES256") || text_of(key, "crv") != "P-256" || !x || !y) return std::nullopt;
    if (x->size() != coordinate || y->size() != coordinate) return std::nullopt;
    return Key{text_of(key, "kid"), Algorithm::es256, std::move(*x), std::move(*y)};
}

PublicKey public_key(const char* kind, OSSL_PARAM_BLD* builder) {
    const Params params(OSSL_PARAM_BLD_to_param(builder));
    const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, kind, nullptr));
    EVP_PKEY* key = nullptr;
    if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get()) != 1)
        return nullptr;
    return PublicKey(key);
}

PublicKey public_key(const Key& key) {
    const Builder builder(OSSL_PARAM_BLD_new());
    if (!builder) return nullptr;
    if (key.algorithm == Algorithm::rs256) {
        const auto modulus = number_of(key.first);
        const auto exponent = number_of(key.second);
        const bool is_put = modulus && exponent &&
                            OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get()) == 1 &&
                            OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get()) == 1;
        return is_put ? public_key("RSA", builder.get()) : nullptr;
    }
    const auto point = '\4' + key.first + key.second;  // uncompressed; one that is not on the curve is refused
    const bool is_put =
        OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0) == 1 &&
        OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) == 1;
    return is_put ? public_key("EC", builder.get()) : nullptr;
}

// Tokens write both numbers one behind the other, OpenSSL reads them as ASN.1.
std::optional<std::string> as_asn1(std::string_view signature) {
    if (signature.size() != 2 * coordinate) return std::nullopt;
    const EcSignature both(ECDSA_SIG_new());
    auto r = number_of(signature.substr(0, coordinate));
    auto s = number_of(signature.substr(coordinate));
    if (!both || !r || !s || ECDSA_SIG_set0(both.get(), r.get(), s.get()) != 1) return std::nullopt;
    static_cast<void>(r.release());  // they are its own now
    static_cast<void>(s.release());
    unsigned char* bytes = nullptr;
    const auto size = i2d_ECDSA_SIG(both.get(), &bytes);
    if (size <= 0) return std::nullopt;
    std::string text(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
    OPENSSL_free(bytes);
    return text;
}

}  // namespace

std::optional<std::vector<Key>> read_key_set(std::string_view text) {
    json::error_code ec;
    const auto value = json::parse(text, ec);
    const auto* object = ec ? nullptr : value.if_object();
    const auto* list = object ? object->if_contains("keys") : nullptr;
    if (!list || !list->is_array() || list->as_array().size() > most_keys) return std::nullopt;
    std::vector<Key> keys;
    for (const auto& each : list->as_array()) {
        const auto* one = each.if_object();
        if (!one) continue;
        const auto kind = text_of(*one, "kty");
        auto key = kind == "RSA" ? rsa_key(*one) : kind == "EC" ? ec_key(*one) : std::nullopt;
        if (key) keys.push_back(std::move(*key));
    }
    return keys;
}

bool is_signed_by(const Key& key, std::string_view text, std::string_view signature) {
    const auto asn1 = key.algorithm == Algorithm::es256 ? as_asn1(signature) : std::string(signature);
    const auto known = asn1 ? public_key(key) : nullptr;
    const DigestContext context(EVP_MD_CTX_new());
    return known && context && EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, known.get()) == 1 &&
           EVP_DigestVerify(context.get(), bytes_of(*asn1), asn1->size(), bytes_of(text), text.size()) == 1;
}

}  // namespace sluice::connect::oidc
