#include "serve/api/paging.hpp"

#include <charconv>

namespace sluice::serve::api {
namespace {

constexpr std::string_view digits = "0123456789abcdef";

std::string to_hex(std::string_view bytes) {
    std::string hex;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        (hex += digits[byte >> 4]) += digits[byte & 0xF];
    }
    return hex;
}

std::optional<std::string> from_hex(std::string_view hex) {
    if (hex.size() % 2 != 0) return std::nullopt;
    std::string bytes;
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        const auto high = digits.find(hex[i]);
        const auto low = digits.find(hex[i + 1]);
        if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
        bytes += static_cast<char>(high * 16 + low);
    }
    return bytes;
}

// What a cursor belongs to, so that it is not taken for another list or order.
std::string list_of(const Desk& desk) {
    return desk.call().operation->id + "|" + desk.query("sort").value_or("") + "|";
}

}  // namespace

Sort sort_of(const Desk& desk) {
    auto text = desk.query("sort").value_or("");
    if (text.starts_with('-')) return {text.substr(1), true};
    return {std::move(text), false};
}

app::Paging paging_of(const Desk& desk) {
    app::Paging paging{.limit = desk.integer("limit"), .descending = sort_of(desk).descending};
    const auto cursor = desk.query("cursor");
    if (!cursor) return paging;
    const auto text = from_hex(*cursor);
    const auto list = list_of(desk);
    app::Position after;
    bool good = text && text->starts_with(list);
    if (good) {
        const auto* begin = text->data() + list.size();
        const auto* end = text->data() + text->size();
        const auto [stopped, error] = std::from_chars(begin, end, after.id);
        good = error == std::errc{} && stopped != end && *stopped == '|';
        if (good) after.key.assign(stopped + 1, end);
    }
    if (!good)
        throw invalid_request(
            {{"query", "cursor", "is not the `next` of a page of this list in this order; begin without a cursor"}});
    paging.after = std::move(after);
    return paging;
}

boost::json::value next_of(const Desk& desk, const std::optional<app::Position>& next) {
    if (!next) return nullptr;
    return boost::json::string(to_hex(list_of(desk) + std::to_string(next->id) + "|" + next->key));
}

}  // namespace sluice::serve::api
