-- read_appeal_events --
-- All objections to scores, and how they were decided, by a position.
SELECT
    topic,
    schema_version,
    originator_id,
    version,
    occurred_at,
    payload
FROM event
WHERE topic LIKE 'assessment.%%'
    AND position <= %(position)s::bigint
ORDER BY position
