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
) AS raised
CROSS JOIN LATERAL (
    SELECT
        count(*) AS commitments,
        count(*) FILTER (WHERE done_at IS NULL) AS commitments_open
    FROM session_commitment
    WHERE session_commitment.session_id = board.session_id
) AS promised
WHERE board.planned_on BETWEEN %(from_on)s::date AND %(until_on)s::date
ORDER BY
    board.planned_on,
    board.session_id
LIMIT %(limit)s::integer

-- count_person_times --
-- How often people came in each role: every person once per session held.
SELECT
    attendance.role,
    count(*) AS person_times
FROM session_board AS board
JOIN session_attendance AS attendance ON attendance.session_id = board.session_id
WHERE board.held_on BETWEEN %(from_on)s::date AND %(until_on)s::date
    AND board.kind = ANY(%(kinds)s::text[])
GROUP BY attendance.role
ORDER BY attendance.role

-- read_participation --
-- Departments, enterprises and petitions of the sessions held, each counted once.
WITH RECURSIVE line (unit, heir) AS (
    SELECT
        unit,
        unit
    FROM unit
    UNION ALL
    SELECT
        line.unit,
        unit.successor
    FROM line
    JOIN unit ON unit.unit = line.heir
    WHERE unit.succeeded_on <= %(until_on)s::date
),
standing AS (
    SELECT
        line.unit,
        line.heir
    FROM line
    JOIN unit ON unit.unit = line.heir
    WHERE unit.succeeded_on IS NULL
        OR unit.succeeded_on > %(until_on)s::date
),
bound AS (
    SELECT DISTINCT coalesce(standing.heir, attendance_duty.unit) AS unit
    FROM attendance_duty
    LEFT JOIN standing ON standing.unit = attendance_duty.unit
    WHERE attendance_duty.effective_on = (
        SELECT max(effective_on)
        FROM attendance_duty
        WHERE effective_on <= %(until_on)s::date
    )
),
held AS (
    SELECT session_id
    FROM session_board
    WHERE held_on BETWEEN %(from_on)s::date AND %(until_on)s::date
        AND kind = ANY(%(kinds)s::text[])
),
came AS (
    SELECT DISTINCT coalesce(standing.heir, attendance.unit) AS unit
    FROM session_attendance AS attendance
    JOIN held ON held.session_id = attendance.session_id
    LEFT JOIN standing ON standing.unit = attendance.unit
    WHERE attendance.unit <> ''
        AND attendance.role = ANY(%(roles)s::text[])
)
SELECT
    (SELECT count(*) FROM held) AS sessions,
    (
        SELECT count(DISTINCT attendance.enterprise)
        FROM session_attendance AS attendance
        JOIN held ON held.session_id = attendance.session_id
        WHERE attendance.enterprise <> ''
    ) AS enterprises,
    (
        SELECT count(DISTINCT raised.petition_id)
        FROM session_petition AS raised
        JOIN held ON held.session_id = raised.session_id
    ) AS petitions,
    (SELECT count(*) FROM came JOIN bound ON bound.unit = came.unit) AS came,
    (SELECT count(*) FROM bound) AS bound,
    (
        SELECT count(*)
        FROM came
        LEFT JOIN bound ON bound.unit = came.unit
        WHERE bound.unit IS NULL
    ) AS others
