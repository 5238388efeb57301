#include "serve/api/desk.hpp"

#include <charconv>

namespace sluice::serve::api {
namespace {

namespace json = boost::json;

// 64 bits of a good hash are enough to tell versions of one thing apart; nobody gains by making two that are alike.
std::string short_hash(const app::Hasher& hasher, std::string_view text) {
    return app::hex(hasher.of(text)).substr(0, 16);
}

// Any change of what a clerk edits gives another tag; behind a dash, so does any change of what is shown beside it, as
// a balance. An edit is held against the first part alone.
std::string etag_of(const app::Hasher& hasher, std::string_view body, std::string_view editable) {
    const auto beside = body == editable ? std::string{} : "-" + short_hash(hasher, body);
    return "\"" + short_hash(hasher, editable) + beside + "\"";
}

bool names(std::string_view condition, std::string_view etag) {
    return condition == "*" || condition.find(etag) != std::string_view::npos;
}

}  // namespace

std::optional<std::string> Desk::query(std::string_view name) const {
    const auto found = call_.query.find(name);
    return found == call_.query.end() ? std::nullopt : std::optional(found->second);
}

std::int64_t Desk::integer(std::string_view name) const {
    const auto text = query(name);
    check(text.has_value(), "a number that is asked for has a default");
    std::int64_t number = 0;
    std::from_chars(text->data(), text->data() + text->size(), number);
    return number;
}

std::optional<Date> Desk::date(std::string_view name) const {
    const auto text = query(name);
    return text ? Date::parse(*text) : std::nullopt;
}

const OperatorBook& Desk::book() {
    if (!book_) book_ = engine_.books().of(store_, op_id());
    return *book_;
}

customers::Subscriber Desk::subscriber() {
    const auto& code = path("subscriber");
    auto found = store_.find_subscriber(op_id(), code);
    if (!found) throw not_found("unknown_subscriber", "there is no subscriber \"" + code + "\"");
    return std::move(*found);
}

customers::Subscriber Desk::held_subscriber() {
    store_.hold(op_id(), path("subscriber"));
    return subscriber();
}

const catalog::Product& Desk::product(catalog::ProductType type, std::string_view parameter) {
    const auto& code = path(parameter);
    const auto* found = catalog().find(type, code);
    if (!found)
        throw not_found("unknown_product", "there is no " +
                                               std::string(type == catalog::ProductType::service  ? "service"
                                                           : type == catalog::ProductType::add_on ? "add-on"
                                                                                                  : "CPE") +
                                               " \"" + code + "\"");
    return *found;
}

std::optional<customers::SubscriberId> Desk::subscriber_in_query() {
    const auto code = query("subscriber");
    if (!code) return std::nullopt;
    const auto found = store_.find_subscriber(op_id(), *code);
    if (!found) throw invalid_request({{"query", "subscriber", "names no subscriber: \"" + *code + "\""}});
    return found->id;
}

Date Desk::command_date(const json::object& body) {
    const auto* text = body.if_contains("date");
    if (!text) return today();
    const auto date = Date::parse(text->as_string());
    check(date.has_value(), "a checked date is a date");
    if (*date > today())
        throw Problem(
            422, "date_in_the_future",
            "the date " + date->text() + " lies in the future; today is " + today().text() + " in " + op().time_zone);
    return *date;
}

http::Response ok(const json::value& body, int status) { return {.status = status, .body = json::serialize(body)}; }

http::Response created(const json::value& body, std::string location) {
    auto response = ok(body, 201);
    response.headers.emplace_back("Location", std::move(location));
    return response;
}

http::Response tagged(Desk& desk, const json::value& body, const json::value& editable, int status) {
    auto text = json::serialize(body);
    const auto etag = etag_of(*desk.engine().parts().hasher, text, json::serialize(editable));
    http::Response response{.status = status, .body = {}};
    if (status == 200 && !desk.call().if_none_match.empty() && names(desk.call().if_none_match, etag))
        response.status = 304;
    else
        response.body = std::move(text);
    response.headers.emplace_back("ETag", etag);
    return response;
}

void require_match(Desk& desk, const json::value& editable) {
    const auto& condition = desk.call().if_match;
    if (condition.empty()) return;
    if (!names(condition, "\"" + short_hash(*desk.engine().parts().hasher, json::serialize(editable))))
        throw Problem(412, "changed_meanwhile",
                      "somebody else has changed it since you read it; read it again, then send the new ETag");
}

std::string segment(std::string_view text) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                           c == '.' || c == '_' || c == '~' || c == ':';
        if (plain)
            encoded += c;
        else
            ((encoded += '%') += digits[byte >> 4]) += digits[byte & 0xF];
    }
    return encoded;
}

}  // namespace sluice::serve::api
