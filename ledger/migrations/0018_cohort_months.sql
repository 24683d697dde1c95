-- Roll-ups of the petitions accepted in one month: all is folded anew from the log.
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
