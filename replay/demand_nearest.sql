-- count_documents --
-- In how many petitions each word stands.
SELECT
    asked.term,
    (
        SELECT count(*)
        FROM demand_document
        WHERE terms @> ARRAY[asked.term]
    )
FROM unnest(%(terms)s::text[]) AS asked (term)

-- read_nearest --
-- The petitions that share a heavy word with a text, the most alike first, with their words.
WITH asked AS (
    SELECT
        term,
        weight
    FROM unnest(%(terms)s::text[], %(weights)s::double precision[]) AS asked (term, weight)
),
nearest AS (
    SELECT
        demand_document.petition_id,
        sum(asked.weight * (1 + ln(word.count)))
            / sqrt(sum((1 + ln(word.count)) * (1 + ln(word.count)))) AS score
    FROM demand_document
    CROSS JOIN LATERAL
        unnest(demand_document.terms, demand_document.counts::double precision[])
            AS word (term, count)
    LEFT JOIN asked
        ON asked.term = word.term
    WHERE demand_document.terms && %(heavy_terms)s::text[]
        AND demand_document.petition_id IS DISTINCT FROM %(petition_id)s::uuid
    GROUP BY demand_document.petition_id
    ORDER BY
        score DESC,
        petition_id
    LIMIT %(limit)s::integer
)
SELECT
    demand_document.petition_id,
    demand_document.terms,
    demand_document.counts
FROM nearest
JOIN demand_document
    ON demand_document.petition_id = nearest.petition_id
