-- insert_scopes --
-- Enter scopes as they were declared.
INSERT INTO scope_declaration (
    scope_id,
    unit,
    petition_type,
    channel,
    region,
    intake_complete,
    reason,
    declared_at
)
SELECT
    given.scope_id,
    given.unit,
    given.petition_type,
    given.channel,
    given.region,
    given.intake_complete,
    given.reason,
    given.declared_at
FROM jsonb_to_recordset(%(rows)s::jsonb) AS given (
    scope_id uuid,
    unit text,
    petition_type text,
    channel text,
    region text,
    intake_complete boolean,
    reason text,
    declared_at timestamptz
)

-- revise_scopes --
-- Keep the newest declaration of each scope.
UPDATE scope_declaration
SET
    intake_complete = given.intake_complete,
    reason = given.reason,
    declared_at = given.declared_at
FROM jsonb_to_recordset(%(rows)s::jsonb) AS given (
    scope_id uuid,
    intake_complete boolean,
    reason text,
    declared_at timestamptz
)
WHERE scope_declaration.scope_id = given.scope_id

-- read_incomplete_scopes --
-- Scopes of which not all petitions are on record, the first declared first.
SELECT
    unit,
    petition_type,
    channel,
    region,
    reason
FROM scope_declaration
WHERE NOT intake_complete
ORDER BY
    declared_at,
    scope_id
