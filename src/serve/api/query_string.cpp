#include "serve/api/query_string.hpp"

#include "serve/text/utf8.hpp"

namespace sluice::serve::api {
namespace {

int hexadecimal(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

bool needs_no_encoding(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '.' ||
           c == '_' || c == '~';
}

QueryParameter parameter(std::string_view piece) {
    const auto equals = piece.find('=');
    const auto name = percent_decode(piece.substr(0, equals), Plus::is_space);
    if (!name || !is_utf8(*name)) return {std::string(piece.substr(0, equals)), "", "is not percent-encoded UTF-8"};
    if (equals == std::string_view::npos) return {*name, "", "has no value; write " + shown(*name) + "=…"};
    const auto value = percent_decode(piece.substr(equals + 1), Plus::is_space);
    if (!value) return {*name, "", "has a % without two hexadecimal digits behind it; write the % itself as %25"};
    if (!is_utf8(*value)) return {*name, "", "is not percent-encoded UTF-8"};
    return {*name, *value};
}

}  // namespace

std::optional<std::string> percent_decode(std::string_view text, Plus plus) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            const int high = i + 2 < text.size() ? hexadecimal(text[i + 1]) : -1;
            const int low = high >= 0 ? hexadecimal(text[i + 2]) : -1;
            if (low < 0) return std::nullopt;
            decoded += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            decoded += text[i] == '+' && plus == Plus::is_space ? ' ' : text[i];
        }
    }
    return decoded;
}

std::string percent_encode(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : text) {
        if (needs_no_encoding(c)) {
            encoded += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            encoded += '%';
            encoded += digits[byte >> 4];
            encoded += digits[byte & 15];
        }
    }
    return encoded;
}

std::vector<QueryParameter> split_query(std::string_view query) {
    std::vector<QueryParameter> parameters;
    while (!query.empty()) {
        const auto piece = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(piece.size() + 1, query.size()));
        if (!piece.empty()) parameters.push_back(parameter(piece));
    }
    return parameters;
}

}  // namespace sluice::serve::api
