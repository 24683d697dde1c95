-- list_regions --
-- The regions that petitions were received from, each found by one step along the key.
WITH RECURSIVE found (region) AS (
    (
        SELECT key
        FROM rate
        WHERE grouping = 'region'
        ORDER BY key
        LIMIT 1
    )
    UNION ALL
    SELECT (
        SELECT following.key
        FROM rate AS following
        WHERE
            following.grouping = 'region'
            AND following.key > found.region
        ORDER BY following.key
        LIMIT 1
    )
    FROM found
    WHERE found.region IS NOT NULL
)
SELECT region
FROM found
WHERE region <> ''
