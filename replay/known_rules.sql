-- read_rule_events --
-- Policy packs and calendars that were published by a position, oldest first.
SELECT
    position,
    topic,
    schema_version,
    originator_id,
    version,
    occurred_at,
    payload
FROM event
WHERE (topic LIKE 'policy_pack.%%' OR topic LIKE 'calendar.%%')
    AND position <= %(position)s::bigint
ORDER BY position
