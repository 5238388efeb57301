#include "store/sql/search_words.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

namespace sluice::store {
namespace {

constexpr std::size_t word_characters = 40;
constexpr std::size_t sort_name_characters = 80;
constexpr std::size_t most_terms = 10;

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }
char ascii_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string folded_ascii(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (const char c : text)
        if (is_ascii(c)) result += ascii_lower(c);
    return result;
}

// One character of UTF-8 text: its bytes, and whether words are made of it.
struct Character {
    std::size_t bytes;
    bool in_words;
};

Character character_at(std::string_view text, std::size_t at) {
    const char c = text[at];
    if (is_ascii(c)) return {1, (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')};
    utf8proc_int32_t code_point = 0;
    const auto bytes = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at,
                                        static_cast<utf8proc_ssize_t>(text.size() - at), &code_point);
    if (bytes <= 0) return {1, false};
    const auto category = utf8proc_category(code_point);
    const bool is_letter = category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
    const bool is_digit = category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO;
    return {static_cast<std::size_t>(bytes), is_letter || is_digit};
}

bool holds_together(char c) { return c == '.' || c == '_' || c == ':' || c == '-'; }

// The stretches of `text` in which each character belongs to a word, or holds parts of it together when `compounds`.
std::vector<std::string_view> stretches(std::string_view text, bool compounds) {
    std::vector<std::string_view> found;
    std::size_t begin = 0;  // of the present stretch …
    std::size_t end = 0;    // … and behind its last letter or digit; the same while there is none
    for (std::size_t at = 0; at < text.size();) {
        const auto [bytes, in_words] = character_at(text, at);
        if (in_words) {
            if (begin == end) begin = at;
            end = at + bytes;
        } else if (!(compounds && holds_together(text[at]))) {
            if (begin < end) found.push_back(text.substr(begin, end - begin));
            begin = end = at;
        }
        at += bytes;
    }
    if (begin < end) found.push_back(text.substr(begin, end - begin));
    return found;
}

std::vector<SearchTerm> terms_of(std::string_view text) {
    std::vector<SearchTerm> terms;
    const std::string plain = folded(text);
    for (const auto stretch : stretches(plain, true)) {
        auto& term = terms.emplace_back();
        term.word = first_characters(stretch, word_characters);
        const auto parts = stretches(stretch, false);
        if (parts.size() < 2) continue;
        for (const auto part : parts) term.parts.emplace_back(first_characters(part, word_characters));
    }
    return terms;
}

}  // namespace

std::string folded(std::string_view text) {
    if (std::all_of(text.begin(), text.end(), is_ascii)) return folded_ascii(text);
    utf8proc_uint8_t* made = nullptr;
    const auto size = utf8proc_map(
        reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()), &made,
        static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD |
                                       UTF8PROC_STRIPMARK));
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(made, &std::free);
    if (size < 0) return folded_ascii(text);
    return {reinterpret_cast<const char*>(made), static_cast<std::size_t>(size)};
}

std::string_view first_characters(std::string_view text, std::size_t count) {
    if (text.size() <= count) return text;
    std::size_t characters = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool begins_one = (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
        if (begins_one && characters++ == count) return text.substr(0, at);
    }
    return text;
}

std::string sort_name(const customers::Subscriber& subscriber) {
    return name_key(subscriber.organization.empty() ? subscriber.contact : subscriber.organization);
}

std::string name_key(std::string_view name) {
    return std::string(first_characters(folded(name), sort_name_characters));
}

std::string contact_word(std::string_view contact) { return "=" + name_key(contact); }

std::vector<std::string> search_words(const customers::Subscriber& subscriber) {
    std::vector<std::string> words;
    for (const auto* text : {&subscriber.code, &subscriber.contact, &subscriber.organization})
        for (auto& term : terms_of(*text)) {
            words.push_back(std::move(term.word));
            std::move(term.parts.begin(), term.parts.end(), std::back_inserter(words));
        }
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    return words;
}

std::vector<std::string> directory_words(const customers::Subscriber& subscriber) {
    auto words = search_words(subscriber);
    if (!subscriber.contact.empty() && !subscriber.organization.empty())
        words.insert(words.begin(), contact_word(subscriber.contact));
    std::sort(words.begin(), words.end());
    return words;
}

std::string search_text(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) text.append(" ").append(word);
    return text;
}

std::string search_pattern(std::string_view prefix) {
    std::string pattern = "% ";
    for (const char c : prefix) {
        if (c == '_' || c == '%' || c == '!') pattern += '!';
        pattern += c;
    }
    return pattern + "%";
}

std::vector<SearchTerm> search_terms(std::string_view text) {
    auto terms = terms_of(text);
    if (terms.size() <= most_terms) return terms;
    std::stable_sort(terms.begin(), terms.end(),
                     [](const auto& one, const auto& other) { return one.word.size() > other.word.size(); });
    terms.resize(most_terms);
    return terms;
}

}  // namespace sluice::store
