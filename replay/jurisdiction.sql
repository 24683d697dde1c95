-- read_roster_opening --
-- The event that named the jurisdiction.
SELECT
    topic,
    schema_version,
    originator_id,
    version,
    occurred_at,
    payload
FROM event
WHERE originator_id = %(roster_id)s::uuid
    AND version = 1

-- read_ledger_name --
-- Name of the ledger, where nothing was said of its jurisdiction.
SELECT ledger
FROM head
