-- read_stream_page --
-- One page of the petitions in a range of ids, stream by stream.
SELECT
    position,
    topic,
    schema_version,
    uuid_send(originator_id),
    version,
    occurred_at,
    payload
FROM event
WHERE originator_id <= %(last_id)s::uuid
    AND (originator_id, version) > (%(after_id)s::uuid, %(after_version)s::integer)
    AND position <= %(upto)s::bigint
    AND topic LIKE 'petition.%%'
ORDER BY
    originator_id,
    version
LIMIT %(limit)s::integer

-- read_named_streams --
-- All that some petitions went through by a position, stream by stream.
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
    AND position <= %(upto)s::bigint
    AND topic LIKE 'petition.%%'
ORDER BY
    originator_id,
    version
