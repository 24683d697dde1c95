-- Clocks are kept in the facts, with rule and calendar; what was folded before is folded anew.
TRUNCATE petition_facts, petition_step, rate, worklist;

UPDATE projection
SET position = 0
WHERE model = 'petitions';

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

-- Petitions that the clock looks after; what has ended costs this index nothing.
CREATE INDEX petition_facts_timed_idx ON petition_facts (petition_id)
WHERE state NOT IN (
    'archived', 'not_accepted', 'referred_out', 'withdrawn', 'merged', 'split', 'voided'
) AND NOT (imported AND state = 'closed');

ALTER TABLE deadline_board OWNER TO tz_projector;

GRANT SELECT ON deadline_board TO tz_app;
