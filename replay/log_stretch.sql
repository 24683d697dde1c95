-- read_recorded_at --
-- When the event in front of a stretch was recorded.
SELECT recorded_at AT TIME ZONE 'UTC'
FROM event
WHERE position = %(after)s::bigint

-- read_page --
-- What leaves are made of: the header's fields in the order of their names, and the rest.
SELECT
    actor_id,
    actor_role,
    actor_unit,
    causation_id,
    correlation_id::text,
    idempotency_key,
    ledger,
    occurred_at AT TIME ZONE 'UTC',
    occurred_offset_min,
    on_behalf_of,
    originator_id::text,
    policy_pack,
    policy_version,
    position,
    recorded_at AT TIME ZONE 'UTC',
    schema_version,
    topic,
    version,
    payload,
    leaf_hash
FROM event
WHERE position > %(after)s::bigint
    AND position <= %(upto)s::bigint
ORDER BY position

-- read_personal_values --
-- What the commitments of a page commit to, so far as it is not erased. Looked up event by
-- event: a join would read the whole table for every page.
WITH page AS MATERIALIZED (
    SELECT
        position,
        originator_id,
        version
    FROM event
    WHERE position > %(after)s::bigint
        AND position <= %(upto)s::bigint
)
SELECT
    page.position,
    held.path,
    held.salt,
    held.value
FROM page
CROSS JOIN LATERAL (
    SELECT
        path,
        salt,
        value
    FROM personal
    WHERE personal.originator_id = page.originator_id
        AND personal.version = page.version
    OFFSET 0
) AS held
ORDER BY
    page.position,
    held.path
