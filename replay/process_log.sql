-- read_histories --
-- One page of the streams that a process log shows, stream by stream.
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
    payload,
    policy_pack,
    policy_version
FROM event
WHERE (originator_id, version) > (%(after_id)s::uuid, %(after_version)s::integer)
    AND position <= %(upto)s::bigint
    AND split_part(topic, '.', 1) = ANY(%(aggregates)s::text[])
ORDER BY
    originator_id,
    version
LIMIT %(limit)s::integer
