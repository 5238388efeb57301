#include "app/base64.hpp"

#include <array>
#include <cstdint>

namespace sluice::app {
namespace {

constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace

std::string base64(std::string_view bytes) {
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        const auto given = std::min<std::size_t>(3, bytes.size() - at);
        std::uint32_t group = 0;
        for (std::size_t i = 0; i < 3; ++i)
            group = group << 8 | (i < given ? static_cast<unsigned char>(bytes[at + i]) : 0U);
        for (std::size_t i = 0; i < 4; ++i) text += i <= given ? letters[group >> (18 - 6 * i) & 0x3F] : '=';
    }
    return text;
}

std::optional<std::string> parse_base64(std::string_view text) {
    if (text.size() % 4 != 0) return std::nullopt;
    std::string bytes;
    for (std::size_t at = 0; at < text.size(); at += 4) {
        std::uint32_t group = 0;
        std::size_t given = 0;
        for (std::size_t i = 0; i < 4; ++i) {
            const char c = text[at + i];
            const auto place = letters.find(c);
            const bool is_padding = c == '=' && at + 4 == text.size() && i >= 2;
            if ((place == std::string_view::npos && !is_padding) || (!is_padding && given < i)) return std::nullopt;
            given += is_padding ? 0 : 1;
            group = group << 6 | (is_padding ? 0U : static_cast<std::uint32_t>(place));
        }
        for (std::size_t i = 0; i + 1 < given; ++i) bytes += static_cast<char>(group >> (16 - 8 * i) & 0xFF);
    }
    return base64(bytes) == text ? std::optional(bytes) : std::nullopt;  // one text for each value
}

}  // namespace sluice::app
