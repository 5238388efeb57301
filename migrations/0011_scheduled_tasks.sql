-- What `serve` does by itself, once for each date of the operator: what is there to be done, when, and how it went.

-- A row is there when somebody has said something of that task. next_at: none when it is not done by itself. Who is at
-- it has the claim until its time, and prolongs it; when that has passed, somebody else goes on.
CREATE TABLE scheduled_tasks (
    operator_id {int} NOT NULL REFERENCES operators (id),
    task TEXT NOT NULL,
    enabled {int} NOT NULL CHECK (enabled IN (0, 1)),
    hour {int} NOT NULL CHECK (hour BETWEEN 0 AND 23),
    next_date {date},
    next_at {int},
    last_date {date},
    started_at {int},
    finished_at {int},
    succeeded_at {int},
    result TEXT NOT NULL,
    error TEXT NOT NULL,
    attempts {int} NOT NULL CHECK (attempts >= 0),
    claim {int} NOT NULL,
    claimed_until {int} NOT NULL,
    PRIMARY KEY (operator_id, task),
    CHECK ((next_at IS NULL) = (next_date IS NULL))
){strict};
CREATE INDEX scheduled_tasks_due ON scheduled_tasks (next_at) WHERE next_at IS NOT NULL;
