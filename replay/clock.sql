-- read_head --
-- When the log's last event was recorded.
SELECT recorded_at
FROM head

-- read_lag --
-- How much of the log a model lacks; in one statement, since both move meanwhile.
SELECT head.position - coalesce(projection.position, 0)
FROM head
LEFT JOIN projection ON projection.model = %(model)s::text

-- read_last_key --
-- The clock's greatest key, which begins with the latest instant it has acted at.
SELECT key
FROM command
WHERE actor_id = %(actor_id)s::text
ORDER BY key DESC
LIMIT 1

-- read_timed --
-- One page of the petitions that time may change, with their facts.
SELECT
    petition_id,
    facts
FROM petition_facts
WHERE state NOT IN (
        'archived', 'not_accepted', 'referred_out', 'withdrawn', 'merged', 'split', 'voided'
    )
    AND NOT (imported AND state = 'closed')
    AND petition_id > %(after)s::uuid
ORDER BY petition_id
LIMIT %(limit)s::integer

-- read_orders --
-- Which supervision orders these petitions are under, and their colours now.
SELECT
    supervision_petition.petition_id,
    supervision_petition.order_id,
    supervision_ledger.level
FROM supervision_petition
JOIN supervision_ledger ON supervision_ledger.order_id = supervision_petition.order_id
WHERE supervision_petition.petition_id = ANY(%(petition_ids)s::uuid[])
    AND supervision_ledger.state = 'open'
ORDER BY
    supervision_petition.petition_id,
    supervision_petition.order_id

-- read_births --
-- Which of these streams have begun, and when that was recorded.
SELECT
    originator_id,
    recorded_at
FROM event
WHERE originator_id = ANY(%(stream_ids)s::uuid[])
    AND version = 1
