-- read_sample --
-- The events of a sample, oldest first.
SELECT
    topic,
    schema_version,
    version,
    occurred_at,
    payload
FROM event
WHERE originator_id = %(sample_id)s::uuid
    AND topic LIKE 'sample.%%'
ORDER BY version

-- read_leaf_hash --
-- What the log's tree holds of one event.
SELECT leaf_hash
FROM event
WHERE originator_id = %(originator_id)s::uuid
    AND version = %(version)s::integer
