-- insert_models --
-- A model that is not known yet starts at the beginning of the log.
INSERT INTO projection (
    model,
    position,
    updated_at
)
SELECT
    model,
    0,
    clock_timestamp()
FROM unnest(%(models)s::text[]) AS given (model)
ON CONFLICT (model) DO NOTHING

-- read_statuses --
-- How far each model has come, beside the end of the log.
SELECT
    projection.model,
    projection.position,
    head.position - projection.position AS lag,
    projection.stopped_position,
    projection.stopped_cause,
    projection.updated_at
FROM projection
CROSS JOIN head
ORDER BY projection.model

-- read_reached --
-- How far some models have come, and the log.
SELECT
    model,
    position
FROM projection
WHERE model = ANY (%(models)s::text[])
UNION ALL
SELECT
    'log',
    position
FROM head

-- read_ends --
-- The end of the log, and the last version of one of its streams, 0 where it has none.
SELECT
    position,
    (
        SELECT coalesce(max(version), 0)
        FROM event
        WHERE originator_id = %(originator_id)s::uuid
    ) AS version
FROM head

-- move_position --
-- Claim the next stretch of the log; no row means that somebody else was there.
UPDATE projection
SET
    position = %(position)s::bigint,
    updated_at = clock_timestamp()
WHERE model = %(model)s::text
    AND position = %(after)s::bigint
    AND stopped_position IS NULL

-- stop_model --
-- Stand still before an event that cannot be applied, and say why.
UPDATE projection
SET
    stopped_position = %(stopped_position)s::bigint,
    stopped_cause = %(stopped_cause)s::text,
    updated_at = clock_timestamp()
WHERE model = %(model)s::text
    AND position = %(after)s::bigint

-- resume_models --
-- Let models that stand still try again from where they are.
UPDATE projection
SET
    stopped_position = NULL,
    stopped_cause = NULL,
    updated_at = clock_timestamp()
WHERE stopped_position IS NOT NULL
RETURNING model
