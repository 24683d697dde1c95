-- read_histories --
-- Events of some streams up to an instant, each stream in its own order.
SELECT
    originator_id,
    version,
    topic,
    schema_version,
    occurred_at,
    payload
FROM event
WHERE originator_id = ANY(%(petition_ids)s::uuid[])
    AND occurred_at <= %(as_of)s::timestamptz
ORDER BY
    originator_id,
    version
