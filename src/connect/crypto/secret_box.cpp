#include "connect/crypto/secret_box.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <mutex>
#include <optional>
#include <vector>

namespace sluice::connect {
namespace {

using app::SecretsUnavailable;
using Key = std::array<unsigned char, crypto_secretbox_KEYBYTES>;

constexpr int variant = sodium_base64_VARIANT_ORIGINAL;

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

void start_sodium() {
    static const int started = sodium_init();
    if (started < 0) throw SecretsUnavailable("libsodium does not start");
}

std::optional<Key> parse_key(std::string_view text) {
    Key key{};
    std::size_t size = 0;
    const char* end = nullptr;
    while (text.ends_with('\n')) text.remove_suffix(1);
    if (sodium_hex2bin(key.data(), key.size(), text.data(), text.size(), nullptr, &size, &end) != 0 ||
        size != key.size() || end != text.data() + text.size())
        return std::nullopt;
    return key;
}

std::string hex_of(const Key& key) {
    std::string text(key.size() * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), key.data(), key.size());
    text.back() = '\n';
    return text;
}

// For its owner alone. False when somebody else has made it at this moment.
bool make_file(const std::string& path, const std::string& text) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0 && errno == EEXIST) return false;
    const bool is_written =
        file >= 0 && ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
    const std::string why = std::strerror(errno);
    if (file >= 0) ::close(file);
    if (!is_written) throw SecretsUnavailable("the file for the secret key, " + path + ", cannot be made: " + why);
    return true;
}

class SodiumBox final : public app::SecretBox {
public:
    SodiumBox(std::string key, std::string key_file) : text_(std::move(key)), file_(std::move(key_file)) {}

    std::string seal(std::string_view secret) override {
        const auto& key = this->key(true);
        std::vector<unsigned char> sealed(crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + secret.size());
        randombytes_buf(sealed.data(), crypto_secretbox_NONCEBYTES);
        crypto_secretbox_easy(sealed.data() + crypto_secretbox_NONCEBYTES, bytes_of(secret), secret.size(),
                              sealed.data(), key.data());
        std::string text(sodium_base64_encoded_len(sealed.size(), variant), '\0');
        sodium_bin2base64(text.data(), text.size(), sealed.data(), sealed.size(), variant);
        text.pop_back();  // the NUL
        return text;
    }

    std::string open(std::string_view sealed) override {
        const auto& key = this->key(false);
        std::vector<unsigned char> bytes(sealed.size());
        std::size_t size = 0;
        constexpr std::size_t head = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
        const bool is_base64 =
            !sealed.empty() && sodium_base642bin(bytes.data(), bytes.size(), sealed.data(), sealed.size(), nullptr,
                                                 &size, nullptr, variant) == 0;
        if (!is_base64 || size < head) throw SecretsUnavailable("a sealed secret of the store is damaged");
        std::string secret(size - head, '\0');
        if (crypto_secretbox_open_easy(reinterpret_cast<unsigned char*>(secret.data()),
                                       bytes.data() + crypto_secretbox_NONCEBYTES, size - crypto_secretbox_NONCEBYTES,
                                       bytes.data(), key.data()) != 0)
            throw SecretsUnavailable("the secret key is not the one that the store's secrets were sealed with" +
                                     (file_.empty() || !text_.empty() ? std::string() : ", in " + file_));
        return secret;
    }

private:
    const Key& key(bool may_make) {
        const std::lock_guard lock(mutex_);
        if (!key_) key_ = find_key(may_make);
        return *key_;
    }

    Key find_key(bool may_make) const {
        start_sodium();
        if (!text_.empty()) return parsed(text_, "SLUICE_SECRET_KEY");
        if (file_.empty())
            throw SecretsUnavailable(
                "there is no secret key to keep settings of gateways with; put 64 hexadecimal digits into "
                "SLUICE_SECRET_KEY, or into a file that --secret-key-file names");
        if (auto text = read_file()) return parsed(*text, file_);
        if (!may_make)
            throw SecretsUnavailable("the file with the secret key, " + file_ +
                                     ", is not there; the store's secrets cannot be read without it");
        Key made{};
        crypto_secretbox_keygen(made.data());
        if (make_file(file_, hex_of(made))) return made;
        const auto theirs = read_file();
        return parsed(theirs.value_or(""), file_);
    }
    static Key parsed(const std::string& text, const std::string& where) {
        const auto key = parse_key(text);
        if (!key) throw SecretsUnavailable("the secret key in " + where + " is not 64 hexadecimal digits");
        return *key;
    }
    std::optional<std::string> read_file() const {
        std::ifstream file(file_);
        if (!file) return std::nullopt;
        std::array<char, 128> text{};
        file.read(text.data(), text.size());
        return std::string(text.data(), static_cast<std::size_t>(file.gcount()));
    }

    const std::string text_;
    const std::string file_;
    std::mutex mutex_;
    std::optional<Key> key_;
};

}  // namespace

std::unique_ptr<app::SecretBox> secret_box(std::string key, std::string key_file) {
    return std::make_unique<SodiumBox>(std::move(key), std::move(key_file));
}

}  // namespace sluice::connect
