-- select_events --
-- Part of one stream, oldest version first.
SELECT
    originator_id,
    version,
    topic,
    payload,
    schema_version,
    occurred_at
FROM event
WHERE originator_id = %(originator_id)s
    AND version > %(after_version)s
    AND version <= %(last_version)s
ORDER BY version
LIMIT %(limit)s

-- select_latest_events --
-- Part of one stream, latest version first.
SELECT
    originator_id,
    version,
    topic,
    payload,
    schema_version,
    occurred_at
FROM event
WHERE originator_id = %(originator_id)s
    AND version > %(after_version)s
    AND version <= %(last_version)s
ORDER BY version DESC
LIMIT %(limit)s

-- select_notifications --
-- A page of the log between two positions, of some topics or of all.
SELECT
    originator_id,
    version,
    topic,
    payload,
    position
FROM event
WHERE position >= %(first_position)s
    AND position <= %(last_position)s
    AND (cardinality(%(topics)s::text[]) = 0 OR topic = ANY(%(topics)s::text[]))
ORDER BY position
LIMIT %(limit)s
