-- The store of one ledger: everything below lives in the schema named by search_path.
-- No object is qualified, so the same text serves every ledger (schema tz_<ledger>).

-- One row: the end of the log. Locking it is what makes positions dense and in commit order.
-- Appends are taken while its state is open; elsewhere names the other end of a move.
CREATE TABLE head (
    ledger text NOT NULL,
    position bigint NOT NULL,
    recorded_at timestamptz NOT NULL,
    state text NOT NULL DEFAULT 'open',
    elsewhere text,
    CONSTRAINT head_pkey PRIMARY KEY (ledger),
    CONSTRAINT head_position_check CHECK (position >= 0),
    CONSTRAINT head_state_check CHECK (state IN ('open', 'moving', 'moved', 'arriving')),
    CONSTRAINT head_elsewhere_check CHECK ((state = 'open') = (elsewhere IS NULL))
) WITH (
    autovacuum_vacuum_threshold = 1000,
    autovacuum_vacuum_scale_factor = 0
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
) WITH (
    autovacuum_vacuum_insert_threshold = 100000,
    autovacuum_vacuum_insert_scale_factor = 0,
    autovacuum_analyze_scale_factor = 0.02,
    autovacuum_freeze_min_age = 0
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
) WITH (
    autovacuum_vacuum_insert_threshold = 100000,
    autovacuum_vacuum_insert_scale_factor = 0,
    autovacuum_analyze_scale_factor = 0.02,
    autovacuum_freeze_min_age = 0
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
) WITH (
    autovacuum_vacuum_insert_threshold = 100000,
    autovacuum_vacuum_insert_scale_factor = 0,
    autovacuum_analyze_scale_factor = 0.02,
    autovacuum_freeze_min_age = 0
);

-- Values that may be used once in a ledger, such as petition numbers.
CREATE TABLE claim (
    value text NOT NULL,
    originator_id uuid NOT NULL,
    position bigint NOT NULL,
    CONSTRAINT claim_pkey PRIMARY KEY (value)
) WITH (
    autovacuum_vacuum_insert_threshold = 100000,
    autovacuum_vacuum_insert_scale_factor = 0,
    autovacuum_analyze_scale_factor = 0.02,
    autovacuum_freeze_min_age = 0
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

-- Read models: all of them can be thrown away and rebuilt from the log.

-- Choices that hold for the life of a ledger, such as the zone whose midnights end its days.
CREATE TABLE setting (
    name text NOT NULL,
    value text NOT NULL,
    CONSTRAINT setting_pkey PRIMARY KEY (name)
);

-- One row per read model: how far it has come, and why it stands still if it does.
CREATE TABLE projection (
    model text NOT NULL,
    position bigint NOT NULL,
    stopped_position bigint,
    stopped_cause text,
    updated_at timestamptz NOT NULL,
    CONSTRAINT projection_pkey PRIMARY KEY (model),
    CONSTRAINT projection_position_check CHECK (position >= 0),
    CONSTRAINT projection_stopped_check CHECK ((stopped_position IS NULL) = (stopped_cause IS NULL))
);

-- One row per petition: what its events add up to, whole in facts, the rest to search by.
CREATE TABLE petition_facts (
    petition_id uuid NOT NULL,
    version integer NOT NULL,
    number text,
    state text NOT NULL,
    unit text NOT NULL,
    petition_type text NOT NULL,
    type_label text NOT NULL,
    category text NOT NULL,
    channel text NOT NULL,
    region text NOT NULL,
    enterprise text NOT NULL,
    imported boolean NOT NULL,
    submitted_at timestamptz NOT NULL,
    accepted_at timestamptz,
    due_at timestamptz,
    replied_at timestamptz,
    closed_at timestamptz,
    facts bytea NOT NULL,
    CONSTRAINT petition_facts_pkey PRIMARY KEY (petition_id)
);

CREATE INDEX petition_facts_number_idx ON petition_facts (number);

-- Petitions of one enterprise; those without one cost this index nothing.
CREATE INDEX petition_facts_enterprise_idx ON petition_facts (enterprise)
WHERE enterprise <> '';

-- Petitions accepted in a stretch of time, for handling times.
CREATE INDEX petition_facts_accepted_at_idx ON petition_facts (accepted_at);

-- Petitions that the clock looks after; what has ended costs this index nothing.
CREATE INDEX petition_facts_timed_idx ON petition_facts (petition_id)
WHERE state NOT IN (
    'archived', 'not_accepted', 'referred_out', 'withdrawn', 'merged', 'split', 'voided'
) AND NOT (imported AND state = 'closed');

-- The instants at which a petition's counts change; sums up to T give every rate at T. A delta lists the
-- measures that change: the place of each in one byte, and by how much in two.
CREATE TABLE petition_step (
    petition_id uuid NOT NULL,
    at timestamptz NOT NULL,
    unit text NOT NULL,
    petition_type text NOT NULL,
    channel text NOT NULL,
    region text NOT NULL,
    accepted_at timestamptz,
    delta bytea NOT NULL
);

CREATE INDEX petition_step_petition_id_idx ON petition_step (petition_id);

CREATE INDEX petition_step_at_idx ON petition_step (at);

-- Steps of a cohort.
CREATE INDEX petition_step_accepted_at_idx ON petition_step (accepted_at);

-- The same steps summed by local day, and by month under its first day where the grouping ends in
-- '/month'; months of the petitions accepted in one month where it ends in '/month/' and that month, as
-- 2025-11. One number holds all measures, 32 bits each, the first one lowest; zero is never kept.
CREATE TABLE rate (
    grouping text NOT NULL,
    key text NOT NULL,
    subkey text NOT NULL,
    day date NOT NULL,
    counts numeric NOT NULL,
    CONSTRAINT rate_pkey PRIMARY KEY (grouping, key, subkey, day)
);

-- Who owes what next; a petition that nobody owes anything has no row.
CREATE TABLE worklist (
    unit text NOT NULL,
    petition_id uuid NOT NULL,
    task text NOT NULL,
    due_at timestamptz,
    since timestamptz NOT NULL,
    number text,
    petition_type text NOT NULL,
    CONSTRAINT worklist_pkey PRIMARY KEY (unit, petition_id, task)
);

CREATE INDEX worklist_unit_due_at_petition_id_idx ON worklist (unit, due_at, petition_id);

CREATE INDEX worklist_petition_id_idx ON worklist (petition_id);

-- Every clock that a petition is under, with what it follows; one that stands still says since when.
CREATE TABLE deadline_board (
    petition_id uuid NOT NULL,
    clock text NOT NULL,
    unit text NOT NULL,
    due_at timestamptz NOT NULL,
    since timestamptz NOT NULL,
    holder text,
    holder_unit text NOT NULL,
    rule text,
    calendar text,
    provisional boolean NOT NULL,
    paused_at timestamptz,
    number text,
    petition_type text NOT NULL,
    accused_unit text,
    CONSTRAINT deadline_board_pkey PRIMARY KEY (petition_id, clock, unit)
);

CREATE INDEX deadline_board_due_at_idx ON deadline_board (due_at, petition_id, clock, unit);

CREATE INDEX deadline_board_unit_due_at_idx
ON deadline_board (unit, due_at, petition_id, clock);

-- The units on the roster.
CREATE TABLE unit (
    unit text NOT NULL,
    name_zh text NOT NULL,
    name_en text NOT NULL,
    tier text NOT NULL,
    parent text,
    kind text NOT NULL,
    closed_at timestamptz,
    successor text,
    succeeded_on date,
    CONSTRAINT unit_pkey PRIMARY KEY (unit),
    CONSTRAINT unit_succession_check CHECK ((successor IS NULL) = (succeeded_on IS NULL))
);

-- The units bound to attend sessions, as a whole list per day from which it holds.
CREATE TABLE attendance_duty (
    effective_on date NOT NULL,
    unit text NOT NULL,
    CONSTRAINT attendance_duty_pkey PRIMARY KEY (effective_on, unit)
);

-- One row per session of government and enterprises.
CREATE TABLE session_board (
    session_id uuid NOT NULL,
    kind text NOT NULL,
    format text NOT NULL,
    host_unit text NOT NULL,
    planned_on date NOT NULL,
    place text NOT NULL,
    state text NOT NULL,
    theme text,
    held_on date,
    minutes_at timestamptz,
    CONSTRAINT session_board_pkey PRIMARY KEY (session_id)
);

CREATE INDEX session_board_planned_on_idx ON session_board (planned_on);

CREATE INDEX session_board_held_on_idx ON session_board (held_on);

-- Who came to a session, once per person; empty where no unit or enterprise was named.
CREATE TABLE session_attendance (
    session_id uuid NOT NULL,
    person_id text NOT NULL,
    role text NOT NULL,
    unit text NOT NULL,
    enterprise text NOT NULL,
    CONSTRAINT session_attendance_pkey PRIMARY KEY (session_id, person_id)
);

-- Petitions raised at a session.
CREATE TABLE session_petition (
    session_id uuid NOT NULL,
    petition_id uuid NOT NULL,
    CONSTRAINT session_petition_pkey PRIMARY KEY (session_id, petition_id)
);

-- What was promised at a session, and whether it was kept.
CREATE TABLE session_commitment (
    session_id uuid NOT NULL,
    number integer NOT NULL,
    owner_unit text NOT NULL,
    due_at timestamptz NOT NULL,
    petition_id uuid,
    followed_up_at timestamptz,
    done_at timestamptz,
    made_at timestamptz NOT NULL,
    CONSTRAINT session_commitment_pkey PRIMARY KEY (session_id, number)
);

-- One row per supervision order, proposed or given.
CREATE TABLE supervision_ledger (
    order_id uuid NOT NULL,
    unit text NOT NULL,
    level text NOT NULL,
    state text NOT NULL,
    proposed_at timestamptz,
    opened_at timestamptz,
    due_at timestamptz,
    responded_at timestamptz,
    interviewed_at timestamptz,
    circular_number text,
    circular_state text,
    circular_final_at timestamptz,
    closed_at timestamptz,
    finding text,
    CONSTRAINT supervision_ledger_pkey PRIMARY KEY (order_id)
);

CREATE INDEX supervision_ledger_unit_idx ON supervision_ledger (unit);

-- The petitions a supervision order is about.
CREATE TABLE supervision_petition (
    order_id uuid NOT NULL,
    petition_id uuid NOT NULL,
    CONSTRAINT supervision_petition_pkey PRIMARY KEY (order_id, petition_id)
);

CREATE INDEX supervision_petition_petition_id_idx ON supervision_petition (petition_id);

-- One row per objection to a score; what it excludes stands on a published reason.
CREATE TABLE assessment_appeal (
    appeal_id uuid NOT NULL,
    unit text NOT NULL,
    petition_id uuid NOT NULL,
    component text NOT NULL,
    state text NOT NULL,
    appealed_at timestamptz NOT NULL,
    decided_at timestamptz,
    excluded_by text,
    CONSTRAINT assessment_appeal_pkey PRIMARY KEY (appeal_id)
);

CREATE INDEX assessment_appeal_petition_id_idx ON assessment_appeal (petition_id);

-- One row per enterprise.
CREATE TABLE enterprise_profile (
    credit_code text NOT NULL,
    enterprise_id uuid NOT NULL,
    name text NOT NULL,
    industry text NOT NULL,
    size text NOT NULL,
    region text NOT NULL,
    key_enterprise boolean NOT NULL,
    liaison_unit text,
    chief_unit text,
    chief_from_on date,
    chief_until_on date,
    CONSTRAINT enterprise_profile_pkey PRIMARY KEY (credit_code)
);

CREATE INDEX enterprise_profile_enterprise_id_idx ON enterprise_profile (enterprise_id);

-- Direct groups and the enterprises in them, now and before.
CREATE TABLE enterprise_group (
    group_code text NOT NULL,
    credit_code text NOT NULL,
    joined_at timestamptz NOT NULL,
    left_at timestamptz,
    CONSTRAINT enterprise_group_pkey PRIMARY KEY (group_code, credit_code, joined_at)
);

CREATE INDEX enterprise_group_credit_code_idx ON enterprise_group (credit_code);

ALTER TABLE projection OWNER TO tz_projector;
ALTER TABLE petition_facts OWNER TO tz_projector;
ALTER TABLE petition_step OWNER TO tz_projector;
ALTER TABLE rate OWNER TO tz_projector;
ALTER TABLE worklist OWNER TO tz_projector;
ALTER TABLE deadline_board OWNER TO tz_projector;
ALTER TABLE unit OWNER TO tz_projector;
ALTER TABLE attendance_duty OWNER TO tz_projector;
ALTER TABLE session_board OWNER TO tz_projector;
ALTER TABLE session_attendance OWNER TO tz_projector;
ALTER TABLE session_petition OWNER TO tz_projector;
ALTER TABLE session_commitment OWNER TO tz_projector;
ALTER TABLE supervision_ledger OWNER TO tz_projector;
ALTER TABLE supervision_petition OWNER TO tz_projector;
ALTER TABLE assessment_appeal OWNER TO tz_projector;
ALTER TABLE enterprise_profile OWNER TO tz_projector;
ALTER TABLE enterprise_group OWNER TO tz_projector;

GRANT SELECT, INSERT ON setting TO tz_app, tz_projector;
GRANT SELECT ON projection, petition_facts, petition_step, rate, worklist, unit TO tz_app;
GRANT SELECT ON deadline_board TO tz_app;

GRANT SELECT ON
    attendance_duty,
    session_board,
    session_attendance,
    session_petition,
    session_commitment,
    supervision_ledger,
    supervision_petition,
    assessment_appeal,
    enterprise_profile,
    enterprise_group
TO tz_app;

-- Who may call the API, and as whom. Only the hash of a key is kept; its text is shown once.
CREATE TABLE api_key (
    key_id text NOT NULL,
    secret_hash bytea NOT NULL,
    label text NOT NULL,
    actor_id text NOT NULL,
    role text NOT NULL,
    unit text,
    created_at timestamptz NOT NULL,
    expires_at timestamptz,
    revoked_at timestamptz,
    last_used_at timestamptz,
    CONSTRAINT api_key_pkey PRIMARY KEY (key_id),
    CONSTRAINT api_key_secret_hash_check CHECK (octet_length(secret_hash) = 32),
    CONSTRAINT api_key_expires_at_check CHECK (expires_at > created_at)
);

-- The run-time login may look a key up and say when it was used, never make or change one.
GRANT SELECT, UPDATE (last_used_at) ON api_key TO tz_app;

-- Policies as people find them: published ones only, with what became of them.
CREATE TABLE policy (
    policy_id uuid NOT NULL,
    number text NOT NULL,
    title text NOT NULL,
    unit text NOT NULL,
    sha256 text NOT NULL,
    industries text[] NOT NULL,
    petition_types text[] NOT NULL,
    valid_from date NOT NULL,
    valid_until date,
    published_at timestamptz NOT NULL,
    explained_at timestamptz,
    withdrawn_at timestamptz,
    CONSTRAINT policy_pkey PRIMARY KEY (policy_id)
);

-- Who wants to be told of policies; addresses stay with the personal values of the log.
CREATE TABLE subscription (
    subscription_id uuid NOT NULL,
    subscriber text NOT NULL,
    industries text[] NOT NULL,
    petition_types text[] NOT NULL,
    channels text[] NOT NULL,
    subscribed_at timestamptz NOT NULL,
    ended_at timestamptz,
    CONSTRAINT subscription_pkey PRIMARY KEY (subscription_id)
);

CREATE INDEX subscription_subscriber_idx ON subscription (subscriber);

-- What was pushed to a subscriber's workspace, each policy once.
CREATE TABLE policy_inbox (
    subscriber text NOT NULL,
    policy_id uuid NOT NULL,
    subscription_id uuid NOT NULL,
    pushed_at timestamptz NOT NULL,
    CONSTRAINT policy_inbox_pkey PRIMARY KEY (subscriber, policy_id)
);

CREATE INDEX policy_inbox_subscriber_pushed_at_policy_id_idx
ON policy_inbox (subscriber, pushed_at, policy_id);

-- Messages that follow from the log, for another process to send; the id never changes.
CREATE TABLE outbox (
    message_id uuid NOT NULL,
    channel text NOT NULL,
    subscriber text NOT NULL,
    address_stream uuid NOT NULL,
    address_version integer NOT NULL,
    address_path text NOT NULL,
    topic text NOT NULL,
    originator_id uuid NOT NULL,
    version integer NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT outbox_pkey PRIMARY KEY (message_id)
);

CREATE INDEX outbox_created_at_message_id_idx ON outbox (created_at, message_id);

-- What became of messages. No read model: it does not follow from the log, and a rebuild of
-- the outbox must not send anything twice.
CREATE TABLE delivery (
    message_id uuid NOT NULL,
    attempts integer NOT NULL,
    attempted_at timestamptz NOT NULL,
    retry_at timestamptz,
    delivered_at timestamptz,
    failure text,
    CONSTRAINT delivery_pkey PRIMARY KEY (message_id),
    CONSTRAINT delivery_attempts_check CHECK (attempts >= 1),
    CONSTRAINT delivery_delivered_at_check CHECK (delivered_at IS NULL OR retry_at IS NULL)
);

-- How often something was done on a local day.
CREATE TABLE activity_count (
    topic text NOT NULL,
    key text NOT NULL,
    day date NOT NULL,
    items integer NOT NULL,
    unit_times integer NOT NULL,
    person_times integer NOT NULL,
    amount_fen bigint NOT NULL,
    CONSTRAINT activity_count_pkey PRIMARY KEY (topic, key, day)
);

-- The same by enterprise, so that enterprises can be counted once over any period.
CREATE TABLE activity_enterprise (
    topic text NOT NULL,
    enterprise text NOT NULL,
    day date NOT NULL,
    items integer NOT NULL,
    amount_fen bigint NOT NULL,
    CONSTRAINT activity_enterprise_pkey PRIMARY KEY (topic, enterprise, day)
);

CREATE INDEX activity_enterprise_enterprise_idx ON activity_enterprise (enterprise);

ALTER TABLE policy OWNER TO tz_projector;
ALTER TABLE subscription OWNER TO tz_projector;
ALTER TABLE policy_inbox OWNER TO tz_projector;
ALTER TABLE outbox OWNER TO tz_projector;
ALTER TABLE activity_count OWNER TO tz_projector;
ALTER TABLE activity_enterprise OWNER TO tz_projector;

GRANT SELECT ON
    policy,
    subscription,
    policy_inbox,
    outbox,
    activity_count,
    activity_enterprise
TO tz_app;

-- The sender notes its attempts and may never forget one.
GRANT SELECT, INSERT, UPDATE ON delivery TO tz_app;

-- Scopes whose intake was declared; over an incomplete one no rate is given.
CREATE TABLE scope_declaration (
    scope_id uuid NOT NULL,
    unit text,
    petition_type text,
    channel text,
    region text,
    intake_complete boolean NOT NULL,
    reason text NOT NULL,
    declared_at timestamptz NOT NULL,
    CONSTRAINT scope_declaration_pkey PRIMARY KEY (scope_id)
);

ALTER TABLE scope_declaration OWNER TO tz_projector;

GRANT SELECT ON scope_declaration TO tz_app;

-- What was promised for petitions, by when, and what became of it.
CREATE TABLE promise (
    petition_id uuid NOT NULL,
    cycle integer NOT NULL,
    kind text NOT NULL,
    promise integer NOT NULL,
    unit text NOT NULL,
    made_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    kept_at timestamptz,
    broken_at timestamptz,
    lapsed_at timestamptz,
    CONSTRAINT promise_pkey PRIMARY KEY (petition_id, cycle, kind, promise),
    CONSTRAINT promise_settled_check CHECK (num_nonnulls(kept_at, broken_at, lapsed_at) <= 1)
);

CREATE INDEX promise_unit_due_at_idx ON promise (unit, due_at);

-- The order of its pages.
CREATE INDEX promise_due_at_idx ON promise (due_at, petition_id, kind, cycle, promise);

-- Those that nobody has settled: few, however many were made.
CREATE INDEX promise_settled_at_idx ON promise (coalesce(kept_at, broken_at, lapsed_at));

-- Stays of petitions on the backlog list.
CREATE TABLE backlog (
    petition_id uuid NOT NULL,
    stay integer NOT NULL,
    unit text NOT NULL,
    listed_at timestamptz NOT NULL,
    cleared_at timestamptz,
    ended_at timestamptz,
    CONSTRAINT backlog_pkey PRIMARY KEY (petition_id, stay)
);

CREATE INDEX backlog_unit_listed_at_idx ON backlog (unit, listed_at);

-- What was promised in a stay: term 0 by the listing, then one per review.
CREATE TABLE backlog_term (
    petition_id uuid NOT NULL,
    stay integer NOT NULL,
    term integer NOT NULL,
    since timestamptz NOT NULL,
    promised_at timestamptz NOT NULL,
    review_due_at timestamptz,
    CONSTRAINT backlog_term_pkey PRIMARY KEY (petition_id, stay, term)
);

-- Delays that are explained, reported, or to come where nobody replies: what had to follow.
CREATE TABLE upward_report (
    petition_id uuid NOT NULL,
    cycle integer NOT NULL,
    duty integer NOT NULL,
    unit text NOT NULL,
    owed_from timestamptz NOT NULL,
    explained_at timestamptz,
    explained_late boolean NOT NULL,
    inform_by timestamptz,
    told_at timestamptz,
    report_by timestamptz,
    reported_at timestamptz,
    target text,
    acknowledge_by timestamptz,
    acknowledged_at timestamptz,
    CONSTRAINT upward_report_pkey PRIMARY KEY (petition_id, cycle, duty)
);

CREATE INDEX upward_report_unit_owed_from_idx ON upward_report (unit, owed_from);

CREATE INDEX upward_report_owed_from_idx ON upward_report (owed_from);

-- Petitions that the unit accused in them may not know of.
CREATE TABLE confidential_petition (
    petition_id uuid NOT NULL,
    accused_unit text NOT NULL,
    CONSTRAINT confidential_petition_pkey PRIMARY KEY (petition_id)
);

ALTER TABLE promise OWNER TO tz_projector;
ALTER TABLE backlog OWNER TO tz_projector;
ALTER TABLE backlog_term OWNER TO tz_projector;
ALTER TABLE upward_report OWNER TO tz_projector;
ALTER TABLE confidential_petition OWNER TO tz_projector;

GRANT SELECT ON
    promise,
    backlog,
    backlog_term,
    upward_report,
    confidential_petition
TO tz_app;

-- Metrics that the ledger defined beside those built in.
CREATE TABLE metric_definition (
    metric_id uuid NOT NULL,
    rate_id text NOT NULL,
    number integer NOT NULL,
    label_zh text NOT NULL,
    label_en text NOT NULL,
    numerator text[] NOT NULL,
    denominator text[] NOT NULL,
    less text[] NOT NULL,
    effective_on date NOT NULL,
    source text NOT NULL,
    is_retired boolean NOT NULL,
    CONSTRAINT metric_definition_pkey PRIMARY KEY (metric_id)
);

ALTER TABLE metric_definition OWNER TO tz_projector;

GRANT SELECT ON metric_definition TO tz_app;

-- Words of petitions, for demand analysis. They are personal: each row hangs on the values it was
-- made from, so that erasing a text erases its words in the same statement.
CREATE TABLE demand_document (
    petition_id uuid NOT NULL,
    version integer NOT NULL,
    subject_path text,
    text_path text,
    terms text[] NOT NULL,
    counts smallint[] NOT NULL,
    CONSTRAINT demand_document_pkey PRIMARY KEY (petition_id),
    CONSTRAINT demand_document_subject_fkey FOREIGN KEY (petition_id, version, subject_path)
        REFERENCES personal (originator_id, version, path) ON DELETE CASCADE,
    CONSTRAINT demand_document_text_fkey FOREIGN KEY (petition_id, version, text_path)
        REFERENCES personal (originator_id, version, path) ON DELETE CASCADE,
    CONSTRAINT demand_document_path_check CHECK (num_nonnulls(subject_path, text_path) > 0),
    CONSTRAINT demand_document_counts_check CHECK (cardinality(terms) = cardinality(counts))
);

CREATE INDEX demand_document_terms_idx ON demand_document USING gin (terms);

-- How far the words have come, and by which method; one row.
CREATE TABLE demand_refresh (
    method text NOT NULL,
    position bigint NOT NULL,
    CONSTRAINT demand_refresh_pkey PRIMARY KEY (method),
    CONSTRAINT demand_refresh_position_check CHECK (position >= 0)
);

-- The projector may not read personal values, so it gets no part in this.
GRANT SELECT, INSERT, DELETE ON demand_document, demand_refresh TO tz_app;

-- Petitions whose reply is public now; the wording stays with the personal values.
CREATE TABLE public_list (
    petition_id uuid NOT NULL,
    version integer NOT NULL,
    unit text NOT NULL,
    published_at timestamptz NOT NULL,
    CONSTRAINT public_list_pkey PRIMARY KEY (petition_id)
);

CREATE INDEX public_list_published_at_petition_id_idx ON public_list (published_at, petition_id);

ALTER TABLE public_list OWNER TO tz_projector;

GRANT SELECT ON public_list TO tz_app;
