-- PostgreSQL looks a foreign key up for each row that comes in: of two tables that get millions, whose operator is at hand
-- and is never removed, that was a tenth of the time that bank lines take. (SQLite does it for next to nothing.)
{only_postgresql}ALTER TABLE events DROP CONSTRAINT events_operator_id_fkey;
{only_postgresql}ALTER TABLE bank_lines DROP CONSTRAINT bank_lines_operator_id_fkey;
