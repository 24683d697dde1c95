-- read_aggregate --
-- One page of the events of one aggregate, in the order of the log.
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
    AND topic LIKE %(aggregate)s::text || '.%%'
ORDER BY position
LIMIT %(limit)s::integer
