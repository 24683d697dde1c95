-- Facts say more than before, and sessions when a promise was made: both are folded anew.
TRUNCATE
    petition_facts,
    petition_step,
    rate,
    worklist,
    session_board,
    session_attendance,
    session_petition,
    session_commitment;

UPDATE projection
SET position = 0
WHERE model IN ('petitions', 'session_board');

ALTER TABLE session_commitment ADD COLUMN made_at timestamptz NOT NULL;

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
