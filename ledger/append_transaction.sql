-- record_batch --
-- Record the events of a batch at consecutive positions, with what their commitments commit
-- to, their answers and their claims, and move the end of the log.
WITH recorded_event AS (
    INSERT INTO event (
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
    )
    SELECT
        added.ledger,
        added.position,
        added.originator_id,
        added.version,
        added.topic,
        added.schema_version,
        added.occurred_at,
        added.occurred_offset_min,
        added.recorded_at,
        added.actor_id,
        added.actor_role,
        added.actor_unit,
        added.on_behalf_of,
        added.policy_pack,
        added.policy_version,
        added.correlation_id,
        added.causation_id,
        added.idempotency_key,
        added.payload,
        added.leaf_hash
    FROM unnest(%(events)s::event[]) AS added
),
kept_personal_value AS (
    INSERT INTO personal (
        originator_id,
        version,
        path,
        salt,
        value
    )
    SELECT
        added.originator_id,
        added.version,
        added.path,
        added.salt,
        added.value
    FROM unnest(%(personal_values)s::personal[]) AS added
),
given_answer AS (
    INSERT INTO command (
        actor_id,
        key,
        first_position,
        last_position,
        outcome,
        fingerprint
    )
    SELECT
        added.actor_id,
        added.key,
        added.first_position,
        added.last_position,
        added.outcome,
        added.fingerprint
    FROM unnest(%(commands)s::command[]) AS added
),
taken_claim AS (
    INSERT INTO claim (
        value,
        originator_id,
        position
    )
    SELECT
        added.value,
        added.originator_id,
        added.position
    FROM unnest(%(claims)s::claim[]) AS added
)
UPDATE head
SET position = %(position)s::bigint,
    recorded_at = %(recorded_at)s::timestamptz

-- commit_append --
-- Make the batch durable; its tag says ROLLBACK where it was not.
COMMIT
