-- Money that goes back: refunds, charge-backs, credit notes that a clerk issues, and debts that are written off.

-- A word more in some lists. SQLite keeps a table as the text that made it, which is changed in place; creating the
-- tables below makes other connections read it again.
{only_postgresql}ALTER TABLE open_credits DROP CONSTRAINT open_credits_source_check, ADD CONSTRAINT open_credits_source_check CHECK (source IN ('payment', 'credit_note', 'write_off'));
{only_postgresql}ALTER TABLE allocations DROP CONSTRAINT allocations_source_check, ADD CONSTRAINT allocations_source_check CHECK (source IN ('payment', 'credit_note', 'write_off'));
{only_postgresql}ALTER TABLE entries DROP CONSTRAINT entries_source_check, ADD CONSTRAINT entries_source_check CHECK (source IN ('document', 'payment', 'refund', 'charge_back', 'write_off'));
{only_postgresql}ALTER TABLE postings DROP CONSTRAINT postings_account_check, ADD CONSTRAINT postings_account_check CHECK (account IN ('receivable', 'revenue', 'tax_payable', 'cash', 'bad_debt'));
{only_sqlite}PRAGMA writable_schema = ON;
{only_sqlite}UPDATE sqlite_schema SET sql = replace(sql, '(''payment'', ''credit_note'')', '(''payment'', ''credit_note'', ''write_off'')') WHERE type = 'table' AND name IN ('open_credits', 'allocations');
{only_sqlite}UPDATE sqlite_schema SET sql = replace(sql, '(''document'', ''payment'')', '(''document'', ''payment'', ''refund'', ''charge_back'', ''write_off'')') WHERE type = 'table' AND name = 'entries';
{only_sqlite}UPDATE sqlite_schema SET sql = replace(sql, '''tax_payable'', ''cash'')', '''tax_payable'', ''cash'', ''bad_debt'')') WHERE type = 'table' AND name = 'postings';
{only_sqlite}PRAGMA writable_schema = RESET;

-- Why a clerk issued it; empty: a bill run did.
ALTER TABLE documents ADD COLUMN reason TEXT NOT NULL DEFAULT '';

-- What the operator keeps of a refund; all null: nothing.
ALTER TABLE operators ADD COLUMN refund_fee_percent TEXT;
ALTER TABLE operators ADD COLUMN refund_fee_fixed {int} CHECK (refund_fee_fixed >= 0);
ALTER TABLE operators ADD COLUMN refund_fee_order TEXT CHECK (refund_fee_order IN ('percent_and_fixed', 'fixed_first'));

-- Each takes `amount` from its payment: the operator keeps `fee` of it, the rest was paid out.
CREATE TABLE refunds (
    subscriber_id {int} NOT NULL,
    id {int} NOT NULL,
    payment_id {int} NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('refund', 'charge_back')),
    date {date} NOT NULL,
    currency {code3} NOT NULL,
    amount {int} NOT NULL CHECK (amount > 0),
    fee {int} NOT NULL CHECK (fee >= 0),
    method TEXT NOT NULL,
    reference TEXT NOT NULL,
    PRIMARY KEY (subscriber_id, id),
    FOREIGN KEY (subscriber_id, payment_id) REFERENCES payments (subscriber_id, id),
    CHECK (fee <= amount)
){strict};
CREATE INDEX refunds_by_payment ON refunds (subscriber_id, payment_id);

-- What is not expected to be paid any more; all of it is allocated to its document.
CREATE TABLE write_offs (
    subscriber_id {int} NOT NULL,
    id {int} NOT NULL,
    document_id {int} NOT NULL,
    date {date} NOT NULL,
    currency {code3} NOT NULL,
    amount {int} NOT NULL CHECK (amount > 0),
    reason TEXT NOT NULL,
    PRIMARY KEY (subscriber_id, id),
    FOREIGN KEY (subscriber_id, document_id) REFERENCES documents (subscriber_id, id)
){strict};
CREATE INDEX write_offs_by_document ON write_offs (subscriber_id, document_id);
