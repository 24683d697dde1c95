-- count_petitions --
-- How many petitions the log knows up to a position.
SELECT count(DISTINCT originator_id)
FROM event
WHERE position <= %(position)s::bigint
    AND topic LIKE 'petition.%%'

-- count_events_of --
-- How many events up to a position belong to some streams.
SELECT count(*)
FROM event
WHERE position <= %(position)s::bigint
    AND originator_id = ANY(%(streams)s::uuid[])

-- read_event_page --
-- The next events after a position, but for those of some streams.
SELECT
    position,
    originator_id::text,
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
    policy_pack,
    policy_version,
    correlation_id::text,
    causation_id,
    convert_from(payload, 'UTF8') AS payload
FROM event
WHERE position > %(after)s::bigint
    AND position <= %(upto)s::bigint
    AND originator_id <> ALL(%(hidden)s::uuid[])
ORDER BY position
LIMIT %(limit)s::integer
