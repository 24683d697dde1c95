-- allow_connections --
-- The most writers of P1, thrice over; takes effect at the next start.
ALTER SYSTEM SET max_connections = 400

-- write_checkpoint --
-- Let no turn pay for the pages that an earlier one made dirty.
CHECKPOINT

-- create_peer_schema --
-- A place of its own for the peer.
CREATE SCHEMA IF NOT EXISTS peer

-- read_settings --
-- What decides how fast and how durable the server is.
SELECT
    name,
    current_setting(name)
FROM pg_settings
WHERE name IN (
    'autovacuum',
    'checkpoint_timeout',
    'data_checksums',
    'fsync',
    'full_page_writes',
    'jit',
    'max_connections',
    'max_wal_size',
    'server_version',
    'shared_buffers',
    'synchronous_commit',
    'wal_buffers',
    'wal_compression',
    'wal_level',
    'wal_sync_method'
)
ORDER BY name
