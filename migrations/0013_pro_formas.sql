-- Pro-forma documents and advance payments: numbered, but none of the books.

-- Null: the next, less specific level decides. `lead_days` with spaces between; empty: never.
ALTER TABLE operators ADD COLUMN lead_days TEXT;
ALTER TABLE operators ADD COLUMN order_days {int} CHECK (order_days BETWEEN 1 AND 365);
ALTER TABLE policies ADD COLUMN lead_days TEXT;
ALTER TABLE policies ADD COLUMN order_days {int} CHECK (order_days BETWEEN 1 AND 365);
ALTER TABLE subscribers ADD COLUMN lead_days TEXT;
ALTER TABLE subscribers ADD COLUMN order_days {int} CHECK (order_days BETWEEN 1 AND 365);

-- Whether charges of the product are part of what is asked for in advance.
ALTER TABLE products ADD COLUMN projected {int} NOT NULL DEFAULT 1 CHECK (projected IN (0, 1));

CREATE TABLE pro_formas (
    subscriber_id {int} NOT NULL REFERENCES subscribers (subscriber_id),
    id {int} NOT NULL,
    operator_id {int} NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose IN ('projected_spending', 'order')),
    year {int} NOT NULL,
    sequence {int} NOT NULL,
    number TEXT NOT NULL,
    date {date} NOT NULL,
    expires_on {date} NOT NULL,
    runs_out_on {date},
    lead_days {int},
    currency {code3} NOT NULL,
    paid_ahead {int} NOT NULL,
    total {int} NOT NULL CHECK (total > 0),
    state TEXT NOT NULL CHECK (state IN ('open', 'paid', 'expired', 'withdrawn')),
    settled_on {date},
    reason TEXT NOT NULL,
    PRIMARY KEY (subscriber_id, id),
    CHECK (expires_on >= date),
    CHECK ((state = 'open') = (settled_on IS NULL)),
    CHECK ((purpose = 'projected_spending') = (runs_out_on IS NOT NULL)),
    CHECK ((runs_out_on IS NULL) = (lead_days IS NULL))
){strict};
CREATE INDEX pro_formas_by_id ON pro_formas (operator_id, id);
CREATE INDEX pro_formas_by_number ON pro_formas (operator_id, number);
CREATE INDEX pro_formas_open ON pro_formas (subscriber_id) WHERE state = 'open';
CREATE INDEX pro_formas_expiring ON pro_formas (operator_id, expires_on) WHERE state = 'open';
-- A subscriber is asked for projected spending once at a time.
CREATE UNIQUE INDEX pro_formas_projected ON pro_formas (subscriber_id) WHERE state = 'open' AND purpose = 'projected_spending';

CREATE TABLE pro_forma_lines (
    subscriber_id {int} NOT NULL,
    pro_forma_id {int} NOT NULL,
    position {int} NOT NULL,
    sub_service_id {int} NOT NULL,
    product_id {int} NOT NULL,
    kind TEXT NOT NULL,
    period_start {date},
    period_end {date},
    quantity {int} NOT NULL,
    net {int} NOT NULL,
    tax {int} NOT NULL,
    gross {int} NOT NULL,
    PRIMARY KEY (subscriber_id, pro_forma_id, position),
    FOREIGN KEY (subscriber_id, pro_forma_id) REFERENCES pro_formas (subscriber_id, id),
    FOREIGN KEY (subscriber_id, sub_service_id) REFERENCES sub_services (subscriber_id, id),
    CHECK (gross = net + tax),
    CHECK ((period_start IS NULL) = (period_end IS NULL))
){strict};

-- What begins when an order is paid; without a product the sub-service itself.
CREATE TABLE ordered_items (
    subscriber_id {int} NOT NULL,
    pro_forma_id {int} NOT NULL,
    position {int} NOT NULL,
    sub_service_id {int} NOT NULL,
    product_id {int},
    quantity {int} NOT NULL CHECK (quantity >= 1),
    PRIMARY KEY (subscriber_id, pro_forma_id, position),
    FOREIGN KEY (subscriber_id, pro_forma_id) REFERENCES pro_formas (subscriber_id, id),
    FOREIGN KEY (subscriber_id, sub_service_id) REFERENCES sub_services (subscriber_id, id)
){strict};

-- Documents of money that was paid ahead, one for a payment.
CREATE TABLE advance_payments (
    subscriber_id {int} NOT NULL,
    payment_id {int} NOT NULL,
    operator_id {int} NOT NULL,
    year {int} NOT NULL,
    sequence {int} NOT NULL,
    number TEXT NOT NULL,
    date {date} NOT NULL,
    currency {code3} NOT NULL,
    amount {int} NOT NULL CHECK (amount > 0),
    PRIMARY KEY (subscriber_id, payment_id),
    FOREIGN KEY (subscriber_id, payment_id) REFERENCES payments (subscriber_id, id)
){strict};
CREATE INDEX advance_payments_by_payment ON advance_payments (operator_id, payment_id);
CREATE INDEX advance_payments_by_number ON advance_payments (operator_id, number);

-- The number that their latest document got.
CREATE TABLE advance_series (
    operator_id {int} NOT NULL REFERENCES operators (id),
    series TEXT NOT NULL CHECK (series IN ('pro_forma', 'advance_payment')),
    year {int} NOT NULL,
    latest {int} NOT NULL CHECK (latest >= 0),
    PRIMARY KEY (operator_id, series, year)
){strict};
