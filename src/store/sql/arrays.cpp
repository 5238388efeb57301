#include "store/sql/arrays.hpp"

namespace sluice::store {
namespace {

void append_hex(std::string& array, std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    array += R"("\\x)";
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        array += digits[byte >> 4U];
        array += digits[byte & 15U];
    }
    array += '"';
}

}  // namespace

void append_element(std::string& array, const Cell& cell, bool is_text) {
    array += array.empty() ? '{' : ',';
    if (const auto* number = std::get_if<std::int64_t>(&cell)) {
        array += std::to_string(*number);
    } else if (const auto* text = std::get_if<std::string_view>(&cell)) {
        if (!is_text) {
            array += *text;
            return;
        }
        array += '"';
        for (const char c : *text) {
            if (c == '"' || c == '\\') array += '\\';
            array += c;
        }
        array += '"';
    } else if (const auto* bytes = std::get_if<Bytes>(&cell)) {
        append_hex(array, bytes->bytes);
    } else {
        array += "NULL";
    }
}

}  // namespace sluice::store
