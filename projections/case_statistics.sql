-- count_received_by_year --
-- How many petitions came in in each local year.
SELECT
    extract(YEAR FROM submitted_at AT TIME ZONE %(zone)s::text)::integer AS year,
    count(*) AS received
FROM petition_facts
WHERE state <> 'voided'
GROUP BY 1
ORDER BY 1
