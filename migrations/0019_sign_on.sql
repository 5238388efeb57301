-- Sign-on through OpenID Connect. A provider is never changed: its issuer and the subjects of its users belong together.
-- linked_by: by what a user is found who has no identity there yet.
CREATE TABLE oidc_providers (
    id {int} PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    label TEXT NOT NULL,
    issuer TEXT NOT NULL,
    client TEXT NOT NULL,
    client_secret TEXT NOT NULL,
    linked_by TEXT NOT NULL CHECK (linked_by IN ('email', 'subject')),
    created_at {int} NOT NULL
){strict};

-- A subject is one user, and a user has one subject at a provider.
CREATE TABLE user_identities (
    provider_id {int} NOT NULL REFERENCES oidc_providers (id),
    subject TEXT NOT NULL,
    user_id {int} NOT NULL REFERENCES users (id),
    linked_at {int} NOT NULL,
    PRIMARY KEY (provider_id, subject),
    UNIQUE (provider_id, user_id)
){strict};
CREATE INDEX user_identities_by_user ON user_identities (user_id);

-- Browsers that are on their way to a provider and back. The token itself is stored nowhere; taken, it is gone.
CREATE TABLE oidc_sign_ons (
    token_hash {bytes} PRIMARY KEY,
    provider_id {int} NOT NULL REFERENCES oidc_providers (id),
    expires_at {int} NOT NULL
){strict};
CREATE INDEX oidc_sign_ons_by_provider ON oidc_sign_ons (provider_id);
CREATE INDEX oidc_sign_ons_by_end ON oidc_sign_ons (expires_at);
