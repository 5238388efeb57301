#include "serve/yaml/fields.hpp"

#include <algorithm>
#include <charconv>

#include "serve/text/utf8.hpp"

namespace sluice::serve {

bool is_code(std::string_view text) {
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' || c == '_' ||
               c == ':' || c == '-';
    });
}

Fields::Fields(const Node& node, std::string path) : node_(node), path_(std::move(path)) {
    if (node.kind != Node::Kind::map && node.kind != Node::Kind::nothing)
        throw InputError(node.line, path_, "keys with values are expected here, as in {code: …}");
}

const Node* Fields::find(std::string_view key) const {
    for (const auto& [name, value] : node_.map)
        if (name == key) return &value;
    return nullptr;
}

int Fields::line_of(std::string_view key) const {
    const auto* value = find(key);
    return value && value->line > 0 ? value->line : node_.line;
}

void Fields::fail(std::string_view key, const std::string& what) const {
    throw InputError(line_of(key), path_ + (path_.empty() || key.empty() ? "" : ".") + std::string(key), what);
}

const Node* Fields::take(std::string_view key) {
    taken_.emplace(key);
    const auto* value = find(key);
    return value && value->kind != Node::Kind::nothing ? value : nullptr;
}

std::vector<std::pair<std::string, const Node*>> Fields::take_list(std::string_view key) {
    std::vector<std::pair<std::string, const Node*>> elements;
    const auto* value = take(key);
    if (!value) return elements;
    if (value->kind != Node::Kind::list) fail(key, "a list is expected here, as in [a, b]");
    for (std::size_t i = 0; i < value->list.size(); ++i)
        elements.emplace_back(path_ + (path_.empty() ? "" : ".") + std::string(key) + "[" + std::to_string(i + 1) + "]",
                              &value->list[i]);
    return elements;
}

const std::string* Fields::scalar(std::string_view key) {
    const auto* value = take(key);
    if (!value) return nullptr;
    if (value->kind != Node::Kind::text) fail(key, "a single value is expected here");
    return &value->text;
}

std::string Fields::text(std::string_view key) {
    const auto* value = scalar(key);
    if (!value || value->empty()) fail(key, "is missing");
    if (code_points(*value) > 200) fail(key, "is longer than 200 characters");
    return *value;
}

std::string Fields::text_or(std::string_view key, std::string fallback) {
    const auto* value = scalar(key);
    if (!value) return fallback;
    if (code_points(*value) > 200) fail(key, "is longer than 200 characters");
    return *value;
}

std::string Fields::code(std::string_view key) {
    auto value = text(key);
    if (!is_code(value)) fail(key, "\"" + value + "\" is no code; write 1 to 64 letters, digits, dots, colons, _ or -");
    return value;
}

std::optional<std::int64_t> Fields::integer(std::string_view key, std::int64_t min, std::int64_t max) {
    const auto* value = scalar(key);
    if (!value) return std::nullopt;
    std::int64_t number = 0;
    const auto* end = value->data() + value->size();
    const auto [stopped, error] = std::from_chars(value->data(), end, number);
    if (error != std::errc{} || stopped != end || number < min || number > max)
        fail(key,
             "\"" + *value + "\" is not a whole number from " + std::to_string(min) + " to " + std::to_string(max));
    return number;
}

std::optional<bool> Fields::boolean(std::string_view key) {
    const auto* value = scalar(key);
    if (!value) return std::nullopt;
    if (*value != "true" && *value != "false") fail(key, "\"" + *value + "\" is neither true nor false");
    return *value == "true";
}

std::optional<Decimal> Fields::optional_decimal(std::string_view key, bool may_be_negative) {
    const auto* value = scalar(key);
    if (!value) return std::nullopt;
    const auto number = Decimal::parse(*value);
    if (!number)
        fail(key, "\"" + *value +
                      "\" is not an amount; write digits with a point and at most 9 decimals, as 40.00, up to 10^18");
    if (number->is_negative() && !may_be_negative) fail(key, "\"" + *value + "\" must not be negative");
    return number;
}

Decimal Fields::decimal(std::string_view key, bool may_be_negative) {
    const auto number = optional_decimal(key, may_be_negative);
    if (!number) fail(key, "is missing");
    return *number;
}

std::optional<Date> Fields::date(std::string_view key) {
    const auto* value = scalar(key);
    if (!value) return std::nullopt;
    const auto date = Date::parse(*value);
    if (!date) fail(key, "\"" + *value + "\" is no date; write year-month-day, as 2026-01-31");
    return date;
}

std::optional<std::size_t> Fields::one_of(std::string_view key, std::initializer_list<std::string_view> words) {
    const auto* value = scalar(key);
    if (!value) return std::nullopt;
    std::string allowed;
    std::size_t at = 0;
    for (const auto word : words) {
        if (word == *value) return at;
        allowed += (at++ == 0 ? "" : ", ") + std::string(word);
    }
    fail(key, "\"" + *value + "\" is none of: " + allowed);
}

void Fields::done() const {
    for (const auto& [key, value] : node_.map)
        if (!taken_.contains(key)) {
            std::string known;
            for (const auto& name : taken_) known += (known.empty() ? "" : ", ") + name;
            fail(key, "unknown key; known here: " + known);
        }
}

}  // namespace sluice::serve
