-- list_case_times --
-- Begin, due and answer of each accepted petition; its whole facts where columns cannot say.
WITH chosen AS (
    SELECT
        CASE %(by)s::text
            WHEN 'unit' THEN unit
            WHEN 'type' THEN petition_type
            WHEN 'channel' THEN channel
            WHEN 'region' THEN region
            WHEN 'label' THEN type_label
            WHEN 'category' THEN category
            WHEN 'year' THEN extract(YEAR FROM submitted_at AT TIME ZONE %(zone)s::text)::text
            ELSE ''
        END AS key,
        state = 'closed' AS closed,
        submitted_at,
        accepted_at,
        due_at,
        replied_at,
        CASE WHEN %(judge)s::boolean OR state = 'withdrawn' THEN facts END AS facts
    FROM petition_facts
    WHERE accepted_at IS NOT NULL
        AND petition_type <> 'commendation'
        AND (
            %(accepted_from)s::timestamptz IS NULL
            OR accepted_at >= %(accepted_from)s::timestamptz
        )
        AND (
            %(accepted_before)s::timestamptz IS NULL
            OR accepted_at < %(accepted_before)s::timestamptz
        )
        AND (%(judge)s::boolean OR state <> 'voided')
        AND (
            %(judge)s::boolean
            OR %(units)s::text[] IS NULL
            OR unit = ANY(%(units)s::text[])
        )
        AND (%(petition_type)s::text IS NULL OR petition_type = %(petition_type)s::text)
        AND (%(channel)s::text IS NULL OR channel = %(channel)s::text)
        AND (%(region)s::text IS NULL OR region = %(region)s::text)
)
SELECT
    projection.position,
    chosen.key,
    chosen.closed,
    chosen.submitted_at,
    chosen.accepted_at,
    chosen.due_at,
    chosen.replied_at,
    chosen.facts
FROM projection
LEFT JOIN chosen ON true
WHERE projection.model = 'petitions'
