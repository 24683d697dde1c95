-- drop_schema --
-- What an earlier benchmark of the run left: the peer's installer runs but once.
DROP SCHEMA IF EXISTS message_store CASCADE

-- find_extension --
-- Whether the server can have what the peer's installer asks for.
SELECT count(*)
FROM pg_available_extensions
WHERE name = 'pgcrypto'

-- write_message --
-- One event, by the peer's own function.
SELECT write_message(
    %(id)s::varchar,
    %(stream)s::varchar,
    %(topic)s::varchar,
    %(payload)s::jsonb,
    NULL::jsonb,
    %(expected_version)s::bigint
)

-- set_path --
-- As the peer's installer does: its functions name each other without a schema.
SET search_path = message_store, public
