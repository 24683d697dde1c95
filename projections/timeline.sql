-- read_petition_events --
-- One petition's own events from a version on, oldest first.
SELECT
    position,
    originator_id,
    version,
    topic,
    schema_version,
    occurred_at,
    occurred_offset_min,
    recorded_at,
    actor_id,
    actor_role,
    actor_unit,
    on_behalf_of,
    payload
FROM event
WHERE originator_id = %(petition_id)s::uuid
    AND version >= %(from_version)s::integer
ORDER BY version

-- read_petition_personal --
-- The personal values of one petition that are not erased.
SELECT
    version,
    path,
    value
FROM personal
WHERE originator_id = %(petition_id)s::uuid

-- find_petition_by_number --
-- The petition that bears a number.
SELECT petition_id
FROM petition_facts
WHERE number = %(number)s::text
ORDER BY petition_id
LIMIT 1
