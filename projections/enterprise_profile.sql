-- insert_profiles --
-- Enter enterprises.
INSERT INTO enterprise_profile (
    credit_code,
    enterprise_id,
    name,
    industry,
    size,
    region,
    key_enterprise
)
SELECT
    given.credit_code,
    given.enterprise_id,
    given.name,
    given.industry,
    given.size,
    given.region,
    given.key_enterprise
FROM jsonb_to_recordset(%(rows)s::jsonb) AS given (
    credit_code text,
    enterprise_id uuid,
    name text,
    industry text,
    size text,
    region text,
    key_enterprise boolean
)

-- change_profiles --
-- Change what is given; what is not stays. A new chief representative brings both days.
UPDATE enterprise_profile AS known
SET
    name = coalesce(given.name, known.name),
    industry = coalesce(given.industry, known.industry),
    size = coalesce(given.size, known.size),
    region = coalesce(given.region, known.region),
    key_enterprise = coalesce(given.key_enterprise, known.key_enterprise),
    liaison_unit = coalesce(given.liaison_unit, known.liaison_unit),
    chief_unit = coalesce(given.chief_unit, known.chief_unit),
    chief_from_on = coalesce(given.chief_from_on, known.chief_from_on),
    chief_until_on = CASE
        WHEN given.chief_unit IS NULL THEN known.chief_until_on
        ELSE given.chief_until_on
    END
FROM jsonb_to_recordset(%(rows)s::jsonb) AS given (
    enterprise_id uuid,
    name text,
    industry text,
    size text,
    region text,
    key_enterprise boolean,
    liaison_unit text,
    chief_unit text,
    chief_from_on date,
    chief_until_on date
)
WHERE known.enterprise_id = given.enterprise_id

-- end_memberships --
-- Date the end of memberships that still ran.
UPDATE enterprise_group
SET left_at = given.left_at
FROM jsonb_to_recordset(%(rows)s::jsonb) AS given (
    enterprise_id uuid,
    group_code text,
    left_at timestamptz
)
JOIN enterprise_profile ON enterprise_profile.enterprise_id = given.enterprise_id
WHERE enterprise_group.credit_code = enterprise_profile.credit_code
    AND enterprise_group.group_code = given.group_code
    AND enterprise_group.left_at IS NULL

-- insert_memberships --
-- Enter memberships of direct groups.
INSERT INTO enterprise_group (
    group_code,
    credit_code,
    joined_at,
    left_at
)
SELECT
    given.group_code,
    enterprise_profile.credit_code,
    given.joined_at,
    given.left_at
FROM jsonb_to_recordset(%(rows)s::jsonb) AS given (
    enterprise_id uuid,
    group_code text,
    joined_at timestamptz,
    left_at timestamptz
)
JOIN enterprise_profile ON enterprise_profile.enterprise_id = given.enterprise_id
ON CONFLICT (group_code, credit_code, joined_at) DO UPDATE
SET left_at = excluded.left_at

-- read_profile --
-- One enterprise with its groups and the states of its petitions.
SELECT
    profile.credit_code,
    profile.enterprise_id,
    profile.name,
    profile.industry,
    profile.size,
    profile.region,
    profile.key_enterprise,
    profile.liaison_unit,
    profile.chief_unit,
    profile.chief_from_on,
    profile.chief_until_on,
    (
        SELECT coalesce(array_agg(group_code ORDER BY group_code), '{}')
        FROM enterprise_group
        WHERE enterprise_group.credit_code = profile.credit_code
            AND enterprise_group.left_at IS NULL
    ) AS groups,
    (
        SELECT coalesce(jsonb_object_agg(counted.state, counted.petitions), '{}')
        FROM (
            SELECT
                petition_facts.state,
                count(*) AS petitions
            FROM petition_facts
            WHERE petition_facts.enterprise = profile.credit_code
                AND petition_facts.enterprise <> ''
                AND NOT EXISTS (
                    SELECT
                    FROM confidential_petition
                    WHERE confidential_petition.petition_id = petition_facts.petition_id
                        AND confidential_petition.accused_unit = ANY(%(hidden_from)s::text[])
                )
            GROUP BY petition_facts.state
        ) AS counted
    ) AS petitions
FROM enterprise_profile AS profile
WHERE profile.credit_code = %(credit_code)s::text

-- read_profiles --
-- A page of enterprises with their groups and the states of their petitions.
SELECT
    profile.credit_code,
    profile.enterprise_id,
    profile.name,
    profile.industry,
    profile.size,
    profile.region,
    profile.key_enterprise,
    profile.liaison_unit,
    profile.chief_unit,
    profile.chief_from_on,
    profile.chief_until_on,
    (
        SELECT coalesce(array_agg(group_code ORDER BY group_code), '{}')
        FROM enterprise_group
        WHERE enterprise_group.credit_code = profile.credit_code
            AND enterprise_group.left_at IS NULL
    ) AS groups,
    (
        SELECT coalesce(jsonb_object_agg(counted.state, counted.petitions), '{}')
        FROM (
            SELECT
                petition_facts.state,
                count(*) AS petitions
            FROM petition_facts
            WHERE petition_facts.enterprise = profile.credit_code
                AND petition_facts.enterprise <> ''
                AND NOT EXISTS (
                    SELECT
                    FROM confidential_petition
                    WHERE confidential_petition.petition_id = petition_facts.petition_id
                        AND confidential_petition.accused_unit = ANY(%(hidden_from)s::text[])
                )
            GROUP BY petition_facts.state
        ) AS counted
    ) AS petitions
FROM enterprise_profile AS profile
WHERE profile.credit_code > %(after_code)s::text
    AND (
        %(group_code)s::text IS NULL
        OR EXISTS (
            SELECT
            FROM enterprise_group
            WHERE enterprise_group.credit_code = profile.credit_code
                AND enterprise_group.group_code = %(group_code)s::text
                AND enterprise_group.left_at IS NULL
        )
    )
ORDER BY profile.credit_code
LIMIT %(limit)s::integer

-- count_members --
-- Enterprises in each direct group now.
SELECT
    group_code,
    count(*) AS members
FROM enterprise_group
WHERE left_at IS NULL
GROUP BY group_code
ORDER BY group_code
