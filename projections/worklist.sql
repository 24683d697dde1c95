-- delete_tasks --
-- Take back what was owed for these petitions.
DELETE FROM worklist
WHERE petition_id = ANY(%(petition_ids)s::uuid[])

-- copy_tasks --
-- Write what is owed.
COPY worklist (
    unit,
    petition_id,
    task,
    due_at,
    since,
    number,
    petition_type
)
FROM STDIN (FORMAT BINARY)

-- read_dated_tasks --
-- One page of what a unit owes by a given instant, next deadline first.
SELECT
    unit,
    petition_id,
    task,
    due_at,
    since,
    number,
    petition_type
FROM worklist
WHERE unit = %(unit)s::text
    AND due_at IS NOT NULL
    AND (due_at, petition_id, task)
        > (%(after_due_at)s::timestamptz, %(after_petition_id)s::uuid, %(after_task)s::text)
ORDER BY
    due_at,
    petition_id,
    task
LIMIT %(limit)s::integer

-- read_undated_tasks --
-- One page of what a unit owes without a deadline.
SELECT
    unit,
    petition_id,
    task,
    due_at,
    since,
    number,
    petition_type
FROM worklist
WHERE unit = %(unit)s::text
    AND due_at IS NULL
    AND (petition_id, task) > (%(after_petition_id)s::uuid, %(after_task)s::text)
ORDER BY
    petition_id,
    task
LIMIT %(limit)s::integer
