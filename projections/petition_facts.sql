-- read_facts --
-- What is known of the petitions that a batch goes on with.
SELECT
    petition_id,
    facts
FROM petition_facts
WHERE petition_id = ANY(%(petition_ids)s::uuid[])

-- delete_facts --
-- Make room for new facts of the same petitions.
DELETE FROM petition_facts
WHERE petition_id = ANY(%(petition_ids)s::uuid[])

-- copy_facts --
-- Write facts, whole and by column.
COPY petition_facts (
    petition_id,
    version,
    number,
    state,
    unit,
    petition_type,
    type_label,
    category,
    channel,
    region,
    enterprise,
    imported,
    submitted_at,
    accepted_at,
    due_at,
    replied_at,
    closed_at,
    facts
)
FROM STDIN (FORMAT BINARY)
