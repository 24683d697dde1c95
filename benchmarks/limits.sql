-- create_plain_tables --
-- Tables with the columns, keys and checks of the ledger's own, for what the server can do at best.
CREATE TABLE plain_event (LIKE event INCLUDING ALL);
CREATE TABLE plain_personal (LIKE personal INCLUDING ALL);
CREATE TABLE plain_command (LIKE command INCLUDING ALL);
CREATE TABLE plain_claim (LIKE claim INCLUDING ALL);
GRANT SELECT, INSERT ON plain_event, plain_personal, plain_command, plain_claim TO tz_app

-- insert_plain_event --
-- One event with nothing asked and nothing proved, a commit of its own.
INSERT INTO plain_event (
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
VALUES (
    %(ledger)s::text,
    %(position)s::bigint,
    %(originator_id)s::uuid,
    %(version)s::integer,
    %(topic)s::text,
    %(schema_version)s::integer,
    %(occurred_at)s::timestamptz,
    %(occurred_offset_min)s::smallint,
    %(recorded_at)s::timestamptz,
    %(actor_id)s::text,
    %(actor_role)s::text,
    %(actor_unit)s::text,
    %(on_behalf_of)s::text,
    %(policy_pack)s::text,
    %(policy_version)s::integer,
    %(correlation_id)s::uuid,
    %(causation_id)s::text,
    %(idempotency_key)s::text,
    %(payload)s::bytea,
    %(leaf_hash)s::bytea
)

-- copy_events_out --
-- The rows of the log after a position, as the server writes them.
COPY (
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
    WHERE position > %(after)s
    ORDER BY position
) TO STDOUT

-- copy_personal_values_out --
-- What the commitments of those events commit to.
COPY (
    SELECT
        personal.originator_id,
        personal.version,
        personal.path,
        personal.salt,
        personal.value
    FROM event
    INNER JOIN personal
        ON personal.originator_id = event.originator_id
        AND personal.version = event.version
    WHERE event.position > %(after)s
    ORDER BY
        event.position,
        personal.path
) TO STDOUT

-- copy_commands_out --
-- The answers given for those events.
COPY (
    SELECT
        actor_id,
        key,
        first_position,
        last_position,
        outcome,
        fingerprint
    FROM command
    WHERE first_position > %(after)s
    ORDER BY first_position
) TO STDOUT

-- copy_claims_out --
-- The values taken by those events.
COPY (
    SELECT
        value,
        originator_id,
        position
    FROM claim
    WHERE position > %(after)s
    ORDER BY position
) TO STDOUT

-- copy_events_in --
-- Those rows into the plain table.
COPY plain_event FROM STDIN

-- copy_personal_values_in --
-- Those rows into the plain table.
COPY plain_personal FROM STDIN

-- copy_commands_in --
-- Those rows into the plain table.
COPY plain_command FROM STDIN

-- copy_claims_in --
-- Those rows into the plain table.
COPY plain_claim FROM STDIN

-- analyze_log --
-- Let the planner know how long the log is.
ANALYZE event

-- copy_log_out --
-- The whole log in whatever order it lies on disk.
COPY event TO STDOUT
