-- More that a petition may count for; what was counted before is folded anew from the log.
TRUNCATE petition_facts, petition_step, rate, worklist;

UPDATE projection
SET position = 0
WHERE model = 'petitions';

ALTER TABLE petition_step
    ADD COLUMN claim_pairs smallint NOT NULL,
    ADD COLUMN claim_pairs_claimed smallint NOT NULL,
    ADD COLUMN claim_pairs_resolved smallint NOT NULL,
    ADD COLUMN claim_pairs_agreed smallint NOT NULL,
    ADD COLUMN callback_due smallint NOT NULL,
    ADD COLUMN callback_done smallint NOT NULL,
    ADD COLUMN callback_attempted smallint NOT NULL,
    ADD COLUMN callback_answered smallint NOT NULL,
    ADD COLUMN closings smallint NOT NULL,
    ADD COLUMN upward_late smallint NOT NULL,
    ADD COLUMN supervised_orange smallint NOT NULL,
    ADD COLUMN supervised_red smallint NOT NULL,
    ADD COLUMN false_closures smallint NOT NULL;

ALTER TABLE rate
    ADD COLUMN claim_pairs integer NOT NULL,
    ADD COLUMN claim_pairs_claimed integer NOT NULL,
    ADD COLUMN claim_pairs_resolved integer NOT NULL,
    ADD COLUMN claim_pairs_agreed integer NOT NULL,
    ADD COLUMN callback_due integer NOT NULL,
    ADD COLUMN callback_done integer NOT NULL,
    ADD COLUMN callback_attempted integer NOT NULL,
    ADD COLUMN callback_answered integer NOT NULL,
    ADD COLUMN closings integer NOT NULL,
    ADD COLUMN upward_late integer NOT NULL,
    ADD COLUMN supervised_orange integer NOT NULL,
    ADD COLUMN supervised_red integer NOT NULL,
    ADD COLUMN false_closures integer NOT NULL;

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
