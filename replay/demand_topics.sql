-- read_petitions --
-- The petitions filed in a stretch of time, with whether their words are on record.
SELECT
    petition_facts.petition_id,
    CASE %(by)s::text
        WHEN 'type' THEN petition_facts.petition_type
        WHEN 'category' THEN petition_facts.category
        WHEN 'channel' THEN petition_facts.channel
        WHEN 'region' THEN petition_facts.region
        ELSE ''
    END AS key,
    petition_facts.facts,
    demand_document.petition_id IS NOT NULL
FROM petition_facts
LEFT JOIN demand_document
    ON demand_document.petition_id = petition_facts.petition_id
WHERE petition_facts.submitted_at >= %(since)s::timestamptz
    AND petition_facts.submitted_at < %(before)s::timestamptz
    AND (%(petition_type)s::text IS NULL OR petition_facts.petition_type = %(petition_type)s::text)
    AND (%(category)s::text IS NULL OR petition_facts.category = %(category)s::text)
    AND (%(channel)s::text IS NULL OR petition_facts.channel = %(channel)s::text)
    AND (%(region)s::text IS NULL OR petition_facts.region = %(region)s::text)
ORDER BY
    petition_facts.submitted_at,
    petition_facts.petition_id

-- count_terms --
-- In how many petitions of each group a word stands now and stood before, with the first of now.
SELECT
    asked.key,
    word.term,
    count(*) FILTER (WHERE asked.is_now),
    count(*) FILTER (WHERE NOT asked.is_now),
    (array_agg(asked.petition_id ORDER BY asked.place) FILTER (WHERE asked.is_now))
        [1:%(examples)s::integer]
FROM unnest(%(petition_ids)s::uuid[], %(keys)s::text[], %(are_now)s::boolean[])
    WITH ORDINALITY AS asked (petition_id, key, is_now, place)
JOIN demand_document
    ON demand_document.petition_id = asked.petition_id
CROSS JOIN LATERAL unnest(demand_document.terms) AS word (term)
GROUP BY
    asked.key,
    word.term
HAVING count(*) FILTER (WHERE asked.is_now) >= %(petitions_min)s::integer
ORDER BY
    asked.key,
    word.term

-- read_numbers --
-- What the examples are called.
SELECT
    petition_id,
    number
FROM petition_facts
WHERE petition_id = ANY(%(petition_ids)s::uuid[])
    AND number IS NOT NULL
