-- begin_append --
-- Open the transaction; a later statement must see what a rival committed meanwhile.
BEGIN ISOLATION LEVEL READ COMMITTED

-- lock_head --
-- Wait for the end of the log, and keep it until the commit.
SELECT
    ledger,
    position,
    recorded_at
FROM head
FOR UPDATE

-- read_versions --
-- The clock and the latest version of each stream, in a statement after the lock.
SELECT
    clock_timestamp(),
    stream.originator_id,
    (
        SELECT event.version
        FROM event
        WHERE event.originator_id = stream.originator_id
        ORDER BY event.version DESC
        LIMIT 1
    )
FROM unnest(%(originator_ids)s::uuid[]) AS stream (originator_id)

-- read_answered_keys --
-- Which idempotency keys have an answer; the LIMIT keeps each look-up in the index.
SELECT
    asked.actor_id,
    asked.key
FROM unnest(%(actor_ids)s::text[], %(keys)s::text[]) AS asked (actor_id, key)
CROSS JOIN LATERAL (
    SELECT 1
    FROM command
    WHERE command.actor_id = asked.actor_id
        AND command.key = asked.key
    LIMIT 1
) AS answer

-- read_claimed_values --
-- Which values are taken.
SELECT asked.value
FROM unnest(%(values)s::text[]) AS asked (value)
CROSS JOIN LATERAL (
    SELECT 1
    FROM claim
    WHERE claim.value = asked.value
    LIMIT 1
) AS taken
