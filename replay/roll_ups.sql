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
-- Add up steps as the live engine does, without rows of zeros.
INSERT INTO rate (
    grouping,
    key,
    subkey,
    day,
    counts
)
SELECT
    CASE GROUPING(unit, petition_type, channel, region)
        WHEN 7 THEN 'unit'
        WHEN 3 THEN 'unit_type'
        WHEN 13 THEN 'channel'
        ELSE 'region'
    END
    || CASE GROUPING(day, accepted_in)
        WHEN 1 THEN ''
        WHEN 3 THEN '/month'
        ELSE concat('/month/', extract(YEAR FROM accepted_in), '-', extract(MONTH FROM accepted_in))
    END,
    coalesce(unit, channel, region),
    coalesce(petition_type, ''),
    coalesce(day, month)::date,
    sum(counts)
FROM (
    SELECT
        unit,
        petition_type,
        channel,
        region,
        date_trunc('day', at AT TIME ZONE %(zone)s::text) AS day,
        date_trunc('month', at AT TIME ZONE %(zone)s::text) AS month,
        date_trunc('month', accepted_at AT TIME ZONE %(zone)s::text) AS accepted_in,
        counts
    FROM petition_step
    INNER JOIN step_delta USING (delta)
) AS dated
GROUP BY
    GROUPING SETS (
        (unit, day),
        (unit, petition_type, day),
        (channel, day),
        (region, day),
        (unit, month),
        (unit, petition_type, month),
        (channel, month),
        (region, month),
        (unit, month, accepted_in),
        (unit, petition_type, month, accepted_in),
        (channel, month, accepted_in),
        (region, month, accepted_in)
    )
HAVING sum(counts) <> 0
    AND (GROUPING(accepted_in) = 1 OR accepted_in IS NOT NULL)
