#include "connect/oidc/base64url.hpp"

namespace sluice::connect::oidc {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

}  // namespace

std::string base64url(std::string_view bytes) {
    std::string text;
    unsigned held = 0;
    int bits = 0;
    for (const char c : bytes) {
        held = ((held << 8) | static_cast<unsigned char>(c)) & 0xFFFF;
        for (bits += 8; bits >= 6; bits -= 6) text += alphabet[(held >> (bits - 6)) & 63];
    }
    if (bits > 0) text += alphabet[(held << (6 - bits)) & 63];
    return text;
}

std::optional<std::string> from_base64url(std::string_view text) {
    if (text.size() % 4 == 1) return std::nullopt;
    std::string bytes;
    unsigned held = 0;
    int bits = 0;
    for (const char c : text) {
        const auto value = alphabet.find(c);
        if (value == std::string_view::npos) return std::nullopt;
        held = ((held << 6) | static_cast<unsigned>(value)) & 0xFFFF;
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        bytes += static_cast<char>((held >> bits) & 0xFF);
    }
    // Two texts must not stand for the same bytes.
    if ((held & ((1U << bits) - 1)) != 0) return std::nullopt;
    return bytes;
}

}  // namespace sluice::connect::oidc
