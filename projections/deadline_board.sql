-- delete_clocks --
-- Take back what these petitions were under.
DELETE FROM deadline_board
WHERE petition_id = ANY(%(petition_ids)s::uuid[])

-- copy_clocks --
-- Write what petitions are under.
COPY deadline_board (
    petition_id,
    clock,
    unit,
    due_at,
    since,
    holder,
    holder_unit,
    rule,
    calendar,
    provisional,
    paused_at,
    number,
    petition_type,
    accused_unit
)
FROM STDIN (FORMAT BINARY)

-- read_clocks --
-- One page of the board over all units, next deadline first, with the facts behind each line.
SELECT
    board.petition_id,
    board.number,
    board.petition_type,
    board.clock,
    board.unit,
    board.due_at,
    board.since,
    board.holder,
    board.holder_unit,
    board.rule,
    board.calendar,
    board.provisional,
    board.paused_at,
    petition_facts.facts
FROM deadline_board AS board
JOIN petition_facts ON petition_facts.petition_id = board.petition_id
WHERE (board.due_at, board.petition_id, board.clock, board.unit)
        > (
            %(after_due_at)s::timestamptz,
            %(after_petition_id)s::uuid,
            %(after_clock)s::text,
            %(after_unit)s::text
        )
    AND board.due_at < %(until)s::timestamptz
    AND (%(clock)s::text IS NULL OR board.clock = %(clock)s::text)
    AND (%(overdue)s::boolean IS FALSE OR board.paused_at IS NULL)
    AND (board.accused_unit IS NULL OR board.accused_unit <> ALL(%(viewer_units)s::text[]))
ORDER BY
    board.due_at,
    board.petition_id,
    board.clock,
    board.unit
LIMIT %(limit)s::integer

-- read_unit_clocks --
-- The same of one unit; the empty unit has the clocks that are no single unit's.
SELECT
    board.petition_id,
    board.number,
    board.petition_type,
    board.clock,
    board.unit,
    board.due_at,
    board.since,
    board.holder,
    board.holder_unit,
    board.rule,
    board.calendar,
    board.provisional,
    board.paused_at,
    petition_facts.facts
FROM deadline_board AS board
JOIN petition_facts ON petition_facts.petition_id = board.petition_id
WHERE board.unit = %(unit)s::text
    AND (board.due_at, board.petition_id, board.clock, board.unit)
        > (
            %(after_due_at)s::timestamptz,
            %(after_petition_id)s::uuid,
            %(after_clock)s::text,
            %(after_unit)s::text
        )
    AND board.due_at < %(until)s::timestamptz
    AND (%(clock)s::text IS NULL OR board.clock = %(clock)s::text)
    AND (%(overdue)s::boolean IS FALSE OR board.paused_at IS NULL)
    AND (board.accused_unit IS NULL OR board.accused_unit <> ALL(%(viewer_units)s::text[]))
ORDER BY
    board.due_at,
    board.petition_id,
    board.clock
LIMIT %(limit)s::integer
