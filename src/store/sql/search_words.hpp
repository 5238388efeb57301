// The words by which subscribers are found: folded, so that "nino" finds "Niño".
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "domain/customers/customers.hpp"

namespace sluice::store {

// Without regard to case, marks and the ways of writing one character (Unicode: NFKD, case folding, marks stripped).
// Of text that is no UTF-8, the ASCII characters.
std::string folded(std::string_view text);
// The first characters of UTF-8 text, never a part of one.
std::string_view first_characters(std::string_view text, std::size_t count);

// What a subscriber is sorted by when sorted by name.
std::string sort_name(const customers::Subscriber& subscriber);

// A name by which payers are found, as far as it is compared in the database.
std::string name_key(std::string_view name);
// Subscribers with an organization are sorted by it: the word by which the directory has their contact's whole name.
// It begins with a sign that no word has that someone looks for.
std::string contact_word(std::string_view contact);

// The words of code, contact and organization, each once, sorted. Words are split at whatever is neither letter nor
// digit; what . _ : or - hold together ("green-tower", "S.12:3") is a word too, beside its parts.
std::vector<std::string> search_words(const customers::Subscriber& subscriber);
// The same, and the contact's whole name where the subscriber is not sorted by it: all that the directory has of them.
std::vector<std::string> directory_words(const customers::Subscriber& subscriber);
// The words, each behind a space.
std::string search_text(const std::vector<std::string>& words);
// What the search text with a word that begins with `prefix` is LIKE, with ! for ESCAPE.
std::string search_pattern(std::string_view prefix);

// What someone looks for: a word, and its parts when . _ : or - hold it together.
struct SearchTerm {
    std::string word;
    std::vector<std::string> parts;
};
// Of very many words, the longest ones.
std::vector<SearchTerm> search_terms(std::string_view text);

}  // namespace sluice::store
