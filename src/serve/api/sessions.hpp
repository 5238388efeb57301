// Cookies, and the session that begins with one of them.
#pragma once

#include "serve/api/desk.hpp"

namespace sluice::serve::api {

inline constexpr std::string_view session_cookie = "sluice_session";

// The value of the cookie; empty: the request bears none.
std::string_view cookie_in(const http::Request& request, std::string_view name);

// `attributes`: Path and SameSite. Scripts never see it; over https it is sent over https alone. Without a life it is
// taken away.
void set_cookie(http::Response& response, const Call& call, std::string_view name, std::string_view value,
                std::string_view attributes, std::chrono::seconds life);
void set_session_cookie(http::Response& response, const Call& call, std::string_view token, std::chrono::seconds life);

// A session of the user from now on, under the hash of the token. GIVES: until when, at the latest.
// REQUIRED afterwards: Engine::operators_changed.
Instant open_session(Desk& desk, app::User& user, std::string_view token);

// For the log: who has just shown who they are.
Principal principal_of(const app::User& user);

}  // namespace sluice::serve::api
