-- read_metric_events --
-- All definitions of metrics by a position.
SELECT
    topic,
    schema_version,
    originator_id,
    version,
    occurred_at,
    payload
FROM event
WHERE topic LIKE 'metric.%%'
    AND position <= %(position)s::bigint
ORDER BY position
