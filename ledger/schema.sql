-- The store of one ledger: everything below lives in the schema named by search_path.
-- No object is qualified, so the same text serves every ledger (schema tz_<ledger>).

-- One row: the end of the log. Locking it is what makes positions dense and in commit order.
CREATE TABLE head (
    ledger text NOT NULL,
    position bigint NOT NULL,
    recorded_at timestamptz NOT NULL,
    CONSTRAINT head_pkey PRIMARY KEY (ledger),
    CONSTRAINT head_position_check CHECK (position >= 0)
);

INSERT INTO head (
    ledger,
    position,
    recorded_at
)
VALUES (
    regexp_replace(current_schema(), '^tz_', ''),
    0,
    'epoch'
);

-- The log. The leaf is rebuilt from these columns; only its hash is stored beside them.
CREATE TABLE event (
    ledger text NOT NULL,
    position bigint NOT NULL,
    originator_id uuid NOT NULL,
    version integer NOT NULL,
    topic text NOT NULL,
    schema_version integer NOT NULL,
    occurred_at timestamptz NOT NULL,
    occurred_offset_min smallint NOT NULL,
    recorded_at timestamptz NOT NULL,
    actor_id text NOT NULL,
    actor_role text NOT NULL,
    actor_unit text,
    on_behalf_of text,
    policy_pack text,
    policy_version integer,
    correlation_id uuid,
    causation_id text,
    idempotency_key text,
    payload bytea NOT NULL,
    leaf_hash bytea NOT NULL,
    CONSTRAINT event_pkey PRIMARY KEY (position),
    CONSTRAINT event_originator_id_version_key UNIQUE (originator_id, version),
    CONSTRAINT event_position_check CHECK (position >= 1),
    CONSTRAINT event_version_check CHECK (version >= 0),
    CONSTRAINT event_occurred_offset_min_check CHECK (occurred_offset_min BETWEEN -840 AND 840),
    CONSTRAINT event_leaf_hash_check CHECK (octet_length(leaf_hash) = 32),
    CONSTRAINT event_policy_check CHECK ((policy_pack IS NULL) = (policy_version IS NULL))
);

-- What the commitments in payloads commit to; erasure deletes rows here and changes no leaf.
CREATE TABLE personal (
    originator_id uuid NOT NULL,
    version integer NOT NULL,
    path text NOT NULL,
    salt bytea NOT NULL,
    value bytea NOT NULL,
    CONSTRAINT personal_pkey PRIMARY KEY (originator_id, version, path),
    CONSTRAINT personal_salt_check CHECK (octet_length(salt) = 32)
);

-- Answers already given: the same key gets the same answer for the life of the ledger.
CREATE TABLE command (
    actor_id text NOT NULL,
    key text NOT NULL,
    first_position bigint NOT NULL,
    last_position bigint NOT NULL,
    outcome bytea NOT NULL,
    fingerprint bytea NOT NULL,
    CONSTRAINT command_pkey PRIMARY KEY (actor_id, key),
    CONSTRAINT command_position_check CHECK (1 <= first_position AND first_position <= last_position)
);

-- Values that may be used once in a ledger, such as petition numbers.
CREATE TABLE claim (
    value text NOT NULL,
    originator_id uuid NOT NULL,
    position bigint NOT NULL,
    CONSTRAINT claim_pkey PRIMARY KEY (value)
);

-- Keys of this ledger that never leave it; they only make stored fingerprints unguessable.
CREATE TABLE secret (
    name text NOT NULL,
    value bytea NOT NULL,
    CONSTRAINT secret_pkey PRIMARY KEY (name),
    CONSTRAINT secret_value_check CHECK (octet_length(value) = 32)
);

INSERT INTO secret (
    name,
    value
)
VALUES (
    'fingerprint',
    -- Three random UUIDs carry 366 random bits; SHA-256 packs them into the 32 bytes of a key.
    sha256(convert_to(concat(gen_random_uuid(), gen_random_uuid(), gen_random_uuid()), 'UTF8'))
);

-- Running number of petitions; gaps are lawful, a number is only ever claimed once.
CREATE SEQUENCE petition_number_seq AS bigint;

-- Grants stop everybody but the owner; this stops the owner and the superuser too.
CREATE FUNCTION refuse_event_change() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    RAISE EXCEPTION '% on the event log of schema % is refused', TG_OP, TG_TABLE_SCHEMA
        USING ERRCODE = 'restrict_violation',
              DETAIL = 'The log is append-only; nothing was changed.',
              HINT = 'Record a correcting event instead. 请用更正事件，不得改动历史。';
END;
$$;

CREATE TRIGGER event_append_only_trigger
BEFORE UPDATE OR DELETE OR TRUNCATE ON event
FOR EACH STATEMENT EXECUTE FUNCTION refuse_event_change();

-- ALWAYS: a session that sets session_replication_role = replica would skip an ordinary trigger.
ALTER TABLE event ENABLE ALWAYS TRIGGER event_append_only_trigger;

REVOKE ALL ON FUNCTION refuse_event_change() FROM PUBLIC;

GRANT SELECT, UPDATE (position, recorded_at) ON head TO tz_app;
GRANT SELECT, INSERT ON event, personal, command, claim TO tz_app;
GRANT SELECT ON secret TO tz_app;
GRANT USAGE, SELECT ON SEQUENCE petition_number_seq TO tz_app;
GRANT SELECT ON head, event TO tz_projector;
