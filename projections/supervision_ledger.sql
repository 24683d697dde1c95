-- insert_orders --
-- Enter orders and proposals; what else is known of them follows.
INSERT INTO supervision_ledger (
    order_id,
    unit,
    level,
    state
)
SELECT
    given.order_id,
    given.unit,
    given.level,
    ''
FROM jsonb_to_recordset(%(rows)s::jsonb) AS given (
    order_id uuid,
    unit text,
    level text
)

-- insert_subjects --
-- Enter the petitions that orders are about.
INSERT INTO supervision_petition (
    order_id,
    petition_id
)
SELECT
    given.order_id,
    given.petition_id
FROM jsonb_to_recordset(%(rows)s::jsonb) AS given (
    order_id uuid,
    petition_id uuid
)

-- change_orders --
-- Change what is given; what is not stays.
UPDATE supervision_ledger AS known
SET
    level = coalesce(given.level, known.level),
    state = coalesce(given.state, known.state),
    proposed_at = coalesce(given.proposed_at, known.proposed_at),
    opened_at = coalesce(given.opened_at, known.opened_at),
    due_at = coalesce(given.due_at, known.due_at),
    responded_at = coalesce(given.responded_at, known.responded_at),
    interviewed_at = coalesce(given.interviewed_at, known.interviewed_at),
    circular_number = coalesce(given.circular_number, known.circular_number),
    circular_state = coalesce(given.circular_state, known.circular_state),
    circular_final_at = coalesce(given.circular_final_at, known.circular_final_at),
    closed_at = coalesce(given.closed_at, known.closed_at),
    finding = coalesce(given.finding, known.finding)
FROM jsonb_to_recordset(%(rows)s::jsonb) AS given (
    order_id uuid,
    level text,
    state text,
    proposed_at timestamptz,
    opened_at timestamptz,
    due_at timestamptz,
    responded_at timestamptz,
    interviewed_at timestamptz,
    circular_number text,
    circular_state text,
    circular_final_at timestamptz,
    closed_at timestamptz,
    finding text
)
WHERE known.order_id = given.order_id

-- read_orders --
-- Orders and proposals, the open ones first, then the latest.
SELECT
    known.order_id,
    known.unit,
    known.level,
    known.state,
    known.proposed_at,
    known.opened_at,
    known.due_at,
    known.responded_at,
    known.interviewed_at,
    known.circular_number,
    known.circular_state,
    known.circular_final_at,
    known.closed_at,
    known.finding,
    (
        SELECT coalesce(array_agg(petition_id ORDER BY petition_id), '{}')
        FROM supervision_petition
        WHERE supervision_petition.order_id = known.order_id
    ) AS petitions,
    (
        (coalesce(known.closed_at, %(at)s::timestamptz) AT TIME ZONE %(zone)s::text)::date
        - (known.opened_at AT TIME ZONE %(zone)s::text)::date
    ) AS days
FROM supervision_ledger AS known
WHERE (%(units)s::text[] IS NULL OR known.unit = ANY(%(units)s::text[]))
    AND (
        (known.closed_at IS NOT NULL) > %(after_ended)s::boolean
        OR (
            (known.closed_at IS NOT NULL) = %(after_ended)s::boolean
            AND (
                coalesce(known.opened_at, known.proposed_at) < %(after_begun_at)s::timestamptz
                OR (
                    coalesce(known.opened_at, known.proposed_at) = %(after_begun_at)s::timestamptz
                    AND known.order_id > %(after_order_id)s::uuid
                )
            )
        )
    )
ORDER BY
    (known.closed_at IS NOT NULL),
    coalesce(known.opened_at, known.proposed_at) DESC,
    known.order_id
LIMIT %(limit)s::integer
