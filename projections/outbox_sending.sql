-- try_to_lock_sending --
-- One sender per ledger; the lock ends with the session.
SELECT pg_try_advisory_lock(hashtextextended('taizhang outbox ' || current_schema(), 0))

-- unlock_sending --
-- Let another sender go on.
SELECT pg_advisory_unlock(hashtextextended('taizhang outbox ' || current_schema(), 0))

-- count_waiting --
-- Messages of some channels that were never tried.
SELECT count(*)::integer
FROM outbox
LEFT JOIN delivery USING (message_id)
WHERE outbox.channel = ANY(%(channels)s::text[])
    AND delivery.message_id IS NULL
