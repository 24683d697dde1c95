-- list_families --
-- Petitions that were merged, joined by others, or split, by a position.
SELECT DISTINCT originator_id
FROM event
WHERE topic IN ('petition.merged', 'petition.children_joined', 'petition.split')
    AND position <= %(position)s::bigint

-- read_splits --
-- What petitions were split into by a position.
SELECT
    topic,
    schema_version,
    originator_id,
    version,
    occurred_at,
    payload
FROM event
WHERE topic = 'petition.split'
    AND position <= %(position)s::bigint

-- read_family_events --
-- Every event of some petitions up to a position, in the order of the log.
SELECT
    position,
    topic,
    schema_version,
    uuid_send(originator_id),
    version,
    occurred_at,
    payload
FROM event
WHERE originator_id = ANY(%(petition_ids)s::uuid[])
    AND position <= %(position)s::bigint
ORDER BY position
