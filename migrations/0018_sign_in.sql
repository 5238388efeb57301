-- People who sign in, what they may, and what everybody has done.

-- `login` is an e-mail address in lower case. Without a password nobody signs in by one. The second factor is in force
-- when there is a secret; `totp_pending` waits for its first code; `totp_step` is the latest that was taken.
CREATE TABLE users (
    id {int} PRIMARY KEY,
    login TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    disabled {int} NOT NULL CHECK (disabled IN (0, 1)),
    totp_secret TEXT NOT NULL,
    totp_pending TEXT NOT NULL,
    totp_step {int} NOT NULL,
    created_at {int} NOT NULL,
    last_signed_in_at {int}
){strict};

-- scope: the operator's id, or 0 for the platform, which has no operator.
CREATE TABLE user_grants (
    user_id {int} NOT NULL REFERENCES users (id),
    scope {int} NOT NULL,
    operator_id {int} REFERENCES operators (id),
    role TEXT NOT NULL CHECK (role IN ('viewer', 'cashier', 'support', 'clerk', 'owner')),
    PRIMARY KEY (user_id, scope),
    CHECK ((scope = 0) = (operator_id IS NULL)),
    CHECK (operator_id IS NULL OR operator_id = scope)
){strict};

-- The token itself is stored nowhere.
CREATE TABLE user_sessions (
    token_hash {bytes} PRIMARY KEY,
    user_id {int} NOT NULL REFERENCES users (id),
    created_at {int} NOT NULL,
    last_seen_at {int} NOT NULL,
    expires_at {int} NOT NULL,
    address TEXT NOT NULL,
    agent TEXT NOT NULL
){strict};
CREATE INDEX user_sessions_by_user ON user_sessions (user_id);
CREATE INDEX user_sessions_by_end ON user_sessions (expires_at);

-- Each takes the place of a code of the second factor, once.
CREATE TABLE recovery_codes (
    user_id {int} NOT NULL REFERENCES users (id),
    code_hash {bytes} NOT NULL,
    used_at {int},
    PRIMARY KEY (user_id, code_hash)
){strict};

-- One-time links.
CREATE TABLE password_resets (
    token_hash {bytes} PRIMARY KEY,
    user_id {int} NOT NULL REFERENCES users (id),
    expires_at {int} NOT NULL,
    used_at {int}
){strict};
CREATE INDEX password_resets_by_user ON password_resets (user_id);

-- Attempts to sign in that have not succeeded, by the login that was tried and by the address that they came from.
CREATE TABLE sign_in_attempts (
    kind TEXT NOT NULL CHECK (kind IN ('login', 'address')),
    who TEXT NOT NULL,
    failures {int} NOT NULL CHECK (failures >= 0),
    last_at {int} NOT NULL,
    PRIMARY KEY (kind, who)
){strict};
CREATE INDEX sign_in_attempts_by_age ON sign_in_attempts (last_at);

-- Every change, written with it. request, state_before and state_after are JSON.
CREATE TABLE audit_log (
    id {int} PRIMARY KEY,
    operator_id {int},
    at {int} NOT NULL,
    actor_kind TEXT NOT NULL CHECK (actor_kind IN ('user', 'api_key', 'program')),
    actor_id {int},
    actor_name TEXT NOT NULL,
    address TEXT NOT NULL,
    operation TEXT NOT NULL,
    subscriber_id {int},
    request TEXT NOT NULL,
    state_before TEXT,
    state_after TEXT,
    status {int} NOT NULL
){strict};
CREATE INDEX audit_log_by_time ON audit_log (at, id);
CREATE INDEX audit_log_by_operator ON audit_log (operator_id, at, id);
CREATE INDEX audit_log_by_actor ON audit_log (actor_id, at, id) WHERE actor_id IS NOT NULL;
CREATE INDEX audit_log_by_operation ON audit_log (operation, at, id);
CREATE INDEX audit_log_by_subscriber ON audit_log (subscriber_id, at, id) WHERE subscriber_id IS NOT NULL;
