#include "api/hostile_values.hpp"

#include <array>

namespace sluice::test {

namespace json = boost::json;

namespace {

constexpr std::array<std::string_view, 10> codes{"s0",  "home", "net",  "ip",    "router",
                                                 "vat", "op",   "flat", "new-1", "stripe"};

std::string deep(int levels) {
    std::string text;
    for (int i = 0; i < levels; ++i) text += '[';
    for (int i = 0; i < levels; ++i) text += ']';
    return text;
}

}  // namespace

const json::object& Values::resolved(const json::value& schema) const {
    const auto* object = &schema.as_object();
    while (const auto* reference = object->if_contains("$ref")) {
        const auto pointer = std::string(reference->as_string()).substr(1);  // behind the '#'
        object = &description_.at_pointer(pointer).as_object();
    }
    return *object;
}

json::value Values::fitting(const json::value& of, int depth) {
    const auto& schema = resolved(of);
    if (const auto* constant = schema.if_contains("const")) return *constant;
    if (const auto* words = schema.if_contains("enum"))
        return words->as_array()[static_cast<std::size_t>(number(0, static_cast<int>(words->as_array().size()) - 1))];
    for (const auto* key : {"oneOf", "anyOf"})
        if (const auto* branches = schema.if_contains(key)) {
            const auto& all = branches->as_array();
            return fitting(all[static_cast<std::size_t>(number(0, static_cast<int>(all.size()) - 1))], depth + 1);
        }
    const auto* type = schema.if_contains("type");
    std::string name = "object";
    if (type) name = std::string(type->is_array() ? type->as_array()[0].as_string() : type->as_string());
    if (type && type->is_array() && chance(30)) return nullptr;
    if (name == "object") return fitting_object(schema, depth);
    if (name == "boolean") return chance(50);
    if (name == "integer") {
        const auto* low = schema.if_contains("minimum");
        return low ? low->as_int64() + number(0, 2) : number(0, 3);
    }
    if (name == "null") return nullptr;
    if (name == "array") {
        json::array items;
        for (int i = depth > 4 ? 0 : number(1, 2); i > 0; --i) items.push_back(fitting(schema.at("items"), depth + 1));
        return items;
    }
    return fitting_string(schema);
}

json::value Values::fitting_string(const json::object& schema) {
    const auto* format = schema.if_contains("format");
    const std::string name = format ? std::string(format->as_string()) : std::string();
    const auto pick = [&](auto words) { return json::string(words[static_cast<std::size_t>(number(0, 2))]); };
    if (name == "date") return pick(std::array<std::string_view, 3>{"2026-01-10", "2026-02-28", "2026-03-31"});
    if (name == "date-time") return "2026-01-10T12:00:00Z";
    if (name == "decimal") return pick(std::array<std::string_view, 3>{"10.00", "0.01", "1234.50"});
    if (name == "currency") return "USD";
    if (name == "time-zone") return "Europe/Warsaw";
    if (name == "code")
        return json::string(codes[static_cast<std::size_t>(number(0, static_cast<int>(codes.size()) - 1))]);
    if (const auto* pattern = schema.if_contains("pattern")) {
        const auto text = std::string(pattern->as_string());
        if (text == R"(^[^@\s]+@[^@\s]+$)")
            return json::string("walk" + std::to_string(number(0, 999)) + "@example.com");
        if (text.find("[a-z]{2,3}") != std::string::npos) return "en";
        if (text.find("day|week") != std::string::npos) return "1 month";
        if (text.find("year") != std::string::npos) return chance(50) ? "INV-{year}-{number}" : "CN{number}/{year}";
        if (text.find("slk_") != std::string::npos) return "slk_00000000000000000000";
        if (text.find("/") != std::string::npos) return "s0/home";
        if (text.find("_[0-9a-hj") != std::string::npos) return "doc_0000000000000";
        return "20";
    }
    return chance(70) ? "text" : "Ñandú 株式会社";
}

json::value Values::fitting_object(const json::object& schema, int depth) {
    json::object object;
    const auto* required = schema.if_contains("required");
    const auto is_required = [&](std::string_view name) {
        if (!required) return false;
        for (const auto& member : required->as_array())
            if (member.as_string() == name) return true;
        return false;
    };
    if (const auto* properties = schema.if_contains("properties"))
        for (const auto& [name, member] : properties->as_object())
            if (is_required(name) || (depth < 5 && chance(40))) object[name] = fitting(member, depth + 1);
    if (const auto* parts = schema.if_contains("allOf"))
        for (const auto& part : parts->as_array()) {
            const auto inherited = fitting(part, depth);
            for (const auto& [name, member] : inherited.as_object()) object[name] = member;
        }
    return object;
}

std::string Values::hostile_text() {
    static const std::array<std::string, 22> texts{"",
                                                   " ",
                                                   "'; DROP TABLE subscribers; --",
                                                   "\" OR \"\"=\"",
                                                   "<script>alert(1)</script>",
                                                   "../../etc/passwd",
                                                   "%00",
                                                   std::string("nul\0nul", 7),
                                                   "line\nfeed",
                                                   "\x7F",
                                                   "\xFF\xFE",
                                                   "\xC0\xAF",
                                                   "\xED\xA0\x80",
                                                   "\u202Eabc",
                                                   std::string(300, 'x'),
                                                   std::string(20'000, 'y'),
                                                   "2026-01-32",
                                                   "2026-02-30",
                                                   "0000-00-00",
                                                   "1e30",
                                                   "-0",
                                                   "999999999999999999999999999999"};
    return texts[static_cast<std::size_t>(number(0, static_cast<int>(texts.size()) - 1))];
}

json::value Values::hostile_value() {
    switch (number(0, 9)) {
        case 0:
            return nullptr;
        case 1:
            return 1e30;
        case 2:
            return INT64_MIN;
        case 3:
            return 12.5;
        case 4:
            return json::array{};
        case 5:
            return json::object{{"unknown", 1}};
        case 6:
            return json::parse(deep(number(2, 30)));
        case 7:
            return true;
        default:
            return json::string(hostile_text());
    }
}

void Values::spoil(json::value& value) {
    if (auto* object = value.if_object(); object && !object->empty() && chance(75)) {
        auto member = object->begin() + number(0, static_cast<int>(object->size()) - 1);
        if (chance(15)) {
            object->erase(member);
            return;
        }
        if (chance(15)) {
            (*object)["not_known_here"] = hostile_value();
            return;
        }
        return spoil(member->value());
    }
    if (auto* array = value.if_array(); array && !array->empty() && chance(75))
        return spoil((*array)[static_cast<std::size_t>(number(0, static_cast<int>(array->size()) - 1))]);
    value = hostile_value();
}

std::string Values::fitting_text(const json::value& schema) {
    const auto value = fitting(schema);
    if (const auto* text = value.if_string()) return std::string(*text);
    return value.is_null() ? "" : json::serialize(value);
}

}  // namespace sluice::test
