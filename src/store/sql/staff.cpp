#include "store/sql/staff.hpp"

#include <algorithm>
#include <charconv>

#include "store/sql/rows.hpp"
#include "store/sql/sql.hpp"

namespace sluice::store {

using app::AttemptsOf;
using app::UserId;
using customers::OperatorId;

namespace {

constexpr std::array<std::string_view, 5> role_names{"viewer", "cashier", "support", "clerk", "owner"};
constexpr std::array<std::string_view, 2> attempt_names{"login", "address"};
constexpr std::array<std::string_view, 3> actor_names{"user", "api_key", "program"};

// As logins are stored and compared.
std::string in_lower_case(std::string_view login) {
    std::string lowered(login);
    for (auto& c : lowered)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return lowered;
}

const std::string user_columns =
    "SELECT id, login, name, language, password_hash, disabled, totp_secret, totp_pending, totp_step, created_at, "
    "last_signed_in_at FROM users ";

app::User read_user(Query& row) {
    const auto id = row.get<UserId>();
    auto login = row.get<std::string>();
    auto name = row.get<std::string>();
    auto language = row.get<std::string>();
    return {.id = id,
            .login = std::move(login),
            .name = std::move(name),
            .language = std::move(language),
            .password_hash = row.get<std::string>(),
            .disabled = row.get<bool>(),
            .sealed_totp = row.get<std::string>(),
            .pending_totp = row.get<std::string>(),
            .totp_step = row.get<std::int64_t>(),
            .created_at = row.get<Instant>(),
            .last_signed_in_at = row.get<std::optional<Instant>>()};
}

std::vector<app::User> all_users(Query&& row) {
    std::vector<app::User> users;
    while (row.next()) users.push_back(read_user(row));
    return users;
}

std::optional<app::User> only(std::vector<app::User> users) {
    if (users.empty()) return std::nullopt;
    return std::move(users.front());
}

app::StoredSession read_session(Query& row) {
    const auto token = row.get<app::Hash>();
    const auto user = row.get<UserId>();
    const auto created_at = row.get<Instant>();
    const auto last_seen_at = row.get<Instant>();
    const auto expires_at = row.get<Instant>();
    auto address = row.get<std::string>();
    return {token, user, created_at, last_seen_at, expires_at, std::move(address), row.get<std::string>()};
}

// Of a position in the log; 0 for one of another list.
std::int64_t microseconds_in(const std::string& key) {
    std::int64_t microseconds = 0;
    const auto* end = key.data() + key.size();
    const auto [stopped, error] = std::from_chars(key.data(), end, microseconds);
    return error == std::errc{} && stopped == end ? microseconds : 0;
}

app::AuditEntry read_entry(Query& row) {
    const auto id = row.get<app::AuditId>();
    const auto op = row.get<std::optional<OperatorId>>();
    const auto at = row.get<Instant>();
    const auto actor = read_enum<app::ActorKind>(actor_names, row);
    const auto actor_id = row.get<std::optional<std::int64_t>>();
    auto actor_name = row.get<std::string>();
    auto address = row.get<std::string>();
    auto operation = row.get<std::string>();
    const auto subscriber = row.get<std::optional<customers::SubscriberId>>();
    auto request = row.get<std::string>();
    auto before = row.get<std::optional<std::string>>();
    auto after = row.get<std::optional<std::string>>();
    return {id,
            op,
            at,
            actor,
            actor_id,
            std::move(actor_name),
            std::move(address),
            std::move(operation),
            subscriber,
            std::move(request),
            std::move(before),
            std::move(after),
            row.get<std::int32_t>()};
}

}  // namespace

void SqlStaff::add(const app::User& u) {
    Query(db_,
          "INSERT INTO users (id, login, name, language, password_hash, disabled, totp_secret, totp_pending, "
          "totp_step, created_at, last_signed_in_at) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
          u.id, in_lower_case(u.login), u.name, u.language, u.password_hash, u.disabled, u.sealed_totp, u.pending_totp,
          u.totp_step, u.created_at, u.last_signed_in_at)
        .run();
    add_grants(u);
}

void SqlStaff::update(const app::User& u) {
    Query(db_,
          "UPDATE users SET name = ?, language = ?, password_hash = ?, disabled = ?, totp_secret = ?, totp_pending = "
          "?, totp_step = ?, last_signed_in_at = ? WHERE id = ?",
          u.name, u.language, u.password_hash, u.disabled, u.sealed_totp, u.pending_totp, u.totp_step,
          u.last_signed_in_at, u.id)
        .run();
    Query(db_, "DELETE FROM user_grants WHERE user_id = ?", u.id).run();
    add_grants(u);
}

void SqlStaff::add_grants(const app::User& user) {
    Inserter rows(db_, "user_grants", {"user_id", "scope", "operator_id", "role"});
    for (const auto& grant : user.grants)
        rows.row(user.id, grant.op ? grant.op->value() : 0, grant.op, name_in(role_names, grant.role));
    rows.flush();
}

void SqlStaff::read_grants(std::vector<app::User>& users) {
    const bool is_one = users.size() == 1;
    Sql sql("SELECT user_id, operator_id, role FROM user_grants");
    if (is_one) sql.add(" WHERE user_id = ?", users.front().id);
    sql.add(" ORDER BY user_id, scope");
    Query row(db_, sql);
    auto user = users.begin();
    while (row.next()) {
        const auto id = row.get<UserId>();
        const auto op = row.get<std::optional<OperatorId>>();
        const auto role = read_enum<app::StaffRole>(role_names, row);
        while (user != users.end() && user->id < id) ++user;
        if (user != users.end() && user->id == id) user->grants.push_back({op, role});
    }
}

std::vector<app::User> SqlStaff::users() {
    auto users = all_users({db_, user_columns + "ORDER BY id"});
    if (!users.empty()) read_grants(users);
    return users;
}

std::optional<app::User> SqlStaff::find_user(UserId user) {
    auto users = all_users({db_, user_columns + "WHERE id = ?", user});
    if (!users.empty()) read_grants(users);
    return only(std::move(users));
}

std::optional<app::User> SqlStaff::find_user(std::string_view login) {
    auto users = all_users({db_, user_columns + "WHERE login = ?", in_lower_case(login)});
    if (!users.empty()) read_grants(users);
    return only(std::move(users));
}

void SqlStaff::add(const app::StoredSession& s) {
    Query(db_,
          "INSERT INTO user_sessions (token_hash, user_id, created_at, last_seen_at, expires_at, address, agent) "
          "VALUES (?,?,?,?,?,?,?)",
          s.token, s.user, s.created_at, s.last_seen_at, s.expires_at, s.address, s.agent)
        .run();
}

std::vector<app::StoredSession> SqlStaff::sessions(Instant now) {
    std::vector<app::StoredSession> sessions;
    Query row(db_,
              "SELECT token_hash, user_id, created_at, last_seen_at, expires_at, address, agent FROM user_sessions "
              "WHERE expires_at > ?",
              now);
    while (row.next()) sessions.push_back(read_session(row));
    return sessions;
}

void SqlStaff::touch_session(const app::Hash& token, Instant at) {
    Query(db_, "UPDATE user_sessions SET last_seen_at = ? WHERE token_hash = ? AND last_seen_at < ?", at, token, at)
        .run();
}

void SqlStaff::end_session(const app::Hash& token) {
    Query(db_, "DELETE FROM user_sessions WHERE token_hash = ?", token).run();
}

void SqlStaff::end_sessions(UserId user, const std::optional<app::Hash>& but) {
    if (but)
        Query(db_, "DELETE FROM user_sessions WHERE user_id = ? AND token_hash <> ?", user, *but).run();
    else
        Query(db_, "DELETE FROM user_sessions WHERE user_id = ?", user).run();
}

void SqlStaff::replace_recovery_codes(UserId user, std::span<const app::Hash> codes) {
    Query(db_, "DELETE FROM recovery_codes WHERE user_id = ?", user).run();
    Inserter rows(db_, "recovery_codes", {"user_id", "code_hash"});
    for (const auto& code : codes) rows.row(user, code);
    rows.flush();
}

bool SqlStaff::use_recovery_code(UserId user, const app::Hash& code, Instant at) {
    bool is_good = false;
    {
        Query row(db_,
                  std::string("SELECT 1 FROM recovery_codes WHERE user_id = ? AND code_hash = ? AND used_at IS NULL") +
                      (db_.has_other_writers() ? " FOR UPDATE" : ""),
                  user, code);
        is_good = row.next();
    }
    if (is_good)
        Query(db_, "UPDATE recovery_codes SET used_at = ? WHERE user_id = ? AND code_hash = ?", at, user, code).run();
    return is_good;
}

void SqlStaff::add_reset(const app::Hash& token, UserId user, Instant expires_at) {
    Query(db_, "INSERT INTO password_resets (token_hash, user_id, expires_at) VALUES (?,?,?)", token, user, expires_at)
        .run();
}

std::optional<UserId> SqlStaff::find_reset(const app::Hash& token, Instant now) {
    Query row(db_, "SELECT user_id FROM password_resets WHERE token_hash = ? AND expires_at > ? AND used_at IS NULL",
              token, now);
    if (!row.next()) return std::nullopt;
    return row.get<UserId>();
}

void SqlStaff::end_resets(UserId user, Instant at) {
    Query(db_, "UPDATE password_resets SET used_at = ? WHERE user_id = ? AND used_at IS NULL", at, user).run();
}

app::Attempts SqlStaff::attempts(AttemptsOf kind, std::string_view who) {
    Query row(db_, "SELECT failures, last_at FROM sign_in_attempts WHERE kind = ? AND who = ?",
              name_in(attempt_names, kind), who);
    if (!row.next()) return {};
    const auto failures = row.get<std::int64_t>();
    return {failures, row.get<Instant>()};
}

void SqlStaff::save(AttemptsOf kind, std::string_view who, const app::Attempts& attempts) {
    Query(db_,
          "INSERT INTO sign_in_attempts (kind, who, failures, last_at) VALUES (?,?,?,?) ON CONFLICT (kind, who) DO "
          "UPDATE SET failures = excluded.failures, last_at = excluded.last_at",
          name_in(attempt_names, kind), who, attempts.failures, attempts.last_at)
        .run();
}

void SqlStaff::forget_attempts(AttemptsOf kind, std::string_view who) {
    Query(db_, "DELETE FROM sign_in_attempts WHERE kind = ? AND who = ?", name_in(attempt_names, kind), who).run();
}

void SqlStaff::forget_before(Instant time) {
    Query(db_, "DELETE FROM sign_in_attempts WHERE last_at < ?", time).run();
    Query(db_, "DELETE FROM user_sessions WHERE expires_at < ?", time).run();
    oidc_.forget_sign_ons_before(time);
}

void SqlStaff::add(const app::AuditEntry& e) {
    Query(db_,
          "INSERT INTO audit_log (id, operator_id, at, actor_kind, actor_id, actor_name, address, operation, "
          "subscriber_id, request, state_before, state_after, status) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
          e.id, e.op, e.at, name_in(actor_names, e.actor), e.actor_id, e.actor_name, e.address, e.operation,
          e.subscriber, e.request, e.before, e.after, e.status)
        .run();
}

app::Page<app::AuditEntry> SqlStaff::audit_log(const app::AuditQuery& query) {
    Sql sql(
        "SELECT id, operator_id, at, actor_kind, actor_id, actor_name, address, operation, subscriber_id, request, "
        "state_before, state_after, status FROM audit_log WHERE 1 = 1");
    if (query.op) sql.add(" AND operator_id = ?", *query.op);
    if (query.actor) sql.add(" AND actor_id = ?", *query.actor);
    if (query.operation) sql.add(" AND operation = ?", *query.operation);
    if (query.subscriber) sql.add(" AND subscriber_id = ?", *query.subscriber);
    if (query.since) sql.add(" AND at >= ?", *query.since);
    if (query.until) sql.add(" AND at < ?", *query.until);
    if (const auto& after = query.paging.after) {
        const auto at = microseconds_in(after->key);
        sql.add(" AND at <= ? AND (at < ? OR id < ?)", at, at, after->id);
    }
    sql.add(" ORDER BY at DESC, id DESC LIMIT ?", query.paging.limit + 1);
    app::Page<app::AuditEntry> page;
    Query row(db_, sql);
    while (row.next()) page.rows.push_back(read_entry(row));
    if (static_cast<std::int64_t>(page.rows.size()) <= query.paging.limit) return page;
    page.rows.pop_back();
    const auto& last = page.rows.back();
    page.next = app::Position{std::to_string(last.at.time_since_epoch().count()), last.id.value()};
    return page;
}

}  // namespace sluice::store
