-- insert_appeals --
-- Enter objections.
INSERT INTO assessment_appeal (
    appeal_id,
    unit,
    petition_id,
    component,
    state,
    appealed_at
)
SELECT
    given.appeal_id,
    given.unit,
    given.petition_id,
    given.component,
    given.state,
    given.appealed_at
FROM jsonb_to_recordset(%(rows)s::jsonb) AS given (
    appeal_id uuid,
    unit text,
    petition_id uuid,
    component text,
    state text,
    appealed_at timestamptz
)

-- decide_appeals --
-- Say how objections were decided.
UPDATE assessment_appeal
SET
    state = given.state,
    decided_at = given.decided_at,
    excluded_by = given.excluded_by
FROM jsonb_to_recordset(%(rows)s::jsonb) AS given (
    appeal_id uuid,
    state text,
    decided_at timestamptz,
    excluded_by text
)
WHERE assessment_appeal.appeal_id = given.appeal_id

-- read_appeals --
-- Objections, the latest first.
SELECT
    appeal_id,
    unit,
    petition_id,
    component,
    state,
    appealed_at,
    decided_at,
    excluded_by
FROM assessment_appeal
WHERE (%(units)s::text[] IS NULL OR unit = ANY(%(units)s::text[]))
    AND (
        appealed_at < %(before_appealed_at)s::timestamptz
        OR (
            appealed_at = %(before_appealed_at)s::timestamptz
            AND appeal_id > %(before_appeal_id)s::uuid
        )
    )
ORDER BY
    appealed_at DESC,
    appeal_id
LIMIT %(limit)s::integer
