-- count_received --
-- Petitions filed per local day and group.
SELECT
    CASE %(by)s::text
        WHEN 'type' THEN petition_type
        WHEN 'category' THEN category
        WHEN 'channel' THEN channel
        WHEN 'region' THEN region
        ELSE ''
    END AS key,
    (submitted_at AT TIME ZONE %(zone)s::text)::date AS day,
    count(*)
FROM petition_facts
WHERE submitted_at < %(before)s::timestamptz
    AND (%(petition_type)s::text IS NULL OR petition_type = %(petition_type)s::text)
    AND (%(category)s::text IS NULL OR category = %(category)s::text)
    AND (%(channel)s::text IS NULL OR channel = %(channel)s::text)
    AND (%(region)s::text IS NULL OR region = %(region)s::text)
GROUP BY
    key,
    day
