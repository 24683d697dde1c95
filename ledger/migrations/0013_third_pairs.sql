-- A third party's findings beside claims and answers; all is folded anew from the log.
TRUNCATE
    petition_facts,
    petition_step,
    rate,
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

ALTER TABLE petition_step
    ADD COLUMN third_pairs smallint NOT NULL,
    ADD COLUMN third_pairs_claimed smallint NOT NULL,
    ADD COLUMN third_pairs_resolved smallint NOT NULL,
    ADD COLUMN third_pairs_agreed smallint NOT NULL,
    ADD COLUMN answer_pairs smallint NOT NULL,
    ADD COLUMN answer_pairs_resolved smallint NOT NULL,
    ADD COLUMN answer_pairs_third smallint NOT NULL,
    ADD COLUMN answer_pairs_agreed smallint NOT NULL;

ALTER TABLE rate
    ADD COLUMN third_pairs integer NOT NULL,
    ADD COLUMN third_pairs_claimed integer NOT NULL,
    ADD COLUMN third_pairs_resolved integer NOT NULL,
    ADD COLUMN third_pairs_agreed integer NOT NULL,
    ADD COLUMN answer_pairs integer NOT NULL,
    ADD COLUMN answer_pairs_resolved integer NOT NULL,
    ADD COLUMN answer_pairs_third integer NOT NULL,
    ADD COLUMN answer_pairs_agreed integer NOT NULL;
