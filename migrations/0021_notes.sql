-- What people write down about a subscriber. `author` is the id of the user or key that wrote it, as events name who did
-- it; `author_name` what they were called then.
CREATE TABLE notes (
    subscriber_id {int} NOT NULL REFERENCES subscribers (subscriber_id),
    id {int} NOT NULL,
    author TEXT NOT NULL,
    author_name TEXT NOT NULL,
    created_at {int} NOT NULL,
    changed_at {int},
    pinned {int} NOT NULL CHECK (pinned IN (0, 1)),
    text TEXT NOT NULL CHECK (length(text) BETWEEN 1 AND 4000),
    PRIMARY KEY (subscriber_id, id)
){strict};
CREATE INDEX notes_in_order ON notes (subscriber_id, pinned, id);
