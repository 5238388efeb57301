#include "connect/oidc/provider_documents.hpp"

#include <algorithm>
#include <boost/json.hpp>

namespace sluice::connect::oidc {
namespace {

namespace json = boost::json;

json::object object_of(std::string_view text, const char* what) {
    json::error_code ec;
    auto value = json::parse(text, ec);
    if (ec || !value.is_object()) throw app::SignOnFailed(std::string("the provider's ") + what + " is no JSON object");
    return std::move(value.as_object());
}

std::string text_of(const json::object& object, std::string_view member) {
    const auto* value = object.if_contains(member);
    return value && value->is_string() ? std::string(value->as_string()) : std::string();
}

// Letters, digits and signs of ASCII, without spaces.
bool is_plain(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

// Authority of an address behind `scheme`, as "host:port".
std::string_view authority_of(std::string_view address, std::string_view scheme) {
    address.remove_prefix(scheme.size());
    return address.substr(0, address.find_first_of("/?#"));
}

bool is_of_this_machine(std::string_view authority) {
    for (const std::string_view host : {"localhost", "127.0.0.1", "[::1]"})
        if (authority == host || (authority.starts_with(host) && authority[host.size()] == ':' &&
                                  authority.find_first_not_of("0123456789", host.size() + 1) == std::string_view::npos))
            return true;
    return false;
}

std::string endpoint_in(const json::object& document, std::string_view member, const std::string& issuer) {
    auto address = text_of(document, member);
    if (!may_be_asked(address, issuer))
        throw app::SignOnFailed("the provider's " + std::string(member) + " is no address that may be asked");
    return address;
}

bool takes_secret_in_body_alone(const json::object& document) {
    const auto* methods = document.if_contains("token_endpoint_auth_methods_supported");
    if (!methods || !methods->is_array()) return false;
    const auto& list = methods->as_array();
    const auto has = [&](std::string_view name) {
        return std::any_of(list.begin(), list.end(),
                           [&](const json::value& each) { return each.is_string() && each.as_string() == name; });
    };
    return !has("client_secret_basic") && has("client_secret_post");
}

}  // namespace

bool may_be_asked(std::string_view address, std::string_view issuer) {
    constexpr std::string_view safe = "https://";
    constexpr std::string_view plain = "http://";
    const bool has_strange = !is_plain(address) || address.find('#') != std::string_view::npos;
    const bool is_safe = address.starts_with(safe);
    if (has_strange || (!is_safe && !address.starts_with(plain))) return false;
    const auto authority = authority_of(address, is_safe ? safe : plain);
    if (authority.empty() || authority.find('@') != std::string_view::npos) return false;
    return is_safe || (is_of_this_machine(authority) && issuer.starts_with(plain));
}

Endpoints read_discovery(std::string_view text, const std::string& issuer) {
    const auto document = object_of(text, "discovery document");
    if (text_of(document, "issuer") != issuer)
        throw app::SignOnFailed("the discovery document is of another issuer: " + text_of(document, "issuer"));
    Endpoints endpoints{.authorization = endpoint_in(document, "authorization_endpoint", issuer),
                        .token = endpoint_in(document, "token_endpoint", issuer),
                        .user_info = {},
                        .keys = endpoint_in(document, "jwks_uri", issuer),
                        .secret_in_body = takes_secret_in_body_alone(document)};
    if (document.contains("userinfo_endpoint"))
        endpoints.user_info = endpoint_in(document, "userinfo_endpoint", issuer);
    return endpoints;
}

Tokens read_tokens(std::string_view text) {
    const auto object = object_of(text, "answer to the code");
    Tokens tokens{text_of(object, "id_token"), text_of(object, "access_token")};
    if (tokens.id_token.empty()) {
        const auto error = error_in(text);
        throw app::SignOnFailed("the provider gave no ID token" + (error.empty() ? "" : ": " + error));
    }
    if (!is_plain(tokens.access_token))
        throw app::SignOnFailed("the provider's access token cannot be sent in a header");
    return tokens;
}

std::string error_in(std::string_view text) {
    constexpr std::size_t longest = 100;
    json::error_code ec;
    const auto value = json::parse(text, ec);
    const auto* object = ec ? nullptr : value.if_object();
    auto error = object ? text_of(*object, "error") : std::string();
    return error.size() <= longest && is_plain(error) ? error : std::string();
}

app::SignedOn with_user_info(app::SignedOn who, std::string_view text) {
    const auto info = object_of(text, "user information");
    if (text_of(info, "sub") != who.subject)
        throw app::SignOnFailed("the provider's user information is about somebody else");
    const auto* verified = info.if_contains("email_verified");
    who.email = text_of(info, "email");
    who.email_verified = verified && verified->is_bool() && verified->as_bool();
    return who;
}

std::string encoded(std::string_view text) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string result;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                           c == '.' || c == '_' || c == '~';
        if (plain)
            result += c;
        else
            ((result += '%') += digits[byte >> 4]) += digits[byte & 15];
    }
    return result;
}

}  // namespace sluice::connect::oidc
