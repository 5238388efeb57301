#include <algorithm>

#include "domain/customers/customers.hpp"

namespace sluice::customers {
namespace {

constexpr std::size_t longest_address = 254;
constexpr std::size_t longest_local_part = 64;
constexpr std::size_t longest_label = 63;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_plain(char c) { return is_letter(c) || (c >= '0' && c <= '9'); }

bool is_local_part(std::string_view text) {
    constexpr std::string_view marks = "!#$%&'*+/=?^_{|}~-.";
    return !text.empty() && text.size() <= longest_local_part && std::all_of(text.begin(), text.end(), [&](char c) {
        return is_plain(c) || marks.find(c) != std::string_view::npos;
    });
}

bool is_label(std::string_view text) {
    return !text.empty() && text.size() <= longest_label && text.front() != '-' && text.back() != '-' &&
           std::all_of(text.begin(), text.end(), [](char c) { return is_plain(c) || c == '-'; });
}

}  // namespace

bool is_email_address(std::string_view text) {
    const auto at = text.find('@');
    if (text.size() > longest_address || at == std::string_view::npos || !is_local_part(text.substr(0, at)))
        return false;
    for (auto rest = text.substr(at + 1);;) {
        const auto point = std::min(rest.find('.'), rest.size());
        if (!is_label(rest.substr(0, point))) return false;
        if (point == rest.size()) return true;
        rest.remove_prefix(point + 1);
    }
}

bool is_language_tag(std::string_view text) {
    constexpr std::size_t longest_part = 8;
    bool is_first = true;
    for (;;) {
        const auto dash = std::min(text.find('-'), text.size());
        const auto part = text.substr(0, dash);
        const bool fits =
            is_first ? (part.size() == 2 || part.size() == 3) && std::all_of(part.begin(), part.end(), is_letter)
                     : !part.empty() && part.size() <= longest_part && std::all_of(part.begin(), part.end(), is_plain);
        if (!fits) return false;
        if (dash == text.size()) return true;
        is_first = false;
        text.remove_prefix(dash + 1);
    }
}

}  // namespace sluice::customers
