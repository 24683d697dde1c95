-- read_finished_slices --
-- What an interrupted replay has already filled.
SELECT
    number,
    events_len
FROM slice

-- insert_slice --
-- Record a slice in the transaction that fills it.
INSERT INTO slice (
    number,
    events_len
)
VALUES (
    %(number)s::integer,
    %(events_len)s::bigint
)

-- give_memory --
-- Room for the sums of a year of days; sorted on disk they take thrice as long.
SELECT set_config('work_mem', '128MB', TRUE)

-- sum_rates --
-- Make the roll-ups of all steps at once, as the live engine adds them up, without rows of zeros.
INSERT INTO rate (
    grouping,
    key,
    subkey,
    day,
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
    third_resolution_answers,
    claim_pairs,
    claim_pairs_claimed,
    claim_pairs_resolved,
    claim_pairs_agreed,
    callback_due,
    callback_done,
    callback_attempted,
    callback_answered,
    closings,
    upward_late,
    supervised_orange,
    supervised_red,
    false_closures,
    third_pairs,
    third_pairs_claimed,
    third_pairs_resolved,
    third_pairs_agreed,
    answer_pairs,
    answer_pairs_resolved,
    answer_pairs_third,
    answer_pairs_agreed
)
SELECT
    CASE GROUPING(unit, petition_type, channel, region)
        WHEN 7 THEN 'unit'
        WHEN 3 THEN 'unit_type'
        WHEN 13 THEN 'channel'
        ELSE 'region'
    END,
    coalesce(unit, channel, region),
    coalesce(petition_type, ''),
    day,
    sum(received)::integer,
    sum(not_accepted)::integer,
    sum(referred_out)::integer,
    sum(ended_before)::integer,
    sum(accepted)::integer,
    sum(base)::integer,
    sum(closed)::integer,
    sum(withdrawn)::integer,
    sum(voided)::integer,
    sum(reopened)::integer,
    sum(ontime_closed_n)::integer,
    sum(ontime_closed_d)::integer,
    sum(ontime_effective_n)::integer,
    sum(ontime_effective_d)::integer,
    sum(ontime_original_n)::integer,
    sum(ontime_original_d)::integer,
    sum(satisfied)::integer,
    sum(basically_satisfied)::integer,
    sum(dissatisfied)::integer,
    sum(resolved)::integer,
    sum(resolution_answers)::integer,
    sum(first_pass_n)::integer,
    sum(first_pass_d)::integer,
    sum(replies_returned)::integer,
    sum(extended)::integer,
    sum(assigned)::integer,
    sum(signed_n)::integer,
    sum(signed_d)::integer,
    sum(response_n)::integer,
    sum(response_d)::integer,
    sum(returned)::integer,
    sum(returns_rejected)::integer,
    sum(merged)::integer,
    sum(ontime_explained)::integer,
    sum(delay_explained)::integer,
    sum(upward_n)::integer,
    sum(upward_d)::integer,
    sum(suspended)::integer,
    sum(backlog)::integer,
    sum(policy_limited)::integer,
    sum(supervised)::integer,
    sum(promise_open)::integer,
    sum(withdrawals_checked)::integer,
    sum(withdrawals_contested)::integer,
    sum(claimed_n)::integer,
    sum(claimed_d)::integer,
    sum(third_satisfied)::integer,
    sum(third_answers)::integer,
    sum(third_resolved)::integer,
    sum(third_resolution_answers)::integer,
    sum(claim_pairs)::integer,
    sum(claim_pairs_claimed)::integer,
    sum(claim_pairs_resolved)::integer,
    sum(claim_pairs_agreed)::integer,
    sum(callback_due)::integer,
    sum(callback_done)::integer,
    sum(callback_attempted)::integer,
    sum(callback_answered)::integer,
    sum(closings)::integer,
    sum(upward_late)::integer,
    sum(supervised_orange)::integer,
    sum(supervised_red)::integer,
    sum(false_closures)::integer,
    sum(third_pairs)::integer,
    sum(third_pairs_claimed)::integer,
    sum(third_pairs_resolved)::integer,
    sum(third_pairs_agreed)::integer,
    sum(answer_pairs)::integer,
    sum(answer_pairs_resolved)::integer,
    sum(answer_pairs_third)::integer,
    sum(answer_pairs_agreed)::integer
FROM (
    SELECT
        unit,
        petition_type,
        channel,
        region,
        (at AT TIME ZONE %(zone)s::text)::date AS day,
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
        third_resolution_answers,
        claim_pairs,
        claim_pairs_claimed,
        claim_pairs_resolved,
        claim_pairs_agreed,
        callback_due,
        callback_done,
        callback_attempted,
        callback_answered,
        closings,
        upward_late,
        supervised_orange,
        supervised_red,
        false_closures,
        third_pairs,
        third_pairs_claimed,
        third_pairs_resolved,
        third_pairs_agreed,
        answer_pairs,
        answer_pairs_resolved,
        answer_pairs_third,
        answer_pairs_agreed
    FROM petition_step
) AS step
GROUP BY
    GROUPING SETS (
        (unit, day),
        (unit, petition_type, day),
        (channel, day),
        (region, day)
    )
HAVING
    sum(received) <> 0
    OR sum(not_accepted) <> 0
    OR sum(referred_out) <> 0
    OR sum(ended_before) <> 0
    OR sum(accepted) <> 0
    OR sum(base) <> 0
    OR sum(closed) <> 0
    OR sum(withdrawn) <> 0
    OR sum(voided) <> 0
    OR sum(reopened) <> 0
    OR sum(ontime_closed_n) <> 0
    OR sum(ontime_closed_d) <> 0
    OR sum(ontime_effective_n) <> 0
    OR sum(ontime_effective_d) <> 0
    OR sum(ontime_original_n) <> 0
    OR sum(ontime_original_d) <> 0
    OR sum(satisfied) <> 0
    OR sum(basically_satisfied) <> 0
    OR sum(dissatisfied) <> 0
    OR sum(resolved) <> 0
    OR sum(resolution_answers) <> 0
    OR sum(first_pass_n) <> 0
    OR sum(first_pass_d) <> 0
    OR sum(replies_returned) <> 0
    OR sum(extended) <> 0
    OR sum(assigned) <> 0
    OR sum(signed_n) <> 0
    OR sum(signed_d) <> 0
    OR sum(response_n) <> 0
    OR sum(response_d) <> 0
    OR sum(returned) <> 0
    OR sum(returns_rejected) <> 0
    OR sum(merged) <> 0
    OR sum(ontime_explained) <> 0
    OR sum(delay_explained) <> 0
    OR sum(upward_n) <> 0
    OR sum(upward_d) <> 0
    OR sum(suspended) <> 0
    OR sum(backlog) <> 0
    OR sum(policy_limited) <> 0
    OR sum(supervised) <> 0
    OR sum(promise_open) <> 0
    OR sum(withdrawals_checked) <> 0
    OR sum(withdrawals_contested) <> 0
    OR sum(claimed_n) <> 0
    OR sum(claimed_d) <> 0
    OR sum(third_satisfied) <> 0
    OR sum(third_answers) <> 0
    OR sum(third_resolved) <> 0
    OR sum(third_resolution_answers) <> 0
    OR sum(claim_pairs) <> 0
    OR sum(claim_pairs_claimed) <> 0
    OR sum(claim_pairs_resolved) <> 0
    OR sum(claim_pairs_agreed) <> 0
    OR sum(callback_due) <> 0
    OR sum(callback_done) <> 0
    OR sum(callback_attempted) <> 0
    OR sum(callback_answered) <> 0
    OR sum(closings) <> 0
    OR sum(upward_late) <> 0
    OR sum(supervised_orange) <> 0
    OR sum(supervised_red) <> 0
    OR sum(false_closures) <> 0
    OR sum(third_pairs) <> 0
    OR sum(third_pairs_claimed) <> 0
    OR sum(third_pairs_resolved) <> 0
    OR sum(third_pairs_agreed) <> 0
    OR sum(answer_pairs) <> 0
    OR sum(answer_pairs_resolved) <> 0
    OR sum(answer_pairs_third) <> 0
    OR sum(answer_pairs_agreed) <> 0
