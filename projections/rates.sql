-- add_rates --
-- Add changes to the roll-ups; a day nobody counted before gets its row.
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
    given.grouping,
    given.key,
    given.subkey,
    given.day,
    changed.measures[71 * (given.place - 1) + 1],
    changed.measures[71 * (given.place - 1) + 2],
    changed.measures[71 * (given.place - 1) + 3],
    changed.measures[71 * (given.place - 1) + 4],
    changed.measures[71 * (given.place - 1) + 5],
    changed.measures[71 * (given.place - 1) + 6],
    changed.measures[71 * (given.place - 1) + 7],
    changed.measures[71 * (given.place - 1) + 8],
    changed.measures[71 * (given.place - 1) + 9],
    changed.measures[71 * (given.place - 1) + 10],
    changed.measures[71 * (given.place - 1) + 11],
    changed.measures[71 * (given.place - 1) + 12],
    changed.measures[71 * (given.place - 1) + 13],
    changed.measures[71 * (given.place - 1) + 14],
    changed.measures[71 * (given.place - 1) + 15],
    changed.measures[71 * (given.place - 1) + 16],
    changed.measures[71 * (given.place - 1) + 17],
    changed.measures[71 * (given.place - 1) + 18],
    changed.measures[71 * (given.place - 1) + 19],
    changed.measures[71 * (given.place - 1) + 20],
    changed.measures[71 * (given.place - 1) + 21],
    changed.measures[71 * (given.place - 1) + 22],
    changed.measures[71 * (given.place - 1) + 23],
    changed.measures[71 * (given.place - 1) + 24],
    changed.measures[71 * (given.place - 1) + 25],
    changed.measures[71 * (given.place - 1) + 26],
    changed.measures[71 * (given.place - 1) + 27],
    changed.measures[71 * (given.place - 1) + 28],
    changed.measures[71 * (given.place - 1) + 29],
    changed.measures[71 * (given.place - 1) + 30],
    changed.measures[71 * (given.place - 1) + 31],
    changed.measures[71 * (given.place - 1) + 32],
    changed.measures[71 * (given.place - 1) + 33],
    changed.measures[71 * (given.place - 1) + 34],
    changed.measures[71 * (given.place - 1) + 35],
    changed.measures[71 * (given.place - 1) + 36],
    changed.measures[71 * (given.place - 1) + 37],
    changed.measures[71 * (given.place - 1) + 38],
    changed.measures[71 * (given.place - 1) + 39],
    changed.measures[71 * (given.place - 1) + 40],
    changed.measures[71 * (given.place - 1) + 41],
    changed.measures[71 * (given.place - 1) + 42],
    changed.measures[71 * (given.place - 1) + 43],
    changed.measures[71 * (given.place - 1) + 44],
    changed.measures[71 * (given.place - 1) + 45],
    changed.measures[71 * (given.place - 1) + 46],
    changed.measures[71 * (given.place - 1) + 47],
    changed.measures[71 * (given.place - 1) + 48],
    changed.measures[71 * (given.place - 1) + 49],
    changed.measures[71 * (given.place - 1) + 50],
    changed.measures[71 * (given.place - 1) + 51],
    changed.measures[71 * (given.place - 1) + 52],
    changed.measures[71 * (given.place - 1) + 53],
    changed.measures[71 * (given.place - 1) + 54],
    changed.measures[71 * (given.place - 1) + 55],
    changed.measures[71 * (given.place - 1) + 56],
    changed.measures[71 * (given.place - 1) + 57],
    changed.measures[71 * (given.place - 1) + 58],
    changed.measures[71 * (given.place - 1) + 59],
    changed.measures[71 * (given.place - 1) + 60],
    changed.measures[71 * (given.place - 1) + 61],
    changed.measures[71 * (given.place - 1) + 62],
    changed.measures[71 * (given.place - 1) + 63],
    changed.measures[71 * (given.place - 1) + 64],
    changed.measures[71 * (given.place - 1) + 65],
    changed.measures[71 * (given.place - 1) + 66],
    changed.measures[71 * (given.place - 1) + 67],
    changed.measures[71 * (given.place - 1) + 68],
    changed.measures[71 * (given.place - 1) + 69],
    changed.measures[71 * (given.place - 1) + 70],
    changed.measures[71 * (given.place - 1) + 71]
FROM unnest(
    %(groupings)s::text[],
    %(keys)s::text[],
    %(subkeys)s::text[],
    %(days)s::date[]
) WITH ORDINALITY AS given (grouping, key, subkey, day, place)
CROSS JOIN (SELECT %(changes)s::integer[] AS measures) AS changed
ON CONFLICT (grouping, key, subkey, day) DO UPDATE
SET
    received = rate.received + excluded.received,
    not_accepted = rate.not_accepted + excluded.not_accepted,
    referred_out = rate.referred_out + excluded.referred_out,
    ended_before = rate.ended_before + excluded.ended_before,
    accepted = rate.accepted + excluded.accepted,
    base = rate.base + excluded.base,
    closed = rate.closed + excluded.closed,
    withdrawn = rate.withdrawn + excluded.withdrawn,
    voided = rate.voided + excluded.voided,
    reopened = rate.reopened + excluded.reopened,
    ontime_closed_n = rate.ontime_closed_n + excluded.ontime_closed_n,
    ontime_closed_d = rate.ontime_closed_d + excluded.ontime_closed_d,
    ontime_effective_n = rate.ontime_effective_n + excluded.ontime_effective_n,
    ontime_effective_d = rate.ontime_effective_d + excluded.ontime_effective_d,
    ontime_original_n = rate.ontime_original_n + excluded.ontime_original_n,
    ontime_original_d = rate.ontime_original_d + excluded.ontime_original_d,
    satisfied = rate.satisfied + excluded.satisfied,
    basically_satisfied = rate.basically_satisfied + excluded.basically_satisfied,
    dissatisfied = rate.dissatisfied + excluded.dissatisfied,
    resolved = rate.resolved + excluded.resolved,
    resolution_answers = rate.resolution_answers + excluded.resolution_answers,
    first_pass_n = rate.first_pass_n + excluded.first_pass_n,
    first_pass_d = rate.first_pass_d + excluded.first_pass_d,
    replies_returned = rate.replies_returned + excluded.replies_returned,
    extended = rate.extended + excluded.extended,
    assigned = rate.assigned + excluded.assigned,
    signed_n = rate.signed_n + excluded.signed_n,
    signed_d = rate.signed_d + excluded.signed_d,
    response_n = rate.response_n + excluded.response_n,
    response_d = rate.response_d + excluded.response_d,
    returned = rate.returned + excluded.returned,
    returns_rejected = rate.returns_rejected + excluded.returns_rejected,
    merged = rate.merged + excluded.merged,
    ontime_explained = rate.ontime_explained + excluded.ontime_explained,
    delay_explained = rate.delay_explained + excluded.delay_explained,
    upward_n = rate.upward_n + excluded.upward_n,
    upward_d = rate.upward_d + excluded.upward_d,
    suspended = rate.suspended + excluded.suspended,
    backlog = rate.backlog + excluded.backlog,
    policy_limited = rate.policy_limited + excluded.policy_limited,
    supervised = rate.supervised + excluded.supervised,
    promise_open = rate.promise_open + excluded.promise_open,
    withdrawals_checked = rate.withdrawals_checked + excluded.withdrawals_checked,
    withdrawals_contested = rate.withdrawals_contested + excluded.withdrawals_contested,
    claimed_n = rate.claimed_n + excluded.claimed_n,
    claimed_d = rate.claimed_d + excluded.claimed_d,
    third_satisfied = rate.third_satisfied + excluded.third_satisfied,
    third_answers = rate.third_answers + excluded.third_answers,
    third_resolved = rate.third_resolved + excluded.third_resolved,
    third_resolution_answers = rate.third_resolution_answers + excluded.third_resolution_answers,
    claim_pairs = rate.claim_pairs + excluded.claim_pairs,
    claim_pairs_claimed = rate.claim_pairs_claimed + excluded.claim_pairs_claimed,
    claim_pairs_resolved = rate.claim_pairs_resolved + excluded.claim_pairs_resolved,
    claim_pairs_agreed = rate.claim_pairs_agreed + excluded.claim_pairs_agreed,
    callback_due = rate.callback_due + excluded.callback_due,
    callback_done = rate.callback_done + excluded.callback_done,
    callback_attempted = rate.callback_attempted + excluded.callback_attempted,
    callback_answered = rate.callback_answered + excluded.callback_answered,
    closings = rate.closings + excluded.closings,
    upward_late = rate.upward_late + excluded.upward_late,
    supervised_orange = rate.supervised_orange + excluded.supervised_orange,
    supervised_red = rate.supervised_red + excluded.supervised_red,
    false_closures = rate.false_closures + excluded.false_closures,
    third_pairs = rate.third_pairs + excluded.third_pairs,
    third_pairs_claimed = rate.third_pairs_claimed + excluded.third_pairs_claimed,
    third_pairs_resolved = rate.third_pairs_resolved + excluded.third_pairs_resolved,
    third_pairs_agreed = rate.third_pairs_agreed + excluded.third_pairs_agreed,
    answer_pairs = rate.answer_pairs + excluded.answer_pairs,
    answer_pairs_resolved = rate.answer_pairs_resolved + excluded.answer_pairs_resolved,
    answer_pairs_third = rate.answer_pairs_third + excluded.answer_pairs_third,
    answer_pairs_agreed = rate.answer_pairs_agreed + excluded.answer_pairs_agreed

-- delete_empty_rates --
-- Drop the rows among those just changed that count nothing any more.
DELETE FROM rate
USING unnest(
    %(groupings)s::text[],
    %(keys)s::text[],
    %(subkeys)s::text[],
    %(days)s::date[]
) AS given (grouping, key, subkey, day)
WHERE rate.grouping = given.grouping
    AND rate.key = given.key
    AND rate.subkey = given.subkey
    AND rate.day = given.day
    AND rate.received = 0
    AND rate.not_accepted = 0
    AND rate.referred_out = 0
    AND rate.ended_before = 0
    AND rate.accepted = 0
    AND rate.base = 0
    AND rate.closed = 0
    AND rate.withdrawn = 0
    AND rate.voided = 0
    AND rate.reopened = 0
    AND rate.ontime_closed_n = 0
    AND rate.ontime_closed_d = 0
    AND rate.ontime_effective_n = 0
    AND rate.ontime_effective_d = 0
    AND rate.ontime_original_n = 0
    AND rate.ontime_original_d = 0
    AND rate.satisfied = 0
    AND rate.basically_satisfied = 0
    AND rate.dissatisfied = 0
    AND rate.resolved = 0
    AND rate.resolution_answers = 0
    AND rate.first_pass_n = 0
    AND rate.first_pass_d = 0
    AND rate.replies_returned = 0
    AND rate.extended = 0
    AND rate.assigned = 0
    AND rate.signed_n = 0
    AND rate.signed_d = 0
    AND rate.response_n = 0
    AND rate.response_d = 0
    AND rate.returned = 0
    AND rate.returns_rejected = 0
    AND rate.merged = 0
    AND rate.ontime_explained = 0
    AND rate.delay_explained = 0
    AND rate.upward_n = 0
    AND rate.upward_d = 0
    AND rate.suspended = 0
    AND rate.backlog = 0
    AND rate.policy_limited = 0
    AND rate.supervised = 0
    AND rate.promise_open = 0
    AND rate.withdrawals_checked = 0
    AND rate.withdrawals_contested = 0
    AND rate.claimed_n = 0
    AND rate.claimed_d = 0
    AND rate.third_satisfied = 0
    AND rate.third_answers = 0
    AND rate.third_resolved = 0
    AND rate.third_resolution_answers = 0
    AND rate.claim_pairs = 0
    AND rate.claim_pairs_claimed = 0
    AND rate.claim_pairs_resolved = 0
    AND rate.claim_pairs_agreed = 0
    AND rate.callback_due = 0
    AND rate.callback_done = 0
    AND rate.callback_attempted = 0
    AND rate.callback_answered = 0
    AND rate.closings = 0
    AND rate.upward_late = 0
    AND rate.supervised_orange = 0
    AND rate.supervised_red = 0
    AND rate.false_closures = 0
    AND rate.third_pairs = 0
    AND rate.third_pairs_claimed = 0
    AND rate.third_pairs_resolved = 0
    AND rate.third_pairs_agreed = 0
    AND rate.answer_pairs = 0
    AND rate.answer_pairs_resolved = 0
    AND rate.answer_pairs_third = 0
    AND rate.answer_pairs_agreed = 0
