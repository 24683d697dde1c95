-- insert_messages --
-- Put messages out for another process to send.
INSERT INTO outbox (
    message_id,
    channel,
    subscriber,
    address_stream,
    address_version,
    address_path,
    topic,
    originator_id,
    version,
    created_at
)
SELECT
    given.message_id,
    given.channel,
    given.subscriber,
    given.address_stream,
    1,
    given.address_path,
    given.topic,
    given.originator_id,
    given.version,
    given.created_at
FROM unnest(
    %(messages)s::uuid[],
    %(channels)s::text[],
    %(subscribers)s::text[],
    %(address_streams)s::uuid[],
    %(address_paths)s::text[],
    %(topics)s::text[],
    %(originators)s::uuid[],
    %(versions)s::integer[],
    %(instants)s::timestamptz[]
) AS given (
    message_id,
    channel,
    subscriber,
    address_stream,
    address_path,
    topic,
    originator_id,
    version,
    created_at
)

-- read_undelivered --
-- Messages to send now, oldest first.
SELECT
    outbox.message_id,
    outbox.channel,
    outbox.subscriber,
    outbox.address_stream,
    outbox.address_version,
    outbox.address_path,
    outbox.topic,
    outbox.originator_id,
    outbox.version,
    outbox.created_at,
    coalesce(delivery.attempts, 0) AS attempts
FROM outbox
LEFT JOIN delivery USING (message_id)
WHERE outbox.channel = ANY(%(channels)s::text[])
    AND (
        delivery.message_id IS NULL
        OR delivery.retry_at <= %(now)s::timestamptz
    )
ORDER BY
    outbox.created_at,
    outbox.message_id
LIMIT %(limit)s::integer

-- note_delivery --
-- Note one attempt to send a message; what was delivered stays so.
INSERT INTO delivery (
    message_id,
    attempts,
    attempted_at,
    retry_at,
    delivered_at,
    failure
)
VALUES (
    %(message_id)s::uuid,
    1,
    %(at)s::timestamptz,
    %(retry_at)s::timestamptz,
    %(delivered_at)s::timestamptz,
    %(failure)s::text
)
ON CONFLICT (message_id) DO UPDATE
SET
    attempts = delivery.attempts + 1,
    attempted_at = excluded.attempted_at,
    retry_at = excluded.retry_at,
    delivered_at = excluded.delivered_at,
    failure = excluded.failure
WHERE delivery.delivered_at IS NULL
