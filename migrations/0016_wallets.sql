-- Money that a subscriber has set aside for one unit or one sub-service: it pays that one's part of documents, and nothing
-- else. What goes in is a refund of what was paid ahead, what comes out is a payment; both name the wallet.
{only_postgresql}ALTER TABLE postings DROP CONSTRAINT postings_account_check, ADD CONSTRAINT postings_account_check CHECK (account IN ('receivable', 'revenue', 'tax_payable', 'cash', 'bad_debt', 'wallet'));
{only_sqlite}PRAGMA writable_schema = ON;
{only_sqlite}UPDATE sqlite_schema SET sql = replace(sql, '''cash'', ''bad_debt'')', '''cash'', ''bad_debt'', ''wallet'')') WHERE type = 'table' AND name = 'postings';
{only_sqlite}PRAGMA writable_schema = RESET;

CREATE TABLE wallets (
    subscriber_id {int} NOT NULL REFERENCES subscribers (subscriber_id),
    id {int} NOT NULL,
    unit_id {int},
    sub_service_id {int},
    currency {code3} NOT NULL,
    amount {int} NOT NULL CHECK (amount >= 0),
    PRIMARY KEY (subscriber_id, id),
    UNIQUE (subscriber_id, unit_id),
    UNIQUE (subscriber_id, sub_service_id),
    FOREIGN KEY (subscriber_id, unit_id) REFERENCES units (subscriber_id, id),
    FOREIGN KEY (subscriber_id, sub_service_id) REFERENCES sub_services (subscriber_id, id),
    CHECK ((unit_id IS NULL) <> (sub_service_id IS NULL))
){strict};

-- Null: money that came in from outside, or went out.
ALTER TABLE payments ADD COLUMN wallet_id {int};
ALTER TABLE refunds ADD COLUMN wallet_id {int};
