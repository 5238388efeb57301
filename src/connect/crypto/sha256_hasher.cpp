#include "connect/crypto/sha256_hasher.hpp"

#include <openssl/evp.h>

#include <stdexcept>

namespace sluice::connect {
namespace {

struct FreeContext {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

// Making a context costs more than a short hash; one that two threads share breaks both their hashes.
EVP_MD_CTX* context_of_this_thread() {
    thread_local const std::unique_ptr<EVP_MD_CTX, FreeContext> context(EVP_MD_CTX_new());
    return context.get();
}

class Sha256Hasher final : public app::Hasher {
public:
    Sha256Hasher() : algorithm_(EVP_MD_fetch(nullptr, "SHA256", nullptr)) {
        if (!algorithm_) throw std::runtime_error("OpenSSL has no SHA-256 on this machine");
    }
    ~Sha256Hasher() override { EVP_MD_free(algorithm_); }
    Sha256Hasher(const Sha256Hasher&) = delete;
    Sha256Hasher& operator=(const Sha256Hasher&) = delete;

    app::Hash of(std::string_view bytes) const override {
        app::Hash hash{};
        auto* context = context_of_this_thread();
        if (!context || EVP_DigestInit_ex2(context, algorithm_, nullptr) != 1 ||
            EVP_DigestUpdate(context, bytes.data(), bytes.size()) != 1 ||
            EVP_DigestFinal_ex(context, hash.data(), nullptr) != 1)
            throw std::runtime_error("OpenSSL could not compute a hash");
        return hash;
    }

private:
    EVP_MD* algorithm_;
};

}  // namespace

std::unique_ptr<app::Hasher> sha256_hasher() { return std::make_unique<Sha256Hasher>(); }

}  // namespace sluice::connect
