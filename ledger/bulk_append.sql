-- copy_events --
-- Record the events of a chunk; positions and hashes were made under the append lock.
COPY event (
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
) FROM STDIN (FORMAT BINARY)

-- copy_personal_values --
-- Keep what the commitments of the chunk commit to.
COPY personal (
    originator_id,
    version,
    path,
    salt,
    value
) FROM STDIN (FORMAT BINARY)

-- copy_commands --
-- Keep the answers of the chunk, so that a repeated import adds nothing.
COPY command (
    actor_id,
    key,
    first_position,
    last_position,
    outcome,
    fingerprint
) FROM STDIN (FORMAT BINARY)

-- copy_claims --
-- Take the values of the chunk.
COPY claim (
    value,
    originator_id,
    position
) FROM STDIN (FORMAT BINARY)

-- update_head --
-- Move the end of the log.
UPDATE head
SET position = %(position)s::bigint,
    recorded_at = %(recorded_at)s::timestamptz

-- commit_chunk --
-- Make the chunk durable; its tag says ROLLBACK where it was not.
COMMIT

-- rollback_chunk --
-- Give the end of the log back unchanged.
ROLLBACK
