#include "serve/api/audit.hpp"

#include <algorithm>
#include <array>

namespace sluice::serve::api {
namespace {

namespace json = boost::json;

constexpr std::size_t most_bytes = 64 * 1024;

// By its name, so that a new one is not forgotten where somebody adds it.
bool is_secret(std::string_view name) {
    static constexpr std::array<std::string_view, 5> parts{"password", "secret", "token", "reset_path", "recovery"};
    return name == "current" || name == "new" || name == "key" ||
           std::any_of(parts.begin(), parts.end(),
                       [&](std::string_view part) { return name.find(part) != std::string_view::npos; });
}

void leave_out_secrets(json::value& value) {
    if (auto* object = value.if_object()) {
        for (auto& member : *object) {
            if (is_secret(member.key()) && (member.value().is_string() || member.value().is_structured()))
                member.value() = "(left out)";
            else
                leave_out_secrets(member.value());
        }
    } else if (auto* list = value.if_array()) {
        for (auto& each : *list) leave_out_secrets(each);
    }
}

std::string text_of(const json::object& object) {
    auto text = json::serialize(object);
    if (text.size() <= most_bytes) return text;
    return json::serialize(json::object{{"left_out", std::to_string(text.size()) + " bytes"}});
}

}  // namespace

std::string audited_request(const Call& call) {
    json::value body = call.body.is_object() ? call.body : json::value(json::object());
    leave_out_secrets(body);
    auto& object = body.as_object();
    // A code there is one of the second factor, and no name.
    if (call.operation->id == "sign_in" || call.operation->role == "session") object.erase("code");
    if (!call.path.empty()) {
        json::object path;
        for (const auto& [name, value] : call.path) path[name] = value;
        object["path"] = std::move(path);
    }
    return text_of(object);
}

std::string text_without_secrets(std::string_view object) {
    json::error_code ec;
    auto value = json::parse(object, ec);
    if (ec || !value.is_object()) return "{}";
    leave_out_secrets(value);
    return text_of(value.as_object());
}

}  // namespace sluice::serve::api
