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
    returns_rejected
)
SELECT
    given.grouping,
    given.key,
    given.subkey,
    given.day,
    (given.changes::integer[])[1],
    (given.changes::integer[])[2],
    (given.changes::integer[])[3],
    (given.changes::integer[])[4],
    (given.changes::integer[])[5],
    (given.changes::integer[])[6],
    (given.changes::integer[])[7],
    (given.changes::integer[])[8],
    (given.changes::integer[])[9],
    (given.changes::integer[])[10],
    (given.changes::integer[])[11],
    (given.changes::integer[])[12],
    (given.changes::integer[])[13],
    (given.changes::integer[])[14],
    (given.changes::integer[])[15],
    (given.changes::integer[])[16],
    (given.changes::integer[])[17],
    (given.changes::integer[])[18],
    (given.changes::integer[])[19],
    (given.changes::integer[])[20],
    (given.changes::integer[])[21],
    (given.changes::integer[])[22],
    (given.changes::integer[])[23],
    (given.changes::integer[])[24],
    (given.changes::integer[])[25],
    (given.changes::integer[])[26],
    (given.changes::integer[])[27],
    (given.changes::integer[])[28],
    (given.changes::integer[])[29],
    (given.changes::integer[])[30],
    (given.changes::integer[])[31],
    (given.changes::integer[])[32]
FROM unnest(
    %(groupings)s::text[],
    %(keys)s::text[],
    %(subkeys)s::text[],
    %(days)s::date[],
    %(changes)s::text[]
) AS given (grouping, key, subkey, day, changes)
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
    returns_rejected = rate.returns_rejected + excluded.returns_rejected

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
