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
        sealed.originator_id,
        sealed.version,
        sealed.path,
        sealed.salt,
        sealed.value
    FROM unnest(
        %(personal_originator_id)s::uuid[],
        %(personal_version)s::integer[],
        %(personal_path)s::text[],
        %(personal_salt)b::bytea[],
        %(personal_value)b::bytea[]
    ) AS sealed (
        originator_id,
        version,
        path,
        salt,
        value
    )
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
        answer.actor_id,
        answer.key,
        answer.first_position,
        answer.last_position,
        answer.outcome,
        answer.fingerprint
    FROM unnest(
        %(command_actor_id)s::text[],
        %(command_key)s::text[],
        %(command_first_position)s::bigint[],
        %(command_last_position)s::bigint[],
        %(command_outcome)b::bytea[],
        %(command_fingerprint)b::bytea[]
    ) AS answer (
        actor_id,
        key,
        first_position,
        last_position,
        outcome,
        fingerprint
    )
),
taken_claim AS (
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
        %(claim_value)s::text[],
        %(claim_originator_id)s::uuid[],
        %(claim_position)s::bigint[]
    ) AS taken (
        value,
        originator_id,
        position
    )
)
UPDATE head
SET position = %(position)s::bigint,
    recorded_at = %(recorded_at)s::timestamptz

-- commit_append --
-- Make the batch durable; its tag says ROLLBACK where it was not.
COMMIT
