-- read_head --
-- Where the log says it ends.
SELECT
    ledger,
    position,
    recorded_at AT TIME ZONE 'UTC'
FROM head

-- find_broken_stream --
-- The first event whose version does not follow the one before it in its stream.
SELECT
    position,
    originator_id,
    version,
    previous_version
FROM (
    SELECT
        position,
        originator_id,
        version,
        lag(version, 1, 0) OVER stream AS previous_version,
        lag(position, 1, 0::bigint) OVER stream AS previous_position
    FROM event
    WHERE position <= %(upto)s::bigint
    WINDOW stream AS (PARTITION BY originator_id ORDER BY version)
) AS step
WHERE version <> previous_version + 1
    OR position < previous_position
ORDER BY position
LIMIT 1

-- find_later_event --
-- An event past a position, if there is one.
SELECT position
FROM event
WHERE position > %(end)s::bigint
LIMIT 1
