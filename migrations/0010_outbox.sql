-- What is told to others: webhooks to machines, e-mails to subscribers. Events become rows that wait, in the transaction that moves
-- the mark of how far the events have been read; a row waits until it was taken, or for so long that it is given up.

-- Where messages go, and in which language; empty: to nobody, in the operator's.
ALTER TABLE subscribers ADD COLUMN email TEXT NOT NULL DEFAULT '';
ALTER TABLE subscribers ADD COLUMN language TEXT NOT NULL DEFAULT '';

-- event_types: words, one a line; none lets everything through. While it is replaced, the old secret signs too. Events up
-- to read_through have their deliveries. A removed one is kept for its log.
CREATE TABLE webhook_endpoints (
    id {int} PRIMARY KEY,
    operator_id {int} NOT NULL REFERENCES operators (id),
    url TEXT NOT NULL,
    description TEXT NOT NULL,
    event_types TEXT NOT NULL,
    enabled {int} NOT NULL CHECK (enabled IN (0, 1)),
    sealed_secret TEXT NOT NULL,
    sealed_old_secret TEXT NOT NULL,
    old_secret_until {int},
    read_through {int} NOT NULL,
    created_at {int} NOT NULL,
    removed_at {int}
){strict};
CREATE INDEX webhook_endpoints_by_operator ON webhook_endpoints (operator_id, id);

-- A claim is of the one who is sending it now, and ends by itself. Without an event it is a test.
CREATE TABLE webhook_deliveries (
    endpoint_id {int} NOT NULL REFERENCES webhook_endpoints (id),
    id {int} NOT NULL,
    operator_id {int} NOT NULL,
    event_sequence {int},
    event_type TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'given_up')),
    attempts {int} NOT NULL,
    created_at {int} NOT NULL,
    next_attempt_at {int},
    ended_at {int},
    claim {int},
    claimed_until {int},
    PRIMARY KEY (endpoint_id, id),
    UNIQUE (endpoint_id, event_sequence),
    CHECK ((state = 'waiting') = (next_attempt_at IS NOT NULL)),
    CHECK ((state = 'waiting') = (ended_at IS NULL))
){strict};
CREATE INDEX webhook_deliveries_by_operator ON webhook_deliveries (operator_id, id);
CREATE INDEX webhook_deliveries_waiting ON webhook_deliveries (endpoint_id, next_attempt_at) WHERE state = 'waiting';
CREATE INDEX webhook_deliveries_claimed ON webhook_deliveries (claim) WHERE claim IS NOT NULL;
CREATE INDEX webhook_deliveries_ended ON webhook_deliveries (ended_at) WHERE ended_at IS NOT NULL;

-- Each try to deliver. Without a status no answer came, for this reason.
CREATE TABLE webhook_attempts (
    endpoint_id {int} NOT NULL,
    delivery_id {int} NOT NULL,
    number {int} NOT NULL CHECK (number > 0),
    at {int} NOT NULL,
    took_us {int} NOT NULL,
    status {int},
    answer TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (endpoint_id, delivery_id, number)
){strict};

-- How an operator sends e-mail. kinds: of messages that are switched on, words, one a line.
CREATE TABLE mail_settings (
    operator_id {int} PRIMARY KEY REFERENCES operators (id),
    host TEXT NOT NULL,
    port {int} NOT NULL,
    security TEXT NOT NULL CHECK (security IN ('starttls', 'tls', 'none')),
    username TEXT NOT NULL,
    sealed_password TEXT NOT NULL,
    from_name TEXT NOT NULL,
    from_address TEXT NOT NULL,
    reply_to TEXT NOT NULL,
    language TEXT NOT NULL,
    enabled {int} NOT NULL CHECK (enabled IN (0, 1)),
    kinds TEXT NOT NULL,
    read_through {int} NOT NULL
){strict};

-- The operator's own words; for what is not here there are those of the program.
CREATE TABLE message_templates (
    operator_id {int} NOT NULL REFERENCES operators (id),
    kind TEXT NOT NULL,
    language TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (operator_id, kind, language)
){strict};

-- As they are sent: what a subscriber was told does not change with the template. Without an event it was sent again.
CREATE TABLE messages (
    subscriber_id {int} NOT NULL REFERENCES subscribers (subscriber_id),
    id {int} NOT NULL,
    operator_id {int} NOT NULL,
    event_sequence {int},
    kind TEXT NOT NULL,
    language TEXT NOT NULL,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'refused', 'no_address', 'given_up')),
    attempts {int} NOT NULL,
    reason TEXT NOT NULL,
    created_at {int} NOT NULL,
    next_attempt_at {int},
    ended_at {int},
    claim {int},
    claimed_until {int},
    PRIMARY KEY (subscriber_id, id),
    UNIQUE (subscriber_id, event_sequence),
    CHECK ((state = 'waiting') = (next_attempt_at IS NOT NULL)),
    CHECK ((state = 'waiting') = (ended_at IS NULL))
){strict};
CREATE INDEX messages_waiting ON messages (operator_id, next_attempt_at) WHERE state = 'waiting';
CREATE INDEX messages_claimed ON messages (claim) WHERE claim IS NOT NULL;
CREATE INDEX messages_ended ON messages (ended_at) WHERE ended_at IS NOT NULL;
