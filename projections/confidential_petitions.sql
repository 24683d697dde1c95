-- delete_confidential_petitions --
-- Take back what was hidden of these petitions.
DELETE FROM confidential_petition
WHERE petition_id = ANY(%(petition_ids)s::uuid[])

-- copy_confidential_petitions --
-- Write from which unit a petition is hidden.
COPY confidential_petition (
    petition_id,
    accused_unit
)
FROM STDIN (FORMAT BINARY)
