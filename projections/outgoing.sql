-- read_outgoing --
-- What a message says and to whom; an erased address is null.
SELECT
    personal.value,
    subscription.ended_at IS NOT NULL AS ended,
    policy.withdrawn_at IS NOT NULL AS withdrawn,
    policy.number,
    policy.title,
    policy.unit,
    policy.sha256,
    policy.valid_from,
    policy.valid_until
FROM policy
JOIN subscription ON subscription.subscription_id = %(address_stream)s::uuid
LEFT JOIN personal
    ON personal.originator_id = %(address_stream)s::uuid
    AND personal.version = %(address_version)s::integer
    AND personal.path = %(address_path)s::text
WHERE policy.policy_id = %(policy_id)s::uuid
