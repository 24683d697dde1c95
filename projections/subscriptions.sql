-- read_subscriptions --
-- Everybody who wants to be told of policies.
SELECT
    subscription_id,
    subscriber,
    industries,
    petition_types,
    channels,
    subscribed_at
FROM subscription
WHERE ended_at IS NULL

-- insert_subscriptions --
-- Enter subscriptions.
INSERT INTO subscription (
    subscription_id,
    subscriber,
    industries,
    petition_types,
    channels,
    subscribed_at,
    ended_at
)
SELECT
    given.subscription_id,
    given.subscriber,
    given.industries,
    given.petition_types,
    given.channels,
    given.subscribed_at,
    NULL
FROM jsonb_to_recordset(%(rows)s::jsonb) AS given (
    subscription_id uuid,
    subscriber text,
    industries text[],
    petition_types text[],
    channels text[],
    subscribed_at timestamptz
)

-- end_subscriptions --
-- Date the end of subscriptions.
UPDATE subscription
SET ended_at = given.at
FROM unnest(
    %(subscriptions)s::uuid[],
    %(instants)s::timestamptz[]
) AS given (subscription_id, at)
WHERE subscription.subscription_id = given.subscription_id

-- read_subscriptions_of --
-- What one subscriber asked for, newest first.
SELECT
    subscription_id,
    subscriber,
    industries,
    petition_types,
    channels,
    subscribed_at
FROM subscription
WHERE subscriber = %(subscriber)s::text
    AND ended_at IS NULL
ORDER BY
    subscribed_at DESC,
    subscription_id
