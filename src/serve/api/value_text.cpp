#include "serve/api/value_text.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include "serve/text/utf8.hpp"

namespace sluice::serve::api {
namespace {

namespace json = boost::json;

constexpr auto no_minimum = std::numeric_limits<std::int64_t>::min();
constexpr auto no_maximum = std::numeric_limits<std::int64_t>::max();

bool is_number(const json::value& value) { return value.is_int64() || value.is_uint64() || value.is_double(); }

// In plain notation as long as that is short.
std::string number_text(const json::value& value) {
    if (value.is_int64()) return std::to_string(value.get_int64());
    if (value.is_uint64()) return std::to_string(value.get_uint64());
    std::array<char, 64> digits{};
    const double number = value.get_double();
    const bool is_plain = std::fabs(number) < 1e18 && (number == 0 || std::fabs(number) >= 1e-9);
    const auto format = is_plain ? std::chars_format::fixed : std::chars_format::scientific;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number, format).ptr;
    return {digits.data(), end};
}

// The amount that was meant, with two decimals where there was one.
std::string amount_text(const json::value& value) {
    auto text = number_text(value);
    if (text.find('e') != std::string::npos || text.size() > 30) return "12.50";
    const auto point = text.find('.');
    return point != std::string::npos && point + 2 == text.size() ? text + "0" : text;
}

std::string kind_text(const json::value& value) {
    switch (value.kind()) {
        case json::kind::null:
            return "null";
        case json::kind::bool_:
            return value.get_bool() ? "true" : "false";
        case json::kind::string:
            return "the text " + value_text(value);
        case json::kind::array:
        case json::kind::object:
            return value_text(value);
        default:
            return "the number " + number_text(value);
    }
}

// "text or null"
std::string types_text(const Schema& schema) {
    std::string text;
    const auto add = [&](Schema::Types type, const std::string& name) {
        if (schema.types & type) text += (text.empty() ? "" : " or ") + name;
    };
    add(Schema::text, "text");
    add(Schema::integer, "a whole number" + range_text(schema));
    add(Schema::boolean, "true or false");
    add(Schema::list, "a list");
    add(Schema::object, "an object with members");
    add(Schema::null, "null");
    return text;
}

const Schema* object_in(const Schema& schema) {
    if (schema.branches.empty()) return &schema;
    for (const auto& branch : schema.branches)
        if (branch.schema->types & Schema::object) return object_in(*branch.schema);
    return nullptr;
}

const Schema* text_in(const Schema& schema) {
    if (schema.branches.empty()) return schema.types & Schema::text ? &schema : nullptr;
    for (const auto& branch : schema.branches)
        if (const auto* found = text_in(*branch.schema)) return found;
    return nullptr;
}

}  // namespace

std::string value_text(const json::value& value) {
    if (const auto* text = value.if_string()) return "\"" + shown({text->data(), text->size()}) + "\"";
    if (value.is_array()) return "a list";
    if (value.is_object()) return "an object";
    if (const auto* boolean = value.if_bool()) return *boolean ? "true" : "false";
    return value.is_null() ? "null" : number_text(value);
}

std::string range_text(const Schema& schema) {
    const auto min = std::to_string(schema.minimum), max = std::to_string(schema.maximum);
    if (schema.minimum != no_minimum && schema.maximum != no_maximum) return " from " + min + " to " + max;
    if (schema.minimum != no_minimum) return " of at least " + min;
    return schema.maximum != no_maximum ? " of at most " + max : "";
}

std::string type_fault(const Schema& schema, const json::value& value) {
    const auto is = "is " + kind_text(value);
    const auto* object = object_in(schema);
    if (object && object->is_money() && (is_number(value) || value.is_string())) {
        const auto amount = value.is_string() ? std::string("12.50") : amount_text(value);
        return is + "; write it as {\"amount\": \"" + amount + "\", \"currency\": \"USD\"}";
    }
    const auto* text = text_in(schema);
    if (text && is_number(value)) {
        if (text->format == TextFormat::decimal)
            return is + "; write amounts as text, as \"" + amount_text(value) + "\"";
        return is + "; write it as text, as \"" + number_text(value) + "\"";
    }
    if ((schema.types & Schema::integer) && value.is_uint64()) return is + ", which is too large";
    if ((schema.types & Schema::integer) && value.is_double())
        return is + "; must be a whole number" + range_text(schema) + ", written without point and exponent";
    if ((schema.types & Schema::integer) && value.is_string())
        return is + "; must be a whole number" + range_text(schema) + ", without quotes";
    return is + "; must be " + types_text(schema);
}

}  // namespace sluice::serve::api
