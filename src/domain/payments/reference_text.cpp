#include "domain/payments/reference_text.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "domain/invoicing/document.hpp"

namespace sluice::payments {
namespace {

constexpr std::size_t most_words = 200;       // of one text
constexpr std::size_t most_words_joined = 6;  // to one number or code
constexpr std::size_t longest_key = 64;
constexpr std::size_t year_digits = 4;
constexpr std::size_t least_number_digits = 6;
constexpr std::size_t most_number_digits = 12;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_foreign_byte(char c) { return static_cast<unsigned char>(c) >= 0x80; }
bool is_in_words(char c) { return is_digit(c) || is_letter(c) || is_foreign_byte(c); }
bool is_in_codes(char c) { return c == '.' || c == '_' || c == ':' || c == '-'; }
char small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string key_of(std::string_view text) {
    std::string key;
    for (const char c : text)
        if (is_digit(c) || is_letter(c)) key += small(c);
    return key;
}

bool all_digits(std::string_view text) { return std::all_of(text.begin(), text.end(), is_digit); }

std::optional<std::int64_t> number_in(std::string_view digits) {
    std::int64_t number = 0;
    if (digits.empty() || !all_digits(digits)) return std::nullopt;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

// How documents are numbered, and the number behind a key that may be one.
class NumberPattern {
public:
    explicit NumberPattern(const std::string& pattern) : pattern_(pattern) {
        const std::string_view all(pattern);
        const auto year = all.find("{year}");
        const auto number = all.find("{number}");
        year_first_ = year < number;
        const auto first = std::min(year, number);
        const auto first_end = all.find('}', first) + 1;
        const auto second = std::max(year, number);
        before_ = key_of(all.substr(0, first));
        between_ = key_of(all.substr(first_end, second - first_end));
        after_ = key_of(all.substr(all.find('}', second) + 1));
    }

    std::optional<std::string> number_of(std::string_view key) const {
        const auto around = before_.size() + between_.size() + after_.size() + year_digits;
        if (key.size() < around + least_number_digits || key.size() > around + most_number_digits) return std::nullopt;
        if (!key.starts_with(before_) || !key.ends_with(after_)) return std::nullopt;
        const auto digits = key.size() - around;
        key.remove_prefix(before_.size());
        const auto first = key.substr(0, year_first_ ? year_digits : digits);
        if (key.substr(first.size(), between_.size()) != between_) return std::nullopt;
        const auto second = key.substr(first.size() + between_.size(), year_first_ ? digits : year_digits);
        const auto year = number_in(year_first_ ? first : second);
        const auto sequence = number_in(year_first_ ? second : first);
        if (!year || !sequence || *sequence < 1) return std::nullopt;
        auto number = invoicing::format_number(pattern_, static_cast<std::int32_t>(*year), *sequence);
        if (key_of(number).size() != around + digits) return std::nullopt;  // with zeros that ours has not
        return number;
    }

private:
    const std::string& pattern_;
    bool year_first_ = true;
    std::string before_;  // keys of what stands around the two
    std::string between_;
    std::string after_;
};

struct Word {
    std::string key;
    // What stands before it: nothing but punctuation that codes have, or something that ends a code, or a number too.
    enum class Before { in_code, in_number, other } before;
};

// Letters of other alphabets make a word that is neither number nor code.
std::vector<Word> words_of(std::string_view text) {
    std::vector<Word> words;
    auto before = Word::Before::other;
    for (std::size_t at = 0; at < text.size() && words.size() < most_words;) {
        const auto begin = at;
        bool is_foreign = false;
        for (; at < text.size() && is_in_words(text[at]); ++at) is_foreign = is_foreign || is_foreign_byte(text[at]);
        if (at == begin) {
            if (before == Word::Before::in_code && !is_in_codes(text[at])) before = Word::Before::in_number;
            ++at;
        } else if (is_foreign) {
            before = Word::Before::other;
        } else {
            words.push_back({key_of(text.substr(begin, at - begin)), before});
            before = Word::Before::in_code;
        }
    }
    return words;
}

void add_once(std::vector<std::string>& all, std::string one) {
    if (std::find(all.begin(), all.end(), one) == all.end()) all.push_back(std::move(one));
}

// "RF18…", the creditor reference of ISO 11649 that a number can be wrapped in.
std::string_view without_check_digits(std::string_view key) {
    const bool is_wrapped = key.size() > 4 && key.starts_with("rf") && is_digit(key[2]) && is_digit(key[3]);
    return is_wrapped ? key.substr(4) : key;
}

}  // namespace

NamedInReference read_reference(std::string_view text, std::span<const std::string> number_patterns) {
    NamedInReference named;
    const std::vector<NumberPattern> patterns(number_patterns.begin(), number_patterns.end());
    const auto words = words_of(text);
    for (std::size_t first = 0; first < words.size(); ++first) {
        std::string key;
        bool may_be_code = true;
        for (std::size_t last = first; last < words.size() && last < first + most_words_joined; ++last) {
            if (last > first && words[last].before == Word::Before::other) break;
            may_be_code = may_be_code && (last == first || words[last].before == Word::Before::in_code);
            key += words[last].key;
            if (key.size() > longest_key) break;
            for (const auto& pattern : patterns) {
                if (auto number = pattern.number_of(key)) add_once(named.document_numbers, std::move(*number));
                if (const auto inner = without_check_digits(key); inner.size() < key.size())
                    if (auto number = pattern.number_of(inner)) add_once(named.document_numbers, std::move(*number));
            }
            if (may_be_code && key.size() >= least_code_characters) add_once(named.code_keys, key);
        }
    }
    return named;
}

}  // namespace sluice::payments
