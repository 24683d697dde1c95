-- read_stream --
-- What one aggregate went through, by a position where there is one, oldest first.
SELECT
    topic,
    schema_version,
    originator_id,
    version,
    occurred_at,
    payload
FROM event
WHERE originator_id = %(stream_id)s::uuid
    AND topic LIKE %(topics)s::text
    AND (%(position)s::bigint IS NULL OR position <= %(position)s::bigint)
ORDER BY version

-- read_kind --
-- What all aggregates of a kind went through by a position, in the order of the log.
SELECT
    topic,
    schema_version,
    originator_id,
    version,
    occurred_at,
    payload
FROM event
WHERE topic LIKE %(topics)s::text
    AND position <= %(position)s::bigint
ORDER BY position
