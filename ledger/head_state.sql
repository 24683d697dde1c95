-- read_state --
-- Whether the ledger takes appends, and where the other end of a move is.
SELECT
    state,
    elsewhere,
    position
FROM head

-- lock_state --
-- As above, and a move waits until this transaction ends.
SELECT state
FROM head
FOR SHARE

-- update_state --
-- Open or close the ledger; waits for the append under way.
UPDATE head
SET
    state = %(state)s::text,
    elsewhere = %(elsewhere)s::text
