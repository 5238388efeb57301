-- Whether the bill runs of the schedule are compared with the dates before; of other tasks it says nothing.
ALTER TABLE scheduled_tasks ADD COLUMN compares {int} NOT NULL DEFAULT 0 CHECK (compares IN (0, 1));
