-- sum_counts --
-- What each group counts for at an instant: whole months and days from the roll-ups, up to the
-- end of the one that holds the instant, and how often each kind of step is to be taken back.
WITH cell AS (
    SELECT
        CASE %(key_from)s::text WHEN 'key' THEN key WHEN 'subkey' THEN subkey ELSE '' END AS key,
        counts
    FROM rate
    WHERE (
            (grouping = ANY(%(months_of)s::text[]) AND day < %(month)s::date)
            OR (
                grouping = %(days_of)s::text
                AND day >= %(month)s::date
                AND day < %(until)s::date
            )
        )
        AND (%(keys)s::text[] IS NULL OR key = ANY(%(keys)s::text[]))
        AND (%(subkey)s::text IS NULL OR subkey = %(subkey)s::text)
),
step AS (
    SELECT
        CASE %(by)s::text
            WHEN 'unit' THEN unit
            WHEN 'type' THEN petition_type
            WHEN 'channel' THEN channel
            WHEN 'region' THEN region
            ELSE ''
        END AS key,
        delta
    FROM petition_step
    WHERE at > %(as_of)s::timestamptz
        AND at < %(steps_before)s::timestamptz
        AND (
            %(accepted_from)s::timestamptz IS NULL
            OR accepted_at >= %(accepted_from)s::timestamptz
        )
        AND (
            %(accepted_before)s::timestamptz IS NULL
            OR accepted_at < %(accepted_before)s::timestamptz
        )
        AND (%(units)s::text[] IS NULL OR unit = ANY(%(units)s::text[]))
        AND (%(petition_type)s::text IS NULL OR petition_type = %(petition_type)s::text)
        AND (%(channel)s::text IS NULL OR channel = %(channel)s::text)
        AND (%(region)s::text IS NULL OR region = %(region)s::text)
),
found AS (
    SELECT
        key,
        sum(counts)::text AS counts,
        NULL::bytea AS delta,
        NULL::bigint AS steps
    FROM cell
    GROUP BY key
    UNION ALL
    SELECT
        key,
        NULL,
        delta,
        -count(*)
    FROM step
    GROUP BY
        key,
        delta
)
SELECT
    projection.position,
    found.key,
    found.counts,
    found.delta,
    found.steps
FROM projection
LEFT JOIN found ON true
WHERE projection.model = 'petitions'

-- sum_counts_of_steps --
-- As sum_counts, for other cohorts and for scopes no roll-up keeps: from the steps alone.
WITH found AS (
    SELECT
        CASE %(by)s::text
            WHEN 'unit' THEN unit
            WHEN 'type' THEN petition_type
            WHEN 'channel' THEN channel
            WHEN 'region' THEN region
            ELSE ''
        END AS key,
        delta,
        count(*) AS steps
    FROM petition_step
    WHERE at <= %(as_of)s::timestamptz
        AND (
            %(accepted_from)s::timestamptz IS NULL
            OR accepted_at >= %(accepted_from)s::timestamptz
        )
        AND (
            %(accepted_before)s::timestamptz IS NULL
            OR accepted_at < %(accepted_before)s::timestamptz
        )
        AND (%(units)s::text[] IS NULL OR unit = ANY(%(units)s::text[]))
        AND (%(petition_type)s::text IS NULL OR petition_type = %(petition_type)s::text)
        AND (%(channel)s::text IS NULL OR channel = %(channel)s::text)
        AND (%(region)s::text IS NULL OR region = %(region)s::text)
    GROUP BY
        1,
        delta
)
SELECT
    projection.position,
    found.key,
    NULL::text AS counts,
    found.delta,
    found.steps
FROM projection
LEFT JOIN found ON true
WHERE projection.model = 'petitions'
