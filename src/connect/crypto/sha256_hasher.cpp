#include "connect/crypto/sha256_hasher.hpp"

#include <openssl/evp.h>

#include <stdexcept>

namespace sluice::connect {
namespace {

class Sha256Hasher final : public app::Hasher {
public:
    Sha256Hasher() : algorithm_(EVP_MD_fetch(nullptr, "SHA256", nullptr)), context_(EVP_MD_CTX_new()) {
        if (!algorithm_ || !context_) throw std::runtime_error("OpenSSL has no SHA-256 on this machine");
    }
    ~Sha256Hasher() override {
        EVP_MD_CTX_free(context_);
        EVP_MD_free(algorithm_);
    }
    Sha256Hasher(const Sha256Hasher&) = delete;
    Sha256Hasher& operator=(const Sha256Hasher&) = delete;

    app::Hash of(std::string_view bytes) const override {
        app::Hash hash{};
        if (EVP_DigestInit_ex2(context_, algorithm_, nullptr) != 1 ||
            EVP_DigestUpdate(context_, bytes.data(), bytes.size()) != 1 ||
            EVP_DigestFinal_ex(context_, hash.data(), nullptr) != 1)
            throw std::runtime_error("OpenSSL could not compute a hash");
        return hash;
    }

private:
    EVP_MD* algorithm_;
    EVP_MD_CTX* context_;
};

}  // namespace

std::unique_ptr<app::Hasher> sha256_hasher() { return std::make_unique<Sha256Hasher>(); }

}  // namespace sluice::connect
