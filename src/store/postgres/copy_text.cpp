#include "store/postgres/copy_text.hpp"

#include <array>
#include <charconv>

namespace sluice::store {
namespace {

void append_text(std::string& text, std::string_view value) {
    for (const char c : value) {
        switch (c) {
            case '\\':
                text += "\\\\";
                break;
            case '\t':
                text += "\\t";
                break;
            case '\n':
                text += "\\n";
                break;
            case '\r':
                text += "\\r";
                break;
            default:
                text += c;
        }
    }
}

unsigned value_of(char digit) { return static_cast<unsigned>(digit <= '9' ? digit - '0' : digit - 'a' + 10); }

}  // namespace

void append_copy_row(std::string& text, std::span<const Cell> cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) text += '\t';
        if (const auto* number = std::get_if<std::int64_t>(&cells[i])) {
            std::array<char, 24> digits;
            const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), *number).ptr;
            text.append(digits.data(), end);
        } else if (const auto* value = std::get_if<std::string_view>(&cells[i])) {
            append_text(text, *value);
        } else if (const auto* bytes = std::get_if<Bytes>(&cells[i])) {
            static constexpr std::string_view digits = "0123456789abcdef";
            text += "\\\\x";
            for (const char byte : bytes->bytes) {
                const auto value_of_byte = static_cast<unsigned char>(byte);
                text += digits[value_of_byte >> 4];
                text += digits[value_of_byte & 15];
            }
        } else {
            text += "\\N";
        }
    }
    text += '\n';
}

std::string decode_hex(std::string_view digits) {
    std::string bytes;
    bytes.reserve(digits.size() / 2);
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
        bytes += static_cast<char>(value_of(digits[i]) << 4 | value_of(digits[i + 1]));
    return bytes;
}

}  // namespace sluice::store
