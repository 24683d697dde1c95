-- insert_key --
-- Keep a new key by its hash.
INSERT INTO api_key (
    key_id,
    secret_hash,
    label,
    actor_id,
    role,
    unit,
    created_at,
    expires_at
)
VALUES (
    %(key_id)s::text,
    %(secret_hash)s::bytea,
    %(label)s::text,
    %(actor_id)s::text,
    %(role)s::text,
    %(unit)s::text,
    %(created_at)s::timestamptz,
    %(expires_at)s::timestamptz
)

-- find_key --
-- One key by its public part.
SELECT
    key_id,
    secret_hash,
    label,
    actor_id,
    role,
    unit,
    created_at,
    expires_at,
    revoked_at,
    last_used_at
FROM api_key
WHERE key_id = %(key_id)s::text

-- list_keys --
-- Every key, the newest first.
SELECT
    key_id,
    secret_hash,
    label,
    actor_id,
    role,
    unit,
    created_at,
    expires_at,
    revoked_at,
    last_used_at
FROM api_key
ORDER BY created_at DESC, key_id

-- revoke_key --
-- End a key that is still in force.
UPDATE api_key
SET revoked_at = %(revoked_at)s::timestamptz
WHERE key_id = %(key_id)s::text
    AND revoked_at IS NULL

-- mark_key_used --
-- Remember roughly when a key was last used.
UPDATE api_key
SET last_used_at = %(used_at)s::timestamptz
WHERE key_id = %(key_id)s::text
    AND (last_used_at IS NULL OR last_used_at < %(used_before)s::timestamptz)
