-- The id of the last entry: the next one gets a higher id, whoever makes it, since the chain runs in the order of ids.
ALTER TABLE journal_heads ADD COLUMN last_entry_id {int} NOT NULL DEFAULT 0;
UPDATE journal_heads SET last_entry_id = COALESCE(
    (SELECT MAX(e.id) FROM entries e WHERE e.subscriber_id = journal_heads.subscriber_id), 0);
