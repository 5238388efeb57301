-- Payments through gateways. Nothing of a card is here but its brand, last four digits and expiry; what opens an account
-- at a gateway is sealed.

-- Ways to pay that an operator offers. Lists are words, one a line; an empty one lets everything through.
CREATE TABLE payment_methods (
    id {int} PRIMARY KEY,
    operator_id {int} NOT NULL REFERENCES operators (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    gateway TEXT NOT NULL,
    position {int} NOT NULL,
    enabled {int} NOT NULL CHECK (enabled IN (0, 1)),
    test_mode {int} NOT NULL CHECK (test_mode IN (0, 1)),
    currencies TEXT NOT NULL,
    countries TEXT NOT NULL,
    categories TEXT NOT NULL,
    minimum {int},
    maximum {int},
    commission_percent TEXT NOT NULL,
    commission_fixed {int} NOT NULL CHECK (commission_fixed >= 0),
    commission_on_top {int} NOT NULL CHECK (commission_on_top IN (0, 1)),
    sealed_settings TEXT NOT NULL,
    created_at {int} NOT NULL,
    UNIQUE (operator_id, code)
){strict};

-- Cards and the like that subscribers let be charged again, by the gateway's name of them.
CREATE TABLE saved_methods (
    subscriber_id {int} NOT NULL REFERENCES subscribers (subscriber_id),
    id {int} NOT NULL,
    operator_id {int} NOT NULL,
    payment_method_id {int} NOT NULL REFERENCES payment_methods (id),
    token TEXT NOT NULL,
    customer TEXT NOT NULL,
    brand TEXT NOT NULL,
    last4 TEXT NOT NULL,
    expires_month {int} NOT NULL,
    expires_year {int} NOT NULL,
    created_at {int} NOT NULL,
    PRIMARY KEY (subscriber_id, id),
    UNIQUE (subscriber_id, payment_method_id, token)
){strict};

-- Each try to be paid. What is credited is the amount; what the payer pays is the total. form: what the payer's browser
-- posts to the url, as JSON: [{"name": …, "value": …}, …]; none for a link.
CREATE TABLE checkouts (
    subscriber_id {int} NOT NULL REFERENCES subscribers (subscriber_id),
    id {int} NOT NULL,
    operator_id {int} NOT NULL,
    payment_method_id {int} NOT NULL REFERENCES payment_methods (id),
    kind TEXT NOT NULL CHECK (kind IN ('hosted', 'saved', 'setup')),
    document_id {int},
    currency {code3} NOT NULL,
    amount {int} NOT NULL CHECK (amount >= 0),
    commission {int} NOT NULL CHECK (commission >= 0),
    total {int} NOT NULL CHECK (total >= amount),
    state TEXT NOT NULL CHECK (state IN ('pending', 'succeeded', 'failed', 'expired', 'unknown')),
    saves_method {int} NOT NULL CHECK (saves_method IN (0, 1)),
    reference TEXT NOT NULL,
    url TEXT NOT NULL,
    form TEXT NOT NULL,
    gateway_payment TEXT NOT NULL,
    reason TEXT NOT NULL,
    message TEXT NOT NULL,
    saved_method_id {int},
    payment_id {int},
    request_key TEXT,
    created_at {int} NOT NULL,
    expires_at {int} NOT NULL,
    next_query_at {int},
    queries {int} NOT NULL,
    PRIMARY KEY (subscriber_id, id),
    UNIQUE (subscriber_id, request_key),
    FOREIGN KEY (subscriber_id, document_id) REFERENCES documents (subscriber_id, id),
    FOREIGN KEY (subscriber_id, payment_id) REFERENCES payments (subscriber_id, id),
    -- What was paid is in the books, and what was not is not.
    CHECK ((state = 'succeeded' AND kind <> 'setup') = (payment_id IS NOT NULL))
){strict};
-- The settle-lock: of a document, one checkout at a time is on its way, by whatever method.
CREATE UNIQUE INDEX checkouts_settling ON checkouts (subscriber_id, document_id) WHERE state IN ('pending', 'unknown');
CREATE INDEX checkouts_by_id ON checkouts (operator_id, id);
CREATE INDEX checkouts_by_gateway_payment ON checkouts (payment_method_id, gateway_payment);
CREATE INDEX checkouts_to_query ON checkouts (next_query_at) WHERE next_query_at IS NOT NULL;

-- What gateways told, each event once, however often it comes.
CREATE TABLE gateway_events (
    payment_method_id {int} NOT NULL REFERENCES payment_methods (id),
    event TEXT NOT NULL,
    operator_id {int} NOT NULL,
    type TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('done', 'ignored', 'to_be_booked')),
    payment TEXT NOT NULL,
    reference TEXT NOT NULL,
    checkout_id {int},
    currency {code3},
    amount {int},
    received_at {int} NOT NULL,
    PRIMARY KEY (payment_method_id, event)
){strict};
CREATE INDEX gateway_events_by_state ON gateway_events (operator_id, state, received_at);
