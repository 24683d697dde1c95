-- record_batch --
-- Record the events of a batch at consecutive positions, with what their commitments commit
-- to, their answers and their claims, and move the end of the log; nothing of it where the log
-- is not as its premise says. In a statement after the lock, or it would not see what a rival
-- committed while the lock was waited for.
WITH held_premise AS (
    SELECT true
    FROM head
    WHERE head.position = %(after_position)s::bigint
        AND head.recorded_at <= %(recorded_at)s::timestamptz
        AND head.state = 'open'
        AND clock_timestamp() BETWEEN %(good_from)s::timestamptz AND %(good_until)s::timestamptz
        AND NOT EXISTS (
            SELECT
            FROM unnest(%(originator_ids)s::uuid[], %(first_versions)s::integer[])
                AS asked (originator_id, first_version)
            WHERE asked.first_version <> coalesce(
                (
                    SELECT event.version
                    FROM event
                    WHERE event.originator_id = asked.originator_id
                    ORDER BY event.version DESC
                    LIMIT 1
                ) + 1,
                CASE WHEN asked.first_version IN (0, 1) THEN asked.first_version ELSE 1 END
            )
        )
        AND NOT EXISTS (
            SELECT
            FROM unnest(%(actor_ids)s::text[], %(keys)s::text[]) AS asked (actor_id, key)
            WHERE (
                SELECT true
                FROM command
                WHERE command.actor_id = asked.actor_id
                    AND command.key = asked.key
                LIMIT 1
            )
        )
        AND NOT EXISTS (
            SELECT
            FROM unnest(%(claim_values)s::text[]) AS asked (value)
            WHERE (
                SELECT true
                FROM claim
                WHERE claim.value = asked.value
                LIMIT 1
            )
        )
),
recorded_event AS (
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
    WHERE EXISTS (SELECT FROM held_premise)
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
    WHERE EXISTS (SELECT FROM held_premise)
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
    WHERE EXISTS (SELECT FROM held_premise)
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
    WHERE EXISTS (SELECT FROM held_premise)
)
UPDATE head
SET position = %(position)s::bigint,
    recorded_at = %(recorded_at)s::timestamptz
WHERE EXISTS (SELECT FROM held_premise)
