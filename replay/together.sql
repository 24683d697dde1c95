-- read_aggregates --
-- The events of some aggregates in a stretch, in the order of the log.
SELECT
    position,
    topic,
    schema_version,
    originator_id,
    version,
    occurred_at,
    payload
FROM event
WHERE position > %(after)s::bigint
    AND position <= %(upto)s::bigint
    AND split_part(topic, '.', 1) = ANY(%(aggregates)s::text[])
ORDER BY position
