-- read_stream --
-- One stream, oldest version first.
SELECT
    ledger,
    position,
    originator_id,
    version,
    topic,
    schema_version,
    occurred_at,
    occurred_offset_min,
    recorded_at,
    actor_id,
    actor_role,
    actor_unit,
    on_behalf_of,
    policy_pack,
    policy_version,
    correlation_id,
    causation_id,
    idempotency_key,
    payload,
    leaf_hash
FROM event
WHERE originator_id = %(originator_id)s
ORDER BY version

-- read_log --
-- One page of the log after a position.
SELECT
    ledger,
    position,
    originator_id,
    version,
    topic,
    schema_version,
    occurred_at,
    occurred_offset_min,
    recorded_at,
    actor_id,
    actor_role,
    actor_unit,
    on_behalf_of,
    policy_pack,
    policy_version,
    correlation_id,
    causation_id,
    idempotency_key,
    payload,
    leaf_hash
FROM event
WHERE position > %(after_position)s
ORDER BY position
LIMIT %(limit)s

-- read_position --
-- The end of the log.
SELECT position
FROM head

-- read_personal_values --
-- What the commitments of one stream commit to, so far as it is not erased.
SELECT
    version,
    path,
    salt,
    value
FROM personal
WHERE originator_id = %(originator_id)s

-- read_secret --
-- A key of this ledger.
SELECT value
FROM secret
WHERE name = %(name)s

-- take_petition_number --
-- A running number that nobody else gets; gaps are lawful.
SELECT nextval('petition_number_seq')

-- read_answer --
-- The answer a command has already been given.
SELECT
    first_position,
    last_position,
    outcome,
    fingerprint
FROM command
WHERE actor_id = %(actor_id)s
    AND key = %(key)s

-- await_appends --
-- Wait until no append is under way: its end, whatever it is, is then visible.
SELECT position
FROM head
FOR UPDATE
