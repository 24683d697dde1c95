-- delete_promises --
-- Take back the promises made for these petitions.
DELETE FROM promise
WHERE petition_id = ANY(%(petition_ids)s::uuid[])

-- copy_promises --
-- Write what was promised for petitions.
COPY promise (
    petition_id,
    cycle,
    kind,
    promise,
    unit,
    made_at,
    due_at,
    kept_at,
    broken_at,
    lapsed_at
)
FROM STDIN (FORMAT BINARY)

-- read_promises --
-- A page of promises of petitions and sessions as they stood at an instant, next due first.
WITH made (
    source_id,
    kind,
    cycle,
    promise,
    unit,
    petition_id,
    made_at,
    due_at,
    followed_up_at,
    kept_at,
    broken_at,
    lapsed_at
) AS (
    SELECT
        petition_id,
        kind,
        cycle,
        promise,
        unit,
        petition_id,
        made_at,
        due_at,
        coalesce(kept_at, broken_at),
        kept_at,
        broken_at,
        lapsed_at
    FROM promise
    UNION ALL
    SELECT
        session_id,
        'session',
        0,
        number,
        owner_unit,
        petition_id,
        made_at,
        due_at,
        followed_up_at,
        done_at,
        NULL,
        NULL
    FROM session_commitment
),
standing AS (
    SELECT
        made.*,
        CASE
            WHEN kept_at <= %(as_of)s::timestamptz THEN 'kept'
            WHEN broken_at <= %(as_of)s::timestamptz THEN 'broken'
            WHEN lapsed_at <= %(as_of)s::timestamptz THEN 'lapsed'
            WHEN due_at < %(as_of)s::timestamptz THEN 'overdue'
            ELSE 'open'
        END AS state
    FROM made
    WHERE made_at <= %(as_of)s::timestamptz
        AND (%(units)s::text[] IS NULL OR unit = ANY(%(units)s::text[]))
        -- Follows from the state, and tells the planner that few are asked for.
        AND (
            %(state)s::text IS NULL
            OR %(state)s::text NOT IN ('open', 'overdue')
            OR coalesce(kept_at, broken_at, lapsed_at) IS NULL
            OR coalesce(kept_at, broken_at, lapsed_at) > %(as_of)s::timestamptz
        )
)
SELECT
    standing.source_id,
    standing.kind,
    standing.cycle,
    standing.promise,
    standing.unit,
    standing.petition_id,
    petition_facts.number,
    standing.made_at,
    standing.due_at,
    CASE
        WHEN standing.followed_up_at <= %(as_of)s::timestamptz THEN standing.followed_up_at
    END AS followed_up_at,
    CASE standing.state
        WHEN 'kept' THEN standing.kept_at
        WHEN 'broken' THEN standing.broken_at
        WHEN 'lapsed' THEN standing.lapsed_at
    END AS settled_at,
    standing.state
FROM standing
LEFT JOIN petition_facts ON petition_facts.petition_id = standing.petition_id
WHERE (%(state)s::text IS NULL OR standing.state = %(state)s::text)
    AND (
        standing.due_at,
        standing.source_id,
        standing.kind,
        standing.cycle,
        standing.promise
    ) > (
        %(after_due_at)s::timestamptz,
        %(after_source_id)s::uuid,
        %(after_kind)s::text,
        %(after_cycle)s::integer,
        %(after_promise)s::integer
    )
ORDER BY
    standing.due_at,
    standing.source_id,
    standing.kind,
    standing.cycle,
    standing.promise
LIMIT %(limit)s::integer
