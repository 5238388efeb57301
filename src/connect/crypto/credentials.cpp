#include "connect/crypto/credentials.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>

#include <array>
#include <stdexcept>

namespace sluice::connect {
namespace {

// As OWASP has it for Argon2id: 19 MiB, two passes.
constexpr unsigned long long passes = 2;
constexpr std::size_t memory = std::size_t{19} * 1024 * 1024;

class SodiumCredentials final : public app::Credentials {
public:
    SodiumCredentials() {
        if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
        nobodys_ = hash("the password of nobody");
    }

    std::string hash(std::string_view password) const override {
        std::array<char, crypto_pwhash_STRBYTES> text{};
        if (crypto_pwhash_str_alg(text.data(), password.data(), password.size(), passes, memory,
                                  crypto_pwhash_ALG_ARGON2ID13) != 0)
            throw std::runtime_error("there is not enough memory to hash a password");
        return text.data();
    }

    bool matches(std::string_view hash, std::string_view password) const override {
        const std::string stored(hash.empty() ? std::string_view(nobodys_) : hash);
        const bool is_it = crypto_pwhash_str_verify(stored.c_str(), password.data(), password.size()) == 0;
        return is_it && !hash.empty();
    }

    // RFC 4226 with the step as its counter.
    std::string code_at(std::string_view secret, std::int64_t step) const override {
        std::array<unsigned char, 8> counter{};
        for (std::size_t i = 0; i < counter.size(); ++i)
            counter[i] = static_cast<unsigned char>(static_cast<std::uint64_t>(step) >> (56 - 8 * i));
        std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
        unsigned size = 0;
        if (!HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()), counter.data(), counter.size(),
                  mac.data(), &size))
            throw std::runtime_error("OpenSSL makes no HMAC");
        const std::size_t at = mac[size - 1] & 15U;
        const std::uint32_t number = (std::uint32_t{mac[at]} & 0x7F) << 24 | std::uint32_t{mac[at + 1]} << 16 |
                                     std::uint32_t{mac[at + 2]} << 8 | std::uint32_t{mac[at + 3]};
        const auto digits = std::to_string(number % 1'000'000);
        return std::string(6 - digits.size(), '0') + digits;
    }

private:
    std::string nobodys_;
};

}  // namespace

std::unique_ptr<app::Credentials> credentials() { return std::make_unique<SodiumCredentials>(); }

}  // namespace sluice::connect
