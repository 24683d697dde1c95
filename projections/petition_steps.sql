-- copy_steps --
-- Write steps.
COPY petition_step (
    petition_id,
    at,
    unit,
    petition_type,
    channel,
    region,
    accepted_at,
    delta
)
FROM STDIN (FORMAT BINARY)

-- delete_steps --
-- Take back steps that a later event moved or undid.
DELETE FROM petition_step
USING unnest(
    %(petition_ids)s::uuid[],
    %(instants)s::timestamptz[],
    %(units)s::text[]
) AS gone (petition_id, at, unit)
WHERE petition_step.petition_id = gone.petition_id
    AND petition_step.at = gone.at
    AND petition_step.unit = gone.unit
