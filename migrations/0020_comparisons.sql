-- Which bill run has issued a document, what a bill run brings that the dates before did not, and which items are on
-- which price.

-- Null: a clerk or a command has issued it, or a run of a program that did not know this yet.
ALTER TABLE documents ADD COLUMN bill_run_id {int};
CREATE INDEX documents_by_bill_run ON documents (bill_run_id, date, id) WHERE bill_run_id IS NOT NULL;

-- How what a run brings for a sub-service differs from what the dates compared with brought, cause by cause: `amount` is
-- what a cause accounts for, and the amounts of a sub-service are together now_total - before_total. With taxes.
CREATE TABLE bill_run_differences (
    subscriber_id {int} NOT NULL,
    bill_run_id {int} NOT NULL,
    sub_service_id {int} NOT NULL,
    cause TEXT NOT NULL,
    currency {code3} NOT NULL,
    amount {int} NOT NULL CHECK (amount <> 0),
    before_total {int} NOT NULL,
    now_total {int} NOT NULL,
    before_document_id {int},
    now_document_id {int},
    PRIMARY KEY (subscriber_id, bill_run_id, sub_service_id, cause),
    FOREIGN KEY (subscriber_id, sub_service_id) REFERENCES sub_services (subscriber_id, id)
){strict};
CREATE INDEX bill_run_differences_in_order ON bill_run_differences (bill_run_id, sub_service_id, cause);
CREATE INDEX bill_run_differences_by_cause ON bill_run_differences (bill_run_id, cause, sub_service_id);

CREATE INDEX items_by_price ON items (price_id, sub_service_id) WHERE ends_on IS NULL;
