-- create_petition_table --
-- The peer's one read model: a row of facts per petition.
CREATE TABLE IF NOT EXISTS peer.petition_facts (
    petition_id uuid NOT NULL,
    number text,
    state text NOT NULL,
    unit text,
    petition_type text,
    category text,
    region text NOT NULL,
    enterprise text NOT NULL,
    submitted_at timestamptz NOT NULL,
    accepted_at timestamptz,
    due_at timestamptz,
    replied_at timestamptz,
    closed_at timestamptz,
    CONSTRAINT petition_facts_pkey PRIMARY KEY (petition_id)
)

-- insert_petition --
-- A petition was submitted.
INSERT INTO peer.petition_facts (
    petition_id,
    state,
    region,
    enterprise,
    submitted_at
)
VALUES (
    %(petition_id)s,
    %(state)s,
    %(region)s,
    %(enterprise)s,
    %(submitted_at)s
)

-- update_petition --
-- What an event says replaces what was there; what it does not speak of stays.
UPDATE peer.petition_facts
SET state = coalesce(%(state)s::text, state),
    number = coalesce(%(number)s::text, number),
    unit = coalesce(%(unit)s::text, unit),
    petition_type = coalesce(%(petition_type)s::text, petition_type),
    category = coalesce(%(category)s::text, category),
    accepted_at = coalesce(%(accepted_at)s::timestamptz, accepted_at),
    due_at = coalesce(%(due_at)s::timestamptz, due_at),
    replied_at = coalesce(%(replied_at)s::timestamptz, replied_at),
    closed_at = coalesce(%(closed_at)s::timestamptz, closed_at)
WHERE petition_id = %(petition_id)s

-- forget_rows --
-- Let the next turn begin with an empty model.
DROP TABLE IF EXISTS
    peer.petition_facts,
    peer.petitionprojection_tracking
