-- list_petitions_of_unit --
-- Petitions that counted for a unit, or one it goes on for, at any time by an instant.
SELECT DISTINCT petition_id
FROM petition_step
WHERE unit = ANY(%(units)s::text[])
    AND at <= %(as_of)s::timestamptz
ORDER BY petition_id

-- list_event_positions --
-- Where the events of some petitions stand in the log.
SELECT
    originator_id,
    array_agg(position ORDER BY position) AS positions
FROM event
WHERE originator_id = ANY(%(petition_ids)s::uuid[])
    AND position <= %(upto)s::bigint
GROUP BY originator_id
