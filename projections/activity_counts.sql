-- add_counts --
-- Add to the counts of a day.
INSERT INTO activity_count (
    topic,
    key,
    day,
    items,
    unit_times,
    person_times,
    amount_fen
)
SELECT
    given.topic,
    given.key,
    given.day,
    given.items,
    given.unit_times,
    given.person_times,
    given.amount_fen
FROM unnest(
    %(topics)s::text[],
    %(keys)s::text[],
    %(days)s::date[],
    %(items)s::integer[],
    %(unit_times)s::integer[],
    %(person_times)s::integer[],
    %(amounts_fen)s::bigint[]
) AS given (topic, key, day, items, unit_times, person_times, amount_fen)
ON CONFLICT (topic, key, day) DO UPDATE
SET
    items = activity_count.items + excluded.items,
    unit_times = activity_count.unit_times + excluded.unit_times,
    person_times = activity_count.person_times + excluded.person_times,
    amount_fen = activity_count.amount_fen + excluded.amount_fen

-- add_enterprises --
-- Add to the counts of enterprises on a day.
INSERT INTO activity_enterprise (
    topic,
    enterprise,
    day,
    items,
    amount_fen
)
SELECT
    given.topic,
    given.enterprise,
    given.day,
    given.items,
    given.amount_fen
FROM unnest(
    %(topics)s::text[],
    %(enterprises)s::text[],
    %(days)s::date[],
    %(items)s::integer[],
    %(amounts_fen)s::bigint[]
) AS given (topic, enterprise, day, items, amount_fen)
ON CONFLICT (topic, enterprise, day) DO UPDATE
SET
    items = activity_enterprise.items + excluded.items,
    amount_fen = activity_enterprise.amount_fen + excluded.amount_fen

-- read_counts --
-- What was done in a period, by act and key.
SELECT
    topic,
    key,
    sum(items)::integer AS items,
    sum(unit_times)::integer AS unit_times,
    sum(person_times)::integer AS person_times,
    sum(amount_fen)::bigint AS amount_fen
FROM activity_count
WHERE day BETWEEN %(since)s::date AND %(until)s::date
GROUP BY
    topic,
    key
ORDER BY
    topic,
    key

-- count_reach --
-- Enterprises for which more was done than undone in a period, each once, and the sums.
SELECT
    count(*) FILTER (WHERE reached.items > 0)::integer AS enterprises,
    coalesce(sum(reached.items), 0)::integer AS items,
    coalesce(sum(reached.amount_fen), 0)::bigint AS amount_fen
FROM (
    SELECT
        sum(CASE WHEN topic = ANY(%(topics)s::text[]) THEN items ELSE -items END) AS items,
        sum(
            CASE WHEN topic = ANY(%(topics)s::text[]) THEN amount_fen ELSE -amount_fen END
        ) AS amount_fen
    FROM activity_enterprise
    WHERE topic = ANY(%(topics)s::text[] || %(undone)s::text[])
        AND day BETWEEN %(since)s::date AND %(until)s::date
    GROUP BY enterprise
) AS reached
