-- insert_policies --
-- Enter policies as they are published.
INSERT INTO policy (
    policy_id,
    number,
    title,
    unit,
    sha256,
    industries,
    petition_types,
    valid_from,
    valid_until,
    published_at,
    explained_at,
    withdrawn_at
)
SELECT
    given.policy_id,
    given.number,
    given.title,
    given.unit,
    given.sha256,
    given.industries,
    given.petition_types,
    given.valid_from,
    given.valid_until,
    given.published_at,
    NULL,
    NULL
FROM jsonb_to_recordset(%(rows)s::jsonb) AS given (
    policy_id uuid,
    number text,
    title text,
    unit text,
    sha256 text,
    industries text[],
    petition_types text[],
    valid_from date,
    valid_until date,
    published_at timestamptz
)

-- date_explanations --
-- Date the latest explanation of policies.
UPDATE policy
SET explained_at = given.at
FROM unnest(
    %(policies)s::uuid[],
    %(instants)s::timestamptz[]
) AS given (policy_id, at)
WHERE policy.policy_id = given.policy_id

-- date_withdrawals --
-- Date the end of policies; what was pushed shows it from now on.
UPDATE policy
SET withdrawn_at = given.at
FROM unnest(
    %(policies)s::uuid[],
    %(instants)s::timestamptz[]
) AS given (policy_id, at)
WHERE policy.policy_id = given.policy_id

-- find_policies --
-- Policies in force on a day for an industry and a petition type, newest first.
SELECT
    policy_id,
    number,
    title,
    unit,
    sha256,
    industries,
    petition_types,
    valid_from,
    valid_until,
    published_at,
    explained_at,
    withdrawn_at
FROM policy
WHERE withdrawn_at IS NULL
    AND valid_from <= %(on)s::date
    AND (valid_until IS NULL OR valid_until >= %(on)s::date)
    AND (industries = '{}' OR %(industry)s::text = ANY(industries))
    AND (
        %(petition_type)s::text IS NULL
        OR petition_types = '{}'
        OR %(petition_type)s::text = ANY(petition_types)
    )
ORDER BY
    published_at DESC,
    policy_id
LIMIT %(limit)s::integer
