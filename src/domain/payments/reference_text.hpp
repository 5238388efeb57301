// What a payer wrote, read for names of the operator's: document numbers and codes of subscribers. Case, spaces and
// punctuation do not matter, as people and banks change them.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::payments {

struct NamedInReference {
    // As the operator writes them: "INV-2026-000001" for "inv 2026/000001" and for "RF18INV2026000001".
    std::vector<std::string> document_numbers = {};
    // Small letters and digits of words that may be codes of subscribers: "s000009" for "S000009" and "S-000009".
    std::vector<std::string> code_keys = {};
};

// Shorter words are taken for codes of nobody: they stand in texts by chance.
inline constexpr std::size_t least_code_characters = 4;

// `number_patterns`: of the operator's documents, as "INV-{year}-{number}".
NamedInReference read_reference(std::string_view text, std::span<const std::string> number_patterns);

}  // namespace sluice::payments
