#include "serve/cli/answers.hpp"

#include <stdexcept>

namespace sluice::serve {
namespace {

namespace json = boost::json;

[[noreturn]] void strange(const std::string& what) {
    throw std::runtime_error("the answer " + what + "; is this a server of Sluice, and of this version?");
}

const json::value& member_of(const json::object& object, std::string_view member) {
    const auto* value = object.if_contains(member);
    if (!value) strange("has no \"" + std::string(member) + "\"");
    return *value;
}

}  // namespace

const json::object& as_object(const json::value& value) {
    const auto* object = value.if_object();
    if (!object) strange("is no object of JSON");
    return *object;
}

const json::array& list_in(const json::object& object, std::string_view member) {
    const auto* list = member_of(object, member).if_array();
    if (!list) strange("has no list \"" + std::string(member) + "\"");
    return *list;
}

std::string text_in(const json::object& object, std::string_view member) {
    const auto& value = member_of(object, member);
    if (value.is_null()) return {};
    const auto* text = value.if_string();
    if (!text) strange("has no text \"" + std::string(member) + "\"");
    return std::string(*text);
}

std::int64_t number_in(const json::object& object, std::string_view member) {
    const auto* number = member_of(object, member).if_int64();
    if (!number) strange("has no number \"" + std::string(member) + "\"");
    return *number;
}

bool is_set(const json::object& object, std::string_view member) {
    const auto* set = member_of(object, member).if_bool();
    return set && *set;
}

const json::object& object_in(const json::object& object, std::string_view member) {
    return as_object(member_of(object, member));
}

std::string amount_in(const json::object& object, std::string_view member) {
    return text_in(object_in(object, member), "amount");
}

std::string currency_in(const json::object& object, std::string_view member) {
    return text_in(object_in(object, member), "currency");
}

Money money_in(const json::object& object, std::string_view member) {
    const auto currency = Currency::from_code(currency_in(object, member));
    const auto money = currency ? Money::parse(amount_in(object, member), *currency) : std::nullopt;
    if (!money) strange("has no amount \"" + std::string(member) + "\"");
    return *money;
}

}  // namespace sluice::serve
