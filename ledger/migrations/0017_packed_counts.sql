-- One number for the measures of a roll-up, and a step's few changes: all is folded anew from the log.
TRUNCATE
    petition_facts,
    worklist,
    deadline_board,
    promise,
    backlog,
    backlog_term,
    confidential_petition,
    public_list,
    upward_report;

UPDATE projection
SET position = 0
WHERE model = 'petitions';

DROP TABLE petition_step;

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

CREATE INDEX petition_step_accepted_at_idx ON petition_step (accepted_at);

DROP TABLE rate;

CREATE TABLE rate (
    grouping text NOT NULL,
    key text NOT NULL,
    subkey text NOT NULL,
    day date NOT NULL,
    counts numeric NOT NULL,
    CONSTRAINT rate_pkey PRIMARY KEY (grouping, key, subkey, day)
);

ALTER TABLE petition_step OWNER TO tz_projector;
ALTER TABLE rate OWNER TO tz_projector;

GRANT SELECT ON petition_step, rate TO tz_app;
