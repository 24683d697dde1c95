-- sum_counts --
-- What each group counts for at an instant: whole days from the roll-up, the last day by its steps.
WITH cell AS (
    SELECT
        CASE %(key_from)s::text WHEN 'key' THEN key WHEN 'subkey' THEN subkey ELSE '' END AS key,
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
    FROM rate
    WHERE grouping = %(grouping)s::text
        AND day < %(day)s::date
        AND (%(key)s::text IS NULL OR key = %(key)s::text)
        AND (%(subkey)s::text IS NULL OR subkey = %(subkey)s::text)
    UNION ALL
    SELECT
        CASE %(by)s::text
            WHEN 'unit' THEN unit
            WHEN 'type' THEN petition_type
            WHEN 'channel' THEN channel
            WHEN 'region' THEN region
            ELSE ''
        END AS key,
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
    FROM petition_step
    WHERE at >= %(day_start)s::timestamptz
        AND at <= %(as_of)s::timestamptz
        AND (%(unit)s::text IS NULL OR unit = %(unit)s::text)
        AND (%(petition_type)s::text IS NULL OR petition_type = %(petition_type)s::text)
        AND (%(channel)s::text IS NULL OR channel = %(channel)s::text)
        AND (%(region)s::text IS NULL OR region = %(region)s::text)
),
summed AS (
    SELECT
        key,
        sum(received) AS received,
        sum(not_accepted) AS not_accepted,
        sum(referred_out) AS referred_out,
        sum(ended_before) AS ended_before,
        sum(accepted) AS accepted,
        sum(base) AS base,
        sum(closed) AS closed,
        sum(withdrawn) AS withdrawn,
        sum(voided) AS voided,
        sum(reopened) AS reopened,
        sum(ontime_closed_n) AS ontime_closed_n,
        sum(ontime_closed_d) AS ontime_closed_d,
        sum(ontime_effective_n) AS ontime_effective_n,
        sum(ontime_effective_d) AS ontime_effective_d,
        sum(ontime_original_n) AS ontime_original_n,
        sum(ontime_original_d) AS ontime_original_d,
        sum(satisfied) AS satisfied,
        sum(basically_satisfied) AS basically_satisfied,
        sum(dissatisfied) AS dissatisfied,
        sum(resolved) AS resolved,
        sum(resolution_answers) AS resolution_answers,
        sum(first_pass_n) AS first_pass_n,
        sum(first_pass_d) AS first_pass_d,
        sum(replies_returned) AS replies_returned,
        sum(extended) AS extended,
        sum(assigned) AS assigned,
        sum(signed_n) AS signed_n,
        sum(signed_d) AS signed_d,
        sum(response_n) AS response_n,
        sum(response_d) AS response_d,
        sum(returned) AS returned,
        sum(returns_rejected) AS returns_rejected
    FROM cell
    GROUP BY key
)
SELECT
    projection.position,
    summed.key,
    summed.received,
    summed.not_accepted,
    summed.referred_out,
    summed.ended_before,
    summed.accepted,
    summed.base,
    summed.closed,
    summed.withdrawn,
    summed.voided,
    summed.reopened,
    summed.ontime_closed_n,
    summed.ontime_closed_d,
    summed.ontime_effective_n,
    summed.ontime_effective_d,
    summed.ontime_original_n,
    summed.ontime_original_d,
    summed.satisfied,
    summed.basically_satisfied,
    summed.dissatisfied,
    summed.resolved,
    summed.resolution_answers,
    summed.first_pass_n,
    summed.first_pass_d,
    summed.replies_returned,
    summed.extended,
    summed.assigned,
    summed.signed_n,
    summed.signed_d,
    summed.response_n,
    summed.response_d,
    summed.returned,
    summed.returns_rejected
FROM projection
LEFT JOIN summed ON true
WHERE projection.model = 'petitions'

-- sum_counts_of_steps --
-- As sum_counts, for cohorts and for scopes no roll-up keeps: from the steps alone.
WITH summed AS (
    SELECT
        CASE %(by)s::text
            WHEN 'unit' THEN unit
            WHEN 'type' THEN petition_type
            WHEN 'channel' THEN channel
            WHEN 'region' THEN region
            ELSE ''
        END AS key,
        sum(received) AS received,
        sum(not_accepted) AS not_accepted,
        sum(referred_out) AS referred_out,
        sum(ended_before) AS ended_before,
        sum(accepted) AS accepted,
        sum(base) AS base,
        sum(closed) AS closed,
        sum(withdrawn) AS withdrawn,
        sum(voided) AS voided,
        sum(reopened) AS reopened,
        sum(ontime_closed_n) AS ontime_closed_n,
        sum(ontime_closed_d) AS ontime_closed_d,
        sum(ontime_effective_n) AS ontime_effective_n,
        sum(ontime_effective_d) AS ontime_effective_d,
        sum(ontime_original_n) AS ontime_original_n,
        sum(ontime_original_d) AS ontime_original_d,
        sum(satisfied) AS satisfied,
        sum(basically_satisfied) AS basically_satisfied,
        sum(dissatisfied) AS dissatisfied,
        sum(resolved) AS resolved,
        sum(resolution_answers) AS resolution_answers,
        sum(first_pass_n) AS first_pass_n,
        sum(first_pass_d) AS first_pass_d,
        sum(replies_returned) AS replies_returned,
        sum(extended) AS extended,
        sum(assigned) AS assigned,
        sum(signed_n) AS signed_n,
        sum(signed_d) AS signed_d,
        sum(response_n) AS response_n,
        sum(response_d) AS response_d,
        sum(returned) AS returned,
        sum(returns_rejected) AS returns_rejected
    FROM petition_step
    WHERE at <= %(as_of)s::timestamptz
        AND (
            %(accepted_from)s::timestamptz IS NULL
            OR accepted_at >= %(accepted_from)s::timestamptz
        )
        AND (
            %(accepted_before)s::timestamptz IS NULL
            OR accepted_at < %(accepted_before)s::timestamptz
        )
        AND (%(unit)s::text IS NULL OR unit = %(unit)s::text)
        AND (%(petition_type)s::text IS NULL OR petition_type = %(petition_type)s::text)
        AND (%(channel)s::text IS NULL OR channel = %(channel)s::text)
        AND (%(region)s::text IS NULL OR region = %(region)s::text)
    GROUP BY 1
)
SELECT
    projection.position,
    summed.key,
    summed.received,
    summed.not_accepted,
    summed.referred_out,
    summed.ended_before,
    summed.accepted,
    summed.base,
    summed.closed,
    summed.withdrawn,
    summed.voided,
    summed.reopened,
    summed.ontime_closed_n,
    summed.ontime_closed_d,
    summed.ontime_effective_n,
    summed.ontime_effective_d,
    summed.ontime_original_n,
    summed.ontime_original_d,
    summed.satisfied,
    summed.basically_satisfied,
    summed.dissatisfied,
    summed.resolved,
    summed.resolution_answers,
    summed.first_pass_n,
    summed.first_pass_d,
    summed.replies_returned,
    summed.extended,
    summed.assigned,
    summed.signed_n,
    summed.signed_d,
    summed.response_n,
    summed.response_d,
    summed.returned,
    summed.returns_rejected
FROM projection
LEFT JOIN summed ON true
WHERE projection.model = 'petitions'
