-- How subscribers pay, and what happens when money does not come: terms of payment, ladders of collection and what they
-- have done, time that debtors were given.

-- Null: the next, less specific level decides. Limits are amounts in the operator's currency.
ALTER TABLE operators ADD COLUMN payment_terms TEXT CHECK (payment_terms IN ('invoice', 'prepaid', 'credit_limit', 'unlimited_postpaid'));
ALTER TABLE operators ADD COLUMN credit_limit TEXT;
ALTER TABLE operators ADD COLUMN due_day {int} CHECK (due_day BETWEEN 1 AND 28);
ALTER TABLE operators ADD COLUMN block_after {int} CHECK (block_after BETWEEN 0 AND 365);
ALTER TABLE operators ADD COLUMN ladder TEXT;
ALTER TABLE operators ADD COLUMN promise_days {int} CHECK (promise_days BETWEEN 0 AND 60);
ALTER TABLE operators ADD COLUMN promise_pause {int} CHECK (promise_pause BETWEEN 0 AND 365);
ALTER TABLE operators ADD COLUMN promise_limit TEXT;
ALTER TABLE policies ADD COLUMN payment_terms TEXT CHECK (payment_terms IN ('invoice', 'prepaid', 'credit_limit', 'unlimited_postpaid'));
ALTER TABLE policies ADD COLUMN credit_limit TEXT;
ALTER TABLE policies ADD COLUMN due_day {int} CHECK (due_day BETWEEN 1 AND 28);
ALTER TABLE policies ADD COLUMN block_after {int} CHECK (block_after BETWEEN 0 AND 365);
ALTER TABLE policies ADD COLUMN ladder TEXT;
ALTER TABLE policies ADD COLUMN promise_days {int} CHECK (promise_days BETWEEN 0 AND 60);
ALTER TABLE policies ADD COLUMN promise_pause {int} CHECK (promise_pause BETWEEN 0 AND 365);
ALTER TABLE policies ADD COLUMN promise_limit TEXT;
ALTER TABLE subscribers ADD COLUMN payment_terms TEXT CHECK (payment_terms IN ('invoice', 'prepaid', 'credit_limit', 'unlimited_postpaid'));
ALTER TABLE subscribers ADD COLUMN credit_limit TEXT;
ALTER TABLE subscribers ADD COLUMN due_day {int} CHECK (due_day BETWEEN 1 AND 28);
ALTER TABLE subscribers ADD COLUMN block_after {int} CHECK (block_after BETWEEN 0 AND 365);
ALTER TABLE subscribers ADD COLUMN ladder TEXT;
ALTER TABLE subscribers ADD COLUMN promise_days {int} CHECK (promise_days BETWEEN 0 AND 60);
ALTER TABLE subscribers ADD COLUMN promise_pause {int} CHECK (promise_pause BETWEEN 0 AND 365);
ALTER TABLE subscribers ADD COLUMN promise_limit TEXT;

-- Whose doing a suspension is; 'request' where there is none.
ALTER TABLE sub_services ADD COLUMN suspended_for TEXT NOT NULL DEFAULT 'request' CHECK (suspended_for IN ('request', 'debt', 'funds'));
CREATE INDEX sub_services_waiting ON sub_services (subscriber_id) WHERE suspended_for <> 'request';

-- What is done about documents that are not paid, in days after the due date; `reminders` with spaces between.
CREATE TABLE collection_ladders (
    operator_id {int} NOT NULL REFERENCES operators (id),
    code TEXT NOT NULL,
    reminders TEXT NOT NULL,
    late_fee_after {int} CHECK (late_fee_after BETWEEN 0 AND 365),
    late_fee TEXT NOT NULL,
    suspend_after {int} CHECK (suspend_after BETWEEN 0 AND 365),
    terminate_after {int} CHECK (terminate_after BETWEEN 0 AND 3650),
    spares_weekends {int} NOT NULL CHECK (spares_weekends IN (0, 1)),
    PRIMARY KEY (operator_id, code)
){strict};

CREATE TABLE holidays (
    operator_id {int} NOT NULL REFERENCES operators (id),
    date {date} NOT NULL,
    PRIMARY KEY (operator_id, date)
){strict};

-- Steps of a ladder that were taken about a document, each once for a due date.
CREATE TABLE collection_steps (
    subscriber_id {int} NOT NULL,
    document_id {int} NOT NULL,
    due {date} NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('reminder', 'late_fee', 'suspension', 'termination')),
    days {int} NOT NULL,
    date {date} NOT NULL,
    PRIMARY KEY (subscriber_id, document_id, due, kind, days),
    FOREIGN KEY (subscriber_id, document_id) REFERENCES documents (subscriber_id, id)
){strict};

-- Until when (null: for good) nothing is done about what a subscriber owes.
CREATE TABLE collection_holds (
    subscriber_id {int} NOT NULL REFERENCES subscribers (subscriber_id),
    id {int} NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('exemption', 'promised_date')),
    since_date {date} NOT NULL,
    until_date {date},
    reason TEXT NOT NULL,
    PRIMARY KEY (subscriber_id, id),
    CHECK (until_date IS NULL OR until_date >= since_date)
){strict};

-- A debt in dated parts: the documents that were open then, and what is to be paid by when.
CREATE TABLE payment_plans (
    subscriber_id {int} NOT NULL REFERENCES subscribers (subscriber_id),
    id {int} NOT NULL,
    date {date} NOT NULL,
    currency {code3} NOT NULL,
    ended_on {date},
    PRIMARY KEY (subscriber_id, id)
){strict};
CREATE TABLE payment_plan_parts (
    subscriber_id {int} NOT NULL,
    plan_id {int} NOT NULL,
    due {date} NOT NULL,
    amount {int} NOT NULL CHECK (amount > 0),
    PRIMARY KEY (subscriber_id, plan_id, due),
    FOREIGN KEY (subscriber_id, plan_id) REFERENCES payment_plans (subscriber_id, id)
){strict};
CREATE TABLE payment_plan_documents (
    subscriber_id {int} NOT NULL,
    plan_id {int} NOT NULL,
    document_id {int} NOT NULL,
    open {int} NOT NULL CHECK (open > 0),
    PRIMARY KEY (subscriber_id, plan_id, document_id),
    FOREIGN KEY (subscriber_id, plan_id) REFERENCES payment_plans (subscriber_id, id),
    FOREIGN KEY (subscriber_id, document_id) REFERENCES documents (subscriber_id, id)
){strict};

-- Credit for some days on the promise of a payment; `until_date` is the last of them.
CREATE TABLE promised_payments (
    subscriber_id {int} NOT NULL REFERENCES subscribers (subscriber_id),
    id {int} NOT NULL,
    date {date} NOT NULL,
    until_date {date} NOT NULL,
    currency {code3} NOT NULL,
    amount {int} NOT NULL CHECK (amount > 0),
    PRIMARY KEY (subscriber_id, id),
    CHECK (until_date >= date)
){strict};

-- A word more in the list of long work.
{only_postgresql}ALTER TABLE jobs DROP CONSTRAINT jobs_kind_check, ADD CONSTRAINT jobs_kind_check CHECK (kind IN ('bill_run', 'verification', 'import', 'collection_run'));
{only_sqlite}PRAGMA writable_schema = ON;
{only_sqlite}UPDATE sqlite_schema SET sql = replace(sql, '''verification'', ''import'')', '''verification'', ''import'', ''collection_run'')') WHERE type = 'table' AND name = 'jobs';
{only_sqlite}PRAGMA writable_schema = RESET;
