-- What faces need beside the books: API keys, answers that are kept for repeated requests, events, long work.

-- Grows with every change of the operator, its policies or its catalogue: whoever keeps a copy sees that it is old.
ALTER TABLE operators ADD COLUMN revision {int} NOT NULL DEFAULT 1;

-- Without operator: a key of the platform, good for all operators. The secret itself is stored nowhere.
CREATE TABLE api_keys (
    id {int} PRIMARY KEY,
    operator_id {int} REFERENCES operators (id),
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('viewer', 'clerk', 'owner')),
    secret_hash {bytes} NOT NULL,
    created_at {int} NOT NULL,
    created_by TEXT NOT NULL,
    revoked_at {int}
){strict};

-- The answer to a request under an idempotency key. operator_id 0: a request to the platform.
CREATE TABLE idempotency_keys (
    operator_id {int} NOT NULL,
    idempotency_key TEXT NOT NULL,
    request_hash {bytes} NOT NULL,
    status {int} NOT NULL,
    headers TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at {int} NOT NULL,
    PRIMARY KEY (operator_id, idempotency_key)
){strict};
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);

-- What happened, in the order in which it was committed, without gaps within an operator.
CREATE TABLE events (
    operator_id {int} NOT NULL REFERENCES operators (id),
    sequence {int} NOT NULL CHECK (sequence > 0),
    type TEXT NOT NULL,
    at {int} NOT NULL,
    subscriber_id {int},
    object_id {int} NOT NULL,
    actor TEXT NOT NULL,
    PRIMARY KEY (operator_id, sequence)
){strict};
CREATE INDEX events_by_subscriber ON events (subscriber_id, sequence) WHERE subscriber_id IS NOT NULL;

-- Bill runs, verifications, imports: what was asked for and how far it has got. request, progress and result are JSON.
CREATE TABLE jobs (
    id {int} PRIMARY KEY,
    operator_id {int} REFERENCES operators (id),
    kind TEXT NOT NULL CHECK (kind IN ('bill_run', 'verification', 'import')),
    state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'finished', 'cancelled', 'failed')),
    request TEXT NOT NULL,
    progress TEXT NOT NULL,
    result TEXT NOT NULL,
    error TEXT NOT NULL,
    actor TEXT NOT NULL,
    requested_at {int} NOT NULL,
    started_at {int},
    finished_at {int}
){strict};
CREATE INDEX jobs_by_operator ON jobs (operator_id, kind, id);
CREATE INDEX jobs_unfinished ON jobs (id) WHERE state IN ('queued', 'running');
