-- Who may call the API, and as whom. Only the hash of a key is kept; its text is shown once.
CREATE TABLE api_key (
    key_id text NOT NULL,
    secret_hash bytea NOT NULL,
    label text NOT NULL,
    actor_id text NOT NULL,
    role text NOT NULL,
    unit text,
    created_at timestamptz NOT NULL,
    expires_at timestamptz,
    revoked_at timestamptz,
    last_used_at timestamptz,
    CONSTRAINT api_key_pkey PRIMARY KEY (key_id),
    CONSTRAINT api_key_secret_hash_check CHECK (octet_length(secret_hash) = 32),
    CONSTRAINT api_key_expires_at_check CHECK (expires_at > created_at)
);

-- The run-time login may look a key up and say when it was used, never make or change one.
GRANT SELECT, UPDATE (last_used_at) ON api_key TO tz_app;
