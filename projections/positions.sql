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
