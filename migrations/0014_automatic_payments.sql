-- Money that comes in by itself through a saved method.

-- Null: the next, less specific level decides. `charge_retries` are days with spaces between; the caps are amounts in the
-- operator's currency.
ALTER TABLE operators ADD COLUMN charge_retries TEXT;
ALTER TABLE operators ADD COLUMN charge_cap TEXT;
ALTER TABLE operators ADD COLUMN charge_month_cap TEXT;
ALTER TABLE policies ADD COLUMN charge_retries TEXT;
ALTER TABLE policies ADD COLUMN charge_cap TEXT;
ALTER TABLE policies ADD COLUMN charge_month_cap TEXT;
ALTER TABLE subscribers ADD COLUMN charge_retries TEXT;
ALTER TABLE subscribers ADD COLUMN charge_cap TEXT;
ALTER TABLE subscribers ADD COLUMN charge_month_cap TEXT;

-- For the account (top-ups, or its documents), or for one sub-service. Not before `next_on`. `failed_on`, `failed_amount`
-- and `failed_balance` tell of the first decline since the last success, `declined_on` of the latest.
CREATE TABLE automatic_payments (
    subscriber_id {int} NOT NULL REFERENCES subscribers (subscriber_id),
    id {int} NOT NULL,
    operator_id {int} NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('top_up', 'documents', 'sub_service')),
    sub_service_id {int},
    saved_method_id {int} NOT NULL,
    next_on {date} NOT NULL,
    stopped {int} NOT NULL CHECK (stopped IN (0, 1)),
    stop_reason TEXT NOT NULL,
    failures {int} NOT NULL CHECK (failures >= 0),
    failed_on {date},
    declined_on {date},
    failed_amount {int},
    failed_balance {int},
    told_on {date},
    told_amount {int},
    created_at {int} NOT NULL,
    PRIMARY KEY (subscriber_id, id),
    UNIQUE (subscriber_id, sub_service_id),
    FOREIGN KEY (subscriber_id, saved_method_id) REFERENCES saved_methods (subscriber_id, id),
    FOREIGN KEY (subscriber_id, sub_service_id) REFERENCES sub_services (subscriber_id, id),
    CHECK ((what = 'sub_service') = (sub_service_id IS NOT NULL))
){strict};
-- An account has one way to be charged.
CREATE UNIQUE INDEX automatic_payments_of_account ON automatic_payments (subscriber_id) WHERE sub_service_id IS NULL;
CREATE INDEX automatic_payments_by_operator ON automatic_payments (operator_id, subscriber_id);

-- Whose doing a charge is: the automatic payment, the date that it is for, and the run that carries it out.
ALTER TABLE checkouts ADD COLUMN automatic_id {int};
ALTER TABLE checkouts ADD COLUMN automatic_on {date};
ALTER TABLE checkouts ADD COLUMN automatic_run {int};
-- A settle-lock, too: of what is charged for no document, one at a time is on its way.
CREATE UNIQUE INDEX checkouts_topping_up ON checkouts (subscriber_id, automatic_id) WHERE document_id IS NULL AND state IN ('pending', 'unknown');
CREATE INDEX checkouts_by_run ON checkouts (automatic_run, state, id) WHERE automatic_run IS NOT NULL;
CREATE INDEX checkouts_automatic ON checkouts (subscriber_id, automatic_on) WHERE automatic_on IS NOT NULL;

-- Money of refunds on its way to the payer: by the gateway that it came from, or by somebody who makes a transfer or hands
-- it out. `through` is gateway as long as the gateway may do it.
CREATE TABLE payouts (
    subscriber_id {int} NOT NULL REFERENCES subscribers (subscriber_id),
    id {int} NOT NULL,
    operator_id {int} NOT NULL,
    payment_id {int} NOT NULL,
    refund_id {int} NOT NULL,
    through TEXT NOT NULL CHECK (through IN ('gateway', 'manual')),
    state TEXT NOT NULL CHECK (state IN ('under_way', 'open', 'paid', 'cancelled')),
    currency {code3} NOT NULL,
    amount {int} NOT NULL CHECK (amount > 0),
    checkout_id {int},
    reference TEXT NOT NULL,
    message TEXT NOT NULL,
    created_at {int} NOT NULL,
    done_at {int},
    next_query_at {int},
    queries {int} NOT NULL,
    PRIMARY KEY (subscriber_id, id),
    UNIQUE (subscriber_id, refund_id),
    FOREIGN KEY (subscriber_id, payment_id) REFERENCES payments (subscriber_id, id),
    CHECK ((state IN ('paid', 'cancelled')) = (done_at IS NOT NULL)),
    CHECK (state <> 'under_way' OR through = 'gateway')
){strict};
CREATE INDEX payouts_by_operator ON payouts (operator_id, id);
CREATE INDEX payouts_by_state ON payouts (operator_id, state, id);
CREATE INDEX payouts_to_query ON payouts (next_query_at) WHERE next_query_at IS NOT NULL;

-- A word more in the list of long work.
{only_postgresql}ALTER TABLE jobs DROP CONSTRAINT jobs_kind_check, ADD CONSTRAINT jobs_kind_check CHECK (kind IN ('bill_run', 'verification', 'import', 'collection_run', 'automatic_payment_run'));
{only_sqlite}PRAGMA writable_schema = ON;
{only_sqlite}UPDATE sqlite_schema SET sql = replace(sql, '''collection_run''', '''collection_run'', ''automatic_payment_run''') WHERE type = 'table' AND name = 'jobs';
{only_sqlite}PRAGMA writable_schema = RESET;
