-- count_closed_by_unit --
-- What a rate by unit takes without roll-ups: one look at every petition.
SELECT
    unit,
    count(*) AS d,
    count(*) FILTER (WHERE closed_at <= %(as_of)s::timestamptz) AS n
FROM petition_facts
WHERE accepted_at <= %(as_of)s::timestamptz
    AND state <> 'voided'
    AND (
        %(accepted_from)s::timestamptz IS NULL
        OR accepted_at >= %(accepted_from)s::timestamptz
    )
GROUP BY unit
ORDER BY unit

-- list_open_of_unit --
-- A page of what a unit has open, without a worklist.
SELECT
    petition_id,
    number,
    petition_type,
    due_at
FROM petition_facts
WHERE unit = %(unit)s::text
    AND accepted_at IS NOT NULL
    AND closed_at IS NULL
ORDER BY
    due_at,
    petition_id
LIMIT 50

-- find_busy_unit --
-- The unit with the longest worklist.
SELECT unit
FROM worklist
GROUP BY unit
ORDER BY
    count(*) DESC,
    unit
LIMIT 1

-- find_long_petition --
-- An invented petition with the most events; those that writers go on with have any number.
SELECT petition_id
FROM petition_facts
WHERE number LIKE 'G-%%'
ORDER BY
    version DESC,
    petition_id
LIMIT 1

-- read_stream --
-- A petition's events as they are stored.
SELECT
    version,
    topic,
    occurred_at,
    payload
FROM event
WHERE originator_id = %(petition_id)s::uuid
ORDER BY version

-- analyze_ledger --
-- Statistics of what was written at once.
ANALYZE
