-- Units that merge or split: who goes on for a unit, and since which local day.
ALTER TABLE unit
    ADD COLUMN successor text,
    ADD COLUMN succeeded_on date,
    ADD CONSTRAINT unit_succession_check CHECK ((successor IS NULL) = (succeeded_on IS NULL));

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

-- Petitions of one enterprise; those without one cost this index nothing.
CREATE INDEX petition_facts_enterprise_idx ON petition_facts (enterprise)
WHERE enterprise <> '';

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
