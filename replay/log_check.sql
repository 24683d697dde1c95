-- read_head --
-- Where the log says it ends.
SELECT
    ledger,
    position,
    recorded_at
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

-- read_personal_values --
-- What the commitments in a stretch of the log commit to, so far as it is not erased.
SELECT
    event.position,
    personal.originator_id,
    personal.version,
    personal.path,
    personal.salt,
    personal.value
FROM event
JOIN personal ON personal.originator_id = event.originator_id
    AND personal.version = event.version
WHERE event.position > %(after)s::bigint
    AND event.position <= %(upto)s::bigint
ORDER BY
    event.position,
    personal.path
