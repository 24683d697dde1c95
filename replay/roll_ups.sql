-- copy_changes --
-- Write what each step changes, by which roll-ups count it.
COPY step_change (
    unit,
    petition_type,
    channel,
    region,
    at,
    delta
)
FROM STDIN (FORMAT BINARY)

-- read_deltas --
-- The few changes that all steps make.
SELECT DISTINCT delta
FROM step_change

-- copy_deltas --
-- Write those changes measure by measure.
COPY step_delta (
    delta,
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
FROM STDIN (FORMAT BINARY)

-- give_memory --
-- Room for the sums of a year of days; sorted on disk they take thrice as long.
SELECT set_config('work_mem', '128MB', TRUE)

-- sum_rates --
-- Count equal changes, then add them up, as the live engine does, without rows of zeros.
WITH counted AS (
    SELECT
        CASE GROUPING(unit, petition_type, channel, region)
            WHEN 7 THEN 'unit'
            WHEN 3 THEN 'unit_type'
            WHEN 13 THEN 'channel'
            ELSE 'region'
        END AS grouping,
        coalesce(unit, channel, region) AS key,
        coalesce(petition_type, '') AS subkey,
        day,
        delta,
        count(*)::integer AS changes
    FROM (
        SELECT
            unit,
            petition_type,
            channel,
            region,
            (at AT TIME ZONE %(zone)s::text)::date AS day,
            delta
        FROM step_change
    ) AS dated
    GROUP BY
        GROUPING SETS (
            (unit, day, delta),
            (unit, petition_type, day, delta),
            (channel, day, delta),
            (region, day, delta)
        )
)
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
    grouping,
    key,
    subkey,
    day,
    sum(changes * received)::integer,
    sum(changes * not_accepted)::integer,
    sum(changes * referred_out)::integer,
    sum(changes * ended_before)::integer,
    sum(changes * accepted)::integer,
    sum(changes * base)::integer,
    sum(changes * closed)::integer,
    sum(changes * withdrawn)::integer,
    sum(changes * voided)::integer,
    sum(changes * reopened)::integer,
    sum(changes * ontime_closed_n)::integer,
    sum(changes * ontime_closed_d)::integer,
    sum(changes * ontime_effective_n)::integer,
    sum(changes * ontime_effective_d)::integer,
    sum(changes * ontime_original_n)::integer,
    sum(changes * ontime_original_d)::integer,
    sum(changes * satisfied)::integer,
    sum(changes * basically_satisfied)::integer,
    sum(changes * dissatisfied)::integer,
    sum(changes * resolved)::integer,
    sum(changes * resolution_answers)::integer,
    sum(changes * first_pass_n)::integer,
    sum(changes * first_pass_d)::integer,
    sum(changes * replies_returned)::integer,
    sum(changes * extended)::integer,
    sum(changes * assigned)::integer,
    sum(changes * signed_n)::integer,
    sum(changes * signed_d)::integer,
    sum(changes * response_n)::integer,
    sum(changes * response_d)::integer,
    sum(changes * returned)::integer,
    sum(changes * returns_rejected)::integer,
    sum(changes * merged)::integer,
    sum(changes * ontime_explained)::integer,
    sum(changes * delay_explained)::integer,
    sum(changes * upward_n)::integer,
    sum(changes * upward_d)::integer,
    sum(changes * suspended)::integer,
    sum(changes * backlog)::integer,
    sum(changes * policy_limited)::integer,
    sum(changes * supervised)::integer,
    sum(changes * promise_open)::integer,
    sum(changes * withdrawals_checked)::integer,
    sum(changes * withdrawals_contested)::integer,
    sum(changes * claimed_n)::integer,
    sum(changes * claimed_d)::integer,
    sum(changes * third_satisfied)::integer,
    sum(changes * third_answers)::integer,
    sum(changes * third_resolved)::integer,
    sum(changes * third_resolution_answers)::integer,
    sum(changes * claim_pairs)::integer,
    sum(changes * claim_pairs_claimed)::integer,
    sum(changes * claim_pairs_resolved)::integer,
    sum(changes * claim_pairs_agreed)::integer,
    sum(changes * callback_due)::integer,
    sum(changes * callback_done)::integer,
    sum(changes * callback_attempted)::integer,
    sum(changes * callback_answered)::integer,
    sum(changes * closings)::integer,
    sum(changes * upward_late)::integer,
    sum(changes * supervised_orange)::integer,
    sum(changes * supervised_red)::integer,
    sum(changes * false_closures)::integer,
    sum(changes * third_pairs)::integer,
    sum(changes * third_pairs_claimed)::integer,
    sum(changes * third_pairs_resolved)::integer,
    sum(changes * third_pairs_agreed)::integer,
    sum(changes * answer_pairs)::integer,
    sum(changes * answer_pairs_resolved)::integer,
    sum(changes * answer_pairs_third)::integer,
    sum(changes * answer_pairs_agreed)::integer
FROM (
    SELECT
        grouping,
        key,
        subkey,
        day,
        delta,
        changes
    FROM counted
    UNION ALL
    SELECT
        grouping || '/month',
        key,
        subkey,
        date_trunc('month', day)::date,
        delta,
        sum(changes)::integer
    FROM counted
    GROUP BY
        grouping,
        key,
        subkey,
        date_trunc('month', day),
        delta
) AS summed
INNER JOIN step_delta USING (delta)
GROUP BY
    grouping,
    key,
    subkey,
    day
HAVING
    sum(changes * received) <> 0
    OR sum(changes * not_accepted) <> 0
    OR sum(changes * referred_out) <> 0
    OR sum(changes * ended_before) <> 0
    OR sum(changes * accepted) <> 0
    OR sum(changes * base) <> 0
    OR sum(changes * closed) <> 0
    OR sum(changes * withdrawn) <> 0
    OR sum(changes * voided) <> 0
    OR sum(changes * reopened) <> 0
    OR sum(changes * ontime_closed_n) <> 0
    OR sum(changes * ontime_closed_d) <> 0
    OR sum(changes * ontime_effective_n) <> 0
    OR sum(changes * ontime_effective_d) <> 0
    OR sum(changes * ontime_original_n) <> 0
    OR sum(changes * ontime_original_d) <> 0
    OR sum(changes * satisfied) <> 0
    OR sum(changes * basically_satisfied) <> 0
    OR sum(changes * dissatisfied) <> 0
    OR sum(changes * resolved) <> 0
    OR sum(changes * resolution_answers) <> 0
    OR sum(changes * first_pass_n) <> 0
    OR sum(changes * first_pass_d) <> 0
    OR sum(changes * replies_returned) <> 0
    OR sum(changes * extended) <> 0
    OR sum(changes * assigned) <> 0
    OR sum(changes * signed_n) <> 0
    OR sum(changes * signed_d) <> 0
    OR sum(changes * response_n) <> 0
    OR sum(changes * response_d) <> 0
    OR sum(changes * returned) <> 0
    OR sum(changes * returns_rejected) <> 0
    OR sum(changes * merged) <> 0
    OR sum(changes * ontime_explained) <> 0
    OR sum(changes * delay_explained) <> 0
    OR sum(changes * upward_n) <> 0
    OR sum(changes * upward_d) <> 0
    OR sum(changes * suspended) <> 0
    OR sum(changes * backlog) <> 0
    OR sum(changes * policy_limited) <> 0
    OR sum(changes * supervised) <> 0
    OR sum(changes * promise_open) <> 0
    OR sum(changes * withdrawals_checked) <> 0
    OR sum(changes * withdrawals_contested) <> 0
    OR sum(changes * claimed_n) <> 0
    OR sum(changes * claimed_d) <> 0
    OR sum(changes * third_satisfied) <> 0
    OR sum(changes * third_answers) <> 0
    OR sum(changes * third_resolved) <> 0
    OR sum(changes * third_resolution_answers) <> 0
    OR sum(changes * claim_pairs) <> 0
    OR sum(changes * claim_pairs_claimed) <> 0
    OR sum(changes * claim_pairs_resolved) <> 0
    OR sum(changes * claim_pairs_agreed) <> 0
    OR sum(changes * callback_due) <> 0
    OR sum(changes * callback_done) <> 0
    OR sum(changes * callback_attempted) <> 0
    OR sum(changes * callback_answered) <> 0
    OR sum(changes * closings) <> 0
    OR sum(changes * upward_late) <> 0
    OR sum(changes * supervised_orange) <> 0
    OR sum(changes * supervised_red) <> 0
    OR sum(changes * false_closures) <> 0
    OR sum(changes * third_pairs) <> 0
    OR sum(changes * third_pairs_claimed) <> 0
    OR sum(changes * third_pairs_resolved) <> 0
    OR sum(changes * third_pairs_agreed) <> 0
    OR sum(changes * answer_pairs) <> 0
    OR sum(changes * answer_pairs_resolved) <> 0
    OR sum(changes * answer_pairs_third) <> 0
    OR sum(changes * answer_pairs_agreed) <> 0
