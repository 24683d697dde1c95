-- insert_events --
-- Record the events of a batch at consecutive positions.
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
    %(ledger)s::text,
    %(before_position)s::bigint + added.place,
    added.originator_id,
    added.version,
    added.topic,
    added.schema_version,
    added.occurred_at,
    added.occurred_offset_min,
    %(recorded_at)s::timestamptz,
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
FROM unnest(
    %(originator_id)s::uuid[],
    %(version)s::integer[],
    %(topic)s::text[],
    %(schema_version)s::integer[],
    %(occurred_at)s::timestamptz[],
    %(occurred_offset_min)s::smallint[],
    %(actor_id)s::text[],
    %(actor_role)s::text[],
    %(actor_unit)s::text[],
    %(on_behalf_of)s::text[],
    %(policy_pack)s::text[],
    %(policy_version)s::integer[],
    %(correlation_id)s::uuid[],
    %(causation_id)s::text[],
    %(idempotency_key)s::text[],
    %(payload)b::bytea[],
    %(leaf_hash)b::bytea[]
) WITH ORDINALITY AS added (
    originator_id,
    version,
    topic,
    schema_version,
    occurred_at,
    occurred_offset_min,
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
    leaf_hash,
    place
)

-- insert_personal_values --
-- Keep what the commitments of the batch commit to.
INSERT INTO personal (
    originator_id,
    version,
    path,
    salt,
    value
)
SELECT
    sealed.originator_id,
    sealed.version,
    sealed.path,
    sealed.salt,
    sealed.value
FROM unnest(
    %(originator_id)s::uuid[],
    %(version)s::integer[],
    %(path)s::text[],
    %(salt)b::bytea[],
    %(value)b::bytea[]
) AS sealed (
    originator_id,
    version,
    path,
    salt,
    value
)

-- insert_commands --
-- Keep the answers of the batch under their idempotency keys.
INSERT INTO command (
    actor_id,
    key,
    first_position,
    last_position,
    outcome,
    fingerprint
)
SELECT
    answer.actor_id,
    answer.key,
    answer.first_position,
    answer.last_position,
    answer.outcome,
    answer.fingerprint
FROM unnest(
    %(actor_id)s::text[],
    %(key)s::text[],
    %(first_position)s::bigint[],
    %(last_position)s::bigint[],
    %(outcome)b::bytea[],
    %(fingerprint)b::bytea[]
) AS answer (
    actor_id,
    key,
    first_position,
    last_position,
    outcome,
    fingerprint
)

-- insert_claims --
-- Take the values of the batch.
INSERT INTO claim (
    value,
    originator_id,
    position
)
SELECT
    taken.value,
    taken.originator_id,
    taken.position
FROM unnest(
    %(value)s::text[],
    %(originator_id)s::uuid[],
    %(position)s::bigint[]
) AS taken (
    value,
    originator_id,
    position
)

-- update_head --
-- Move the end of the log.
UPDATE head
SET position = %(position)s::bigint,
    recorded_at = %(recorded_at)s::timestamptz

-- commit_append --
-- Make the batch durable; its tag says ROLLBACK where it was not.
COMMIT
