-- Bank statements: the files that were imported, each booked credit in them, and what is known of who pays from where.

CREATE TABLE bank_statements (
    operator_id {int} NOT NULL REFERENCES operators (id),
    id {int} NOT NULL,
    file_name TEXT NOT NULL,
    file_hash TEXT NOT NULL,
    format TEXT NOT NULL CHECK (format IN ('camt', 'mt940', 'csv')),
    imported_at {int} NOT NULL,
    imported_by TEXT NOT NULL,
    statements {int} NOT NULL,
    credits {int} NOT NULL,
    known {int} NOT NULL,
    matched {int} NOT NULL,
    debits {int} NOT NULL,
    reversals {int} NOT NULL,
    pending {int} NOT NULL,
    PRIMARY KEY (operator_id, id),
    -- The same file again is the same import.
    UNIQUE (operator_id, file_hash)
){strict};

-- The fingerprint is of what the bank says of the booking: told twice, in two files, it is one line. A matched line has
-- its payment, which is written in the same transaction.
CREATE TABLE bank_lines (
    operator_id {int} NOT NULL REFERENCES operators (id),
    id {int} NOT NULL,
    statement_id {int} NOT NULL,
    fingerprint TEXT NOT NULL,
    account TEXT NOT NULL,
    date {date} NOT NULL,
    currency {code3} NOT NULL,
    amount {int} NOT NULL CHECK (amount > 0),
    bank_reference TEXT NOT NULL,
    reference TEXT NOT NULL,
    payer TEXT NOT NULL,
    payer_account TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('unmatched', 'matched', 'set_aside')),
    matched_by TEXT CHECK (matched_by IN ('reference', 'amount_and_name', 'payer_account', 'clerk')),
    subscriber_id {int},
    payment_id {int},
    reason TEXT NOT NULL,
    PRIMARY KEY (operator_id, id),
    UNIQUE (operator_id, fingerprint),
    CHECK ((state = 'matched') = (payment_id IS NOT NULL)),
    CHECK ((state = 'matched') = (subscriber_id IS NOT NULL)),
    CHECK ((state = 'matched') = (matched_by IS NOT NULL)),
    CHECK ((state = 'set_aside') = (reason <> ''))
){clustered};
CREATE INDEX bank_lines_by_date ON bank_lines (operator_id, date, id);
CREATE INDEX bank_lines_by_statement ON bank_lines (operator_id, statement_id, date, id);
-- What waits for a clerk is little beside what is done.
CREATE INDEX bank_lines_unmatched ON bank_lines (operator_id, date, id) WHERE state = 'unmatched';
CREATE INDEX bank_lines_set_aside ON bank_lines (operator_id, date, id) WHERE state = 'set_aside';
CREATE INDEX bank_lines_by_subscriber ON bank_lines (subscriber_id, date, id) WHERE subscriber_id IS NOT NULL;

-- Whose an unmatched line may be, when several subscribers were found.
CREATE TABLE bank_line_candidates (
    operator_id {int} NOT NULL,
    line_id {int} NOT NULL,
    subscriber_id {int} NOT NULL,
    PRIMARY KEY (operator_id, line_id, subscriber_id)
){clustered};

-- From which accounts subscribers have paid, as references and clerks have said.
CREATE TABLE payer_accounts (
    operator_id {int} NOT NULL,
    account TEXT NOT NULL,
    subscriber_id {int} NOT NULL,
    PRIMARY KEY (operator_id, account, subscriber_id)
){clustered};

-- A code in what a payer wrote is found without regard to case and punctuation.
CREATE INDEX subscriber_codes_by_key ON subscriber_codes
    (operator_id, (lower(replace(replace(replace(replace(code, '-', ''), '.', ''), '_', ''), ':', ''))));
