-- insert_sessions --
-- Enter sessions that were announced.
INSERT INTO session_board (
    session_id,
    kind,
    format,
    host_unit,
    planned_on,
    place,
    state,
    theme,
    held_on,
    minutes_at
)
SELECT
    given.session_id,
    given.kind,
    given.format,
    given.host_unit,
    given.planned_on,
    given.place,
    given.state,
    NULL,
    NULL,
    NULL
FROM jsonb_to_recordset(%(rows)s::jsonb) AS given (
    session_id uuid,
    kind text,
    format text,
    host_unit text,
    planned_on date,
    place text,
    state text
)

-- change_sessions --
-- Change what is given; what is not stays.
UPDATE session_board
SET
    state = coalesce(given.state, session_board.state),
    theme = coalesce(given.theme, session_board.theme),
    held_on = coalesce(given.held_on, session_board.held_on),
    minutes_at = coalesce(given.minutes_at, session_board.minutes_at)
FROM jsonb_to_recordset(%(rows)s::jsonb) AS given (
    session_id uuid,
    state text,
    theme text,
    held_on date,
    minutes_at timestamptz
)
WHERE session_board.session_id = given.session_id

-- insert_attendances --
-- Enter people who came.
INSERT INTO session_attendance (
    session_id,
    person_id,
    role,
    unit,
    enterprise
)
SELECT
    given.session_id,
    given.person_id,
    given.role,
    given.unit,
    given.enterprise
FROM jsonb_to_recordset(%(rows)s::jsonb) AS given (
    session_id uuid,
    person_id text,
    role text,
    unit text,
    enterprise text
)

-- insert_petitions --
-- Enter petitions that were raised.
INSERT INTO session_petition (
    session_id,
    petition_id
)
SELECT
    given.session_id,
    given.petition_id
FROM jsonb_to_recordset(%(rows)s::jsonb) AS given (
    session_id uuid,
    petition_id uuid
)

-- insert_commitments --
-- Enter what was promised.
INSERT INTO session_commitment (
    session_id,
    number,
    owner_unit,
    due_at,
    petition_id,
    followed_up_at,
    done_at,
    made_at
)
SELECT
    given.session_id,
    given.number,
    given.owner_unit,
    given.due_at,
    given.petition_id,
    NULL,
    NULL,
    given.made_at
FROM jsonb_to_recordset(%(rows)s::jsonb) AS given (
    session_id uuid,
    number integer,
    owner_unit text,
    due_at timestamptz,
    petition_id uuid,
    made_at timestamptz
)

-- change_commitments --
-- Date the last follow-up, and the end of what was kept.
UPDATE session_commitment
SET
    followed_up_at = given.followed_up_at,
    done_at = coalesce(given.done_at, session_commitment.done_at)
FROM jsonb_to_recordset(%(rows)s::jsonb) AS given (
    session_id uuid,
    number integer,
    followed_up_at timestamptz,
    done_at timestamptz
)
WHERE session_commitment.session_id = given.session_id
    AND session_commitment.number = given.number

-- read_sessions --
-- Sessions of a period with who came and what was raised and promised.
SELECT
    board.session_id,
    board.kind,
    board.format,
    board.host_unit,
    board.planned_on,
    board.place,
    board.state,
    board.theme,
    board.held_on,
    board.minutes_at,
    present.persons,
    present.enterprises,
    present.departments,
    raised.petitions,
    promised.commitments,
    promised.commitments_open
FROM session_board AS board
CROSS JOIN LATERAL (
    SELECT
        count(*) AS persons,
        count(DISTINCT enterprise) FILTER (WHERE enterprise <> '') AS enterprises,
        count(DISTINCT unit) FILTER (
            WHERE unit <> '' AND role = ANY(%(roles)s::text[])
        ) AS departments
    FROM session_attendance
    WHERE session_attendance.session_id = board.session_id
) AS present
CROSS JOIN LATERAL (
    SELECT count(*) AS petitions
    FROM session_petition
    WHERE session_petition.session_id = board.session_id
        AND NOT EXISTS (
            SELECT
            FROM confidential_petition
            WHERE confidential_petition.petition_id = session_petition.petition_id
                AND confidential_petition.accused_unit = ANY(%(hidden_from)s::text[])
        )
) AS raised
CROSS JOIN LATERAL (
    SELECT
        count(*) AS commitments,
        count(*) FILTER (WHERE done_at IS NULL) AS commitments_open
    FROM session_commitment
    WHERE session_commitment.session_id = board.session_id
) AS promised
WHERE board.planned_on BETWEEN %(from_on)s::date AND %(until_on)s::date
    AND (board.planned_on, board.session_id)
    > (%(after_planned_on)s::date, %(after_session_id)s::uuid)
ORDER BY
    board.planned_on,
    board.session_id
LIMIT %(limit)s::integer
