#include "serve/api/admission.hpp"

#include "serve/api/sessions.hpp"

namespace sluice::serve::api {

namespace json = boost::json;

namespace {

bool is_json(std::string_view content_type) {
    const auto type = content_type.substr(0, content_type.find(';'));
    return type == "application/json" || type == "application/json ";
}

bool only_reads(std::string_view method) { return method == "GET" || method == "HEAD"; }

}  // namespace

Principal Admission::authenticate(const Operation& operation, const http::Request& request, Call& call) {
    const auto header = request.header("Authorization");
    if (header.empty() && !cookie_in(request, session_cookie).empty()) return principal_of(operation, request, call);
    constexpr std::string_view bearer = "Bearer ";
    if (header.empty())
        throw Problem(401, "not_authenticated", "there is no API key; send \"Authorization: Bearer slk_…\"");
    auto principal = header.starts_with(bearer) ? keyring_.find(header.substr(bearer.size())) : std::nullopt;
    if (!principal) throw Problem(401, "not_authenticated", "the API key is unknown or has been revoked");
    return *principal;
}

// A user acts by the grant of the operator that is named; by the platform's, else by the only one, where none is.
Principal Admission::principal_of(const Operation& operation, const http::Request& request, Call& call) {
    const auto token = cookie_in(request, session_cookie);
    const auto hash = engine_.parts().hasher->of(token);
    bool is_due = false;
    const auto seat = keyring_.find_session(hash, call.now, is_due);
    if (!seat) throw Problem(401, "not_authenticated", "the session has ended; sign in again");
    if (!only_reads(request.method) && request.header("Sluice-CSRF") != csrf_token_of(*engine_.parts().hasher, token))
        throw Problem(403, "csrf_token_missing", "send the session's csrf_token in the header Sluice-CSRF");
    if (is_due)
        engine_.writer().submit([hash, now = call.now](app::Store& store) { store.staff().touch_session(hash, now); },
                                [](const std::exception_ptr&) {});
    call.cookie = token;
    Principal principal{.key = {}, .op = {}, .op_code = {}, .role = app::Role::viewer, .name = seat->name};
    principal.user = seat->user;
    principal.session = hash;
    if (operation.role == "session") return principal;

    const auto named = request.header("Sluice-Operator");
    const auto op = named.empty() ? std::nullopt : keyring_.operator_named(named);
    const app::UserGrant* best = nullptr;
    for (const auto& grant : seat->grants) {
        const bool fits = !grant.op || (named.empty() ? seat->grants.size() == 1 : grant.op == op);
        if (fits && (!best || grant.role > best->role)) best = &grant;
    }
    if (!best && !named.empty())
        throw not_found("unknown_operator", "there is no operator \"" + std::string(named) + "\"");
    if (!best && seat->grants.empty()) throw Problem(403, "not_allowed", "nobody has granted you anything yet");
    if (!best) throw invalid_request({{"header", "Sluice-Operator", "is missing; name the operator that you act for"}});
    principal.op = best->op;
    if (best->op) principal.op_code = keyring_.code_of(*best->op);
    principal.role = role_of(best->role);
    principal.staff_role = best->role;
    return principal;
}

void Admission::authorize(const Operation& operation, const Principal& principal) const {
    if (operation.role == "session") {
        if (!principal.user) throw Problem(403, "not_allowed", "this is for people who have signed in");
        return;
    }
    if (principal.staff_role && is_granted(*principal.staff_role, operation)) return;
    if (operation.role == "platform") {
        if (!principal.is_platform() || principal.role != app::Role::owner)
            throw Problem(403, "not_allowed", "this needs an owner's key of the platform");
        return;
    }
    const auto needed = parse_role(operation.role);
    check(needed.has_value(), "an operation has a role");
    if (principal.role < *needed)
        throw Problem(
            403, "not_allowed",
            "this needs the role " + operation.role + "; the key has the role " + std::string(name_of(principal.role)));
}

// Those that the operation describes. What creates an operator, say, acts for none: it passes over a header that names
// one.
void Admission::read_headers(Call& call, const http::Request& request) const {
    Texts headers;
    if (auto faults = description_.check_headers(*call.operation, request.headers, headers); !faults.empty())
        throw invalid_request(std::move(faults));
    const auto take = [&](std::string_view name, std::string& value) {
        if (const auto sent = headers.find(name); sent != headers.end()) value = std::move(sent->second);
    };
    take("Sluice-Operator", call.operator_named);
    take("If-Match", call.if_match);
    take("If-None-Match", call.if_none_match);
    take("Idempotency-Key", call.idempotency_key);
}

std::optional<customers::OperatorId> Admission::operator_of(std::string_view named, const Principal& principal,
                                                            bool is_needed) const {
    if (!named.empty()) {
        const auto found = keyring_.operator_named(named);
        // Of an operator that is not the key's own, one does not learn that it is there.
        if (!found || (principal.op && principal.op != found))
            throw not_found("unknown_operator", "there is no operator \"" + std::string(named) + "\"");
        return found;
    }
    if (principal.op || !is_needed) return principal.op;
    const auto only = keyring_.only_operator();
    if (!only)
        throw invalid_request(
            {{"header", "Sluice-Operator", "is missing; a key of the platform names the operator that it acts for"}});
    return only;
}

void Admission::read_body(Call& call, const http::Request& request) const {
    const auto& operation = *call.operation;
    if (!operation.takes_body) {
        if (!request.body.empty()) throw invalid_request({{"body", "", "must be empty: this operation takes none"}});
        return;
    }
    if (request.body.empty()) {
        if (operation.needs_body) throw invalid_request({{"body", "", "is missing; send it as application/json"}});
        call.body = json::object();
        return;
    }
    if (!is_json(request.header("Content-Type")))
        throw Problem(415, "unsupported_media_type", "the body must be application/json; say so in Content-Type");
    auto parsed = parse_json(request.body);
    if (const auto* wrong = std::get_if<std::string>(&parsed)) throw Problem(400, "malformed_json", *wrong);
    call.body = std::move(std::get<json::value>(parsed));
    if (auto faults = description_.check_body(operation, call.body); !faults.empty())
        throw invalid_request(std::move(faults));
}

}  // namespace sluice::serve::api
