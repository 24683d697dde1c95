-- read_finished_slices --
-- What an interrupted replay has already filled.
SELECT
    number,
    events_len
FROM slice

-- insert_slice --
-- Record a slice in the transaction that fills it.
INSERT INTO slice (
    number,
    events_len
)
VALUES (
    %(number)s::integer,
    %(events_len)s::bigint
)
