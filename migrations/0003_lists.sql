-- What lists need: words to find subscribers by, and an index for each order and filter.
-- {bytewise} is text that sorts by its bytes; {clustered} the mark of a table that lies in the order of its key where
-- there is one, and is strict where there are such.

-- Derived by the program, here and whenever a subscriber is written: the folded name that subscribers are sorted by, and
-- the folded words of code, contact and organization that they are found by, each behind a space …
ALTER TABLE subscribers ADD COLUMN sort_name {bytewise} NOT NULL DEFAULT '';
ALTER TABLE subscribers ADD COLUMN search_text {bytewise} NOT NULL DEFAULT '';
-- … and each in a directory that leads to the subscriber. It may lead to some that have the word no more.
CREATE TABLE subscriber_words (
    operator_id {int} NOT NULL,
    word {bytewise} NOT NULL,
    subscriber_id {int} NOT NULL,
    PRIMARY KEY (operator_id, word, subscriber_id)
){clustered};

CREATE INDEX subscribers_by_name ON subscribers (operator_id, sort_name, subscriber_id);
CREATE INDEX subscribers_by_category ON subscribers (operator_id, category, subscriber_id);
CREATE INDEX subscribers_by_region ON subscribers (operator_id, region, subscriber_id);
CREATE INDEX subscribers_by_pop ON subscribers (operator_id, pop, subscriber_id);

-- From here on each subscriber has a journal head from the beginning, so that this is a list of all of them.
CREATE INDEX journal_heads_by_balance ON journal_heads (operator_id, balance, subscriber_id);

CREATE INDEX sub_services_by_status ON sub_services (operator_id, status, id);
-- The present main service of each sub-service.
CREATE INDEX items_by_service ON items (product_id, sub_service_id) WHERE type = 'service' AND ends_on IS NULL;

CREATE INDEX documents_by_id ON documents (operator_id, id);
CREATE INDEX documents_by_state ON documents (operator_id, state, date, id);
-- With all that is asked of those that are overdue.
CREATE INDEX documents_by_due ON documents (operator_id, state, due, id, date, subscriber_id);
CREATE INDEX documents_credit_notes ON documents (operator_id, date, id) WHERE type = 'credit_note';

ALTER TABLE payments ADD COLUMN operator_id {int} NOT NULL DEFAULT 0;
UPDATE payments SET operator_id =
    (SELECT s.operator_id FROM subscribers s WHERE s.subscriber_id = payments.subscriber_id);
CREATE INDEX payments_by_id ON payments (operator_id, id);
CREATE INDEX payments_by_date ON payments (operator_id, date, id);
CREATE INDEX payments_by_method ON payments (operator_id, method, date, id);
CREATE INDEX payments_by_reference ON payments (operator_id, reference, date, id);
