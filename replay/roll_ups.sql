-- read_deltas --
-- The few changes that all steps make.
SELECT DISTINCT delta
FROM petition_step

-- insert_deltas --
-- Write those changes as the numbers that roll-ups add up.
INSERT INTO step_delta (
    delta,
    counts
)
SELECT
    delta,
    counts
FROM unnest(
    %(deltas)s::bytea[],
    %(counts)s::numeric[]
) AS given (delta, counts)

-- give_memory --
-- Room for the sums of a year of days; sorted on disk they take thrice as long.
SELECT set_config('work_mem', '128MB', TRUE)

-- sum_rates --
-- Count equal changes, then add them up, as the live engine does, without rows of zeros.
WITH counted AS (
    SELECT
        CASE GROUPING(unit, petition_type, channel, region)
            WHEN 7 THEN 'unit'
            WHEN 3 THEN 'unit_type'
            WHEN 13 THEN 'channel'
            ELSE 'region'
        END AS grouping,
        coalesce(unit, channel, region) AS key,
        coalesce(petition_type, '') AS subkey,
        day,
        delta,
        count(*) AS changes
    FROM (
        SELECT
            unit,
            petition_type,
            channel,
            region,
            (at AT TIME ZONE %(zone)s::text)::date AS day,
            delta
        FROM petition_step
    ) AS dated
    GROUP BY
        GROUPING SETS (
            (unit, day, delta),
            (unit, petition_type, day, delta),
            (channel, day, delta),
            (region, day, delta)
        )
),
cohort AS (
    SELECT
        CASE GROUPING(unit, petition_type, channel, region)
            WHEN 7 THEN 'unit'
            WHEN 3 THEN 'unit_type'
            WHEN 13 THEN 'channel'
            ELSE 'region'
        END AS grouping,
        accepted_in,
        coalesce(unit, channel, region) AS key,
        coalesce(petition_type, '') AS subkey,
        month,
        delta,
        count(*) AS changes
    FROM (
        SELECT
            unit,
            petition_type,
            channel,
            region,
            date_trunc('month', accepted_at AT TIME ZONE %(zone)s::text) AS accepted_in,
            date_trunc('month', at AT TIME ZONE %(zone)s::text) AS month,
            delta
        FROM petition_step
        WHERE accepted_at IS NOT NULL
    ) AS dated
    GROUP BY
        GROUPING SETS (
            (unit, accepted_in, month, delta),
            (unit, petition_type, accepted_in, month, delta),
            (channel, accepted_in, month, delta),
            (region, accepted_in, month, delta)
        )
)
INSERT INTO rate (
    grouping,
    key,
    subkey,
    day,
    counts
)
SELECT
    grouping,
    key,
    subkey,
    day,
    sum(changes * counts)
FROM (
    SELECT
        grouping,
        key,
        subkey,
        day,
        delta,
        changes
    FROM counted
    UNION ALL
    SELECT
        grouping || '/month',
        key,
        subkey,
        date_trunc('month', day)::date,
        delta,
        sum(changes)
    FROM counted
    GROUP BY
        grouping,
        key,
        subkey,
        date_trunc('month', day),
        delta
    UNION ALL
    SELECT
        concat(
            grouping,
            '/month/',
            extract(YEAR FROM accepted_in),
            '-',
            extract(MONTH FROM accepted_in)
        ),
        key,
        subkey,
        month::date,
        delta,
        changes
    FROM cohort
) AS summed
INNER JOIN step_delta USING (delta)
GROUP BY
    grouping,
    key,
    subkey,
    day
HAVING sum(changes * counts) <> 0
