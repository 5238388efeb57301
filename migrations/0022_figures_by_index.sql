-- Figures of months and ages of debts are summed from the index alone: a month of a million documents takes a tenth of the time.
DROP INDEX documents_by_date;
CREATE INDEX documents_by_date ON documents (operator_id, date, id, net, tax, total);
DROP INDEX payments_by_date;
CREATE INDEX payments_by_date ON payments (operator_id, date, id, amount, method, wallet_id);
DROP INDEX open_documents_by_due;
CREATE INDEX open_documents_by_due ON open_documents (operator_id, due, id, date, subscriber_id, open);
-- Of all operators: refunds are few, and read before their subscribers.
CREATE INDEX refunds_by_date ON refunds (date, subscriber_id);
-- SQLite takes the last one made of several that seem as good.
DROP INDEX documents_credit_notes;
CREATE INDEX documents_credit_notes ON documents (operator_id, date, id) WHERE type = 'credit_note';
