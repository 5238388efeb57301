#include "app/message_template.hpp"

#include <algorithm>

namespace sluice::app {
namespace {

constexpr std::string_view opening = "{{";
constexpr std::string_view closing = "}}";

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

// Calls one of the two with each piece, in order. False when a placeholder does not end.
bool each_piece(std::string_view text, const std::function<void(std::string_view)>& words,
                const std::function<void(std::string_view)>& placeholder) {
    for (;;) {
        const auto begin = text.find(opening);
        words(text.substr(0, begin));
        if (begin == std::string_view::npos) return true;
        const auto end = text.find(closing, begin + opening.size());
        if (end == std::string_view::npos) return false;
        placeholder(trimmed(text.substr(begin + opening.size(), end - begin - opening.size())));
        text.remove_prefix(end + closing.size());
    }
}

}  // namespace

std::optional<std::string> fault_in_template(std::string_view text, std::span<const std::string_view> placeholders) {
    std::string unknown;
    const bool ends = each_piece(
        text, [](std::string_view) {},
        [&](std::string_view name) {
            if (std::find(placeholders.begin(), placeholders.end(), name) == placeholders.end() && unknown.empty())
                unknown = "has the placeholder {{" + std::string(name) + "}}, which is not known here; there are ";
        });
    if (!unknown.empty()) {
        for (const auto name : placeholders)
            unknown += (unknown.ends_with(' ') ? "{{" : ", {{") + std::string(name) + "}}";
        return unknown;
    }
    if (!ends) return "has a placeholder that does not end; write it as {{name}}";
    return std::nullopt;
}

std::string fill_in(std::string_view text, const PlaceholderValues& values) {
    std::string filled;
    each_piece(
        text, [&](std::string_view words) { filled += words; },
        [&](std::string_view name) {
            if (const auto found = values.find(name); found != values.end()) filled += found->second;
        });
    return filled;
}

}  // namespace sluice::app
