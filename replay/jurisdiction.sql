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
WHERE topic = 'roster.opened'
ORDER BY position
LIMIT 1

-- read_ledger_name --
-- Name of the ledger, where nothing was said of its jurisdiction.
SELECT ledger
FROM head
