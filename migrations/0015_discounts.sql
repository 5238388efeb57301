-- Discounts, promo codes, and who was granted what. A discount never changes what it takes: lines are computed from it
-- once more.

CREATE TABLE discounts (
    id {int} PRIMARY KEY,
    operator_id {int} NOT NULL REFERENCES operators (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    percent TEXT,
    fixed TEXT,
    type TEXT CHECK (type IN ('service', 'add_on', 'cpe')),
    product TEXT NOT NULL,
    kind TEXT NOT NULL,
    charges TEXT NOT NULL CHECK (charges IN ('recurring', 'one_time', 'all')),
    region TEXT NOT NULL,
    pop TEXT NOT NULL,
    category TEXT NOT NULL,
    starts_on {date},
    ends_on {date},
    periods {int} NOT NULL CHECK (periods >= 0),
    priority {int} NOT NULL,
    combines TEXT NOT NULL CHECK (combines IN ('best_of', 'stacks')),
    automatic {int} NOT NULL CHECK (automatic IN (0, 1)),
    UNIQUE (operator_id, code),
    CHECK ((percent IS NULL) <> (fixed IS NULL)),
    CHECK (product = '' OR type IS NOT NULL)
){strict};

CREATE TABLE promo_codes (
    id {int} PRIMARY KEY,
    operator_id {int} NOT NULL REFERENCES operators (id),
    code TEXT NOT NULL,
    discount_id {int} NOT NULL REFERENCES discounts (id),
    max_uses {int} NOT NULL CHECK (max_uses >= 0),
    max_uses_per_subscriber {int} NOT NULL CHECK (max_uses_per_subscriber >= 0),
    starts_on {date},
    ends_on {date},
    uses {int} NOT NULL CHECK (uses >= 0),
    UNIQUE (operator_id, code)
){strict};

CREATE TABLE discount_grants (
    subscriber_id {int} NOT NULL REFERENCES subscribers (subscriber_id),
    id {int} NOT NULL,
    operator_id {int} NOT NULL,
    sub_service_id {int},
    discount_id {int} NOT NULL REFERENCES discounts (id),
    granted_on {date} NOT NULL,
    revoked_on {date},
    reason TEXT NOT NULL,
    promo_code_id {int} REFERENCES promo_codes (id),
    PRIMARY KEY (subscriber_id, id),
    FOREIGN KEY (subscriber_id, sub_service_id) REFERENCES sub_services (subscriber_id, id)
){strict};
CREATE INDEX discount_grants_by_id ON discount_grants (operator_id, id);

-- How many periods of an item a discount has been taken in: kept for those that last a number of periods. The source is
-- the grant, or the discount that needs none.
CREATE TABLE discount_uses (
    subscriber_id {int} NOT NULL,
    item_id {int} NOT NULL,
    source_id {int} NOT NULL,
    periods {int} NOT NULL CHECK (periods > 0),
    latest_on {date} NOT NULL,
    PRIMARY KEY (subscriber_id, item_id, source_id),
    FOREIGN KEY (subscriber_id, item_id) REFERENCES items (subscriber_id, id)
){strict};

-- A line of kind credit with a discount is one of kind discount: given with its line, and from then on as a credit is.
ALTER TABLE lines ADD COLUMN discount_id {int};
CREATE INDEX lines_of_discounts ON lines (discount_id) WHERE discount_id IS NOT NULL;
