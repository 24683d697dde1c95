-- begin_append --
-- Open the transaction; a later statement must see what a rival committed meanwhile.
BEGIN ISOLATION LEVEL READ COMMITTED

-- lock_head --
-- Wait for the end of the log, and keep it until the commit.
SELECT
    ledger,
    position,
    recorded_at,
    state
FROM head
FOR UPDATE

-- read_standing --
-- In a statement after the lock: the clock, the latest version of each stream, and which of
-- the keys and values asked for are taken, by place from 1. Scalar look-ups stay in the index,
-- where a join could be planned over the whole table.
SELECT
    clock_timestamp(),
    ARRAY(
        SELECT
            (
                SELECT event.version
                FROM event
                WHERE event.originator_id = asked.originator_id
                ORDER BY event.version DESC
                LIMIT 1
            )
        FROM unnest(%(originator_ids)s::uuid[])
            WITH ORDINALITY AS asked (originator_id, place)
        ORDER BY asked.place
    ),
    ARRAY(
        SELECT asked.place
        FROM unnest(%(actor_ids)s::text[], %(keys)s::text[])
            WITH ORDINALITY AS asked (actor_id, key, place)
        WHERE (
            SELECT true
            FROM command
            WHERE command.actor_id = asked.actor_id
                AND command.key = asked.key
            LIMIT 1
        )
    ),
    ARRAY(
        SELECT asked.place
        FROM unnest(%(claims)s::text[])
            WITH ORDINALITY AS asked (value, place)
        WHERE (
            SELECT true
            FROM claim
            WHERE claim.value = asked.value
            LIMIT 1
        )
    )
