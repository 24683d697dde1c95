-- delete_backlog --
-- Take back the stays of these petitions.
DELETE FROM backlog
WHERE petition_id = ANY(%(petition_ids)s::uuid[])

-- copy_backlog --
-- Write stays on the backlog list.
COPY backlog (
    petition_id,
    stay,
    unit,
    listed_at,
    cleared_at,
    ended_at
)
FROM STDIN (FORMAT BINARY)

-- delete_terms --
-- Take back what was promised in the stays of these petitions.
DELETE FROM backlog_term
WHERE petition_id = ANY(%(petition_ids)s::uuid[])

-- copy_terms --
-- Write what was promised in a stay, and from when.
COPY backlog_term (
    petition_id,
    stay,
    term,
    since,
    promised_at,
    review_due_at
)
FROM STDIN (FORMAT BINARY)

-- read_backlog --
-- A page of the backlog as it was at an instant, the longest listed first.
SELECT
    backlog.petition_id,
    backlog.stay,
    petition_facts.number,
    backlog.unit,
    backlog.listed_at,
    term.promised_at,
    term.review_due_at,
    term.reviews,
    CASE WHEN term.reviews > 0 THEN term.since END AS reviewed_at,
    CASE WHEN backlog.cleared_at <= %(as_of)s::timestamptz THEN backlog.cleared_at END
        AS cleared_at,
    CASE WHEN backlog.ended_at <= %(as_of)s::timestamptz THEN backlog.ended_at END AS ended_at
FROM backlog
JOIN petition_facts ON petition_facts.petition_id = backlog.petition_id
CROSS JOIN LATERAL (
    SELECT
        backlog_term.term AS reviews,
        backlog_term.since,
        backlog_term.promised_at,
        backlog_term.review_due_at
    FROM backlog_term
    WHERE backlog_term.petition_id = backlog.petition_id
        AND backlog_term.stay = backlog.stay
        AND backlog_term.since <= %(as_of)s::timestamptz
    ORDER BY backlog_term.term DESC
    LIMIT 1
) AS term
WHERE backlog.listed_at <= %(as_of)s::timestamptz
    AND (%(units)s::text[] IS NULL OR backlog.unit = ANY(%(units)s::text[]))
    AND (
        %(ever)s::boolean
        OR (
            coalesce(backlog.cleared_at, 'infinity') > %(as_of)s::timestamptz
            AND coalesce(backlog.ended_at, 'infinity') > %(as_of)s::timestamptz
        )
    )
    AND (backlog.listed_at, backlog.petition_id, backlog.stay)
    > (%(after_listed_at)s::timestamptz, %(after_petition_id)s::uuid, %(after_stay)s::integer)
ORDER BY
    backlog.listed_at,
    backlog.petition_id,
    backlog.stay
LIMIT %(limit)s::integer
