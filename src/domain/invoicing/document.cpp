#include "domain/invoicing/document.hpp"

#include <algorithm>
#include <array>

#include "values/check.hpp"

namespace sluice::invoicing {
namespace {

constexpr std::string_view year_mark = "{year}";
constexpr std::string_view number_mark = "{number}";
constexpr std::size_t number_width = 6;

std::size_t count(std::string_view text, std::string_view part) {
    std::size_t found = 0;
    for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size())) ++found;
    return found;
}

constexpr std::array<std::string_view, 5> state_names{"draft", "issued", "partially_paid", "paid", "void"};

}  // namespace

bool is_number_pattern(std::string_view pattern) {
    if (pattern.size() > 40 || count(pattern, year_mark) != 1 || count(pattern, number_mark) != 1) return false;
    std::string around(pattern);
    around.erase(around.find(year_mark), year_mark.size());
    around.erase(around.find(number_mark), number_mark.size());
    return std::all_of(around.begin(), around.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '/' ||
               c == '.';
    });
}

std::string format_number(std::string_view pattern, std::int32_t year, std::int64_t sequence) {
    auto digits = std::to_string(sequence);
    if (digits.size() < number_width) digits.insert(0, number_width - digits.size(), '0');
    std::string number(pattern);
    const auto year_at = number.find(year_mark);
    check(year_at != std::string::npos, "a number pattern has a {year}");
    number.replace(year_at, year_mark.size(), std::to_string(year));
    const auto number_at = number.find(number_mark);
    check(number_at != std::string::npos, "a number pattern has a {number}");
    return number.replace(number_at, number_mark.size(), digits);
}

DocumentState state_of(Money total, Money paid) {
    if (!total.is_positive() || paid >= total) return DocumentState::paid;
    return paid.is_positive() ? DocumentState::partially_paid : DocumentState::issued;
}

bool is_overdue(const Document& document, Date today) {
    const bool is_open = document.state == DocumentState::issued || document.state == DocumentState::partially_paid;
    return is_open && document.due < today;
}

std::string_view name_of(DocumentType type) { return type == DocumentType::invoice ? "invoice" : "credit_note"; }

std::string_view name_of(DocumentState state) { return state_names[static_cast<std::size_t>(state)]; }

std::optional<DocumentState> parse_state(std::string_view name) {
    for (std::size_t i = 0; i < state_names.size(); ++i)
        if (state_names[i] == name) return static_cast<DocumentState>(i);
    return std::nullopt;
}

}  // namespace sluice::invoicing
