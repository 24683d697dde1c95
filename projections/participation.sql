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
        LEFT JOIN confidential_petition AS hidden
            ON hidden.petition_id = raised.petition_id
            AND hidden.accused_unit = ANY(%(hidden_from)s::text[])
        WHERE hidden.petition_id IS NULL
    ) AS petitions,
    (SELECT count(*) FROM came JOIN bound ON bound.unit = came.unit) AS came,
    (SELECT count(*) FROM bound) AS bound,
    (
        SELECT count(*)
        FROM came
        LEFT JOIN bound ON bound.unit = came.unit
        WHERE bound.unit IS NULL
    ) AS others
