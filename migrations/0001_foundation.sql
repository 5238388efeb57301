-- The foundation: operators and catalogues, customers, sub-services, lines and documents, journal and payments.
-- {int} is a 64-bit integer, {date} a civil date, {bytes} binary, {code3} a three-letter code, {strict} the mark of strict
-- tables where there is one; billing_settings in braces are the columns of billing settings (null: the next, less specific level decides).
-- Tables of a subscriber have subscriber_id in every key, so that they can be spread over machines by it.

CREATE TABLE operators (
    id {int} PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    currency {code3} NOT NULL,
    time_zone TEXT NOT NULL,
    rounding TEXT NOT NULL CHECK (rounding IN ('half_up', 'half_even')),
    due_days {int} NOT NULL CHECK (due_days BETWEEN 0 AND 365),
    invoice_number TEXT NOT NULL,
    credit_note_number TEXT NOT NULL,
    billed_through {date},
    {billing_settings}
){strict};

CREATE TABLE policies (
    operator_id {int} NOT NULL REFERENCES operators (id),
    position {int} NOT NULL,
    region TEXT NOT NULL,
    pop TEXT NOT NULL,
    category TEXT NOT NULL,
    {billing_settings},
    PRIMARY KEY (operator_id, position)
){strict};

CREATE TABLE products (
    id {int} PRIMARY KEY,
    operator_id {int} NOT NULL REFERENCES operators (id),
    type TEXT NOT NULL CHECK (type IN ('service', 'add_on', 'cpe')),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    mode TEXT NOT NULL CHECK (mode IN ('recurring', 'once', 'installments')),
    installments {int} NOT NULL CHECK (installments >= 0),
    period TEXT,
    timing TEXT NOT NULL CHECK (timing IN ('advance', 'arrears')),
    UNIQUE (operator_id, type, code),
    CHECK ((mode = 'installments') = (installments > 0)),
    CHECK ((type = 'service') = (period IS NOT NULL))
){strict};

CREATE TABLE product_taxes (
    product_id {int} NOT NULL REFERENCES products (id),
    position {int} NOT NULL,
    tax_code TEXT NOT NULL,
    PRIMARY KEY (product_id, position)
){strict};

CREATE TABLE price_versions (
    id {int} PRIMARY KEY,
    product_id {int} NOT NULL REFERENCES products (id),
    version {int} NOT NULL CHECK (version > 0),
    valid_from {date} NOT NULL,
    price TEXT NOT NULL,
    setup_fee TEXT NOT NULL,
    UNIQUE (product_id, version)
){strict};

CREATE TABLE tax_rules (
    id {int} PRIMARY KEY,
    operator_id {int} NOT NULL REFERENCES operators (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    rate TEXT NOT NULL,
    included {int} NOT NULL CHECK (included IN (0, 1)),
    country TEXT NOT NULL,
    region TEXT NOT NULL,
    valid_from {date}
){strict};

CREATE TABLE number_series (
    operator_id {int} NOT NULL REFERENCES operators (id),
    type TEXT NOT NULL CHECK (type IN ('invoice', 'credit_note')),
    year {int} NOT NULL,
    next {int} NOT NULL CHECK (next > 0),
    PRIMARY KEY (operator_id, type, year)
){strict};

-- Unique codes and serial numbers of an operator: small directories that lead to the subscriber.
CREATE TABLE subscriber_codes (
    operator_id {int} NOT NULL REFERENCES operators (id),
    code TEXT NOT NULL,
    subscriber_id {int} NOT NULL,
    PRIMARY KEY (operator_id, code)
){strict};

CREATE TABLE serial_numbers (
    operator_id {int} NOT NULL REFERENCES operators (id),
    serial TEXT NOT NULL,
    subscriber_id {int} NOT NULL,
    sub_service_id {int} NOT NULL,
    PRIMARY KEY (operator_id, serial)
){strict};

CREATE TABLE subscribers (
    subscriber_id {int} PRIMARY KEY,
    operator_id {int} NOT NULL REFERENCES operators (id),
    code TEXT NOT NULL,
    contact TEXT NOT NULL,
    organization TEXT NOT NULL,
    country TEXT NOT NULL,
    region TEXT NOT NULL,
    pop TEXT NOT NULL,
    category TEXT NOT NULL,
    {billing_settings}
){strict};
CREATE INDEX subscribers_by_operator ON subscribers (operator_id, subscriber_id);

CREATE TABLE units (
    subscriber_id {int} NOT NULL REFERENCES subscribers (subscriber_id),
    id {int} NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    {billing_settings},
    PRIMARY KEY (subscriber_id, id),
    UNIQUE (subscriber_id, code)
){strict};

CREATE TABLE sub_services (
    subscriber_id {int} NOT NULL REFERENCES subscribers (subscriber_id),
    id {int} NOT NULL,
    operator_id {int} NOT NULL,
    unit_id {int},
    code TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('inactive', 'active', 'suspended', 'data_exhausted', 'cancelled')),
    suspend_reason TEXT NOT NULL,
    grid_boundary {date},
    grid_day {int},
    grid_period TEXT,
    started_on {date},
    restarted {int} NOT NULL CHECK (restarted IN (0, 1)),
    billed_to {date},
    changed_on {date} NOT NULL,
    cancel_on {date},
    waive_installments {int} NOT NULL CHECK (waive_installments IN (0, 1)),
    change_on {date},
    change_product_id {int},
    change_price_id {int},
    price_move_on {date},
    price_move_as_of {date},
    price_move_known {int},
    next_billing_date {date},
    {billing_settings},
    PRIMARY KEY (subscriber_id, id),
    UNIQUE (subscriber_id, code),
    FOREIGN KEY (subscriber_id, unit_id) REFERENCES units (subscriber_id, id),
    CHECK ((grid_boundary IS NULL) = (billed_to IS NULL))
){strict};
CREATE INDEX sub_services_due ON sub_services (operator_id, next_billing_date, subscriber_id);

CREATE TABLE items (
    subscriber_id {int} NOT NULL,
    id {int} NOT NULL,
    sub_service_id {int} NOT NULL,
    type TEXT NOT NULL CHECK (type IN ('service', 'add_on', 'cpe')),
    product_id {int} NOT NULL REFERENCES products (id),
    price_id {int} NOT NULL REFERENCES price_versions (id),
    quantity {int} NOT NULL CHECK (quantity > 0),
    serial TEXT NOT NULL,
    starts_on {date},
    ends_on {date},
    running {int} NOT NULL CHECK (running IN (0, 1)),
    parts_charged {int} NOT NULL CHECK (parts_charged >= 0),
    waived {int} NOT NULL CHECK (waived IN (0, 1)),
    PRIMARY KEY (subscriber_id, id),
    FOREIGN KEY (subscriber_id, sub_service_id) REFERENCES sub_services (subscriber_id, id)
){strict};
CREATE INDEX items_by_sub_service ON items (subscriber_id, sub_service_id);

CREATE TABLE suspended_spans (
    subscriber_id {int} NOT NULL,
    sub_service_id {int} NOT NULL,
    from_date {date} NOT NULL,
    to_date {date},
    stops_billing {int} NOT NULL CHECK (stops_billing IN (0, 1)),
    PRIMARY KEY (subscriber_id, sub_service_id, from_date),
    FOREIGN KEY (subscriber_id, sub_service_id) REFERENCES sub_services (subscriber_id, id),
    CHECK (to_date IS NULL OR to_date >= from_date)
){strict};

-- Frozen as printed. What changes is the state, which follows from the allocations.
CREATE TABLE documents (
    subscriber_id {int} NOT NULL REFERENCES subscribers (subscriber_id),
    id {int} NOT NULL,
    operator_id {int} NOT NULL,
    type TEXT NOT NULL CHECK (type IN ('invoice', 'credit_note')),
    year {int} NOT NULL,
    sequence {int} NOT NULL CHECK (sequence > 0),
    number TEXT NOT NULL,
    date {date} NOT NULL,
    due {date} NOT NULL,
    currency {code3} NOT NULL,
    unit_id {int},
    contact TEXT NOT NULL,
    organization TEXT NOT NULL,
    country TEXT NOT NULL,
    region TEXT NOT NULL,
    net {int} NOT NULL,
    tax {int} NOT NULL,
    total {int} NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'issued', 'partially_paid', 'paid', 'void')),
    PRIMARY KEY (subscriber_id, id),
    CHECK (net + tax = total),
    CHECK ((type = 'credit_note') = (total < 0))
){strict};
CREATE INDEX documents_by_date ON documents (operator_id, date, id);
CREATE INDEX documents_by_number ON documents (operator_id, number);
CREATE INDEX documents_open ON documents (subscriber_id) WHERE state IN ('issued', 'partially_paid');

-- Without document: made by a command and due on its billing date, or (without billing date) charged by another system.
CREATE TABLE lines (
    subscriber_id {int} NOT NULL,
    id {int} NOT NULL,
    document_id {int},
    sub_service_id {int} NOT NULL,
    item_id {int} NOT NULL,
    product_id {int} NOT NULL,
    price_id {int} NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('recurring', 'setup_fee', 'once', 'installment', 'credit')),
    billing_date {date},
    period_start {date},
    period_end {date},
    days {int} NOT NULL,
    of_days {int} NOT NULL,
    quantity {int} NOT NULL CHECK (quantity > 0),
    unit_price TEXT NOT NULL,
    proration TEXT NOT NULL CHECK (proration IN ('by_days', 'whole_price')),
    first_part {int},
    last_part {int},
    of_parts {int},
    credits_line_id {int},
    occurrence {int} NOT NULL,
    revision {int} NOT NULL,
    rounding TEXT NOT NULL CHECK (rounding IN ('half_up', 'half_even')),
    currency {code3} NOT NULL,
    amount {int} NOT NULL,
    net {int} NOT NULL,
    tax {int} NOT NULL,
    gross {int} NOT NULL,
    PRIMARY KEY (subscriber_id, id),
    -- The business key: nothing is charged twice, even if the program is wrong.
    UNIQUE (subscriber_id, item_id, kind, occurrence, revision),
    FOREIGN KEY (subscriber_id, document_id) REFERENCES documents (subscriber_id, id),
    FOREIGN KEY (subscriber_id, item_id) REFERENCES items (subscriber_id, id),
    CHECK (net + tax = gross),
    CHECK ((kind = 'credit') = (credits_line_id IS NOT NULL)),
    CHECK (period_end IS NULL OR period_end > period_start)
){strict};
CREATE INDEX lines_by_document ON lines (subscriber_id, document_id);
CREATE INDEX lines_pending ON lines (subscriber_id, sub_service_id) WHERE document_id IS NULL AND billing_date IS NOT NULL;

CREATE TABLE line_taxes (
    subscriber_id {int} NOT NULL,
    line_id {int} NOT NULL,
    position {int} NOT NULL,
    tax_id {int} NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    rate TEXT NOT NULL,
    included {int} NOT NULL CHECK (included IN (0, 1)),
    amount {int} NOT NULL,
    PRIMARY KEY (subscriber_id, line_id, position),
    FOREIGN KEY (subscriber_id, line_id) REFERENCES lines (subscriber_id, id)
){strict};

CREATE TABLE payments (
    subscriber_id {int} NOT NULL REFERENCES subscribers (subscriber_id),
    id {int} NOT NULL,
    date {date} NOT NULL,
    currency {code3} NOT NULL,
    amount {int} NOT NULL CHECK (amount > 0),
    method TEXT NOT NULL,
    reference TEXT NOT NULL,
    PRIMARY KEY (subscriber_id, id)
){strict};

-- Credit (the rest of a payment or of a credit note) that pays for nothing yet: a work list, derived from the allocations.
CREATE TABLE open_credits (
    subscriber_id {int} NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('payment', 'credit_note')),
    source_id {int} NOT NULL,
    PRIMARY KEY (subscriber_id, source, source_id)
){strict};

-- Which credit paid how much of which document.
CREATE TABLE allocations (
    subscriber_id {int} NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('payment', 'credit_note')),
    source_id {int} NOT NULL,
    document_id {int} NOT NULL,
    amount {int} NOT NULL CHECK (amount > 0),
    PRIMARY KEY (subscriber_id, source, source_id, document_id),
    FOREIGN KEY (subscriber_id, document_id) REFERENCES documents (subscriber_id, id)
){strict};
CREATE INDEX allocations_by_document ON allocations (subscriber_id, document_id);

-- The journal: balanced, append-only, hash-chained per subscriber in the order of ids.
CREATE TABLE entries (
    subscriber_id {int} NOT NULL REFERENCES subscribers (subscriber_id),
    id {int} NOT NULL,
    date {date} NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('document', 'payment')),
    source_id {int} NOT NULL,
    hash {bytes} NOT NULL,
    PRIMARY KEY (subscriber_id, id)
){strict};

CREATE TABLE postings (
    subscriber_id {int} NOT NULL,
    entry_id {int} NOT NULL,
    position {int} NOT NULL,
    account TEXT NOT NULL CHECK (account IN ('receivable', 'revenue', 'tax_payable', 'cash')),
    currency {code3} NOT NULL,
    amount {int} NOT NULL,
    PRIMARY KEY (subscriber_id, entry_id, position),
    FOREIGN KEY (subscriber_id, entry_id) REFERENCES entries (subscriber_id, id)
){strict};

-- Where each journal stands; derived from entries and postings.
CREATE TABLE journal_heads (
    subscriber_id {int} PRIMARY KEY REFERENCES subscribers (subscriber_id),
    operator_id {int} NOT NULL,
    entries {int} NOT NULL,
    hash {bytes} NOT NULL,
    balance {int} NOT NULL
){strict};

-- Accounts that a bill run could not bill, until they are replayed.
CREATE TABLE parked_accounts (
    subscriber_id {int} PRIMARY KEY REFERENCES subscribers (subscriber_id),
    operator_id {int} NOT NULL,
    date {date} NOT NULL,
    reason TEXT NOT NULL,
    facts TEXT NOT NULL
){strict};
