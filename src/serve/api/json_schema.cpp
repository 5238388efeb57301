#include "serve/api/json_schema.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "serve/api/value_text.hpp"
#include "serve/text/utf8.hpp"

namespace sluice::serve::api {
namespace {

namespace json = boost::json;

std::string_view view(json::string_view text) { return {text.data(), text.size()}; }

Schema::Types type_of(const json::value& value) {
    switch (value.kind()) {
        case json::kind::null:
            return Schema::null;
        case json::kind::bool_:
            return Schema::boolean;
        case json::kind::int64:
            return Schema::integer;
        case json::kind::uint64:
            return value.get_uint64() <= std::numeric_limits<std::int64_t>::max() ? Schema::integer : 0;
        case json::kind::double_:
            return 0;  // 1.0 and 1e3 are no whole numbers either
        case json::kind::string:
            return Schema::text;
        case json::kind::array:
            return Schema::list;
        case json::kind::object:
            return Schema::object;
    }
    return 0;
}

std::string counted(std::size_t n, std::string_view one, std::string_view many) {
    return std::to_string(n) + " " + std::string(n == 1 ? one : many);
}

// "has 3 characters, must have at least 5"
std::string count_fault(std::size_t n, std::size_t min, std::size_t max, std::string_view one, std::string_view many) {
    if (n >= min && n <= max) return "";
    if (n == 0 && min == 1) return "is empty";
    const bool too_few = n < min;
    return "has " + counted(n, one, many) + ", must have at " + (too_few ? "least " : "most ") +
           std::to_string(too_few ? min : max);
}

std::string quoted(std::string_view text) { return "\"" + shown(text) + "\""; }

std::string text_fault(const Schema& schema, std::string_view text) {
    const bool lines_allowed = schema.format == TextFormat::multiline;
    if (has_control_character(text, lines_allowed))
        return std::string("holds a control character") + (lines_allowed ? "" : ", such as the end of a line");
    if (schema.min_length > 0 || schema.max_length != Schema::no_limit) {
        auto fault = count_fault(code_points(text), schema.min_length, schema.max_length, "character", "characters");
        if (!fault.empty()) return fault;
    }
    if (const auto fault = complaint(schema.format, text); !fault.empty())
        return quoted(text) + " " + std::string(fault);
    if (schema.pattern && !re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *schema.pattern))
        return quoted(text) + " is not written as it should be: " +
               (schema.hint.empty() ? "it must match " + schema.pattern->pattern() : schema.hint);
    return "";
}

std::string integer_fault(const Schema& schema, std::int64_t number) {
    if (number < schema.minimum)
        return "is " + std::to_string(number) + ", must be at least " + std::to_string(schema.minimum);
    if (number > schema.maximum)
        return "is " + std::to_string(number) + ", must be at most " + std::to_string(schema.maximum);
    return "";
}

std::string allowed_fault(const Schema& schema, const json::value& value) {
    if (schema.allowed.empty() ||
        std::find(schema.allowed.begin(), schema.allowed.end(), value) != schema.allowed.end())
        return "";
    if (schema.allowed.size() == 1) return value_text(value) + " must be " + value_text(schema.allowed.front());
    std::string words;
    for (const auto& one : schema.allowed) words += (words.empty() ? "" : ", ") + value_text(one);
    return value_text(value) + " is none of: " + words;
}

std::string list_fault(const Schema& schema, const json::array& list) {
    return count_fault(list.size(), schema.min_items, schema.max_items, "element", "elements");
}

class Checker {
public:
    explicit Checker(Faults& faults) : faults_(faults) {}

    void check(const Schema& schema, const json::value& value, const Place& place) {
        if (faults_.full()) return;
        if (!(schema.types & type_of(value))) return faults_.add(place, type_fault(schema, value));
        if (!schema.branches.empty()) return check_branch(schema, value, place);
        auto fault = own_fault(schema, value);
        if (!fault.empty()) faults_.add(place, std::move(fault));
        if (const auto* list = value.if_array()) check_elements(schema, *list, place);
        if (const auto* object = value.if_object()) check_members(schema, *object, place);
    }

private:
    static std::string own_fault(const Schema& schema, const json::value& value) {
        auto fault = allowed_fault(schema, value);
        if (!fault.empty()) return fault;
        if (const auto* text = value.if_string()) return text_fault(schema, view(*text));
        if (value.is_int64() || value.is_uint64()) return integer_fault(schema, value.to_number<std::int64_t>());
        if (const auto* list = value.if_array()) return list_fault(schema, *list);
        return "";
    }

    void check_elements(const Schema& schema, const json::array& list, const Place& place) {
        for (std::size_t i = 0; i < list.size() && !faults_.full(); ++i)
            check(schema.items ? *schema.items : anything(), list[i], Place{&place, {}, i});
    }

    void check_members(const Schema& schema, const json::object& object, const Place& place) {
        std::size_t required = 0;
        for (const auto& entry : object) {
            if (faults_.full()) return;
            const Place there{&place, view(entry.key())};
            if (const auto* member = schema.member(there.member)) {
                required += member->required ? 1 : 0;
                check(*member->schema, entry.value(), there);
            } else {
                check_other(schema, entry.value(), there);
            }
        }
        if (required == schema.required_members) return;
        for (const auto& member : schema.members)
            if (member.required && !object.contains(member.name)) faults_.add({&place, member.name}, "is missing");
    }

    void check_other(const Schema& schema, const json::value& value, const Place& there) {
        if (schema.others != Schema::Others::welcome)
            return faults_.add(there, schema.members.empty()
                                          ? "is not known here; nothing is"
                                          : "is not known here; known are: " + schema.known_members());
        if (has_control_character(there.member)) faults_.add(there, "holds a control character in its name");
        check(schema.others_schema ? *schema.others_schema : anything(), value, there);
    }

    void check_branch(const Schema& schema, const json::value& value, const Place& place) {
        const auto type = type_of(value);
        if (type == Schema::object && !schema.told_apart_by.empty())
            return check_told_apart(schema, value.get_object(), value, place);
        for (const auto& branch : schema.branches)
            if (branch.schema->types & type) return check(*branch.schema, value, place);
    }

    void check_told_apart(const Schema& schema, const json::object& object, const json::value& value,
                          const Place& place) {
        const Place there{&place, schema.told_apart_by};
        const auto* constant = object.if_contains(schema.told_apart_by);
        for (const auto& branch : schema.branches)
            if (constant && constant->is_string() && view(constant->get_string()) == branch.constant &&
                (branch.schema->types & Schema::object))
                return check(*branch.schema, value, place);
        std::string known;
        for (const auto& branch : schema.branches)
            if (branch.schema->types & Schema::object) known += (known.empty() ? "" : ", ") + branch.constant;
        if (!constant)
            faults_.add(there, "is missing; it is one of: " + known);
        else
            faults_.add(there, value_text(*constant) + " is none of: " + known);
    }

    static const Schema& anything() {
        static const Schema schema = [] {
            Schema open;
            open.others = Schema::Others::welcome;
            open.format = TextFormat::multiline;  // nothing says that its texts are of one line
            return open;
        }();
        return schema;
    }

    Faults& faults_;
};

std::optional<std::int64_t> read_integer(std::string_view text) {
    std::int64_t number = 0;
    const auto [stopped, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || stopped != text.data() + text.size()) return std::nullopt;
    return number;
}

}  // namespace

void Schema::index_members() {
    by_name.resize(members.size());
    for (std::size_t i = 0; i < members.size(); ++i) by_name[i] = i;
    std::sort(by_name.begin(), by_name.end(),
              [this](std::size_t a, std::size_t b) { return members[a].name < members[b].name; });
    required_members = static_cast<std::size_t>(
        std::count_if(members.begin(), members.end(), [](const Member& member) { return member.required; }));
}

const Schema::Member* Schema::member(std::string_view name) const {
    const auto found = std::lower_bound(by_name.begin(), by_name.end(), name,
                                        [this](std::size_t i, std::string_view key) { return members[i].name < key; });
    return found != by_name.end() && members[*found].name == name ? &members[*found] : nullptr;
}

std::string Schema::known_members() const {
    std::string names;
    for (const auto& each : members) names += (names.empty() ? "" : ", ") + each.name;
    return names;
}

bool Schema::is_money() const {
    const auto* amount = member("amount");
    return members.size() == 2 && amount && amount->schema->format == TextFormat::decimal && member("currency");
}

void check(const Schema& schema, const json::value& value, const Place& place, Faults& faults) {
    Checker(faults).check(schema, value, place);
}

void check_parameter(const Schema& schema, std::string_view text, const Place& place, Faults& faults) {
    if (schema.types & Schema::integer) {
        const auto number = read_integer(text);
        if (!number) return faults.add(place, quoted(text) + " is no whole number" + range_text(schema));
        return check(schema, *number, place, faults);
    }
    if (schema.types & Schema::boolean) {
        if (text != "true" && text != "false") return faults.add(place, quoted(text) + " is neither true nor false");
        return check(schema, text == "true", place, faults);
    }
    check(schema, json::value(json::string_view(text.data(), text.size())), place, faults);
}

}  // namespace sluice::serve::api
