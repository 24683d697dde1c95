-- Cohorts and pages that read a whole table of the petitions model before.
CREATE INDEX petition_facts_accepted_at_idx ON petition_facts (accepted_at);

CREATE INDEX petition_step_accepted_at_idx ON petition_step (accepted_at);

CREATE INDEX promise_due_at_idx ON promise (due_at, petition_id, kind, cycle, promise);

CREATE INDEX promise_settled_at_idx ON promise (coalesce(kept_at, broken_at, lapsed_at));
