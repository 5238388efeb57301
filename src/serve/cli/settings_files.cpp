#include "serve/cli/settings_files.hpp"

#include <iostream>
#include <iterator>
#include <variant>

#include "serve/api/description.hpp"
#include "serve/cli/answers.hpp"
#include "serve/cli/commands.hpp"

namespace sluice::serve {
namespace {

namespace json = boost::json;

std::string list_text(const json::array& list) {
    std::string text;
    for (const auto& item : list) text += (text.empty() ? "" : ", ") + setting_text(item);
    return text.empty() ? "none" : text;
}

std::string object_text(const json::object& object) {
    if (object.contains("amount") && object.contains("currency"))
        return text_in(object, "amount") + " " + text_in(object, "currency");
    std::string text;
    for (const auto& member : object)
        if (!member.value().is_null())
            text += (text.empty() ? "" : "; ") + std::string(member.key()) + " " + setting_text(member.value());
    return text.empty() ? "-" : text;
}

}  // namespace

json::object file_of(const Edition& read) {
    json::object file{{"etag", read.etag}};
    for (const auto& member : as_object(read.body)) file[member.key()] = member.value();
    return file;
}

SettingsFile read_settings_file(const std::string& file) {
    const bool is_input = file == "-";
    const auto name = is_input ? std::string("standard input") : file;
    const auto text = is_input ? std::string(std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>())
                               : text_of_file(file);
    auto read = api::parse_json(text);
    if (const auto* complaint = std::get_if<std::string>(&read)) throw BadInput(name + ": " + *complaint);
    const auto* object = std::get<json::value>(read).if_object();
    if (!object) throw BadInput(name + ": this is no object; begin with what `show --json` prints");
    SettingsFile taken{.settings = *object, .etag = {}};
    if (const auto* etag = object->if_contains("etag")) {
        if (!etag->is_string())
            throw BadInput(name + ": \"etag\" is no text; leave it as `show --json` has printed it");
        taken.etag = etag->as_string();
        taken.settings.erase("etag");
    }
    return taken;
}

std::string setting_text(const json::value& value) {
    if (value.is_null()) return "-";
    if (const auto* text = value.if_string()) return std::string(*text);
    if (const auto* boolean = value.if_bool()) return *boolean ? "yes" : "no";
    if (const auto* list = value.if_array()) return list_text(*list);
    if (const auto* object = value.if_object()) return object_text(*object);
    return json::serialize(value);
}

}  // namespace sluice::serve
