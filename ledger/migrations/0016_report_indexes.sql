-- Sums of whole months beside those of days: all rates are folded anew from the log.
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

-- Cohorts and pages that read a whole table of the petitions model before.
CREATE INDEX petition_facts_accepted_at_idx ON petition_facts (accepted_at);

CREATE INDEX petition_step_accepted_at_idx ON petition_step (accepted_at);

CREATE INDEX promise_due_at_idx ON promise (due_at, petition_id, kind, cycle, promise);

CREATE INDEX promise_settled_at_idx ON promise (coalesce(kept_at, broken_at, lapsed_at));
