-- Cash and cheques. Money in a till belongs to a shift of a clerk at a desk; what is in it is the sum of its movements.

CREATE TABLE cash_shifts (
    operator_id {int} NOT NULL REFERENCES operators (id),
    id {int} NOT NULL,
    desk TEXT NOT NULL,
    clerk TEXT NOT NULL,
    date {date} NOT NULL,
    currency {code3} NOT NULL,
    float_amount {int} NOT NULL CHECK (float_amount >= 0),
    opened_at {int} NOT NULL,
    opened_by TEXT NOT NULL,
    -- What a closed shift was closed with stays so: counted less expected is the difference, which is explained.
    closed_at {int},
    closed_by TEXT NOT NULL,
    expected {int},
    counted {int} CHECK (counted >= 0),
    explanation TEXT NOT NULL,
    PRIMARY KEY (operator_id, id),
    CHECK ((closed_at IS NULL) = (counted IS NULL)),
    CHECK ((closed_at IS NULL) = (expected IS NULL)),
    CHECK (closed_at IS NULL OR counted = expected OR explanation <> '')
){strict};
-- One clerk at a time has the till of a desk.
CREATE UNIQUE INDEX cash_shifts_open ON cash_shifts (operator_id, desk) WHERE closed_at IS NULL;
CREATE INDEX cash_shifts_by_date ON cash_shifts (operator_id, date, id);

-- Each is written with what it tells of: a payment with its receipt, a refund that was paid out, money that came into
-- the till or left it otherwise.
CREATE TABLE cash_movements (
    operator_id {int} NOT NULL,
    id {int} NOT NULL,
    shift_id {int} NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('payment', 'refund', 'cash_in', 'cash_out')),
    at {int} NOT NULL,
    actor TEXT NOT NULL,
    date {date} NOT NULL,
    currency {code3} NOT NULL,
    amount {int} NOT NULL CHECK (amount > 0),
    subscriber_id {int},
    payment_id {int},
    refund_id {int},
    receipt_year {int},
    receipt_sequence {int},
    receipt TEXT,
    reason TEXT NOT NULL,
    PRIMARY KEY (operator_id, id),
    FOREIGN KEY (operator_id, shift_id) REFERENCES cash_shifts (operator_id, id),
    UNIQUE (operator_id, receipt_year, receipt_sequence),
    UNIQUE (operator_id, receipt),
    CHECK ((kind = 'payment') = (receipt IS NOT NULL)),
    CHECK ((kind IN ('payment', 'refund')) = (payment_id IS NOT NULL)),
    CHECK ((kind = 'refund') = (refund_id IS NOT NULL)),
    CHECK ((payment_id IS NULL) = (subscriber_id IS NULL)),
    CHECK (kind IN ('payment', 'refund') OR reason <> '')
){strict};
CREATE INDEX cash_movements_by_shift ON cash_movements (operator_id, shift_id, id);

-- The number that the next receipt gets.
CREATE TABLE cash_receipt_series (
    operator_id {int} NOT NULL REFERENCES operators (id),
    year {int} NOT NULL,
    next {int} NOT NULL CHECK (next >= 1),
    PRIMARY KEY (operator_id, year)
){strict};

-- A cheque is a payment from the day on which it was handed in; one that bounces is charged back.
CREATE TABLE cheques (
    subscriber_id {int} NOT NULL,
    id {int} NOT NULL,
    operator_id {int} NOT NULL,
    payment_id {int} NOT NULL,
    number TEXT NOT NULL,
    bank TEXT NOT NULL,
    date {date} NOT NULL,
    currency {code3} NOT NULL,
    amount {int} NOT NULL CHECK (amount > 0),
    state TEXT NOT NULL CHECK (state IN ('received', 'cleared', 'bounced')),
    settled_on {date},
    refund_id {int},
    reason TEXT NOT NULL,
    PRIMARY KEY (subscriber_id, id),
    FOREIGN KEY (subscriber_id, payment_id) REFERENCES payments (subscriber_id, id),
    FOREIGN KEY (subscriber_id, refund_id) REFERENCES refunds (subscriber_id, id),
    CHECK ((state = 'received') = (settled_on IS NULL)),
    CHECK ((state = 'bounced') = (refund_id IS NOT NULL)),
    CHECK ((state = 'bounced') = (reason <> ''))
){strict};
CREATE INDEX cheques_by_id ON cheques (operator_id, id);
