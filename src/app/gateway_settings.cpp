#include "app/gateway_settings.hpp"

#include <algorithm>

namespace sluice::app {
namespace {

// Between names and values, which come from JSON texts and have none in them.
constexpr char separator = '\0';

std::string take(std::string_view& text) {
    const auto end = std::min(text.find(separator), text.size());
    std::string part(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    return part;
}

Refusal refusal(const Gateway& gateway, const std::string& what) {
    return {RefusalCode::settings_not_allowed, "settings of " + gateway.description().name + ": " + what};
}

}  // namespace

std::string seal(SecretBox& box, const GatewaySettings& settings) {
    std::string text;
    for (const auto& [name, value] : settings) {
        check(value.find(separator) == std::string::npos, "a setting holds no NUL");
        ((text += name) += separator) += value;
        text += separator;
    }
    return box.seal(text);
}

GatewaySettings unseal(SecretBox& box, std::string_view sealed) {
    const auto opened = box.open(sealed);
    GatewaySettings settings;
    for (std::string_view text = opened; !text.empty();) {
        auto name = take(text);
        settings.emplace(std::move(name), take(text));
    }
    return settings;
}

std::optional<Refusal> refuse_settings(const Gateway& gateway, const GatewaySettings& settings, bool is_enabled,
                                       bool test_mode) {
    const auto& fields = gateway.description().settings;
    for (const auto& [name, value] : settings) {
        const auto is_it = [&wanted = name](const SettingField& field) { return field.name == wanted; };
        if (std::none_of(fields.begin(), fields.end(), is_it)) return refusal(gateway, "there is no \"" + name + "\"");
        if (value.find(separator) != std::string::npos) return refusal(gateway, "\"" + name + "\" holds a NUL");
    }
    if (!is_enabled) return std::nullopt;
    for (const auto& field : fields) {
        const auto found = settings.find(field.name);
        if (field.is_required && (found == settings.end() || found->second.empty()))
            return refusal(gateway, "\"" + field.name + "\" is missing; without it the method cannot be enabled");
    }
    if (const auto fault = gateway.fault_in(settings, test_mode)) return refusal(gateway, *fault);
    return std::nullopt;
}

std::string masked(std::string_view secret) {
    constexpr std::size_t shown = 4;
    constexpr std::size_t long_enough = 16;
    return "…" + std::string(secret.size() < long_enough ? "" : secret.substr(secret.size() - shown));
}

}  // namespace sluice::app
