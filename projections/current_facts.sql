-- read_streams --
-- Every event of some streams, each stream in its own order.
SELECT
    originator_id,
    version,
    topic,
    schema_version,
    occurred_at,
    payload
FROM event
WHERE originator_id = ANY(%(petition_ids)s::uuid[])
    AND (%(upto)s::bigint IS NULL OR position <= %(upto)s::bigint)
ORDER BY
    originator_id,
    version
