-- copy_steps --
-- Write steps.
COPY petition_step (
    petition_id,
    at,
    unit,
    petition_type,
    channel,
    region,
    accepted_at,
    received,
    not_accepted,
    referred_out,
    ended_before,
    accepted,
    base,
    closed,
    withdrawn,
    voided,
    reopened,
    ontime_closed_n,
    ontime_closed_d,
    ontime_effective_n,
    ontime_effective_d,
    ontime_original_n,
    ontime_original_d,
    satisfied,
    basically_satisfied,
    dissatisfied,
    resolved,
    resolution_answers,
    first_pass_n,
    first_pass_d,
    replies_returned,
    extended,
    assigned,
    signed_n,
    signed_d,
    response_n,
    response_d,
    returned,
    returns_rejected,
    merged,
    ontime_explained,
    delay_explained,
    upward_n,
    upward_d,
    suspended,
    backlog,
    policy_limited,
    supervised,
    promise_open,
    withdrawals_checked,
    withdrawals_contested,
    claimed_n,
    claimed_d,
    third_satisfied,
    third_answers,
    third_resolved,
    third_resolution_answers
)
FROM STDIN (FORMAT BINARY)

-- delete_steps --
-- Take back steps that a later event moved or undid.
DELETE FROM petition_step
USING unnest(
    %(petition_ids)s::uuid[],
    %(instants)s::timestamptz[],
    %(units)s::text[]
) AS gone (petition_id, at, unit)
WHERE petition_step.petition_id = gone.petition_id
    AND petition_step.at = gone.at
    AND petition_step.unit = gone.unit
