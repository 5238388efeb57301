#include "values/id.hpp"

namespace sluice {
namespace {

constexpr std::string_view digits = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t width = 13;

}  // namespace

std::string id_text(std::string_view prefix, std::int64_t id) {
    std::string text(prefix);
    text += '_';
    text.resize(text.size() + width);
    auto rest = static_cast<std::uint64_t>(id);
    for (std::size_t at = text.size(), left = width; left > 0; --left, rest >>= 5) text[--at] = digits[rest & 31];
    return text;
}

std::optional<std::int64_t> parse_id(std::string_view prefix, std::string_view text) {
    if (text.size() != prefix.size() + 1 + width || !text.starts_with(prefix) || text[prefix.size()] != '_')
        return std::nullopt;
    std::uint64_t value = 0;
    for (const char c : text.substr(prefix.size() + 1)) {
        const auto digit = digits.find(c);
        if (digit == std::string_view::npos || value >> 59 != 0) return std::nullopt;
        value = value << 5 | digit;
    }
    return static_cast<std::int64_t>(value);
}

}  // namespace sluice
