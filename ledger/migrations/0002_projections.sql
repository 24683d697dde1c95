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

-- The instants at which a petition's counts change; sums up to T give every rate at T.
CREATE TABLE petition_step (
    petition_id uuid NOT NULL,
    at timestamptz NOT NULL,
    unit text NOT NULL,
    petition_type text NOT NULL,
    channel text NOT NULL,
    region text NOT NULL,
    accepted_at timestamptz,
    received smallint NOT NULL,
    not_accepted smallint NOT NULL,
    referred_out smallint NOT NULL,
    ended_before smallint NOT NULL,
    accepted smallint NOT NULL,
    base smallint NOT NULL,
    closed smallint NOT NULL,
    withdrawn smallint NOT NULL,
    voided smallint NOT NULL,
    reopened smallint NOT NULL,
    ontime_closed_n smallint NOT NULL,
    ontime_closed_d smallint NOT NULL,
    ontime_effective_n smallint NOT NULL,
    ontime_effective_d smallint NOT NULL,
    ontime_original_n smallint NOT NULL,
    ontime_original_d smallint NOT NULL,
    satisfied smallint NOT NULL,
    basically_satisfied smallint NOT NULL,
    dissatisfied smallint NOT NULL,
    resolved smallint NOT NULL,
    resolution_answers smallint NOT NULL,
    first_pass_n smallint NOT NULL,
    first_pass_d smallint NOT NULL,
    replies_returned smallint NOT NULL,
    extended smallint NOT NULL,
    assigned smallint NOT NULL,
    signed_n smallint NOT NULL,
    signed_d smallint NOT NULL,
    response_n smallint NOT NULL,
    response_d smallint NOT NULL,
    returned smallint NOT NULL,
    returns_rejected smallint NOT NULL
);

CREATE INDEX petition_step_petition_id_idx ON petition_step (petition_id);

CREATE INDEX petition_step_at_idx ON petition_step (at);

-- The same steps summed by local day; a row of zeros is never kept.
CREATE TABLE rate (
    grouping text NOT NULL,
    key text NOT NULL,
    subkey text NOT NULL,
    day date NOT NULL,
    received integer NOT NULL,
    not_accepted integer NOT NULL,
    referred_out integer NOT NULL,
    ended_before integer NOT NULL,
    accepted integer NOT NULL,
    base integer NOT NULL,
    closed integer NOT NULL,
    withdrawn integer NOT NULL,
    voided integer NOT NULL,
    reopened integer NOT NULL,
    ontime_closed_n integer NOT NULL,
    ontime_closed_d integer NOT NULL,
    ontime_effective_n integer NOT NULL,
    ontime_effective_d integer NOT NULL,
    ontime_original_n integer NOT NULL,
    ontime_original_d integer NOT NULL,
    satisfied integer NOT NULL,
    basically_satisfied integer NOT NULL,
    dissatisfied integer NOT NULL,
    resolved integer NOT NULL,
    resolution_answers integer NOT NULL,
    first_pass_n integer NOT NULL,
    first_pass_d integer NOT NULL,
    replies_returned integer NOT NULL,
    extended integer NOT NULL,
    assigned integer NOT NULL,
    signed_n integer NOT NULL,
    signed_d integer NOT NULL,
    response_n integer NOT NULL,
    response_d integer NOT NULL,
    returned integer NOT NULL,
    returns_rejected integer NOT NULL,
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

-- The units on the roster.
CREATE TABLE unit (
    unit text NOT NULL,
    name_zh text NOT NULL,
    name_en text NOT NULL,
    tier text NOT NULL,
    parent text,
    kind text NOT NULL,
    closed_at timestamptz,
    CONSTRAINT unit_pkey PRIMARY KEY (unit)
);

ALTER TABLE projection OWNER TO tz_projector;
ALTER TABLE petition_facts OWNER TO tz_projector;
ALTER TABLE petition_step OWNER TO tz_projector;
ALTER TABLE rate OWNER TO tz_projector;
ALTER TABLE worklist OWNER TO tz_projector;
ALTER TABLE unit OWNER TO tz_projector;

GRANT SELECT, INSERT ON setting TO tz_app, tz_projector;
GRANT SELECT ON projection, petition_facts, petition_step, rate, worklist, unit TO tz_app;
