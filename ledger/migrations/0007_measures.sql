-- More that a petition may count for; what was counted before is folded anew from the log.
TRUNCATE petition_facts, petition_step, rate, worklist;

UPDATE projection
SET position = 0
WHERE model = 'petitions';

ALTER TABLE petition_step
    ADD COLUMN merged smallint NOT NULL,
    ADD COLUMN ontime_explained smallint NOT NULL,
    ADD COLUMN delay_explained smallint NOT NULL,
    ADD COLUMN upward_n smallint NOT NULL,
    ADD COLUMN upward_d smallint NOT NULL,
    ADD COLUMN suspended smallint NOT NULL,
    ADD COLUMN backlog smallint NOT NULL,
    ADD COLUMN policy_limited smallint NOT NULL,
    ADD COLUMN supervised smallint NOT NULL,
    ADD COLUMN promise_open smallint NOT NULL,
    ADD COLUMN withdrawals_checked smallint NOT NULL,
    ADD COLUMN withdrawals_contested smallint NOT NULL,
    ADD COLUMN claimed_n smallint NOT NULL,
    ADD COLUMN claimed_d smallint NOT NULL,
    ADD COLUMN third_satisfied smallint NOT NULL,
    ADD COLUMN third_answers smallint NOT NULL,
    ADD COLUMN third_resolved smallint NOT NULL,
    ADD COLUMN third_resolution_answers smallint NOT NULL;

ALTER TABLE rate
    ADD COLUMN merged integer NOT NULL,
    ADD COLUMN ontime_explained integer NOT NULL,
    ADD COLUMN delay_explained integer NOT NULL,
    ADD COLUMN upward_n integer NOT NULL,
    ADD COLUMN upward_d integer NOT NULL,
    ADD COLUMN suspended integer NOT NULL,
    ADD COLUMN backlog integer NOT NULL,
    ADD COLUMN policy_limited integer NOT NULL,
    ADD COLUMN supervised integer NOT NULL,
    ADD COLUMN promise_open integer NOT NULL,
    ADD COLUMN withdrawals_checked integer NOT NULL,
    ADD COLUMN withdrawals_contested integer NOT NULL,
    ADD COLUMN claimed_n integer NOT NULL,
    ADD COLUMN claimed_d integer NOT NULL,
    ADD COLUMN third_satisfied integer NOT NULL,
    ADD COLUMN third_answers integer NOT NULL,
    ADD COLUMN third_resolved integer NOT NULL,
    ADD COLUMN third_resolution_answers integer NOT NULL;
