-- read_fingerprints --
-- What was imported before under some idempotency keys of one source.
SELECT
    key,
    fingerprint
FROM command
WHERE actor_id = %(actor_id)s
    AND key = ANY(%(keys)s::text[])
