-- What is still to be paid, in a small table of its own: documents stay as they were printed, and a payment changes few
-- pages, however many documents and indexes there are.

-- Documents that are not paid in full, with what is open: a work list, derived from documents and allocations. A document
-- that is not here is paid.
CREATE TABLE open_documents (
    subscriber_id {int} NOT NULL,
    id {int} NOT NULL,
    operator_id {int} NOT NULL,
    date {date} NOT NULL,
    due {date} NOT NULL,
    sequence {int} NOT NULL,
    total {int} NOT NULL,
    open {int} NOT NULL CHECK (open > 0),
    PRIMARY KEY (subscriber_id, id),
    FOREIGN KEY (subscriber_id, id) REFERENCES documents (subscriber_id, id),
    CHECK (open <= total)
){clustered};
INSERT INTO open_documents (subscriber_id, id, operator_id, date, due, sequence, total, open)
    SELECT d.subscriber_id, d.id, d.operator_id, d.date, d.due, d.sequence, d.total, d.total - COALESCE((SELECT
    SUM(a.amount) FROM allocations a WHERE a.subscriber_id = d.subscriber_id AND a.document_id = d.id), 0)
    FROM documents d WHERE d.state IN ('issued', 'partially_paid');
CREATE INDEX open_documents_by_date ON open_documents (operator_id, date, id);
CREATE INDEX open_documents_part_paid ON open_documents (operator_id, date, id) WHERE open < total;
-- With all that is asked of those that are overdue.
CREATE INDEX open_documents_by_due ON open_documents (operator_id, due, id, date, subscriber_id);

-- What is paid of a document needs no sum over allocations any more.
DROP INDEX allocations_by_document;
DROP INDEX documents_open;
DROP INDEX documents_by_state;
DROP INDEX documents_by_due;
ALTER TABLE documents DROP COLUMN state;
CREATE INDEX documents_by_due ON documents (operator_id, due, id);
-- SQLite takes the last one made of several that seem as good.
DROP INDEX documents_credit_notes;
CREATE INDEX documents_credit_notes ON documents (operator_id, date, id) WHERE type = 'credit_note';
