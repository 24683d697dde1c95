-- list_messages --
-- A page of messages and of what became of them, newest first.
SELECT
    outbox.message_id,
    outbox.channel,
    outbox.subscriber,
    outbox.topic,
    outbox.originator_id,
    outbox.created_at,
    coalesce(delivery.attempts, 0) AS attempts,
    delivery.attempted_at,
    delivery.retry_at,
    delivery.delivered_at,
    delivery.failure
FROM outbox
LEFT JOIN delivery USING (message_id)
WHERE (outbox.created_at, outbox.message_id)
    < (%(before_created_at)s::timestamptz, %(before_message_id)s::uuid)
ORDER BY
    outbox.created_at DESC,
    outbox.message_id DESC
LIMIT %(limit)s::integer
