-- read_leaf_hash --
-- What the log's tree holds of one event.
SELECT leaf_hash
FROM event
WHERE originator_id = %(originator_id)s::uuid
    AND version = %(version)s::integer
