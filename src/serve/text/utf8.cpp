#include "serve/text/utf8.hpp"

#include <algorithm>

namespace sluice::serve {
namespace {

// How many bytes the character at the front has by its first byte; 0 for a byte that begins none.
std::size_t length_of(unsigned char first) {
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first <= 0xDF) return 2;
    if (first >= 0xE0 && first <= 0xEF) return 3;
    return first >= 0xF0 && first <= 0xF4 ? 4 : 0;
}

// Second bytes that would make an overlong form, a surrogate or a character beyond U+10FFFF.
bool is_second_byte_of(unsigned char first, unsigned char second) {
    if ((second & 0xC0) != 0x80) return false;
    switch (first) {
        case 0xE0:
            return second >= 0xA0;
        case 0xED:
            return second < 0xA0;
        case 0xF0:
            return second >= 0x90;
        case 0xF4:
            return second < 0x90;
        default:
            return true;
    }
}

bool continues(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

// How many bytes the character at the front has; 0 when there is none.  REQUIRES: text is not empty.
std::size_t character_at_front(std::string_view text) {
    const auto first = static_cast<unsigned char>(text[0]);
    const auto length = length_of(first);
    if (length <= 1) return length;
    if (length > text.size() || !is_second_byte_of(first, static_cast<unsigned char>(text[1]))) return 0;
    for (std::size_t i = 2; i < length; ++i)
        if (!continues(text[i])) return 0;
    return length;
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

}  // namespace

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const auto length = character_at_front(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

std::size_t code_points(std::string_view text) {
    return text.size() - static_cast<std::size_t>(std::count_if(text.begin(), text.end(), continues));
}

bool has_control_character(std::string_view text, bool lines_allowed) {
    return std::any_of(text.begin(), text.end(), [&](char c) {
        return is_control(c) && !(lines_allowed && (c == '\n' || c == '\r' || c == '\t'));
    });
}

std::string shown(std::string_view text, std::size_t max_characters) {
    std::string result;
    for (std::size_t n = 0; !text.empty(); ++n) {
        if (n == max_characters) return result + "…";
        const auto length = character_at_front(text);
        if (length == 0 || is_control(text[0]))
            result += "?";
        else
            result += text.substr(0, length);
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return result;
}

}  // namespace sluice::serve
