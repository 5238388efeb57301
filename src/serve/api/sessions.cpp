#include "serve/api/sessions.hpp"

#include "app/sign_in.hpp"

namespace sluice::serve::api {

std::string_view cookie_in(const http::Request& request, std::string_view name) {
    auto rest = request.header("Cookie");
    while (!rest.empty()) {
        const auto end = rest.find(';');
        auto part = rest.substr(0, end);
        while (part.starts_with(' ')) part.remove_prefix(1);
        if (part.starts_with(name) && part.substr(name.size()).starts_with('=')) return part.substr(name.size() + 1);
        if (end == std::string_view::npos) break;
        rest.remove_prefix(end + 1);
    }
    return {};
}

void set_cookie(http::Response& response, const Call& call, std::string_view name, std::string_view value,
                std::string_view attributes, std::chrono::seconds life) {
    response.headers.emplace_back(
        "Set-Cookie", std::string(name) + "=" + std::string(value) + "; HttpOnly; " + std::string(attributes) +
                          "; Max-Age=" + std::to_string(life.count()) + (call.is_secure ? "; Secure" : ""));
}

void set_session_cookie(http::Response& response, const Call& call, std::string_view token, std::chrono::seconds life) {
    set_cookie(response, call, session_cookie, token, "Path=/; SameSite=Strict", life);
    response.headers.emplace_back("Cache-Control", "no-store");
}

Instant open_session(Desk& desk, app::User& user, std::string_view token) {
    const auto& call = desk.call();
    auto& staff = desk.store().staff();
    user.last_signed_in_at = call.now;
    staff.update(user);
    const auto expires_at = call.now + app::session_life;
    staff.add(app::StoredSession{desk.engine().parts().hasher->of(token), user.id, call.now, call.now, expires_at,
                                 call.address, call.agent});
    return expires_at;
}

Principal principal_of(const app::User& user) {
    Principal principal{.key = {}, .op = {}, .op_code = {}, .role = app::Role::viewer, .name = user.name};
    principal.user = user.id;
    if (user.grants.size() == 1) principal.op = user.grants.front().op;
    return principal;
}

}  // namespace sluice::serve::api
