-- insert_inbox_items --
-- Push policies to workspaces.
INSERT INTO policy_inbox (
    subscriber,
    policy_id,
    subscription_id,
    pushed_at
)
SELECT
    given.subscriber,
    given.policy_id,
    given.subscription_id,
    given.pushed_at
FROM unnest(
    %(subscribers)s::text[],
    %(policies)s::uuid[],
    %(subscriptions)s::uuid[],
    %(instants)s::timestamptz[]
) AS given (subscriber, policy_id, subscription_id, pushed_at)

-- read_inbox --
-- A page of one subscriber's workspace, newest first.
SELECT
    policy_inbox.policy_id,
    policy.number,
    policy.title,
    policy.unit,
    policy.sha256,
    policy.valid_from,
    policy.valid_until,
    policy_inbox.pushed_at,
    policy.explained_at,
    policy.withdrawn_at
FROM policy_inbox
INNER JOIN policy USING (policy_id)
WHERE policy_inbox.subscriber = %(subscriber)s::text
    AND (policy_inbox.pushed_at, policy_inbox.policy_id)
    < (%(before_at)s::timestamptz, %(before_policy)s::uuid)
ORDER BY
    policy_inbox.pushed_at DESC,
    policy_inbox.policy_id DESC
LIMIT %(limit)s::integer
